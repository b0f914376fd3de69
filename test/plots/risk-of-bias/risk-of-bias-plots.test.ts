import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RiskOfBiasTable, TableJudgement } from '../../../src/model/risk-of-bias-table.ts'
import type { Mark, Picture } from '../../../src/plots/mark.ts'
import { COLOURS, LEVELS, levelOf } from '../../../src/plots/risk-of-bias/levels.ts'
import { robSummaryPlot } from '../../../src/plots/risk-of-bias/rob-summary-plot.ts'
import { lightMarks } from '../../../src/plots/risk-of-bias/symbol.ts'
import { trafficLightPlot } from '../../../src/plots/risk-of-bias/traffic-light-plot.ts'
import { expectTidy, textsOf } from '../geometry.ts'
import { names } from '../names.ts'

const LOW = { words: 'Low risk of bias', severity: 1 }
const SOME = { words: 'Some concerns', severity: 2 }
const HIGH = { words: 'High risk of bias', severity: 3 }
const UNKNOWN = { words: 'No information', severity: null }

const judgements: fc.Arbitrary<TableJudgement | undefined> = fc.option(
  fc.oneof(
    fc.constantFrom(LOW, SOME, HIGH, UNKNOWN),
    fc.record({ words: names, severity: fc.option(fc.integer({ min: 1, max: 6 })) }),
  ),
  { nil: undefined },
)

const tables = (count: number): fc.Arbitrary<RiskOfBiasTable> =>
  fc.integer({ min: 1, max: 8 }).chain((domains) =>
    fc.record({
      tool: fc.constant('any'),
      version: fc.constant('1'),
      domains: fc.array(fc.record({ label: names, isOverall: fc.boolean() }), {
        minLength: domains,
        maxLength: domains,
      }),
      rows: fc.array(
        fc.record({
          name: names,
          weight: fc.double({ min: 0.1, max: 100, noNaN: true }),
          judgements: fc.array(judgements, { minLength: domains, maxLength: domains }),
        }),
        { minLength: count, maxLength: count },
      ),
    }),
  )

test.each([1, 12, 200])('of %i studies, nothing overlaps or leaves the picture, however long the names', (count) => {
  fc.assert(
    fc.property(tables(count), fc.boolean(), (table, isWeighted) => {
      // A symbol lies on its light, which is no text.
      expectTidy(trafficLightPlot(table, 'Title'))
      expectTidy(robSummaryPlot(table, { title: 'Title', isWeighted }))
    }),
    { numRuns: count > 20 ? 4 : 40 },
  )
})

const table: RiskOfBiasTable = {
  tool: 'rob-2',
  version: '2019-08-22',
  domains: [
    { label: 'Randomisation', isOverall: false },
    { label: 'Missing data', isOverall: false },
    { label: 'Overall risk of bias', isOverall: true },
  ],
  rows: [
    { name: 'A', weight: 1, judgements: [LOW, SOME, SOME] },
    { name: 'B', weight: 2, judgements: [LOW, HIGH, HIGH] },
    { name: 'C', weight: 1, judgements: [SOME, UNKNOWN, undefined] },
  ],
}

const roles = ({ marks }: Picture, prefix: string) =>
  marks.map(({ role }) => role).filter((role) => role.startsWith(prefix))

test('a light stands in the row of its study and the column of its domain, and none where nobody judged', () => {
  const picture = trafficLightPlot(table, 'Title')
  // In the order of studies and domains; then one of each in the key.
  const light = {
    A: ['low', 'some', 'some'],
    B: ['low', 'high', 'high'],
    C: ['some', 'unknown'],
    key: ['low', 'some', 'high', 'unknown'],
  }
  expect(roles(picture, 'light-')).toEqual(
    Object.values(light)
      .flat()
      .map((level) => `light-${level}`),
  )
  const texts = textsOf(picture)
  const x = (text: string) => texts.find((one) => one.text === text)?.x
  const y = (text: string) => texts.find((one) => one.text === text)?.y ?? Number.NaN
  const circles = picture.marks.flatMap((mark) => (mark.kind === 'circle' ? [mark.centre] : []))
  expect(circles[4]?.x).toBe(x('D2'))
  expect(circles[5]?.x).toBe(x('Overall'))
  expect(Math.abs((circles[3]?.y ?? 0) - y('B'))).toBeLessThan(5)
  expect(texts.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Missing data', 'Some concerns', 'Not judged: no light']),
  )
})

