import { expect, test } from 'vitest'
import { dataSets, means, meansAt, tables, tablesAt } from '../../scripts/synthetic/trials.ts'
import { effectSizeColumns, effectSizes, MEASURES, pooledEffect, poolInverseVariance } from '../../src/index.ts'
import { INVERSE_VARIANCE_METHODS } from '../../src/stats/pooling/inverse-variance.ts'
import reference from '../reference/bench-stats.json' with { type: 'json' }
import { near } from './near.ts'
import { estimated } from './pooling/estimated.ts'
import { ANALYSES, effectsOf } from './pooling/reference.ts'

const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0)

test.each(['RR', 'OR', 'RD', 'PETO'] as const)('100,000 %s by columns sum up to what escalc gives', (name) => {
  const rows = 100_000
  const { yi, vi, correction, reasons } = effectSizeColumns(MEASURES[name], rows, tablesAt(tables(rows)), {
    like: 'metafor',
  })
  const expected = reference.escalc[rows][name]
  expect(total(yi)).toSatisfy(near(expected.sum_yi, 1e-9))
  expect(total(vi)).toSatisfy(near(expected.sum_vi, 1e-10))
  expect(reasons.size).toBe(0)
  // ½ to each table with a zero cell.
  expect(total(correction ?? [])).toBe(reference.escalc[rows].rows_with_zero_cell / 2)
})

test('columns are what rows give one by one, with the reasons of those that have none', () => {
  const columns = tables(500)
  const rowAt = tablesAt(columns)
  columns.ai.fill(0, 0, 3)
  columns.ci.fill(0, 0, 2)
  const rows = Array.from({ length: 500 }, (_, i) => structuredClone(rowAt(i)))
  const { yi, vi, correction, reasons } = effectSizeColumns(MEASURES.OR, 500, rowAt)
  expect([...reasons]).toEqual([0, 1].map((row) => [row, 'no events in either group']))
  expect(
    rows.map((_, i) =>
      reasons.has(i)
        ? { status: 'not-estimable', reason: reasons.get(i) }
        : { status: 'estimated', yi: yi[i], vi: vi[i], correction: correction?.[i] },
    ),
  ).toEqual(effectSizes(MEASURES.OR, rows))
  expect(effectSizeColumns(MEASURES.MD, 10, meansAt(means(10))).correction).toBeUndefined()
})

test.each(['DL', 'REML'] as const)('1,000 pools by %s sum up to the exact sums', (method) => {
  const found = dataSets(1_000, 10).map((effects) => estimated(pooledEffect(effects, method)))
  const expected = reference.rma_k10[1_000][method]
  expect(total(found.map(({ estimate }) => estimate))).toSatisfy(near(expected.sum_b, 1e-9))
  expect(total(found.map(({ tauSquared }) => tauSquared))).toSatisfy(near(expected.sum_tau2, 1e-8))
})

test.each(INVERSE_VARIANCE_METHODS)('the bare answer by %s is that of the whole one', (method) => {
  for (const analysis of ANALYSES) {
    const effects = effectsOf(analysis)
    const whole = estimated(poolInverseVariance(effects, { method }))
    expect(pooledEffect(effects, method)).toEqual({
      status: 'estimated',
      estimate: whole.estimate,
      standardError: estimated(whole.inference).standardError,
      tauSquared: whole.tauSquared.status === 'estimated' ? whole.tauSquared.value : 0,
    })
  }
  expect(pooledEffect([], method)).toEqual(poolInverseVariance([], { method }))
})
