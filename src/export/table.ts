/** A cell as queries give it; null is "not reported". */
export type Cell = string | number | boolean | null

/** Rows with the names of their columns, in their order: what every format writes. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, Cell>>[]
}

export const FORMATS = ['table', 'csv', 'json', 'jsonl', 'markdown'] as const
export type Format = (typeof FORMATS)[number]

/** Makes a table of a query's rows; `columns` is the query's own dictionary of its columns. */
export const tableOf = <Row extends object>(
  columns: { readonly [K in keyof Row]: unknown },
  rows: readonly Row[],
): Table => ({
  columns: Object.keys(columns),
  rows: rows as unknown as Table['rows'],
})
