import { STYLES, xmlText } from './cell-xml.ts'
import { MAIN, MOST_ROWS, type Sheet, type SheetTable, sheetParts } from './sheet.ts'
import { type Part, zipped } from './zip-parts.ts'

/** A table that is written, with its sheets. */
export interface WrittenTable {
  readonly name: string
  readonly sheets: readonly Sheet[]
}

/**
 * A workbook (Office Open XML, ECMA-376) of tables, written as they come. `before` makes the tables that stand before
 * all others and are written after them: what they tell is known only then.
 *
 * @param mostRows  the rows of a sheet; a table with more goes on in another one
 */
export const workbook = (
  tables: AsyncIterable<SheetTable>,
  before: (written: readonly WrittenTable[]) => readonly SheetTable[],
  mostRows: number = MOST_ROWS,
): AsyncIterable<Uint8Array> => zipped(workbookParts(tables, before, mostRows))

async function* workbookParts(
  tables: AsyncIterable<SheetTable>,
  before: (written: readonly WrittenTable[]) => readonly SheetTable[],
  mostRows: number,
): AsyncGenerator<Part> {
  yield part('[Content_Types].xml', CONTENT_TYPES)
  yield part('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]))
  yield part('xl/styles.xml', STYLE_PART)
  const written: WrittenTable[] = []
  let count = 0
  const write = async function* (table: SheetTable, into: WrittenTable[]): AsyncGenerator<Part> {
    const sheets: Sheet[] = []
    into.push({ name: table.name, sheets })
    yield* sheetParts(
      table,
      (sheet) => {
        sheets.push(sheet)
        parts.set(sheet, `worksheets/sheet${++count}.xml`)
        return `xl/${parts.get(sheet)}`
      },
      mostRows,
    )
  }
  const parts = new Map<Sheet, string>()
  for await (const table of tables) yield* write(table, written)
  const first: WrittenTable[] = []
  for (const table of before(written)) yield* write(table, first)
  const sheets = [...first, ...written].flatMap((table) => table.sheets)
  yield part('xl/workbook.xml', workbookXml(sheets))
  yield part(
    'xl/_rels/workbook.xml.rels',
    relations([
      ...sheets.map((sheet) => ['worksheet', parts.get(sheet) ?? ''] as const),
      ['styles', 'styles.xml'] as const,
    ]),
  )
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const part = (name: string, body: string): Part => ({
  name,
  chunks: (async function* () {
    yield XML + body
  })(),
})

// Any part is a sheet unless it is named, so that this part can stand first, where some readers look for it.
const CONTENT_TYPES = `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${SPREADSHEET}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/></Types>`

const relations = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

/** Its cells' styles in the order of `STYLES`: plain, bold, and a text that must not become a formula. */
const STYLE_PART = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${Object.keys(STYLES).length}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

/** The list of sheets, and the names by which Excel knows what each one's filters are over. */
function workbookXml(sheets: readonly Sheet[]): string {
  const list = sheets.map(
    ({ name }, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  const filters = sheets.map(({ name, range }, index) => {
    const cells = range.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2')
    return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${xmlText(`'${name.replaceAll("'", "''")}'!${cells}`)}</definedName>`
  })
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>${list.join('')}</sheets><definedNames>${filters.join('')}</definedNames></workbook>`
}
