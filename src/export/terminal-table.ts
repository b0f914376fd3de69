import TerminalTable from 'cli-table3'
import type { Cell, Table } from './table.ts'

/** No column gets narrower than this, if the terminal allows. */
const NARROWEST = 8
/** The border and the space on both sides of a cell. */
const BETWEEN = 3
/** Of a long table so many rows, evenly spread, show well enough how its columns should share the width. */
const ROWS_LOOKED_AT = 100
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
  const natural = texts.map((column) => Math.max(...column.map(widthOf)))
  const room = width === undefined || width < NARROWEST_TERMINAL ? undefined : width - BETWEEN * shown.length - 1
  const widths = room === undefined ? natural : shareWidth(texts, natural, room)
  const wraps = widths.some((size, index) => size < (natural[index] ?? 0))
  const table = new TerminalTable({
    head: shown.map((column, index) => broken(column, widths[index] ?? column.length)),
    colWidths: widths.map((size) => size + 2),
    wordWrap: true,
    style: { head: [], border: [] },
    colAligns: shown.map((column) =>
      rows.every((row) => row[column] === null || typeof row[column] === 'number') ? 'right' : 'left',
    ),
    // Lines between rows help where cells wrap, and only cost room where none does.
    chars: wraps ? {} : { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  })
  table.push(...cells.map((line) => line.map((text, index) => brokenWords(text, widths[index] ?? 1))))
  const lines = table.toString().split('\n')
  if (!wraps) lines.splice(2, 0, ruleLike(lines[0] ?? ''))
  return `${oneStudy ? `${cellText(rows[0] ?? {}, undefined, 'study')}\n` : ''}${lines.join('\n')}\n`
}

/** The line below the heads, made from the one above them. */
const ruleLike = (top: string) => top.replace('┌', '├').replaceAll('┬', '┼').replace('┐', '┤')

/** A column's name over as many lines as it needs: cut short, it could be any. */
const broken = (name: string, size: number) =>
  name.match(new RegExp(`.{1,${Math.max(size, 1)}}`, 'g'))?.join('\n') ?? name

/** Takes from the column where it makes the table grow least, until all fit. */
function shareWidth(texts: readonly (readonly string[])[], natural: readonly number[], room: number): number[] {
  const widths = [...natural]
  const step = Math.ceil((texts[0]?.length ?? 0) / ROWS_LOOKED_AT)
  const sizes = texts.map((column) => column.filter((_, row) => row % step === 0).map(widthOf))
  const longestWord = texts.map((column) => Math.max(...column.flatMap((text) => text.split(/\s+/)).map(widthOf)))
  const narrowest = longestWord.map((size) => Math.min(size, NARROWEST))
  const heads = texts.map(([head = ''], index) => Math.max(head.length, narrowest[index] ?? 0))
  // Words stay whole while other columns can still give, and names of columns longer than other words.
  for (const floors of [longestWord, heads, narrowest])
    while (widths.reduce((sum, size) => sum + size, 0) > room) {
      const candidates = [...widths.keys()].filter((index) => (widths[index] ?? 0) > (floors[index] ?? 1))
      if (candidates.length === 0) break
      const heights = candidates.map((index) => ({
        index,
        height: heightOf(sizes, widths, index),
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
function heightOf(sizes: readonly (readonly number[])[], widths: readonly number[], narrower: number): number {
  let height = 0
  for (let row = 0; row < (sizes[0]?.length ?? 0); row++) {
    let lines = 1
    for (const [column, cells] of sizes.entries()) {
      const size = (widths[column] ?? 1) - (column === narrower ? 1 : 0)
      lines = Math.max(lines, Math.ceil((cells[row] ?? 0) / Math.max(size, 1)))
    }
    height += lines
  }
  return height
}

// Chinese, Japanese and Korean letters and emoji take the room of two letters; those beyond 16 bits have two units already.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|(?![^\0-\uffff])\p{Emoji_Presentation}/gu

/** The columns that a text takes in a terminal, or a few more. */
export const widthOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0)

/** Breaks words that are longer than their column: the table would cut them off. */
function brokenWords(text: string, size: number): string {
  if (widthOf(text) <= size) return text
  return text.replace(/\S+/g, (word) => {
    if (widthOf(word) <= size) return word
    const lines = ['']
    for (const { segment } of new Intl.Segmenter().segment(word)) {
      const line = `${lines.at(-1)}${segment}`
      if (widthOf(line) > size && lines.at(-1) !== '') lines.push(segment)
      else lines[lines.length - 1] = line
    }
    return lines.join('\n')
  })
}

// A stored text must not steer the terminal that shows it, nor turn the direction of what is read.
const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g

/** A text without what steers a terminal. */
export const plainText = (text: string): string => text.replace(CONTROL, ' ')

function cellText(
  row: Readonly<Record<string, Cell>>,
  above: Readonly<Record<string, Cell>> | undefined,
  column: string,
): string {
  const value = row[column] ?? null
  if (column === 'source' && value !== null && value === above?.source) return '〃'
  return value === null ? '' : plainText(String(value))
}
