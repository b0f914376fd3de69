import { stringify } from 'csv-stringify/sync'
import { markdownTable } from 'markdown-table'
import type { Cell, Format, Table } from './table.ts'
import { terminalTable } from './terminal-table.ts'

/**
 * Writes a table in a format, with a line feed at the end of every line.
 *
 * @param width  columns of the terminal that a `table` should fit in; without one its columns are as wide as their content
 */
export function writeTable(table: Table, format: Format, width?: number): string {
  switch (format) {
    case 'csv':
    case 'json':
    case 'jsonl': {
      const { begin, rows, end } = rowWriter(table.columns, format)
      return begin() + rows(table.rows) + end()
    }
    case 'markdown':
      return markdown(table)
    case 'table':
      return terminalTable(table, width)
  }
}

// A sign alone and a number with its sign are no formulas.
const FORMULA = /^(?![+-]?[\d.,]+%?$)[=+\-@\t\r\n]./s

/** The formats that are written row by row, so that nobody must hold all of them. */
export type RowFormat = 'csv' | 'json' | 'jsonl'

/** Writes rows as they come: `begin` once, `rows` for each some, `end` once. */
export interface RowWriter {
  readonly begin: () => string
  readonly rows: (rows: Table['rows']) => string
  readonly end: () => string
}

export function rowWriter(columns: readonly string[], format: RowFormat): RowWriter {
  if (format === 'csv') {
    const lines = (cells: readonly (readonly (string | number)[])[]) =>
      // RFC 4180 with line feeds. Readers take a carriage return for the end of a line as well.
      stringify(
        cells.map((line) => [...line]),
        { record_delimiter: '\n', quoted_match: /\r/ },
      )
    return {
      begin: () => lines([columns]),
      rows: (rows) => lines(rows.map((row) => columns.map((column) => csvCell(row[column] ?? null)))),
      end: () => '',
    }
  }
  const object = (row: Table['rows'][number]) =>
    JSON.stringify(Object.fromEntries(columns.map((column) => [column, row[column] ?? null])))
  if (format === 'jsonl')
    return { begin: () => '', rows: (rows) => rows.map((row) => `${object(row)}\n`).join(''), end: () => '' }
  // A list of objects, one row a line, so that a change shows as one line of a diff.
  let written = 0
  return {
    begin: () => '[',
    rows: (rows) => rows.map((row) => `${written++ === 0 ? '' : ','}\n  ${object(row)}`).join(''),
    end: () => (written === 0 ? ']\n' : '\n]\n'),
  }
}

/** Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers never do. */
function csvCell(value: Cell): string | number {
  if (value === null) return ''
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value
}

function markdown({ columns, rows }: Table): string {
  const numeric = (column: string) =>
    rows.length > 0 && rows.every((row) => row[column] === null || typeof row[column] === 'number')
  return `${markdownTable(
    [[...columns], ...rows.map((row) => columns.map((column) => markdownCell(row[column] ?? null)))],
    {
      align: columns.map((column) => (numeric(column) ? 'right' : 'left')),
    },
  )}\n`
}

// What would end the cell, start a tag or begin a link is written so that it shows as itself.
const markdownCell = (value: Cell) =>
  value === null
    ? ''
    : String(value)
        .replace(/[\\`*_~$&[\]<>|]/g, '\\$&')
        .replace(/\s*[\r\n]\s*/g, ' ')
