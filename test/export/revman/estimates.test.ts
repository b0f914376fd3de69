import { describe, expect, test } from 'vitest'
import type { Analysis, DataRow } from '../../../src/export/revman/analyses.ts'
import { type Estimates, estimatesOf } from '../../../src/export/revman/estimates.ts'
import { measureCalled } from '../../../src/export/revman/measures.ts'
import type { Numbers } from '../../../src/export/revman/numbers.ts'
import { REFERENCE } from './fleiss.ts'

/** RevMan 5 calculates with doubles; its CSV has eight digits. */
const DOUBLE = 1e-12
const PRINTED = 1e-8

const near = (actual: number | undefined, expected: number, tolerance: number): void => {
  const difference = Math.abs((actual ?? Number.NaN) - expected)
  expect(difference <= tolerance * Math.max(Math.abs(expected), 1), `${actual} is not ${expected}`).toBe(true)
}

const analysis = (measure: Parameters<typeof measureCalled>[0], numbers: readonly Numbers[]): Analysis => ({
  ...{ number: 1, name: 'an outcome', unit: null, measure: measureCalled(measure) },
  data: numbers[0]?.data ?? 'dichotomous',
  rows: numbers.map((one, index): DataRow => ({ study: `s${index}`, year: null, numbers: one, footnotes: [] })),
})

type Counts = Readonly<Record<'events_1' | 'total_1' | 'events_2' | 'total_2', number>>
const table = ({ events_1, total_1, events_2, total_2 }: Counts): Numbers => ({
  data: 'dichotomous',
  experimental: { events: events_1, total: total_1 },
  control: { events: events_2, total: total_2 },
})

const overall = (
  { overall: found }: Estimates,
  expected: Partial<typeof REFERENCE.aspirin.overall>,
  scale: (value: number) => number,
  tolerance: number,
): void => {
  if (expected.effect_size !== undefined) near(scale(found?.estimate ?? Number.NaN), expected.effect_size, tolerance)
  if (expected.ci_start !== undefined) near(scale(found?.ciLower ?? Number.NaN), expected.ci_start, tolerance)
  if (expected.ci_end !== undefined) near(scale(found?.ciUpper ?? Number.NaN), expected.ci_end, tolerance)
  if (expected.z !== undefined) near(found?.z, expected.z, tolerance)
  if (expected.p_z !== undefined) near(found?.p, expected.p_z, tolerance)
  if (expected.chi2 !== undefined) near(found?.heterogeneity?.chiSquared, expected.chi2, tolerance)
  if (expected.i2 !== undefined) near(found?.heterogeneity?.iSquared, expected.i2, tolerance)
  // RevMan's χ² distribution is good to seven digits.
  if (expected.p_chi2 !== undefined) near(found?.heterogeneity?.p, expected.p_chi2, 1e-6)
  if (expected.df !== undefined) expect(found?.heterogeneity?.degreesOfFreedom).toBe(expected.df)
}

