import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FunnelData, FunnelPoint } from '../../../src/plots/funnel/funnel-data.ts'
import { funnelOfPool } from '../../../src/plots/funnel/funnel-of-pool.ts'
import { funnelPlot } from '../../../src/plots/funnel/funnel-plot.ts'
import bcg from '../../reference/bcg-rows.json' with { type: 'json' }
import { circlesOf, expectTidy } from '../geometry.ts'

const funnel = (studies: readonly FunnelPoint[], more: Partial<FunnelData> = {}): FunnelData => ({
  title: 'Title',
  description: 'Description',
  axisLabel: 'Risk ratio',
  studies,
  filled: [],
  centre: 0,
  level: 0.95,
  significance: [],
  noEffect: 0,
  scale: 'linear',
  ...more,
})

const points = fc.array(
  fc.record({
    estimate: fc.double({ min: -20, max: 20, noNaN: true }),
    standardError: fc.double({ min: 1e-6, max: 50, noNaN: true }),
  }),
  { maxLength: 30 },
)

test('no text of a funnel lies over another mark, and all is within the picture', () => {
  const any = fc.record({
    studies: points,
    filled: points,
    centre: fc.option(fc.double({ min: -5, max: 5, noNaN: true }), { nil: undefined }),
    significance: fc.constantFrom([], [0.05], [0.1, 0.05, 0.01]),
    scale: fc.constantFrom('linear' as const, 'log' as const),
    axisLabel: fc.string({ minLength: 1, maxLength: 150 }),
  })
  fc.assert(
    fc.property(any, ({ studies, ...more }) => {
      expectTidy(funnelPlot(funnel(studies, more)))
    }),
  )
})

/** Which way a point lies from a line that goes down: 0 on it. */
const sideOf = (point: { x: number; y: number }, from: { x: number; y: number }, to: { x: number; y: number }) =>
  point.x - (from.x + ((to.x - from.x) * (point.y - from.y)) / (to.y - from.y))

test('a study 1.96 standard errors from the estimate lies on the limit', () => {
  // 1.959964 = the normal distribution's quantile of 0.975, as any table has it
  const at = { estimate: 0.3 + 1.959963985 * 0.5, standardError: 0.5 }
  const picture = funnelPlot(funnel([at, { estimate: 0, standardError: 0.8 }], { centre: 0.3 }))
  const limits = picture.marks.flatMap((mark) => (mark.kind === 'line' && mark.role === 'limit' ? [mark] : []))
  const [dot] = circlesOf(picture, 'study')
  const [, right] = limits
  if (dot === undefined || right === undefined) throw new Error('there is no dot, or no limit')
  expect(sideOf(dot.centre, right.from, right.to)).toBeCloseTo(0, 5)
})

test('regions of p are about no effect, the widest behind, and end where the axis does', () => {
  const studies = [{ estimate: 1.644853627 * 0.5, standardError: 0.5 }]
  const picture = funnelPlot(funnel(studies, { centre: undefined, significance: [0.1, 0.01] }))
  const regions = picture.marks.flatMap((mark) => (mark.kind === 'polygon' ? [mark] : []))
  expect(regions.map(({ fill }) => fill)).toEqual(['#c0c0c0', '#ffffff'])
  const [dot] = circlesOf(picture, 'study')
  const [apex, edge] = regions[1]?.points ?? []
  if (dot === undefined || apex === undefined || edge === undefined) throw new Error('there is no region')
  // p = 0.1 two-sided at 1.644854 standard errors
  expect(sideOf(dot.centre, apex, edge)).toBeCloseTo(0, 5)
})

test('what trim and fill adds to the BCG trials is hollow: one study on the right, as metafor has it', () => {
  const trials = bcg.rows.map(({ ai, bi, ci, di }) => ({
    data: { experimental: { events: ai, total: ai + bi }, control: { events: ci, total: ci + di } },
    effect: undefined,
  }))
  const { funnel: data } = funnelOfPool(trials, {
    measure: 'RR',
    options: { method: 'REML', level: 0.95 },
    title: undefined,
    significance: [],
    isFilled: true,
  })
  const picture = funnelPlot(data)
  expect(circlesOf(picture, 'study')).toHaveLength(13)
  // trimfill of metafor 3.8-1 (test/reference/pooling/bcg.json)
  expect(circlesOf(picture, 'filled')).toMatchObject([{ fill: '#ffffff' }])
  expect(data.description).toBe(
    '13 studies, each by its risk ratio and standard error. They stand about the pooled estimate, 0.49. Trim and fill adds 1 on the right.',
  )
})

test.each(['linear', 'log'] as const)('without any study there is a picture all the same, on a %s axis', (scale) => {
  expect(() => funnelPlot(funnel([], { centre: undefined, scale }))).not.toThrow()
})
