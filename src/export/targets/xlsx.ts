import type { ChoiceName, ExtractionChoices } from '../../queries/extraction/choices.ts'
import { COLUMN_COLUMNS, columnRows } from '../../queries/extraction/columns.ts'
import type { Extraction, ExtractionMetadata } from '../../queries/extraction/extraction.ts'
import { EXTRACTIONS } from '../../queries/extractions.ts'
import type { Pages } from '../csv-file.ts'
import type { ExportTarget } from '../export-target.ts'
import type { Cell } from '../table.ts'
import type { Sheet, SheetTable } from '../workbook/sheet.ts'
import { workbook } from '../workbook/workbook.ts'

/** The choices of all tables; each heeds its own of them. */
const HEEDS = [
  ...(['studies', 'review', 'outcomes', 'analysisSets', 'time'] as const),
  ...(['arms', 'merge', 'sharedControl', 'derived', 'asPrinted', 'prefer'] as const),
] as const satisfies readonly ChoiceName[]

/** A table that was asked for. Its metadata is complete when its last sheet is written. */
interface Asked {
  readonly table: Extraction
  readonly pages: Pages<object> & { readonly metadata: ExtractionMetadata }
}

/**
 * A workbook of all tables: one sheet each, and before them what they were made with and the dictionary of their columns.
 * Each table asks for the rows as of the moment when its turn comes, unless `db` is a snapshot.
 */
export const XLSX: ExportTarget = {
  heeds: HEEDS,
  files: async function* (db, choices) {
    const asked: Asked[] = []
    const before = (written: readonly { readonly sheets: readonly Sheet[] }[]) => [
      aboutSheet(asked, (index) => written[index]?.sheets ?? []),
      dictionarySheet(asked.map(({ table }) => table)),
    ]
    yield { name: 'evidence.xlsx', chunks: workbook(tables(db, choices, asked), before) }
  },
}

async function* tables(db: Db, choices: ExtractionChoices, asked: Asked[]): AsyncGenerator<SheetTable> {
  for (const { load } of Object.values(EXTRACTIONS)) {
    const table: Extraction = await load()
    const own = Object.entries(choices).filter(([name]) => table.heeds.includes(name as ChoiceName))
    const pages = table.pages(db, Object.fromEntries(own))
    asked.push({ table, pages })
    yield { name: table.table, columns: Object.keys(table.columns), pages: pages as Pages<object> as Pages<Row> }
  }
}

type Row = Readonly<Record<string, Cell>>
type Db = Parameters<ExportTarget['files']>[0]

/** One row for each table: what its rows are, what it was made with, what was left out, and what didn't fit a cell. */
function aboutSheet(asked: readonly Asked[], sheetsOf: (index: number) => readonly Sheet[]): SheetTable {
  const rows = asked.map(({ table, pages: { metadata } }, index) => ({
    table: table.table,
    row_is: table.about,
    studies: metadata.studies,
    rows: metadata.rows,
    sheets: sheetsOf(index)
      .map(({ name }) => name)
      .join(', '),
    choices: JSON.stringify(metadata.choices),
    left_out: lines(metadata.notes.map(({ note, count, rows }) => `${note} (${count}): ${named(rows, count)}`)),
    cut: lines(
      sheetsOf(index).flatMap(({ name, cut, cuts }) =>
        cuts === 0 ? [] : `${name}: ${cuts} texts longer than a cell can hold: ${named(cut, cuts)}`,
      ),
    ),
  }))
  const columns = ['table', 'row_is', 'studies', 'rows', 'sheets', 'choices', 'left_out', 'cut']
  return { name: 'about', columns, pages: onePage(rows) }
}

const dictionarySheet = (all: readonly Extraction[]): SheetTable => ({
  name: 'dictionary',
  columns: ['table', ...Object.keys(COLUMN_COLUMNS)],
  pages: onePage(all.flatMap(({ table, columns }) => columnRows(columns).map((row) => ({ table, ...row })))),
})

const lines = (some: readonly string[]): string | null => (some.length === 0 ? null : some.join('\n'))
const named = (some: readonly string[], count: number): string =>
  `${some.join(', ')}${count > some.length ? ' and others' : ''}`

async function* onePage(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows
}
