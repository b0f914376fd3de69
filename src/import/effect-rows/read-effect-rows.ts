import { EvidenceError, type FileIssue } from '../../errors.ts'
import { effectSizes } from '../../stats/effect-sizes/effect-sizes.ts'
import type { Data, Measure, RowOf } from '../../stats/effect-sizes/measure.ts'
import { CellMistake, DATA_COLUMNS, effectIn, type NumberIn } from './data-columns.ts'
import { invalidRows, readSheet, type Sheet } from './sheet.ts'

/** One study of a CSV file, as a measure wants it. */
export interface StudyRow<Kind extends Data> {
  readonly study: string
  /** Undefined where a number that the measure needs is missing. */
  readonly data: RowOf[Kind] | undefined
  /** The effect itself, on the measure's scale, where the file gives that and not the data. */
  readonly effect: { readonly yi: number; readonly vi: number } | undefined
  /** All cells by their column, for moderators and groups; empty where there is nothing, which NA stands for too. */
  readonly cells: ReadonlyMap<string, string>
}

/** How a study may be called; without any, it goes by the number of its row. */
const STUDY_COLUMNS = ['study', 'slab', 'author', 'trial', 'id'] as const

/** What stands for a number that there is not. */
const MISSING = ['', 'NA', 'na', 'NaN', '.']

/**
 * Reads the studies of a CSV file whose columns have metafor's names: what the measure is made of, or else yi with vi or sei.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  it is no CSV file; a column is missing; a cell is no number, or one that no data
 *                                            can have: each with its line and column
 */
export function readEffectRows<Kind extends Data>(
  bytes: Uint8Array,
  file: string,
  measure: Measure<Kind>,
): StudyRow<Kind>[] {
  const sheet = readSheet(bytes, file)
  const { needed, row: rowOf, columnOf } = DATA_COLUMNS[measure.data]
  const has = (column: string) => sheet.columns.includes(column)
  const isWhole = (columns: readonly (readonly string[])[]) => columns.every((one) => one.some(has))
  const givesEffects = !isWhole(needed) && isWhole(DATA_COLUMNS.generic.needed)
  if (!isWhole(needed) && !givesEffects) throw missingColumns(sheet, needed)
  const issues: FileIssue[] = []
  const label = STUDY_COLUMNS.find(has)
  const placeOf = new Map(sheet.columns.map((column, place) => [column, place]))
  const rows = sheet.rows.map((cells, i): StudyRow<Kind> => {
    const text = (column: string) => cells[placeOf.get(column) ?? -1]?.trim() ?? ''
    const study = (label === undefined ? '' : text(label)) || String(i + 1)
    const row = { study, cells: cellsByColumn(sheet.columns, cells), data: undefined, effect: undefined }
    try {
      if (givesEffects) return { ...row, effect: effectIn(numbersIn(text)) }
      const data = rowOf(numbersIn(text))
      if (data !== undefined) effectSizes(measure, [data])
      return { ...row, data }
    } catch (error) {
      const { column, message } = mistakeIn(error, columnOf)
      issues.push(sheet.issue(i, column, message))
      return row
    }
  })
  if (issues.length > 0) throw invalidRows(file, issues)
  return rows
}

/** Cells by their columns, empty where they stand for a number that there is not. */
function cellsByColumn(columns: readonly string[], cells: readonly string[]): ReadonlyMap<string, string> {
  const named = new Map<string, string>()
  for (const [i, column] of columns.entries()) {
    const text = cells[i]?.trim() ?? ''
    named.set(column, MISSING.includes(text) ? '' : text)
  }
  return named
}

const numbersIn =
  (text: (column: string) => string): NumberIn =>
  (column) => {
    const printed = text(column)
    if (MISSING.includes(printed)) return undefined
    const value = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(printed) ? Number(printed) : Number.NaN
    if (Number.isFinite(value)) return value
    throw new CellMistake(column, `${column} is "${printed}"; expected a number, or NA where there is none`)
  }

/** What was wrong with a row, and in which column; other errors are none of the file's. */
function mistakeIn(error: unknown, columnOf: Readonly<Record<string, string>>) {
  if (error instanceof CellMistake) return error
  if (!(error instanceof EvidenceError) || error.code !== 'EFFECT_INPUT_INVALID') throw error
  const name = String(error.details.name)
  const column = columnOf[name]
  return { column, message: column === undefined ? error.message : error.message.replace(name, column) }
}

function missingColumns(sheet: Sheet, needed: readonly (readonly string[])[]): EvidenceError {
  const missing = needed.filter((one) => !one.some((column) => sheet.columns.includes(column)))
  const list = (columns: readonly (readonly string[])[]) => columns.map((one) => one.join(' or ')).join(', ')
  return invalidRows(sheet.file, [
    sheet.issue(
      -1,
      undefined,
      `there is no column ${list(missing)}; expected ${list(needed)}, or yi with vi or sei. There are ${sheet.columns.join(', ')}`,
    ),
  ])
}
