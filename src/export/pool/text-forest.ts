import type { Data } from '../../stats/effect-sizes/measure.ts'
import { MEASURES } from '../../stats/effect-sizes/measures.ts'
import { criticalValue } from '../../stats/intervals/interval.ts'
import { plainText, widthOf } from '../terminal-table.ts'
import type { PoolRecord } from './pool-record.ts'

/** Kinds of data that compare, so that 0 on the scale of the effects means no difference. */
const COMPARED: ReadonlySet<Data> = new Set(['two-by-two', 'person-time', 'means', 'paired-means', 'correlation'])
/** The plot and the studies' names take no fewer columns; where there are not so many, there is no plot. */
const NARROWEST = 16
const NARROWEST_LABEL = 6
/** Without the terminal's width, or where it is very wide. */
const WIDEST = 120
/** Columns between two labels of the axis. */
const BETWEEN_TICKS = 3

interface Line {
  readonly label: string
  readonly estimate: number
  readonly lower: number
  readonly upper: number
  readonly marks: Marks
}

/** What is drawn: the estimate, the interval, its ends, and an end beyond the axis. */
interface Marks {
  readonly estimate: string
  readonly interval: string
  readonly ends: readonly [string, string]
}

const STUDY: Marks = { estimate: '■', interval: '─', ends: ['├', '┤'] }
const LIGHT_STUDY: Marks = { ...STUDY, estimate: '▪' }
const POOL: Marks = { estimate: '◆', interval: '═', ends: ['<', '>'] }
const PREDICTION: Marks = { estimate: '┄', interval: '┄', ends: ['├', '┤'] }
const BEYOND = ['←', '→'] as const

/**
 * A forest plot in characters: a line per study with its interval, a diamond per pool, the prediction interval, an axis. Boxes
 * of studies that weigh less than the mean are smaller. Intervals that would press the others together end in an arrow.
 *
 * @param records  pools of the same studies
 * @param back     from the scale on which was pooled to the one that people read
 * @param width    columns of the terminal
 * @returns lines; nothing where no study has an effect, or the terminal is too narrow
 */
export function textForest(
  records: readonly PoolRecord[],
  { back, width = WIDEST }: { readonly back: (value: number) => number; readonly width?: number | undefined },
): string {
  const [first] = records
  const lines = [...(first === undefined ? [] : studyLines(first)), ...records.flatMap(poolLines)]
  if (first === undefined || lines.length === 0) return ''
  const [from, to] = rangeOf(lines)
  const show = numbersOf(lines, back)
  const numbers = lines.map(({ estimate, lower, upper, marks }) =>
    marks === PREDICTION ? `[${show(lower)}, ${show(upper)}]` : `${show(estimate)} [${show(lower)}, ${show(upper)}]`,
  )
  const numbersWidth = Math.max(...numbers.map((text) => text.length))
  const room = Math.min(width, WIDEST) - numbersWidth - 4
  const longest = Math.max(...lines.map(({ label }) => widthOf(label)))
  const labelWidth = Math.min(longest, Math.floor(room / 2), room - NARROWEST)
  const columns = room - labelWidth
  if (labelWidth < Math.min(longest, NARROWEST_LABEL)) return ''
  const columnOf = (value: number) => Math.round(((value - from) / (to - from)) * (columns - 1))
  const measured = Object.entries(MEASURES).find(([name]) => name === first.measure)?.[1].data
  const isCompared = measured !== undefined && COMPARED.has(measured)
  const nothing = isCompared && from < 0 && to > 0 ? columnOf(0) : undefined
  const rows = lines.map(
    (line, i) =>
      `${fitted(line.label, labelWidth)}  ${drawn(line, columns, columnOf, nothing)}  ${(numbers[i] ?? '').padStart(numbersWidth)}`,
  )
  const margin = ' '.repeat(labelWidth + 2)
  const ticks = ticksOf(from, to, back)
  return `${[...rows, ...axis(ticks, columns, columnOf).map((line) => `${margin}${line}`.trimEnd())].join('\n')}\n`
}

function studyLines({ studies, level }: PoolRecord): Line[] {
  const z = criticalValue(level)
  const shown = studies.flatMap(({ study, yi, vi, weight }) =>
    yi === null || vi === null ? [] : [{ study, yi, vi, weight }],
  )
  const mean = 100 / Math.max(1, shown.filter(({ weight }) => weight !== null).length)
  return shown.map(({ study, yi, vi, weight }) => {
    const margin = z * Math.sqrt(vi)
    const marks = weight !== null && weight >= mean * (1 - 1e-9) ? STUDY : LIGHT_STUDY
    return { label: plainText(study), estimate: yi, lower: yi - margin, upper: yi + margin, marks }
  })
}

function poolLines({ method, test, estimate, ci_lower, ci_upper, pi_lower, pi_upper }: PoolRecord): Line[] {
  if (estimate === null || ci_lower === null || ci_upper === null) return []
  const label = test === 'z' ? method : `${method}, ${test}`
  return [
    { label, estimate, lower: ci_lower, upper: ci_upper, marks: POOL },
    ...(pi_lower === null || pi_upper === null
      ? []
      : [{ label: `${label}: prediction`, estimate, lower: pi_lower, upper: pi_upper, marks: PREDICTION }]),
  ]
}

