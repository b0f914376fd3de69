import TerminalTable from 'cli-table3'
import type { Cell, Table } from './table.ts'

/** No column of words gets narrower than this, if the terminal allows. */
const NARROWEST = 10
/** The border and the space on both sides of a cell. */
const BETWEEN = 3

/** A table for people: columns share the terminal's width, and long cells wrap. Columns without any value are left out. */
export function terminalTable({ columns, rows }: Table, width?: number): string {
  if (rows.length === 0) return ''
  const shown = columns.filter((column) => rows.some((row) => row[column] !== null && row[column] !== undefined))
  const cells = rows.map((row) => shown.map((column) => cellText(row[column] ?? null)))
  const natural = shown.map((column, index) =>
    Math.max(...[column, ...cells.map((line) => line[index] ?? '')].map((text) => text.length)),
  )
  const longestWord = shown.map((column, index) =>
    Math.max(
      ...[column, ...cells.map((line) => line[index] ?? '')]
        .flatMap((text) => text.split(/\s+/))
        .map((word) => word.length),
    ),
  )
  const widths = width === undefined ? natural : shareWidth(natural, longestWord, width - BETWEEN * shown.length - 1)
  const table = new TerminalTable({
    head: shown,
    colWidths: widths.map((size) => size + 2),
    wordWrap: true,
    style: { head: [], border: [] },
    colAligns: shown.map((column) =>
      rows.every((row) => row[column] === null || typeof row[column] === 'number') ? 'right' : 'left',
    ),
  })
  table.push(...cells)
  return `${table.toString()}\n`
}

/** Takes from the widest column until all fit; a column keeps its longest word while others can still give. */
function shareWidth(natural: readonly number[], longestWord: readonly number[], room: number): number[] {
  const widths = [...natural]
  for (const floor of [
    longestWord.map((size) => Math.max(size, 1)),
    longestWord.map((size) => Math.min(size, NARROWEST)),
  ]) {
    while (widths.reduce((sum, size) => sum + size, 0) > room) {
      let widest = -1
      for (const [index, size] of widths.entries())
        if (size > (floor[index] ?? 1) && (widest < 0 || size > (widths[widest] ?? 0))) widest = index
      if (widest < 0) break
      widths[widest] = (widths[widest] ?? 1) - 1
    }
  }
  return widths
}

// A stored text must not steer the terminal that shows it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g
const cellText = (value: Cell) => (value === null ? '' : String(value).replace(CONTROL, ' '))
