import type { RiskOfBiasTable } from '../../model/risk-of-bias-table.ts'
import { bottomAxis } from '../axis.ts'
import { keyMarks } from '../key.ts'
import { BOLD, baselineOf, LEADING, MARGIN, PLAIN, SIZE, SMALL } from '../lettering.ts'
import type { Mark, Picture } from '../mark.ts'
import { linearScale } from '../scale.ts'
import { ASCENT, textWidth, wrapped } from '../text-width.ts'
import { COLOURS, LEVELS, type Level, levelOf, levelsIn } from './levels.ts'
import { describeJudgements } from './rob-words.ts'
import { symbolMarks } from './symbol.ts'

const WIDEST_LABEL = 250
const BARS = 340
const BAR = 17
const LEAST_ROW = 25
const GAP = 12

/** A part of a bar is so wide at least where its symbol stands in it. */
const LEAST_WITH_SYMBOL = 13

/**
 * A summary of judgements: for each domain a bar whose parts are the shares of studies, or of their weights, that were judged
 * alike; in colour, and with symbols.
 *
 * @param isWeighted  shares of weights, which all rows have
 * @source  McGuinness & Higgins 2021, Res Synth Methods 12:55–61
 */
export function robSummaryPlot(
  table: RiskOfBiasTable,
  { title, isWeighted }: { readonly title: string; readonly isWeighted: boolean },
): Picture {
  const { domains, rows } = table
  const settings = domains.map(({ isOverall }) => (isOverall ? BOLD : PLAIN))
  const labels = domains.map(({ label, isOverall }, i) =>
    wrapped(isOverall ? 'Overall' : label, WIDEST_LABEL, settings[i] ?? PLAIN),
  )
  const labelWidth = Math.max(
    0,
    ...labels.flatMap((lines, i) => lines.map((line) => textWidth(line, settings[i] ?? PLAIN))),
  )
  const left = MARGIN + labelWidth + GAP
  const scale = linearScale([0, 100], [left, left + BARS])
  let top = MARGIN
  const body = domains.flatMap((_, i): Mark[] => {
    const [lines, lettering] = [labels[i] ?? [], settings[i] ?? PLAIN]
    const line = lettering.size * LEADING
    const height = Math.max(LEAST_ROW, lines.length * line + 8)
    const middle = top + height / 2
    top += height
    return [
      ...lines.map((text, row): Mark => {
        const y = baselineOf(middle + (row + 0.5 - lines.length / 2) * line, lettering)
        return { role: 'domain-label', kind: 'text', text, x: MARGIN, y, ...lettering }
      }),
      ...sharesOf(rows, i, isWeighted).flatMap(({ level, from, to }) => {
        const [start, end] = [scale.place(from), scale.place(to)]
        return segment(level, { start, end, middle })
      }),
    ]
  })
  const axis = bottomAxis(scale, top + 2, SMALL)
  const label = isWeighted ? 'Percent of the weight' : 'Percent of the studies'
  const labelY = axis.bottom + SIZE * ASCENT
  const key = keyMarks(
    levelsIn(rows.flatMap(({ judgements }) => judgements)).map(({ level, words }) => ({
      sample: (x, middle) => segment(level, { start: x, end: x + 18, middle }, 12),
      words,
    })),
    { x: left, y: labelY + SIZE, width: BARS },
    PLAIN,
  )
  return {
    width: left + BARS + 2 * MARGIN,
    height: key.bottom + MARGIN,
    title,
    description: describeJudgements(table),
    marks: [
      ...body,
      ...axis.marks,
      { role: 'axis-label', kind: 'text', text: label, x: left + BARS / 2, y: labelY, anchor: 'middle', ...PLAIN },
      ...key.marks,
    ],
  }
}

interface Share {
  readonly level: Level
  /** In percent. */
  readonly from: number
  readonly to: number
}

/** What parts of all, in percent, were judged alike in a domain, from the least bias to the most. */
function sharesOf(rows: RiskOfBiasTable['rows'], domain: number, isWeighted: boolean): readonly Share[] {
  const weightOf = ({ weight = 0 }: RiskOfBiasTable['rows'][number]) => (isWeighted ? weight : 1)
  const sumOf = (some: RiskOfBiasTable['rows']) => some.reduce((sum, row) => sum + weightOf(row), 0)
  const all = sumOf(rows)
  let from = 0
  return LEVELS.flatMap((level) => {
    const part = sumOf(rows.filter(({ judgements }) => levelOf(judgements[domain]) === level))
    if (!(part > 0)) return []
    const share = { level, from, to: from + (100 * part) / all }
    from = share.to
    return [share]
  })
}

function segment(
  level: Level,
  { start, end, middle }: { readonly start: number; readonly end: number; readonly middle: number },
  height = BAR,
): Mark[] {
  const box: Mark = {
    role: `share-${level}`,
    kind: 'box',
    x: start,
    y: middle - height / 2,
    width: end - start,
    height,
    fill: COLOURS[level].fill,
    stroke: '#404040',
    strokeWidth: 0.75,
  }
  const hasRoom = end - start >= LEAST_WITH_SYMBOL
  return hasRoom ? [box, ...symbolMarks(level, { x: (start + end) / 2, y: middle }, height * 0.23)] : [box]
}
