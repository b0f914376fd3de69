import { CsvError, parse } from 'csv-parse/sync'
import { EvidenceError, type FileIssue } from '../../errors.ts'

/** A cell's text, and where it starts: bytes from the file's beginning. */
interface Cell {
  readonly text: string
  readonly start: number
}

/** A CSV file: the names of its columns, and its rows' cells in their order. */
export interface Sheet {
  readonly file: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** A mistake in the cell of a column, or in the whole row where it has no such cell; of row −1, in the head. */
  readonly issue: (row: number, column: string | undefined, message: string) => FileIssue
}

/** The error for a file with mistakes: all of them, one a line, as an editor can jump to them. */
export function invalidRows(file: string, issues: readonly FileIssue[]): EvidenceError {
  const count = issues.length === 1 ? 'one mistake' : `${issues.length} mistakes`
  const list = issues.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`)
  return new EvidenceError('IMPORT_FILE_INVALID', [`${file} has ${count}.`, ...list].join('\n'), { issues })
}

/**
 * Reads a CSV file: UTF-8, with or without a byte order mark, the first line naming the columns, which commas, semicolons or
 * tabs separate.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  it is not UTF-8, or no CSV file; it has no or nameless columns, or a name twice
 */
export function readSheet(bytes: Uint8Array, file: string): Sheet {
  const issueAt = (start: number, message: string): FileIssue => ({ file, ...placeOf(bytes, start), message })
  const [head = [], ...rows] = cellsOf(bytes, file)
  const columns = head.map(({ text }) => text.trim())
  const issue: Sheet['issue'] = (row, column, message) => {
    const cells = row < 0 ? head : (rows[row] ?? [])
    const cell = column === undefined ? undefined : cells[columns.indexOf(column)]
    return issueAt((cell ?? cells[0])?.start ?? 0, message)
  }
  const wrong = head.flatMap(({ start }, i) => {
    const name = columns[i] ?? ''
    if (name === '') return [issueAt(start, 'the column has no name; expected one')]
    return columns.indexOf(name) < i
      ? [issueAt(start, `there is a column ${name} already; expected each name once`)]
      : []
  })
  const ragged = rows.flatMap((cells, row) =>
    cells.length === columns.length
      ? []
      : [issue(row, undefined, `the row has ${cells.length} cells; expected ${columns.length}, as many as columns`)],
  )
  if (head.length === 0)
    throw invalidRows(file, [issueAt(0, 'the file is empty; expected a line that names the columns')])
  if (wrong.length + ragged.length > 0) throw invalidRows(file, [...wrong, ...ragged])
  return { file, columns, rows, issue }
}

function cellsOf(bytes: Uint8Array, file: string): Cell[][] {
  const text = decoded(bytes, file)
  const delimiter = [',', ';', '\t'].find((one) => text.split(/\r\n|\n|\r/, 1)[0]?.includes(one)) ?? ','
  let end = 0
  const starts: number[] = []
  try {
    const records = parse(text, {
      delimiter,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      // The parser tells where a cell ends; the next of the row starts behind what separates them.
      cast: (value, { index, bytes: at }) => {
        starts.push(index === 0 ? startOfRecord(bytes, end) : end + 1)
        end = at
        return value
      },
    })
    const next = starts.values()
    return records.map((cells) => cells.map((cell) => ({ text: cell, start: next.next().value ?? 0 })))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // Where the cell begins that could not be read; the parser counts lines up to where it gave up.
    const start = startOfRecord(bytes, end)
    const place = placeOf(bytes, String.fromCharCode(bytes[start] ?? 0) === delimiter ? start + 1 : start)
    const message = `${error.message.replace(/,? at line \d+.*/s, '')}; expected CSV`
    throw invalidRows(file, [{ file, ...place, message }])
  }
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** Behind the line ends that follow a record, and behind the mark that the file may begin with. */
function startOfRecord(bytes: Uint8Array, end: number): number {
  let start = end === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : end
  while (bytes[start] === LINE_FEED || bytes[start] === CARRIAGE_RETURN) start++
  return start
}

function decoded(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    const message = 'the file is not UTF-8; save it as CSV in UTF-8'
    throw invalidRows(file, [{ file, line: 1, column: 1, message }])
  }
}

/** Line and column, from 1 on, of a byte. */
function placeOf(bytes: Uint8Array, start: number): { readonly line: number; readonly column: number } {
  const lines = new TextDecoder().decode(bytes.subarray(0, start)).split(/\r\n|\n|\r/)
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}