describe('weights and estimates are RevMan’s own', () => {
  test('of odds ratios by Mantel and Haenszel (RevMan 5: Fleiss 1993, aspirin)', () => {
    const { rows, overall: expected } = REFERENCE.aspirin
    const estimates = estimatesOf(analysis('odds_ratio', rows.map(table)))
    for (const [index, row] of rows.entries()) {
      const found = estimates.rows[index]
      near(Math.exp(found?.estimate ?? Number.NaN), row.effect_size, DOUBLE)
      near(Math.exp(found?.ciLower ?? Number.NaN), row.ci_start, DOUBLE)
      near(Math.exp(found?.ciUpper ?? Number.NaN), row.ci_end, DOUBLE)
      near(found?.standardError, row.se, DOUBLE)
      near(estimates.weights[index], row.weight, DOUBLE)
    }
    overall(estimates, expected, Math.exp, DOUBLE)
    expect(estimates.totals).toEqual({ experimental: { events: 2128, n: 14186 }, control: { events: 2286, n: 13817 } })
  })

  test('of mean differences by inverse variance (RevMan 5: Fleiss 1993, mental health treatment)', () => {
    const { rows, overall: expected } = REFERENCE.mental_health
    const estimates = estimatesOf(
      analysis(
        'mean_difference',
        rows.map((row) => ({
          data: 'continuous',
          experimental: { n: row.total_1, mean: row.mean_1, sd: row.sd_1 },
          control: { n: row.total_2, mean: row.mean_2, sd: row.sd_2 },
        })),
      ),
    )
    for (const [index, row] of rows.entries()) {
      const found = estimates.rows[index]
      near(found?.estimate, row.effect_size, PRINTED)
      near(found?.ciLower, row.ci_start, PRINTED)
      near(found?.ciUpper, row.ci_end, PRINTED)
      near(found?.standardError, row.se, PRINTED)
      near(estimates.weights[index], row.weight, PRINTED)
    }
    overall(estimates, expected, (value) => value, PRINTED)
    expect(estimates.totals).toEqual({ experimental: { events: null, n: 106 }, control: { events: null, n: 126 } })
  })

  test('of risk ratios with zero cells: ½ to all cells of such a study, also where they are pooled', () => {
    const { rows, overall: expected } = REFERENCE.zero_cells
    const estimates = estimatesOf(analysis('risk_ratio', rows.map(table)))
    expect(estimates.rows.map((row) => row !== undefined)).toEqual(rows.map(({ estimable }) => estimable))
    expect(rows.map(({ estimable }) => estimable)).toContain(false)
    for (const [index, row] of rows.entries()) {
      const found = estimates.rows[index]
      if (!row.estimable) {
        expect(estimates.weights[index]).toBe(0)
        continue
      }
      near(Math.exp(found?.estimate ?? Number.NaN), row.effect_size, DOUBLE)
      near(Math.exp(found?.ciLower ?? Number.NaN), row.ci_start, DOUBLE)
      near(Math.exp(found?.ciUpper ?? Number.NaN), row.ci_end, DOUBLE)
      near(found?.standardError, row.se, DOUBLE)
    }
    // χ² is about the pooled estimate: without the ½ it would be 38.67.
    overall(estimates, expected, Math.exp, DOUBLE)
  })
})

test('contrasts are pooled by inverse variance, on their own scale', () => {
  // By hand: w = 4 and 16, (4 · 0 + 16 · 1) / 20 = 0.8, SE 1/√20; Q = 4 · 0.64 + 16 · 0.04 = 3.2.
  const estimates = estimatesOf(
    analysis('hazard_ratio', [
      { data: 'contrast', estimate: 0, standardError: 0.5 },
      { data: 'contrast', estimate: 1, standardError: 0.25 },
    ]),
  )
  near(estimates.overall?.estimate, 0.8, DOUBLE)
  near(estimates.overall?.standardError, 1 / Math.sqrt(20), DOUBLE)
  near(estimates.overall?.heterogeneity?.chiSquared, 3.2, DOUBLE)
  near(estimates.weights[0], 20, DOUBLE)
  expect(estimates.totals.experimental).toEqual({ events: null, n: null })
})

test('a standardised mean difference is Hedges’ adjusted g with RevMan’s variance', () => {
  // By hand, of Davis 1973: s = √18.265, g = -1.5 / s · (1 - 3 / 95), SE = √(26 / 169 + g² / (2 · 22.06)).
  const g = (-1.5 / Math.sqrt(18.265)) * (92 / 95)
  const { rows, overall: found } = estimatesOf(
    analysis('standardised_mean_difference', [
      {
        data: 'continuous',
        experimental: { n: 13, mean: 5, sd: 4.7 },
        control: { n: 13, mean: 6.5, sd: 3.8 },
      },
    ]),
  )
  near(rows[0]?.estimate, g, DOUBLE)
  near(rows[0]?.standardError, Math.sqrt(26 / 169 + g ** 2 / 44.12), DOUBLE)
  expect(found?.heterogeneity).toBe(undefined)
})

test('an analysis in which nobody had the event has no estimate, and no 0 in its place', () => {
  const nobody = table({ events_1: 0, total_1: 10, events_2: 0, total_2: 9 })
  expect(estimatesOf(analysis('risk_ratio', [nobody, nobody]))).toEqual({
    rows: [undefined, undefined],
    weights: [0, 0],
    overall: undefined,
    totals: { experimental: { events: 0, n: 20 }, control: { events: 0, n: 18 } },
  })
})

test('means without any spread are not estimable', () => {
  const same = { n: 5, mean: 1, sd: 0 }
  const { rows, weights } = estimatesOf(
    analysis('mean_difference', [
      { data: 'continuous', experimental: same, control: same },
      { data: 'continuous', experimental: { n: 5, mean: 2, sd: 1 }, control: same },
    ]),
  )
  expect(rows.map((row) => row?.estimate)).toEqual([undefined, 1])
  expect(weights).toEqual([0, 100])
})
