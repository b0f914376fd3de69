import fc from 'fast-check'
import { expect, test } from 'vitest'
import { baujatOfPool } from '../../../src/plots/baujat/baujat-of-pool.ts'
import { baujatPlot } from '../../../src/plots/baujat/baujat-plot.ts'
import bcg from '../../reference/bcg-rows.json' with { type: 'json' }
import { circlesOf, expectTidy, textsOf } from '../geometry.ts'
import { names } from '../names.ts'

const data = { title: 'Title', description: 'Description', heterogeneityLabel: 'Squared Pearson residual' }
const part = fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
const study = fc.record({ label: names, heterogeneity: part, influence: part })

test('nothing overlaps or leaves the picture, for 1 to 200 studies and names of any length', () => {
  const studies = fc.oneof(
    fc.array(study, { minLength: 1, maxLength: 20 }),
    fc.array(study, { minLength: 200, maxLength: 200 }),
  )
  fc.assert(
    fc.property(studies, (some) => {
      const picture = baujatPlot({ ...data, studies: some })
      expectTidy(picture)
      expect(circlesOf(picture, 'study')).toHaveLength(some.length)
    }),
    { numRuns: 60 },
  )
})

test('a dot lies at its share of the axes, and is named', () => {
  const picture = baujatPlot({
    ...data,
    studies: [
      { label: 'Half', heterogeneity: 5, influence: 1 },
      { label: 'Whole', heterogeneity: 10, influence: 2 },
      { label: 'None', heterogeneity: 0, influence: 0 },
    ],
  })
  const [whole, half, none] = circlesOf(picture, 'study').map(({ centre }) => centre)
  if (whole === undefined || half === undefined || none === undefined) throw new Error('there are not three dots')
  expect(half.x).toBeCloseTo((whole.x + none.x) / 2, 9)
  expect(half.y).toBeCloseTo((whole.y + none.y) / 2, 9)
  const labels = textsOf(picture).flatMap(({ role, text }) => (role === 'study-label' ? [text] : []))
  expect(labels).toEqual(['Whole', 'Half', 'None'])
})

const trials = bcg.rows.map(({ study, ai, bi, ci, di }) => ({
  study,
  data: { experimental: { events: ai, total: ai + bi }, control: { events: ci, total: ci + di } },
  effect: undefined,
}))

test('who only hears it is told which trials do most', () => {
  const { baujat } = baujatOfPool(trials, { measure: 'RR', options: { method: 'EE' }, title: undefined })
  // baujat of metafor 3.8-1 on dat.bcg (test/reference/baujat.json)
  expect(baujat.description).toBe(
    '13 studies, each by its contribution to heterogeneity and its influence on the pooled risk ratio. Most influence: TPT Madras 1980 (49.37; 34.88), Stein & Aronson 1953 (18.34; 5.71), Hart & Sutherland 1977 (51.11; 4.56).',
  )
})

test('with random effects the axis is called by what it is', () => {
  const options = { method: 'REML' } as const
  const { baujat } = baujatOfPool(trials, { measure: 'RR', options, title: undefined })
  expect(baujat.heterogeneityLabel).toBe('Squared Pearson residual')
})

test.each([0, 1])('%i studies leave nothing to draw, and it says why', (count) => {
  const { baujat, missing } = baujatOfPool(trials.slice(0, count), {
    measure: 'RR',
    options: { method: 'EE' },
    title: undefined,
  })
  expect(baujat.studies).toEqual([])
  expect(missing?.reason).toBe(count === 0 ? undefined : 'there is no study to pool')
})
