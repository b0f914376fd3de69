import type { Transaction } from '../database.ts'

export interface MeshHeading {
  readonly ui: string
  readonly name: string
}

/** What names a descriptor, and what a qualifier. */
const USES = {
  meshDescriptor: ['publication_mesh', 'study_condition', 'intervention', 'subgroup', 'adverse_event_term'],
  meshQualifier: ['publication_mesh'],
} as const

/** Terms that studies or publications use, and that the imported MeSH doesn't have, in the order of their identifiers. */
export function headingsInUse(tx: Transaction, table: keyof typeof USES): Promise<readonly MeshHeading[]> {
  const [of, column] =
    table === 'meshDescriptor' ? ['mesh_descriptor', 'descriptor_ui'] : ['mesh_qualifier', 'qualifier_ui']
  const uses = USES[table].map((user) => `EXISTS (SELECT 1 FROM "${user}" WHERE "${column}" = term."ui")`)
  return tx.$queryRawUnsafe<MeshHeading[]>(
    `SELECT "ui", "name" FROM "${of}" AS term WHERE "year" IS NULL AND (${uses.join(' OR ')}) ORDER BY "ui"`,
  )
}
