import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkInterval } from '../../../src/checks/formulas/interval.ts'
import { pFromMeans } from '../../../src/checks/formulas/means.ts'
import { canBeReportedAs } from '../../../src/checks/formulas/reported-p.ts'
import { normalTwoSided } from '../../../src/stats/distributions/normal.ts'
import { twoByTwoPValues } from '../../../src/stats/hypothesis-tests/two-by-two.ts'
import integrity from '../../reference/integrity.json' with { type: 'json' }
import { near } from '../../stats/near.ts'

describe('an interval', () => {
  test.each(integrity.p_from_ci)('$id: $est ($lo to $hi), p $reported_p ($source)', (row) => {
    const [estimate = '', lower = '', upper = ''] = [row.est, row.lo, row.hi].map((value) =>
      value.toFixed(row.decimals),
    )
    const found = checkInterval({ estimate, lower, upper }, { scale: row.ratio ? 'log' : 'linear', level: row.level })
    expect(found?.z).toSatisfy(near(row.z, 1e-9))
    expect(found?.p).toSatisfy(near(row.p, 1e-9))
    expect(found?.pRange[0]).toSatisfy(near(row.p_range_from_rounding[0] ?? 0, 1e-8))
    expect(found?.pRange[1]).toSatisfy(near(row.p_range_from_rounding[1] ?? 0, 1e-8))
    expect(found?.excludesNull).toBe(row.ci_excludes_null)
    expect(found?.containsEstimate).toBe(row.estimate_inside_ci)
    expect(found?.asymmetry).toBeCloseTo(row.asymmetry, 10)
    expect(found?.asymmetryRange[0]).toBeCloseTo(row.asymmetry_range_from_rounding[0] ?? 0, 10)
    expect(found?.asymmetryRange[1]).toBeCloseTo(row.asymmetry_range_from_rounding[1] ?? 0, 10)
    if (row.reported_p !== null && found)
      expect(canBeReportedAs({ operator: '=', value: String(row.reported_p) }, found.pRange)).toBe(row.p_consistent)
  })

  test('has no p value where an end is not on the scale', () => {
    expect(checkInterval({ estimate: '1.2', lower: '0.0', upper: '3' }, { scale: 'log', level: 0.95 })).toBeUndefined()
    expect(
      checkInterval({ estimate: '0.9', lower: '0.8', upper: '1.0' }, { scale: 'fisher-z', level: 0.95 }),
    ).toBeUndefined()
    expect(checkInterval({ estimate: '2', lower: '2', upper: '2' }, { scale: 'linear', level: 0.95 })).toBeUndefined()
    expect(checkInterval({ estimate: '2', lower: '1', upper: '3' }, { scale: 'linear', level: 1 })).toBeUndefined()
  })
})

test.each(integrity.p_from_se)(
  '$est with standard error $se gives p = $reported_p: $consistent_at_reported_precision',
  (row) => {
    const p = normalTwoSided(row.est / row.se)
    expect(p).toSatisfy(near(row.p, 1e-10))
    expect(canBeReportedAs({ operator: '=', value: String(row.reported_p) }, [p, p])).toBe(
      row.consistent_at_reported_precision,
    )
  },
)

test.each(integrity.p_from_2x2)('$a/$n1 v $c/$n2, reported p = $reported_p: $verdict', (row) => {
  const found = twoByTwoPValues({
    experimental: { events: row.a, total: row.n1 },
    control: { events: row.c, total: row.n2 },
  })
  const names = {
    fisher: 'fisher',
    chiSquare: 'chisq',
    chiSquareCorrected: 'yates',
    riskDifference: 'wald_unpooled',
    logOddsRatio: 'log_or_wald',
  } as const
  const matching = Object.entries(names)
    .filter(([name]) => {
      const p = found[name as keyof typeof names]
      return p !== null && canBeReportedAs({ operator: '=', value: row.reported_p }, [p, p])
    })
    .map(([, name]) => name)
  expect(matching).toEqual(row.matching_methods)
})

describe('p from means and SDs', () => {
  test.each(integrity.anova)('$variable', (row) => {
    const found = pFromMeans(
      row.means.map((mean, group) => ({
        mean: mean.toFixed(row.decimals_mean),
        sd: (row.sds[group] ?? 0).toFixed(row.decimals_sd),
        n: row.n[group] ?? 0,
      })),
    )
    expect(found?.pooled[0]).toSatisfy(near(row.p_range_from_rounding[0] ?? 0, 1e-8))
    // The reference looks at the corners of the means' ranges only; of three groups, p is largest between them.
    expect(found?.pooled[1]).toSatisfy(near(row.p_range_from_rounding[1] ?? 0, row.n.length > 2 ? 2e-5 : 1e-8))
    expect(found?.pooled[1]).toBeGreaterThanOrEqual((row.p_range_from_rounding[1] ?? 0) * (1 - 1e-8))
  })

  test('of real data, the p values of either test lie in their range after any rounding', () => {
    const data = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 3, maxLength: 20 })
    fc.assert(
      fc.property(data, data, fc.integer({ min: 0, max: 3 }), (one, other, decimals) => {
        const summary = (values: readonly number[]) => {
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length
          const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
          return { mean, sd, n: values.length }
        }
        const printed = (digits: number) =>
          [one, other]
            .map(summary)
            .map(({ mean, sd, n }) => ({ mean: mean.toFixed(digits), sd: sd.toFixed(digits), n }))
        const exact = pFromMeans(printed(12))
        const coarse = pFromMeans(printed(decimals))
        fc.pre(exact !== undefined && coarse !== undefined)
        for (const name of ['pooled', 'welch'] as const) {
          const [p] = exact?.[name] ?? []
          const [low = 1, high = 0] = coarse?.[name] ?? []
          expect(p).toBeGreaterThanOrEqual(low * (1 - 1e-6) - 1e-12)
          expect(p).toBeLessThanOrEqual(high * (1 + 1e-6) + 1e-12)
        }
      }),
    )
  })

  test('tells nothing of a group of one', () => {
    expect(
      pFromMeans([
        { mean: '1', sd: '0', n: 1 },
        { mean: '2', sd: '1', n: 9 },
      ]),
    ).toBeUndefined()
  })
})

test.each([
  { operator: '=', value: '.03', range: [0.0251, 0.026], can: true },
  { operator: '=', value: '.030', range: [0.0251, 0.026], can: false },
  { operator: '<', value: '.05', range: [0.0499, 0.2], can: true },
  { operator: '<', value: '.05', range: [0.05, 0.2], can: false },
  { operator: '<=', value: '.05', range: [0.05, 0.2], can: true },
  { operator: '>', value: '.05', range: [0.01, 0.05], can: false },
  { operator: '>=', value: '.05', range: [0.01, 0.05], can: true },
] as const)('p from $range can be reported as $operator $value: $can', ({ operator, value, range, can }) => {
  expect(canBeReportedAs({ operator, value }, range)).toBe(can)
})
