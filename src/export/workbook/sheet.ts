import type { Pages } from '../csv-file.ts'
import type { Cell } from '../table.ts'
import { cellXml, columnLetters, headerXml } from './cell-xml.ts'
import type { Part } from './zip-parts.ts'

type Row = Readonly<Record<string, Cell>>

/** A table that becomes a sheet, or several where it has more rows than one can have. */
export interface SheetTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly pages: Pages<Row>
}

/** A sheet as far as it is written. */
export interface Sheet {
  readonly name: string
  /** The cells with a header and its rows: A1:H12. */
  range: string
  /** Cells whose text was cut, the first of them by name. */
  readonly cut: string[]
  cuts: number
}

/** The rows that Excel lets a sheet have, the header among them. */
export const MOST_ROWS = 1_048_576
const ROWS_AT_ONCE = 1_000
const CUTS_NAMED = 10
const WIDEST = 60

/**
 * A table's sheets as parts of a workbook: a header that stays in view, filters, and columns as wide as the first rows.
 *
 * @param add  takes a sheet in and tells the name of its part
 */
export async function* sheetParts(
  table: SheetTable,
  add: (sheet: Sheet) => string,
  mostRows: number,
): AsyncGenerator<Part> {
  const source = new RowSource(table.pages)
  for (let number = 1; number === 1 || (await source.first()) !== undefined; number++) {
    const name = number === 1 ? table.name : `${table.name} (${number})`
    const sheet: Sheet = { name, range: '', cut: [], cuts: 0 }
    yield { name: add(sheet), chunks: sheetXml(sheet, table.columns, source, mostRows) }
  }
}

async function* sheetXml(
  sheet: Sheet,
  columns: readonly string[],
  source: RowSource,
  mostRows: number,
): AsyncGenerator<string> {
  await source.first()
  const letters = columns.map((_, index) => columnLetters(index))
  const widths = columns.map((column, index) => {
    const longest = Math.max(column.length + 3, ...lengthsOf(source.sample, column))
    return `<col min="${index + 1}" max="${index + 1}" width="${Math.min(WIDEST, longest + 1)}" customWidth="1"/>`
  })
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`
  yield `<row r="1">${columns.map((column, index) => headerXml(`${letters[index]}1`, column)).join('')}</row>`
  let written = 1
  for (;;) {
    const rows = await source.take(Math.min(ROWS_AT_ONCE, mostRows - written))
    if (rows.length === 0) break
    yield rows
      .map((row) => {
        written++
        const cells = columns.map((column, index) => {
          const place = `${letters[index]}${written}`
          return cellXml(place, row[column] ?? null, () => {
            sheet.cuts++
            if (sheet.cut.length < CUTS_NAMED) sheet.cut.push(place)
          })
        })
        return `<row r="${written}">${cells.join('')}</row>`
      })
      .join('')
  }
  sheet.range = `A1:${letters.at(-1)}${written}`
  yield `</sheetData><autoFilter ref="${sheet.range}"/></worksheet>`
}

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** The lengths of a column's texts, of those with several lines the longest one's. */
const lengthsOf = (rows: readonly Row[], column: string): readonly number[] =>
  rows.map((row) =>
    Math.max(
      ...String(row[column] ?? '')
        .split('\n')
        .map(({ length }) => length),
    ),
  )

/** Rows that come in pages, taken some at a time. */
class RowSource {
  private readonly pages: AsyncIterator<readonly Row[]>
  private page: readonly Row[] = []
  private at = 0

  constructor(pages: Pages<Row>) {
    this.pages = pages[Symbol.asyncIterator]()
  }

  /** The rows that are at hand, for a look at them. */
  get sample(): readonly Row[] {
    return this.page.slice(this.at, this.at + ROWS_AT_ONCE)
  }

  /** The next row, which stays the next. */
  async first(): Promise<Row | undefined> {
    while (this.at === this.page.length) {
      const { done, value } = await this.pages.next()
      if (done) return undefined
      this.page = value
      this.at = 0
    }
    return this.page[this.at]
  }

  /** The next rows, at most so many; none only where none are wanted or left. */
  async take(most: number): Promise<readonly Row[]> {
    if (most === 0 || (await this.first()) === undefined) return []
    const some = this.page.slice(this.at, this.at + most)
    this.at += some.length
    return some
  }
}
