import type { ExportFile } from './export-target.ts'
import type { Cell } from './table.ts'
import { rowWriter } from './write-table.ts'

/** Rows as they come, some at a time. */
export type Pages<Row> = AsyncIterable<readonly Row[]>

/** A CSV file with these columns, in their order, also where there is no row. */
export const csvFile = <Row extends object>(
  name: string,
  columns: readonly (keyof Row & string)[],
  pages: Pages<Row>,
): ExportFile => ({
  name,
  chunks: csvChunks(columns, pages as Pages<object> as Pages<Readonly<Record<string, Cell>>>),
})

async function* csvChunks(
  columns: readonly string[],
  pages: Pages<Readonly<Record<string, Cell>>>,
): AsyncGenerator<string> {
  const writer = rowWriter(columns, 'csv')
  yield writer.begin()
  for await (const rows of pages) if (rows.length > 0) yield writer.rows(rows)
  yield writer.end()
}

/** Rows made of other rows, page by page. */
export async function* mapped<From, To>(
  pages: Pages<From>,
  each: (rows: readonly From[]) => readonly To[] | Promise<readonly To[]>,
): AsyncGenerator<readonly To[]> {
  for await (const rows of pages) yield await each(rows)
}
