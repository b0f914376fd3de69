import type { Transaction } from '../db/connect.ts'
import { clientName } from '../model/client-name.ts'

/** The tables of results, by the key of `fact` that names their rows. */
type RowKey = 'outcomeMeasurementId' | 'outcomeAnalysisId' | 'adverseEventCountId'

interface ResultRow {
  readonly id: string
  readonly derived: boolean
}

/**
 * What the study itself gives of each row: a field that our formula made is null, the fields beside it stay. A row is
 * left out where it says that something of it is derived, and nothing says which of its fields.
 */
export async function reportedPart<Row extends ResultRow>(
  db: Transaction,
  where: { studyId?: { in: string[] } },
  key: RowKey,
  rows: readonly Row[],
): Promise<Row[]> {
  if (!rows.some(({ derived }) => derived)) return [...rows]
  const made = await db.fact.findMany({
    where: { ...where, [key]: { not: null }, derivation: { isNot: null } },
    select: { field: true, outcomeMeasurementId: true, outcomeAnalysisId: true, adverseEventCountId: true },
  })
  const fieldsOf = new Map<string, string[]>()
  for (const fact of made) {
    const id = fact[key]
    if (id !== null) fieldsOf.set(id, [...(fieldsOf.get(id) ?? []), clientName(fact.field)])
  }
  return rows.flatMap((row) => {
    if (!row.derived) return [row]
    const fields = fieldsOf.get(row.id)
    if (fields === undefined) return []
    return [{ ...row, ...Object.fromEntries(fields.map((field) => [field, null])), derived: false }]
  })
}
