import type { RiskOfBiasTable } from '../../model/risk-of-bias-table.ts'
import { BOLD, baselineOf, LEADING, MARGIN, PLAIN, SIZE, SMALL } from '../lettering.ts'
import type { Mark, Picture, TextMark } from '../mark.ts'
import { ASCENT, type Lettering, textWidth, wrapped } from '../text-width.ts'
import { levelOf, levelsIn } from './levels.ts'
import { describeJudgements } from './rob-words.ts'
import { lightMarks } from './symbol.ts'

const RADIUS = 8.5
const LEAST_ROW = 23
const LEAST_COLUMN = 34
const GAP = 12
const WIDEST_NAME = 280
const MOST_LINES = 5

/** The key is at least so wide, and so is the picture. */
const LEAST_WIDTH = 380
const OVERALL = 'Overall'

/**
 * A traffic-light plot: a row for each study or result, a light for each domain of the tool, in colour and with a symbol;
 * below, what domains and lights are called.
 *
 * @source  McGuinness & Higgins 2021, Res Synth Methods 12:55–61
 */
export function trafficLightPlot(table: RiskOfBiasTable, title: string): Picture {
  const { domains, rows } = table
  const names = rows.map(({ name }) => wrapped(name, WIDEST_NAME, { ...PLAIN, mostLines: MOST_LINES }))
  const nameWidth = Math.max(textWidth('Study', BOLD), ...names.flat().map((line) => textWidth(line, PLAIN)))
  const heads = domains.map(({ isOverall }, i) => (isOverall ? OVERALL : codeOf(table, i)))
  const widths = heads.map((head) => Math.max(LEAST_COLUMN, textWidth(head, BOLD) + GAP))
  const first = MARGIN + nameWidth + GAP
  const centres = widths.map((width, i) => first + widths.slice(0, i).reduce((sum, one) => sum + one, 0) + width / 2)
  const right = first + widths.reduce((sum, one) => sum + one, 0)
  const width = Math.max(right, MARGIN + LEAST_WIDTH) + MARGIN
  const headLine = MARGIN + SIZE * ASCENT
  const rule = headLine + SIZE * 0.55
  let top = rule
  const body = rows.flatMap(({ judgements }, i): Mark[] => {
    const lines = names[i] ?? []
    const height = Math.max(LEAST_ROW, lines.length * SIZE * LEADING + 8)
    const middle = top + height / 2
    top += height
    const start = middle - (lines.length * SIZE * LEADING) / 2
    return [
      ...lines.map((text, line) =>
        textAt('study-label', text, MARGIN, baselineOf(start + (line + 0.5) * SIZE * LEADING, PLAIN), PLAIN),
      ),
      ...centres.flatMap((x, domain) => lightMarks(levelOf(judgements[domain]), { x, y: middle }, RADIUS)),
      ruleAt('row-rule', top, right, '#c8c8c8'),
    ]
  })
  const key = keyOf(table, top + GAP, width - 2 * MARGIN)
  return {
    width,
    height: key.bottom + MARGIN,
    title,
    description: describeJudgements(table),
    head: rule + 1,
    marks: [
      textAt('heading', 'Study', MARGIN, headLine, BOLD),
      ...heads.map((head, i) => textAt('heading', head, centres[i] ?? 0, headLine, BOLD, 'middle')),
      ruleAt('rule', rule, right, '#000000'),
      ...body,
      ...key.marks,
    ],
  }
}

/** D1, D2 and so on, without the overall one. */
const codeOf = ({ domains }: RiskOfBiasTable, at: number): string =>
  `D${domains.slice(0, at + 1).filter(({ isOverall }) => !isOverall).length}`

const textAt = (
  role: string,
  text: string,
  x: number,
  y: number,
  lettering: Lettering,
  anchor: TextMark['anchor'] = 'start',
): Mark => ({ role, kind: 'text', text, x, y, anchor, ...lettering })

const ruleAt = (role: string, y: number, right: number, stroke: string): Mark => ({
  role,
  kind: 'line',
  from: { x: MARGIN, y },
  to: { x: right, y },
  stroke,
  strokeWidth: 0.75,
})

/** What domains and lights are called, one below the other. */
function keyOf(
  table: RiskOfBiasTable,
  top: number,
  width: number,
): { readonly marks: Mark[]; readonly bottom: number } {
  const line = SMALL.size * LEADING
  const indent = textWidth('D10', SMALL) + 8
  let y = top
  const domains = table.domains.flatMap(({ label, isOverall }, i): Mark[] => {
    if (isOverall) return []
    const start = y
    const lines = wrapped(label, width - indent, SMALL)
    y += line * lines.length
    return [
      textAt('key', codeOf(table, i), MARGIN, start + SMALL.size * ASCENT, SMALL),
      ...lines.map((text, row) =>
        textAt('key', text, MARGIN + indent, start + row * line + SMALL.size * ASCENT, SMALL),
      ),
    ]
  })
  y += GAP / 2
  const lights = levelsIn(table.rows.flatMap(({ judgements }) => judgements)).flatMap(({ level, words }): Mark[] => {
    const lines = wrapped(level === 'unjudged' ? `${words}: no light` : words, width - indent, SMALL)
    const height = Math.max(18, lines.length * line + 4)
    const start = y + (height - lines.length * line) / 2
    const centre = { x: MARGIN + 7, y: y + height / 2 }
    y += height
    return [
      ...lightMarks(level, centre, 6.5),
      ...lines.map((text, row) =>
        textAt('key', text, MARGIN + indent, baselineOf(start + (row + 0.5) * line, SMALL), SMALL),
      ),
    ]
  })
  return { marks: [...domains, ...lights], bottom: y }
}
