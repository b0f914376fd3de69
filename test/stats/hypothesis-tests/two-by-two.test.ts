import { describe, expect, test } from 'vitest'
import { twoByTwoPValues } from '../../../src/stats/hypothesis-tests/two-by-two.ts'
import integrity from '../../reference/integrity.json' with { type: 'json' }
import rosenberg from '../../reference/rosenberg-1993.json' with { type: 'json' }
import { near } from '../near.ts'

describe('the p values of 2×2 tables agree with R 4.2.2', () => {
  test.each(integrity.p_from_2x2)('$a/$n1 against $c/$n2 ($id)', ({ a, n1, c, n2, p_values }) => {
    const found = twoByTwoPValues({ experimental: { events: a, total: n1 }, control: { events: c, total: n2 } })
    expect(found.fisher).toSatisfy(near(p_values.fisher, 1e-9))
    expect(found.chiSquare).toSatisfy(near(p_values.chisq, 1e-9))
    expect(found.chiSquareCorrected).toSatisfy(near(p_values.yates, 1e-9))
    expect(found.riskDifference).toSatisfy(near(p_values.wald_unpooled, 1e-9))
    if (p_values.log_or_wald === null) expect(found.logOddsRatio).toBeNull()
    else expect(found.logOddsRatio).toSatisfy(near(p_values.log_or_wald, 1e-9))
  })

  test.each(Object.entries(rosenberg.comparisons))('the first study: %s', (_, { table, tests }) => {
    const found = twoByTwoPValues({
      experimental: { events: table.a, total: table.n1 },
      control: { events: table.c, total: table.n2 },
    })
    expect(found.fisher).toSatisfy(near(tests.fisher_two_sided, 1e-9))
    expect(found.chiSquare).toSatisfy(near(tests.chisq_no_cc_p, 1e-9))
    expect(found.chiSquareCorrected).toSatisfy(near(tests.chisq_yates_p, 1e-9))
  })
})

test('a table in which everyone or nobody had the event has only the p value 1', () => {
  for (const share of [0, 1])
    expect(
      twoByTwoPValues({ experimental: { events: 10 * share, total: 10 }, control: { events: 12 * share, total: 12 } }),
    ).toEqual({ fisher: 1, chiSquare: null, chiSquareCorrected: null, riskDifference: null, logOddsRatio: null })
})
