import { bottomAxis } from '../axis.ts'
import { BOLD, baselineOf, LEADING, MARGIN, PLAIN, SIZE, SMALL } from '../lettering.ts'
import type { Mark, Picture, TextMark } from '../mark.ts'
import { linearScale, logScale, type Scale } from '../scale.ts'
import { ASCENT, type Lettering, wrapped } from '../text-width.ts'
import { axisBounds } from './axis-bounds.ts'
import { type ForestColumns, forestColumns, LABEL_HEADING } from './forest-columns.ts'
import type { ForestData } from './forest-data.ts'
import { type ForestRow, forestRows, letteringOf, WORDS_WIDTH } from './forest-rows.ts'
import { shapesOf } from './forest-shapes.ts'

/** Room above and below the words of a row. */
const PADDING = 2.5

/** Within the plot, on either side of the axis, for boxes and arrows at its ends. */
const PLOT_PADDING = 8

/**
 * A forest plot as journals print it: a row for each study with its data, box, interval, estimate and weight; a diamond
 * for what they say together, and for each subgroup; the prediction interval, and how studies differ. It is as wide as
 * its words and as tall as its rows; nothing overlaps.
 *
 * @source  Lewis & Clarke 2001, BMJ 322:1479–1480, on the parts and what they mean
 */
export function forestPlot(data: ForestData): Picture {
  // The words below a summary may go as far as the data, which must be known before they can be broken.
  const first = forestColumns(data, forestRows(data, WORDS_WIDTH))
  const rows = forestRows(data, (first.cells.at(-1) ?? first.label).right - first.label.left)
  const columns = forestColumns(data, rows)
  const head = headMarks(data, columns)
  const placed = placedRows(rows, head.bottom + PADDING)
  const end = (placed.at(-1)?.bottom ?? head.bottom) + PADDING
  const scale = scaleOf(data, columns)
  const foot = footMarks(data, columns, scale, end)
  const marks = [
    ...guides(data, scale, { top: head.bottom, bottom: end, placed }),
    ...head.marks,
    ...placed.flatMap((row) => rowMarks(row, columns, scale, heaviestOf(rows))),
    ...foot.marks,
  ]
  return {
    width: columns.width,
    height: foot.bottom + MARGIN,
    title: data.title,
    description: data.description,
    marks,
    head: head.bottom + 1,
  }
}

function scaleOf(data: ForestData, { plot }: ForestColumns): Scale {
  const range = [plot.left + PLOT_PADDING, plot.right - PLOT_PADDING] as const
  return (data.scale === 'log' ? logScale : linearScale)(axisBounds(data), range)
}

const heaviestOf = (rows: readonly ForestRow[]): number =>
  Math.max(0, ...rows.map(({ drawing }) => (drawing?.shape === 'study' ? (drawing.weight ?? 0) : 0)))

interface PlacedRow {
  readonly row: ForestRow
  readonly top: number
  readonly bottom: number
  /** Where the middle of what is drawn is: that of its words. */
  readonly middle: number
}

function placedRows(rows: readonly ForestRow[], top: number): readonly PlacedRow[] {
  let next = top
  return rows.map((row) => {
    const start = next
    const height = Math.max(1, row.label.length) * letteringOf(row).size * LEADING
    next = start + height + 2 * PADDING + (row.role === 'words' ? PADDING : 0)
    return { row, top: start, bottom: next, middle: start + PADDING + height / 2 }
  })
}

const text = (role: string, words: string, x: number, y: number, more: Partial<TextMark> & Lettering): Mark[] =>
  words === '' ? [] : [{ role, kind: 'text', text: words, x, y, ...more }]

function rowMarks({ row, top, middle }: PlacedRow, columns: ForestColumns, scale: Scale, heaviest: number): Mark[] {
  const lettering = letteringOf(row)
  const y = baselineOf(middle, lettering)
  const right = { ...lettering, anchor: 'end' } as const
  const labels = row.label.flatMap((line, i) => {
    const below = top + PADDING + (i + 0.5) * lettering.size * LEADING
    return text(`${row.role}-label`, line, columns.label.left, baselineOf(below, lettering), lettering)
  })
  return [
    ...labels,
    ...columns.cells.flatMap((cell, i) => text('cell', row.cells[i] ?? '', cell.right, y, right)),
    ...(row.drawing === undefined ? [] : shapesOf(row.drawing, scale, middle, heaviest)),
    ...text('effect', row.effect, columns.effect.right, y, right),
    ...text('weight', row.weight, columns.weight.right, y, right),
  ]
}

