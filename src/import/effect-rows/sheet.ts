import { CsvError, parse } from 'csv-parse/sync'
import { EvidenceError, type FileIssue } from '../../errors.ts'

/** A CSV file: the names of its columns, and its rows' cells in their order. */
export interface Sheet {
  readonly file: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** A mistake in the cell of a column, or in the whole row where it has no such cell; of row −1, in the head. */
  readonly issue: (row: number, column: string | undefined, message: string) => FileIssue
}

/** So many mistakes are written out; the error's details have all of them. */
const MISTAKES_TOLD = 100

/** The error for a file with mistakes, one a line, as an editor can jump to them. */
export function invalidRows(file: string, issues: readonly FileIssue[]): EvidenceError {
  const count = issues.length === 1 ? 'one mistake' : `${issues.length} mistakes`
  const told = issues.slice(0, MISTAKES_TOLD)
  const list = told.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`)
  if (told.length < issues.length) list.push(`And ${issues.length - told.length} more.`)
  return new EvidenceError('IMPORT_FILE_INVALID', [`${file} has ${count}.`, ...list].join('\n'), { issues })
}

/**
 * Reads a CSV file: UTF-8, with or without a byte order mark, the first line naming the columns, which commas, semicolons or
 * tabs separate.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  it is not UTF-8, or no CSV file; it has no or nameless columns, or a name twice
 */
export function readSheet(bytes: Uint8Array, file: string): Sheet {
  const text = decoded(bytes, file)
  const [head = [], ...rows] = recordsOf(bytes, text, file)
  if (head.length === 0) {
    const message = 'the file is empty; expected a line that names the columns'
    throw invalidRows(file, [{ file, line: 1, column: 1, message }])
  }
  const columns = head.map((name) => name.trim())
  const places = placesOf(bytes, text)
  const issueAt = (row: number, cell: number, message: string): FileIssue => ({ file, ...places(row, cell), message })
  const issue: Sheet['issue'] = (row, column, message) => {
    const cell = column === undefined ? -1 : columns.indexOf(column)
    return issueAt(row + 1, Math.max(0, cell), message)
  }
  const wrong = columns.flatMap((name, i) => {
    if (name === '') return [issueAt(0, i, 'the column has no name; expected one')]
    return columns.indexOf(name) < i
      ? [issueAt(0, i, `there is a column ${name} already; expected each name once`)]
      : []
  })
  const ragged = rows.flatMap((cells, row) =>
    cells.length === columns.length
      ? []
      : [issue(row, undefined, `the row has ${cells.length} cells; expected ${columns.length}, as many as columns`)],
  )
  if (wrong.length + ragged.length > 0) throw invalidRows(file, [...wrong, ...ragged])
  return { file, columns, rows, issue }
}

/** Told of a cell's beginning and end, by bytes from the file's beginning. */
type OnCell = (isFirst: boolean, end: number) => void

function parsed(text: string, onCell?: OnCell): string[][] {
  return parse(text, {
    delimiter: delimiterOf(text),
    record_delimiter: ['\r\n', '\n', '\r'],
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
    ...(onCell !== undefined && {
      cast: (value: string, { index, bytes }: { readonly index: number; readonly bytes: number }) => {
        onCell(index === 0, bytes)
        return value
      },
    }),
  })
}

const DELIMITERS = [',', ';', '\t'] as const

/** What the first line has most of outside quotes. */
function delimiterOf(text: string): string {
  const line = (/[^\r\n]+/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '')
  const counts = DELIMITERS.map((one) => line.split(one).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

function recordsOf(bytes: Uint8Array, text: string, file: string): string[][] {
  try {
    return parsed(text)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // Where the cell begins that could not be read; the parser counts lines up to where it gave up.
    const start = startOfRecord(bytes, endOfReadable(text))
    const isBehind = String.fromCharCode(bytes[start] ?? 0) === delimiterOf(text)
    const message = `${error.message.replace(/,? at line \d+.*/s, '')}; expected CSV`
    throw invalidRows(file, [{ file, ...lineReader(bytes)(isBehind ? start + 1 : start), message }])
  }
}

/** Where the last cell ends that can be read. */
function endOfReadable(text: string): number {
  let last = 0
  try {
    parsed(text, (_, end) => {
      last = end
    })
  } catch {
    // It was read for this alone.
  }
  return last
}

interface Place {
  readonly line: number
  readonly column: number
}

/** Line and column of a cell by its record and place. It takes a second reading, and so is made only where there are mistakes. */
function placesOf(bytes: Uint8Array, text: string): (record: number, cell: number) => Place {
  let found: { readonly starts: readonly (readonly number[])[]; readonly at: (start: number) => Place } | undefined
  return (record, cell) => {
    found ??= { starts: startsOf(bytes, text), at: lineReader(bytes) }
    const cells = found.starts[record] ?? []
    return found.at(cells[cell] ?? cells[0] ?? 0)
  }
}

/** Where each cell starts. The parser tells where it ends; the next of the row starts behind what separates them. */
function startsOf(bytes: Uint8Array, text: string): number[][] {
  const records: number[][] = []
  let last = 0
  parsed(text, (isFirst, end) => {
    if (isFirst) records.push([])
    records.at(-1)?.push(isFirst ? startOfRecord(bytes, last) : last + 1)
    last = end
  })
  return records
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

/** Line and column, from 1 on, of bytes that come in rising order or nearly so. */
function lineReader(bytes: Uint8Array): (start: number) => Place {
  let [line, begin, at] = [1, 0, 0]
  return (start) => {
    if (start < begin) [line, begin, at] = [1, 0, 0]
    for (; at < start; at++) {
      const isEnd = bytes[at] === LINE_FEED || (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)
      if (isEnd) [line, begin] = [line + 1, at + 1]
    }
    return { line, column: new TextDecoder().decode(bytes.subarray(begin, start)).length + 1 }
  }
}
