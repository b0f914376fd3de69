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
      return csv(table)
    case 'json':
      return json(table)
    case 'markdown':
      return markdown(table)
    case 'table':
      return terminalTable(table, width)
  }
}

// A sign alone and a number with its sign are no formulas.
const FORMULA = /^(?![+-]?[\d.,]+%?$)[=+\-@\t\r\n]./s

/** RFC 4180 with line feeds. Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers never do. */
function csv({ columns, rows }: Table): string {
  const lines = rows.map((row) => columns.map((column) => csvCell(row[column] ?? null)))
  // Readers take a carriage return for the end of a line as well.
  return stringify([[...columns], ...lines], { record_delimiter: '\n', quoted_match: /\r/ })
}

function csvCell(value: Cell): string | number {
  if (value === null) return ''
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value
}

/** A list of objects, one row a line, so that a change shows as one line of a diff. */
function json({ columns, rows }: Table): string {
  const lines = rows.map((row) =>
    JSON.stringify(Object.fromEntries(columns.map((column) => [column, row[column] ?? null]))),
  )
  return lines.length === 0 ? '[]\n' : `[\n${lines.map((line) => `  ${line}`).join(',\n')}\n]\n`
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
