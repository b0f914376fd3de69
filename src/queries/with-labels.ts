import type { Transaction } from './selection.ts'

/** Adds to rows the label by which a reader knows their study, by one statement. */
export async function withLabels<Row extends { readonly study: string }>(
  db: Transaction,
  rows: readonly Row[],
): Promise<readonly (Row & { readonly label: string })[]> {
  const studies = await db.study.findMany({
    where: { id: { in: [...new Set(rows.map(({ study }) => study))] } },
    select: { id: true, label: true },
  })
  const labels = new Map(studies.map(({ id, label }) => [id, label]))
  return rows.map((row) => ({ ...row, label: labels.get(row.study) ?? row.study }))
}
