import { expect, test } from 'vitest'
import { baujat } from '../../../src/stats/diagnostics/baujat.ts'
import type { Data } from '../../../src/stats/effect-sizes/measure.ts'
import { type PoolOptions, poolStudies, type StudyInput } from '../../../src/stats/pooling/pool-studies.ts'
import reference from '../../reference/baujat.json' with { type: 'json' }
import bcg from '../../reference/bcg-rows.json' with { type: 'json' }
import { near } from '../near.ts'
import { estimated } from '../pooling/estimated.ts'

const trials: readonly StudyInput<Data>[] = bcg.rows.map(({ ai, bi, ci, di }) => ({
  data: { experimental: { events: ai, total: ai + bi }, control: { events: ci, total: ci + di } },
  effect: undefined,
}))
const by = (measure: 'RR' | 'OR', options: PoolOptions) => (studies: readonly StudyInput<Data>[]) =>
  poolStudies(measure, studies, options)

test.each(reference.sets)('$measure by $method, $test: as metafor has it', (set) => {
  const { method, test: by_, heterogeneity, influence } = set as typeof set & Pick<PoolOptions, 'method' | 'test'>
  const points = baujat(trials, by(set.measure === 'RR' ? 'RR' : 'OR', { method, test: by_ })).map(estimated)
  points.forEach((point, i) => {
    expect(point.heterogeneity).toSatisfy(near(heterogeneity[i] ?? Number.NaN, 1e-6))
    expect(point.influence).toSatisfy(near(influence[i] ?? Number.NaN, 1e-6))
  })
  expect(points).toHaveLength(heterogeneity.length)
})

test('without τ², what studies add up to is Q', () => {
  const pool = by('RR', { method: 'EE' })
  const { heterogeneity } = estimated(pool(trials).pooled)
  const sum = baujat(trials, pool).reduce((all, point) => all + estimated(point).heterogeneity, 0)
  expect(sum).toSatisfy(near(estimated(heterogeneity).statistic, 1e-12))
})

test('a study without an effect, and one without others, are told with the reason', () => {
  const pool = by('RR', { method: 'REML' })
  const nobody = {
    data: { experimental: { events: 0, total: 9 }, control: { events: 0, total: 9 } },
    effect: undefined,
  }
  expect(baujat([...trials.slice(0, 3), nobody], pool)[3]).toEqual({
    status: 'not-estimable',
    reason: 'no events in either group',
  })
  expect(baujat(trials.slice(0, 1), pool)).toEqual([{ status: 'not-estimable', reason: 'there is no study to pool' }])
  expect(baujat([], pool)).toEqual([])
})
