import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LabbeAsked, type LabbeMeasure, labbeOfPool } from '../../../src/plots/labbe/labbe-of-pool.ts'
import { labbePlot } from '../../../src/plots/labbe/labbe-plot.ts'
import bcg from '../../reference/bcg-rows.json' with { type: 'json' }
import { circlesOf, expectTidy } from '../geometry.ts'
import { names } from '../names.ts'

const asked = (measure: LabbeMeasure, more: Partial<LabbeAsked> = {}): LabbeAsked => ({
  measure,
  options: { method: 'REML', level: 0.95 },
  names: { experimental: 'BCG', control: 'No vaccination' },
  title: undefined,
  ...more,
})
const trials = bcg.rows.map(({ study, ai, bi, ci, di }) => ({
  study,
  data: { experimental: { events: ai, total: ai + bi }, control: { events: ci, total: ci + di } },
  effect: undefined,
}))
const measures = fc.constantFrom<LabbeMeasure>('RR', 'OR', 'RD', 'AS', 'PETO')

test('nothing overlaps or leaves the picture, for 1 to 200 studies of any risks', () => {
  const group = fc
    .nat(40)
    .chain((events) =>
      fc.record({ events: fc.constant(events), total: fc.integer({ min: Math.max(1, events), max: 60 }) }),
    )
  const study = fc.record({
    study: names,
    data: fc.record({ experimental: group, control: group }),
    effect: fc.constant(undefined),
  })
  const studies = fc.oneof(
    fc.array(study, { minLength: 1, maxLength: 15 }),
    fc.array(study, { minLength: 200, maxLength: 200 }),
  )
  fc.assert(
    fc.property(studies, measures, names, names, (some, measure, experimental, control) => {
      const options = { method: 'DL', level: 0.95 } as const
      expectTidy(labbePlot(labbeOfPool(some, asked(measure, { options, names: { experimental, control } })).labbe))
    }),
    { numRuns: 60 },
  )
})

// 2/10 against 4/10: a risk ratio of ½, an odds ratio of 3/8, and so on.
const half = [
  {
    study: 'A',
    data: { experimental: { events: 2, total: 10 }, control: { events: 4, total: 10 } },
    effect: undefined,
  },
]

test.each([
  { measure: 'RR', at: 0.2, is: 0.1 },
  { measure: 'OR', at: 0.2, is: (0.25 * 3) / 8 / (1 + (0.25 * 3) / 8) },
  { measure: 'RD', at: 0.3, is: 0.1 },
  {
    measure: 'AS',
    at: 0.3,
    is: Math.sin(Math.asin(Math.sqrt(0.3)) + Math.asin(Math.sqrt(0.2)) - Math.asin(Math.sqrt(0.4))) ** 2,
  },
] as const)('a pooled $measure makes of a risk of $at in the control group $is', ({ measure, at, is }) => {
  const curve = labbeOfPool(half, asked(measure, { options: { method: 'EE', level: 0.95 } })).labbe.pooled?.curve ?? []
  const after = curve.findIndex(({ x }) => x >= at)
  const [a, b] = [curve[after - 1], curve[after]]
  if (a === undefined || b === undefined) throw new Error('the curve does not go so far')
  // Within one of the straight pieces that the curve is made of.
  expect(a.y + ((at - a.x) / (b.x - a.x)) * (b.y - a.y)).toBeCloseTo(is, 4)
})

test('the curve passes through a single study, and ends where the square does', () => {
  fc.assert(
    fc.property(measures, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (measure, one, other) => {
      const data = { experimental: { events: one, total: 10 }, control: { events: other, total: 10 } }
      const { labbe } = labbeOfPool([{ study: 'A', data, effect: undefined }], asked(measure))
      const curve = labbe.pooled?.curve ?? []
      for (const { x, y } of curve) {
        expect(x >= 0 && x <= labbe.end).toBe(true)
        expect(y >= 0 && y <= labbe.end).toBe(true)
      }
      const last = curve.at(-1)
      expect(Math.max(last?.x ?? 0, last?.y ?? 0)).toBeCloseTo(labbe.end, measure === 'AS' ? 1 : 6)
    }),
  )
})

test('the areas of circles are in proportion to the weights, and they lie at the risks', () => {
  const { labbe, pool } = labbeOfPool(trials, asked('RR'))
  const picture = labbePlot(labbe)
  const circles = circlesOf(picture, 'study')
  const weights = pool.studies.flatMap(({ weight }) => weight ?? []).sort((a, b) => b - a)
  expect(circles).toHaveLength(13)
  circles.forEach(({ radius }, i) => {
    expect(radius ** 2 / (circles[0]?.radius ?? 0) ** 2).toBeCloseTo((weights[i] ?? 0) / (weights[0] ?? 0), 9)
  })
  // TPT Madras 1980, the heaviest: 505 of 88,391 vaccinated, 499 of 88,391 not.
  const [first] = [...labbe.studies].sort((a, b) => b.weight - a.weight)
  expect(first).toMatchObject({ label: 'TPT Madras 1980', experimental: 505 / 88391, control: 499 / 88391 })
})

test('who only hears it is told on which side of equality studies lie, and the pool', () => {
  // Of dat.bcg, TPT Madras 1980 and Comstock & Webster 1969 have the higher risk with BCG.
  expect(labbeOfPool(trials, asked('RR')).labbe.description).toMatch(
    /^13 studies, each by the risks of both groups\. In 2 it is higher with BCG than with No vaccination\. Random effects \(REML\): risk ratio 0\.49 \[0\.34, 0\.70\] \(95% CI\)\. Heterogeneity: /,
  )
})

test('studies that are not in the pool, or give their effect alone, are not drawn', () => {
  const nobody = { experimental: { events: 0, total: 10 }, control: { events: 0, total: 12 } }
  const more = [
    { study: 'Nobody', data: nobody, effect: undefined },
    { study: 'Effect', data: undefined, effect: { yi: 0.1, vi: 0.1 } },
  ]
  const { labbe } = labbeOfPool([...trials, ...more], asked('RR'))
  expect(labbe.studies.map(({ label }) => label)).toEqual(trials.map(({ study }) => study))
})