/** From where to where parts of a domain's bar go, in percent of the whole. */
function sharesIn(picture: Picture, domain: number) {
  const bars = picture.marks.flatMap((mark) => (mark.kind === 'box' && mark.role.startsWith('share-') ? [mark] : []))
  const rows = [...new Set(bars.map(({ y }) => y))].sort((a, b) => a - b)
  const own = bars.filter(({ y }) => y === rows[domain])
  const whole = own.reduce((sum, { width }) => sum + width, 0)
  return Object.fromEntries(
    own.map(({ role, width }) => [role.slice('share-'.length), Math.round((1e6 * width) / whole) / 1e4]),
  )
}

test('parts of a bar are the shares of studies, or of their weights', () => {
  const plain = robSummaryPlot(table, { title: 'Title', isWeighted: false })
  expect(sharesIn(plain, 0)).toEqual({ low: 66.6667, some: 33.3333 })
  expect(sharesIn(plain, 1)).toEqual({ some: 33.3333, high: 33.3333, unknown: 33.3333 })
  expect(sharesIn(plain, 2)).toEqual({ some: 33.3333, high: 33.3333, unjudged: 33.3333 })
  const weighted = robSummaryPlot(table, { title: 'Title', isWeighted: true })
  expect(sharesIn(weighted, 0)).toEqual({ low: 75, some: 25 })
  expect(sharesIn(weighted, 1)).toEqual({ some: 25, high: 50, unknown: 25 })
  expect(textsOf(weighted).map(({ text }) => text)).toContain('Percent of the weight')
})

test('who only hears it is told how many judgements of each kind there are in each domain', () => {
  expect(trafficLightPlot(table, 'Title').description).toBe(
    '3 rows of judgements. Randomisation: Low risk of bias 2, Some concerns 1. Missing data: Some concerns 1, High risk of bias 1, No information 1. Overall risk of bias: Some concerns 1, High risk of bias 1, Not judged 1.',
  )
})

test.each([
  { words: 'Low risk of bias', severity: 1, level: 'low' },
  { words: 'Unclear risk of bias', severity: 2, level: 'unclear' },
  { words: 'Moderate', severity: 2, level: 'some' },
  { words: 'Serious risk of bias', severity: 3, level: 'high' },
  { words: 'Critical risk of bias', severity: 4, level: 'critical' },
  { words: 'Worse than that', severity: 5, level: 'critical' },
  { words: 'No information', severity: null, level: 'unknown' },
  { words: 'Not applicable', severity: null, level: 'inapplicable' },
])('"$words" is drawn as $level', ({ level, ...judgement }) => {
  expect(levelOf(judgement)).toBe(level)
})

/** Of a colour, from 0, black, to 1, white: WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const contrast = (one: string, other: string) => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

test('without colour, lights are told apart by their symbols, and those with the same one by their greys', () => {
  const shape = (marks: readonly Mark[]) =>
    JSON.stringify(marks.flatMap((mark) => (mark.kind === 'polyline' ? [mark.points] : [])))
  const drawn = LEVELS.map((level) => ({ level, marks: lightMarks(level, { x: 0, y: 0 }, 8) }))
  for (const one of drawn)
    for (const other of drawn)
      if (one !== other && shape(one.marks) === shape(other.marks)) {
        const pair = `${one.level} ${other.level}`
        // Unclear is RoB 1's word for what newer tools call some concerns: the fill is the same, the symbol isn't.
        expect(contrast(COLOURS[one.level].fill, COLOURS[other.level].fill), pair).toBeGreaterThan(1.2)
      }
  // WCAG 2.2, 1.4.11: what is drawn has three times the luminance of its ground, or a third.
  for (const { fill, ink } of Object.values(COLOURS)) expect(contrast(fill, ink)).toBeGreaterThanOrEqual(3)
})
