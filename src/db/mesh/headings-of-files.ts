import type { Transaction } from '../database.ts'
import { valuesOf } from '../rows-as-json.ts'
import { isAmong, join, raw, type Sql, sql } from '../sql.ts'

const OF_STUDIES = ['study_condition', 'intervention', 'subgroup', 'adverse_event_term'] as const

/** Those of some terms that studies' or reviews' own files name. All others are known from imported records alone. */
export async function termsOfFiles(
  tx: Transaction,
  table: 'meshDescriptor' | 'meshQualifier',
  uis: readonly string[],
): Promise<ReadonlySet<string>> {
  if (uis.length === 0) return new Set()
  const column = { meshDescriptor: sql`u."descriptor_ui"`, meshQualifier: sql`u."qualifier_ui"` }[table]
  const those = isAmong(tx, column, uis)
  const ofStudies = OF_STUDIES.map(
    (user): Sql => sql`SELECT ${column} AS ui FROM ${raw(`"${user}"`)} AS u JOIN "study" AS s ON s."id" = u."study_id"
      WHERE s."registry" IS NULL AND ${those}`,
  )
  const ofPublications = sql`SELECT ${column} AS ui FROM "publication_mesh" AS u WHERE ${those} AND (
      EXISTS (SELECT 1 FROM "review_publication" AS v WHERE v."publication_id" = u."publication_id")
      OR EXISTS (SELECT 1 FROM "study_publication" AS r JOIN "study" AS s ON s."id" = r."study_id"
        WHERE r."publication_id" = u."publication_id" AND r."tied_by" = 'study' AND s."registry" IS NULL))`
  const uses = table === 'meshDescriptor' ? [...ofStudies, ofPublications] : [ofPublications]
  const rows = await valuesOf<readonly [ui: string]>(tx, ['ui'], join(uses, ' UNION '))
  return new Set(rows.map(([ui]) => ui))
}
