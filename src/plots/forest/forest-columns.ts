import { BOLD, MARGIN } from '../lettering.ts'
import { ellipsised, type Lettering, textWidth } from '../text-width.ts'
import type { ForestColumn, ForestData } from './forest-data.ts'
import { type ForestRow, letteringOf, WORDS_WIDTH } from './forest-rows.ts'

/** From left to right. */
interface Span {
  readonly left: number
  readonly right: number
}

/** Where each column is; of numbers, the right edge counts. */
export interface ForestColumns {
  readonly label: Span
  readonly cells: readonly Span[]
  /** Headings that several columns share. */
  readonly over: readonly (Span & { readonly text: string })[]
  readonly plot: Span
  readonly effect: Span
  readonly weight: Span
  /** Empty where nothing has a weight. */
  readonly weightHeading: string
  /** Of the whole picture. */
  readonly width: number
}

const GAP = 14
const PLOT_WIDTH = 250

/** The widest that a heading over several columns may make them. */
const WIDEST_OVER = 130

export const LABEL_HEADING = 'Study'
const WEIGHT_HEADING = 'Weight'

/** Places columns so that each is as wide as its widest text. */
export function forestColumns(data: ForestData, rows: readonly ForestRow[]): ForestColumns {
  const widest = (textsOf: (row: ForestRow) => readonly string[], heading: string) =>
    Math.max(
      textWidth(heading, BOLD),
      ...rows.map((row) => Math.max(0, ...textsOf(row).map((text) => textWidth(text, setAs(row))))),
    )
  const spans = overSpans(data.columns)
  const own = data.columns.map(({ heading }, i) => widest(({ cells }) => [cells[i] ?? ''], heading))
  const cellWidths = spans.reduce(widenedFor, own)
  const labels = widest((row) => (row.role === 'words' ? [] : row.label), LABEL_HEADING)
  const dataWidth = cellWidths.reduce((sum, width) => sum + GAP + width, 0)
  const label = spanFrom(MARGIN, Math.max(labels, WORDS_WIDTH - dataWidth))
  const cells = following(label, cellWidths)
  const weightHeading = rows.some((row) => row.weight !== '') ? WEIGHT_HEADING : ''
  const [plot = label, effect = label, weight = label] = following(cells.at(-1) ?? label, [
    PLOT_WIDTH,
    widest((row) => [row.effect], data.effectHeading),
    widest((row) => [row.weight], weightHeading),
  ])
  const over = spans.map(({ text, first, last }) => {
    const [left, right] = [cells[first]?.left ?? 0, cells[last]?.right ?? 0]
    return { text: ellipsised(text, right - left, BOLD), left, right }
  })
  return { label, cells, over, plot, effect, weight, weightHeading, width: weight.right + MARGIN }
}

/** Only the label of a group or summary is bold where its numbers are too. */
const setAs = (row: ForestRow): Lettering => letteringOf(row)

const spanFrom = (left: number, width: number): Span => ({ left, right: left + width })

function following(before: Span, widths: readonly number[]): Span[] {
  let { right } = before
  return widths.map((width) => {
    const span = spanFrom(right + GAP, width)
    right = span.right
    return span
  })
}

interface Over {
  readonly text: string
  readonly first: number
  readonly last: number
}

/** Neighbours with the same heading over them. */
function overSpans(columns: readonly ForestColumn[]): Over[] {
  const spans: Over[] = []
  columns.forEach(({ over }, i) => {
    const before = spans.at(-1)
    if (over === undefined) return
    if (before?.text === over && before.last === i - 1) spans[spans.length - 1] = { ...before, last: i }
    else spans.push({ text: over, first: i, last: i })
  })
  return spans
}

/** Columns made wider, each by the same, where the heading over them needs it. */
function widenedFor(widths: readonly number[], { text, first, last }: Over): number[] {
  const count = last - first + 1
  const has = widths.slice(first, last + 1).reduce((sum, width) => sum + width, GAP * (count - 1))
  const lacks = Math.max(0, Math.min(textWidth(text, BOLD), WIDEST_OVER) - has)
  return widths.map((width, i) => (i >= first && i <= last ? width + lacks / count : width))
}
