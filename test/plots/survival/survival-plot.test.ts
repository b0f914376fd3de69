import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type SurvivalEstimate, survivalOf } from '../../../src/plots/survival/survival-panels.ts'
import { survivalPlot } from '../../../src/plots/survival/survival-plot.ts'
import { circlesOf, expectTidy, textsOf } from '../geometry.ts'
import { names } from '../names.ts'

const estimate = (more: Partial<SurvivalEstimate>): SurvivalEstimate => ({
  label: 'Adams 2001',
  outcome: 'Survival',
  subgroup: null,
  within: null,
  analysis_set: null,
  group: 'Drug',
  time_months: 12,
  probability: 0.5,
  ci_lower: null,
  ci_upper: null,
  ci_level: null,
  n: null,
  derived: false,
  ...more,
})

const probability = fc.double({ min: 0, max: 1, noNaN: true })
const estimates = fc.record({
  label: names,
  outcome: fc.constantFrom('Survival', 'Progression'),
  subgroup: fc.option(names),
  within: fc.constant(null),
  analysis_set: fc.option(fc.constant('treated')),
  group: fc.oneof(names, fc.constantFrom('A', 'B', 'C')),
  time_months: fc.option(fc.oneof(fc.constantFrom(0, 12, 60), fc.double({ min: 0, max: 1e4, noNaN: true }))),
  probability,
  // Registries print intervals that no probability has.
  ci_lower: fc.option(fc.double({ min: -1, max: 2, noNaN: true })),
  ci_upper: fc.option(fc.double({ min: -1, max: 2, noNaN: true })),
  ci_level: fc.option(fc.constant(0.95)),
  n: fc.option(fc.nat(1e6)),
  derived: fc.boolean(),
})

test('nothing overlaps or leaves the picture, whatever the studies print', () => {
  const one = fc.array(
    estimates.map((row) => ({ ...row, label: 'Adams 2001', subgroup: null, analysis_set: null })),
    { minLength: 1, maxLength: 30 },
  )
  const many = fc.array(estimates, { minLength: 200, maxLength: 200 })
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: one }, { weight: 1, arbitrary: many }), (rows) => {
      expectTidy(survivalPlot(survivalOf(rows, undefined)))
    }),
    { numRuns: 60 },
  )
})

test('many groups at the start stay off the numbers of the axis', () => {
  const rows = Array.from({ length: 30 }, (_, i) => estimate({ group: `Group ${i}`, time_months: 0, probability: 1 }))
  expectTidy(survivalPlot(survivalOf(rows, undefined)))
})

test('points are where their times and probabilities are, and nothing joins them', () => {
  const rows = [
    estimate({ time_months: 0, probability: 1 }),
    estimate({ time_months: 12, probability: 0.5 }),
    estimate({ time_months: 24, probability: 0 }),
  ]
  const picture = survivalPlot(survivalOf(rows, undefined))
  const [first, middle, last] = circlesOf(picture, 'estimate').map(({ centre }) => centre)
  if (first === undefined || middle === undefined || last === undefined) throw new Error('there are not three points')
  expect(middle.x).toBeCloseTo((first.x + last.x) / 2, 9)
  expect(middle.y).toBeCloseTo((first.y + last.y) / 2, 9)
  expect(picture.marks.some(({ kind }) => kind === 'polyline')).toBe(false)
  const lines = picture.marks.flatMap((mark) => (mark.kind === 'line' ? [mark.role] : []))
  expect(new Set(lines)).toEqual(new Set(['axis', 'tick']))
  const ticks = textsOf(picture).flatMap(({ role, text }) => (role === 'tick-label' ? [text] : []))
  expect(ticks.slice(0, 9)).toEqual(['0', '3', '6', '9', '12', '15', '18', '21', '24'])
})

test('an interval goes from its lower to its upper end, and points of one time stand beside each other', () => {
  const rows = [
    estimate({ ci_lower: 0.4, ci_upper: 0.75, ci_level: 0.9, n: 30 }),
    estimate({ group: 'Placebo', probability: 0.52, derived: true }),
    estimate({ group: 'Placebo', time_months: 24, probability: 0.25 }),
  ]
  const picture = survivalPlot(survivalOf(rows, undefined))
  const [drug, placebo, later] = circlesOf(picture, 'estimate')
  const [interval] = picture.marks.flatMap((mark) => (mark.kind === 'line' && mark.role === 'interval' ? [mark] : []))
  if (drug === undefined || placebo === undefined || later === undefined || interval === undefined)
    throw new Error('a mark is missing')
  // 0.75 is as far above 0.5 as this is above the 0.25 of the last point.
  expect(drug.centre.y - interval.from.y).toBeCloseTo(later.centre.y - drug.centre.y, 9)
  expect(interval.from.x).toBe(drug.centre.x)
  expect(placebo.centre.x).toBeGreaterThan(drug.centre.x)
  expect(drug.fill).not.toBe(placebo.fill)
  const words = textsOf(picture).flatMap(({ role, text }) => (role === 'key' ? [text] : []))
  expect(words).toEqual([
    'Drug — 12 months: 0.50 [0.40, 0.75] (90% CI), n = 30',
    'Placebo — 12 months: 0.52, derived; 24 months: 0.25',
  ])
})

test('each outcome, subgroup and analysis set has a panel of its own, and what has no time none', () => {
  const { panels, description } = survivalOf(
    [
      estimate({}),
      estimate({ subgroup: 'women' }),
      estimate({ analysis_set: 'treated' }),
      estimate({ time_months: null }),
    ],
    undefined,
  )
  expect(panels.map(({ heading, groups }) => [heading, groups.length])).toEqual([
    ['Adams 2001: Survival', 1],
    ['Adams 2001: Survival, women', 1],
    ['Adams 2001: Survival, treated', 1],
  ])
  expect(description).toContain('Adams 2001: Survival, women. Drug: 12 months: 0.50.')
})
