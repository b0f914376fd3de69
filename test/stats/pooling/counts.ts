import type { ReferenceAnalysis } from './reference.ts'

type Row = Readonly<Record<string, number | string | null>>

const tableOf = (row: Row) =>
  typeof row.ai === 'number'
    ? {
        experimental: { events: row.ai, total: Number(row.n1i) },
        control: { events: Number(row.ci), total: Number(row.n2i) },
      }
    : undefined

/** The 2×2 tables of a reference data set, without the rows that have none, each with its effect where that is estimable. */
export const studiesOf = ({ yi, vi, rows }: Pick<ReferenceAnalysis, 'yi' | 'vi'> & { readonly rows: readonly Row[] }) =>
  rows.flatMap((row, i) => {
    const table = tableOf(row)
    if (table === undefined) return []
    const { experimental, control } = table
    const events = experimental.events + control.events
    const isTelling = events > 0 && events < experimental.total + control.total
    const [y, v] = [yi[i], vi[i]]
    return [
      { table, effect: isTelling && typeof y === 'number' && typeof v === 'number' ? { yi: y, vi: v } : undefined },
    ]
  })