/** The headings, and a rule below them. */
function headMarks(data: ForestData, columns: ForestColumns): { readonly marks: Mark[]; readonly bottom: number } {
  const line = SIZE * LEADING
  const first = MARGIN + SIZE * ASCENT
  const y = columns.over.length === 0 ? first : first + line
  const right = { ...BOLD, anchor: 'end' } as const
  const bottom = y + SIZE * 0.55
  return {
    marks: [
      ...columns.over.flatMap((over) =>
        text('heading', over.text, (over.left + over.right) / 2, first, { ...BOLD, anchor: 'middle' }),
      ),
      ...text('heading', LABEL_HEADING, columns.label.left, y, BOLD),
      ...data.columns.flatMap(({ heading }, i) => text('heading', heading, columns.cells[i]?.right ?? 0, y, right)),
      ...text('heading', data.effectHeading, columns.effect.right, y, right),
      ...text('heading', columns.weightHeading, columns.weight.right, y, right),
      {
        role: 'rule',
        kind: 'line',
        from: { x: MARGIN, y: bottom },
        to: { x: columns.width - MARGIN, y: bottom },
        stroke: '#000000',
        strokeWidth: 0.75,
      },
    ],
    bottom,
  }
}

/** The line of no effect, and a dashed one at the common estimate, behind everything. */
function guides(
  { noEffect, overall }: ForestData,
  scale: Scale,
  { top, bottom, placed }: { readonly top: number; readonly bottom: number; readonly placed: readonly PlacedRow[] },
): Mark[] {
  const isWithin = (value: number) => value >= scale.domain[0] && value <= scale.domain[1]
  const upright = (role: string, value: number, to: number, dashes?: string): Mark => ({
    role,
    kind: 'line',
    from: { x: scale.place(value), y: top },
    to: { x: scale.place(value), y: to },
    stroke: dashes === undefined ? '#000000' : '#606060',
    strokeWidth: 0.75,
    ...(dashes !== undefined && { dashes }),
  })
  const diamond = placed.findLast(({ row }) => row.drawing?.shape === 'summary' && row.drawing.isOverall)
  const estimate = overall?.effect?.estimate
  return [
    ...(noEffect !== undefined && isWithin(noEffect) ? [upright('no-effect', noEffect, bottom)] : []),
    ...(estimate !== undefined && diamond !== undefined && isWithin(estimate)
      ? [upright('common', estimate, diamond.middle, '3 3')]
      : []),
  ]
}

/** The axis with its numbers, what it measures, and whom each side favours. */
function footMarks(
  { axisLabel, favours }: ForestData,
  { plot }: ForestColumns,
  scale: Scale,
  top: number,
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const axis = bottomAxis(scale, top, SMALL, [plot.left, plot.right])
  const width = plot.right - plot.left
  const half = width / 2 - 6
  const left = favours === undefined || favours.left === '' ? [] : wrapped(`← ${favours.left}`, half, SMALL)
  const right = favours === undefined || favours.right === '' ? [] : wrapped(`${favours.right} →`, half, SMALL)
  const line = SMALL.size * LEADING
  const below = (i: number) => axis.bottom + line * i + SMALL.size * ASCENT
  const favoursLines = Math.max(left.length, right.length)
  const labels = wrapped(axisLabel, width, PLAIN)
  const labelsTop = axis.bottom + line * favoursLines + 2
  const labelLine = (i: number) => labelsTop + SIZE * LEADING * i + SIZE * ASCENT
  return {
    marks: [
      ...axis.marks,
      ...left.flatMap((words, i) => text('favours', words, plot.left, below(i), SMALL)),
      ...right.flatMap((words, i) => text('favours', words, plot.right, below(i), { ...SMALL, anchor: 'end' })),
      ...labels.flatMap((words, i) =>
        text('axis-label', words, (plot.left + plot.right) / 2, labelLine(i), { ...PLAIN, anchor: 'middle' }),
      ),
    ],
    bottom: labelsTop + SIZE * LEADING * labels.length,
  }
}
