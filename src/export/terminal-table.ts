import TerminalTable from 'cli-table3'
import type { Cell, Table } from './table.ts'

/** No column gets narrower than this, if the terminal allows. */
const NARROWEST = 8
/** The border and the space on both sides of a cell. */
const BETWEEN = 3
/** Below so many columns nothing can be laid out; the table is then as wide as its content. */
const NARROWEST_TERMINAL = 40

/**
 * A table for people. Columns share the terminal's width so that the table is as low as it can be, and long cells wrap.
 * Columns without any value are left out, what is the same for all rows of one study stands above, and a repeated
 * source is written once.
 */
export function terminalTable({ columns, rows }: Table, width?: number): string {
  if (rows.length === 0) return ''
  const oneStudy =
    rows.length > 1 && typeof rows[0]?.study === 'string' && rows.every((row) => row.study === rows[0]?.study)
  const shown = columns
    .filter((column) => rows.some((row) => row[column] !== null && row[column] !== undefined))
    .filter((column) => !(oneStudy && column === 'study'))
  const cells = rows.map((row, index) => shown.map((column) => cellText(row, rows[index - 1], column)))
  const texts = shown.map((column, index) => [column, ...cells.map((line) => line[index] ?? '')])
  const natural = texts.map((column) => Math.max(...column.map((text) => text.length)))
  const room = width === undefined || width < NARROWEST_TERMINAL ? undefined : width - BETWEEN * shown.length - 1
  const widths = room === undefined ? natural : shareWidth(texts, natural, room)
  const wraps = widths.some((size, index) => size < (natural[index] ?? 0))
  const table = new TerminalTable({
    head: shown,
    colWidths: widths.map((size) => size + 2),
    wordWrap: true,
    style: { head: [], border: [] },
    colAligns: shown.map((column) =>
      rows.every((row) => row[column] === null || typeof row[column] === 'number') ? 'right' : 'left',
    ),
    // Lines between rows help where cells wrap, and only cost room where none does.
    chars: wraps ? {} : { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  })
  table.push(...cells)
  const lines = table.toString().split('\n')
  if (!wraps) lines.splice(2, 0, ruleLike(lines[0] ?? ''))
  return `${oneStudy ? `${cellText(rows[0] ?? {}, undefined, 'study')}\n` : ''}${lines.join('\n')}\n`
}

/** The line below the heads, made from the one above them. */
const ruleLike = (top: string) => top.replace('┌', '├').replaceAll('┬', '┼').replace('┐', '┤')

/** Takes from the column where it makes the table grow least, until all fit. */
function shareWidth(texts: readonly (readonly string[])[], natural: readonly number[], room: number): number[] {
  const widths = [...natural]
  const longestWord = texts.map((column) =>
    Math.max(...column.flatMap((text) => text.split(/\s+/)).map((word) => word.length)),
  )
  // Words stay whole while other columns can still give.
  for (const floors of [longestWord, longestWord.map((size) => Math.min(size, NARROWEST))])
    while (widths.reduce((sum, size) => sum + size, 0) > room) {
      const candidates = [...widths.keys()].filter((index) => (widths[index] ?? 0) > (floors[index] ?? 1))
      if (candidates.length === 0) break
      const heights = candidates.map((index) => ({
        index,
        height: heightOf(texts, widths, index),
        width: widths[index] ?? 0,
      }))
      const best = heights.reduce((one, other) =>
        other.height < one.height || (other.height === one.height && other.width > one.width) ? other : one,
      )
      widths[best.index] = best.width - 1
    }
  return widths
}

/** How many lines the table would have with one column narrower by one. */
function heightOf(texts: readonly (readonly string[])[], widths: readonly number[], narrower: number): number {
  let height = 0
  for (let row = 0; row < (texts[0]?.length ?? 0); row++) {
    let lines = 1
    for (const [column, cells] of texts.entries()) {
      const size = (widths[column] ?? 1) - (column === narrower ? 1 : 0)
      lines = Math.max(lines, Math.ceil((cells[row]?.length ?? 0) / Math.max(size, 1)))
    }
    height += lines
  }
  return height
}

// A stored text must not steer the terminal that shows it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g

function cellText(
  row: Readonly<Record<string, Cell>>,
  above: Readonly<Record<string, Cell>> | undefined,
  column: string,
): string {
  const value = row[column] ?? null
  if (column === 'source' && value !== null && value === above?.source) return '〃'
  return value === null ? '' : String(value).replace(CONTROL, ' ')
}