/** From the lowest to the highest end, but no farther from the estimates than these lie apart. */
function rangeOf(lines: readonly Line[]): readonly [number, number] {
  const pools = lines.filter(({ marks }) => marks === POOL).flatMap(({ lower, upper }) => [lower, upper])
  const middles = [...lines.map(({ estimate }) => estimate), ...pools]
  const [least, greatest] = [Math.min(...middles), Math.max(...middles)]
  const halves = lines.map(({ estimate, upper }) => upper - estimate).sort((one, other) => one - other)
  const spread = Math.max(greatest - least, 2 * (halves[Math.floor(halves.length / 2)] ?? 0))
  const from = Math.max(Math.min(...lines.map(({ lower }) => lower)), least - spread)
  const to = Math.min(Math.max(...lines.map(({ upper }) => upper)), greatest + spread)
  return to > from ? [from, to] : [from - 1, to + 1]
}

function drawn(
  { estimate, lower, upper, marks }: Line,
  columns: number,
  columnOf: (value: number) => number,
  nothing: number | undefined,
): string {
  const cells: string[] = Array.from({ length: columns }, (_, column) => (column === nothing ? '│' : ' '))
  const [left, right] = [columnOf(lower), columnOf(upper)]
  for (let column = Math.max(0, left); column <= Math.min(columns - 1, right); column++) cells[column] = marks.interval
  if (right > left) {
    cells[Math.max(0, left)] = left < 0 ? BEYOND[0] : marks.ends[0]
    cells[Math.min(columns - 1, right)] = right > columns - 1 ? BEYOND[1] : marks.ends[1]
  }
  if (marks !== PREDICTION) cells[columnOf(estimate)] = marks.estimate
  return cells.join('')
}

interface Tick {
  readonly at: number
  readonly label: string
}

/** The axis with its ticks, and their labels below, those that have room. */
function axis(ticks: readonly Tick[], columns: number, columnOf: (value: number) => number): string[] {
  const line = Array.from({ length: columns }, () => '─')
  let labels = ''
  for (const { at, label } of ticks) {
    const column = columnOf(at)
    const start = Math.max(0, Math.min(columns - label.length, column - Math.floor(label.length / 2)))
    if (labels !== '' && start < labels.length + BETWEEN_TICKS) continue
    line[column] = '┬'
    labels = labels.padEnd(start) + label
  }
  return [line.join(''), labels]
}

/** Round numbers on the scale that people read, where that is linear or a ratio; else the ends and the middle. */
function ticksOf(from: number, to: number, back: (value: number) => number): Tick[] {
  if (back(from) === from && back(to) === to) {
    const step = roundStep((to - from) / 4)
    const first = Math.ceil(from / step)
    return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) =>
      tick((first + i) * step, (first + i) * step),
    )
  }
  if (back(0) === 1 && Math.abs(back(1) - Math.E) < 1e-9) return ratioTicks(from, to)
  return [from, (from + to) / 2, to].map((at) => tick(at, back(at)))
}

/** 1, 2, 5, 10 and so on, or where these are too few, the ends. */
function ratioTicks(from: number, to: number): Tick[] {
  const decades = Array.from(
    { length: Math.ceil(to / Math.LN10) - Math.floor(from / Math.LN10) + 1 },
    (_, i) => Math.floor(from / Math.LN10) + i,
  )
  const factors = to - from > 3 * Math.LN10 ? [1] : [1, 2, 5]
  const ticks = decades
    .flatMap((decade) => factors.map((factor) => factor * 10 ** decade))
    .filter((value) => Math.log(value) >= from && Math.log(value) <= to)
    .map((value) => tick(Math.log(value), value))
  return ticks.length > 1 ? ticks : [tick(from, Math.exp(from)), tick(to, Math.exp(to))]
}

const tick = (at: number, value: number): Tick => ({ at, label: String(Number(value.toPrecision(2))) })

/** The smallest of 1, 2 and 5 times a power of ten that is not below it. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power
}

/** Numbers with as many decimals as the narrowest interval needs to show two digits, and no more than four. */
function numbersOf(lines: readonly Line[], back: (value: number) => number): (value: number) => string {
  const widths = lines.map(({ lower, upper }) => Math.abs(back(upper) - back(lower))).filter((width) => width > 0)
  const decimals = Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(Math.min(1, ...widths)) + 0.5)))
  return (value) => back(value).toFixed(decimals)
}

/** A label of just so many columns, cut off where it is longer. */
function fitted(label: string, size: number): string {
  let text = label
  if (widthOf(label) > size) {
    text = ''
    for (const { segment } of new Intl.Segmenter().segment(label)) {
      if (widthOf(text + segment) >= size) break
      text += segment
    }
    text += '…'
  }
  return text + ' '.repeat(Math.max(0, size - widthOf(text)))
}
