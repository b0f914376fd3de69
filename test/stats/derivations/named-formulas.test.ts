import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluateFormula, namedFormulasIn } from '../../../src/stats/derivations/formula.ts'
import { NAMED_FORMULAS, signatureOf } from '../../../src/stats/derivations/named-formulas.ts'
import reference from '../../reference/derivations.json' with { type: 'json' }

const computed = (formula: string): number => {
  const result = evaluateFormula(formula, {})
  if ('problem' in result) throw new Error(`${formula}: ${result.problem}`)
  return result.value
}
const problemOf = (formula: string): string => {
  const result = evaluateFormula(formula, {})
  if ('value' in result) throw new Error(`${formula} is ${result.value}`)
  return result.problem
}
/** Relative to 1e-12: closed forms of a few operations. */
const expectClose = (value: number, expected: number) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected))
/** A printed figure, to half of its last digit. */
const expectPrinted = (value: number, printed: number, decimals: number) =>
  expect(Math.abs(value - printed)).toBeLessThanOrEqual(0.5 * 10 ** -decimals)

describe('plain arithmetic by name', () => {
  test.each([
    { formula: 'sum(10, 14)', value: 24 },
    { formula: 'sum(1, 2, 3, 4.5)', value: 10.5 },
    { formula: 'sum(difference(181, 97), -54)', value: 30 },
    { formula: 'difference(181, 97 + 54) / 2', value: 15 },
    { formula: 'exp(0) + sqrt(16)', value: 5 },
    { formula: 'exp(log(0.85))', value: 0.85 },
  ])('$formula is $value', ({ formula, value }) => {
    expectClose(computed(formula), value)
  })
})

describe('a count from a percentage', () => {
  const decimalsOf = (printed: string) => printed.split('.')[1]?.length ?? 0
  const counts = ({ percent, total }: { percent: string; total: number }) =>
    evaluateFormula(`count_of_percent(percent, total, ${decimalsOf(percent)})`, { percent: Number(percent), total })

  test.each(reference.percentages)('$what: $percent% of $total, which was $count: fits is $fits', (row) => {
    const result = counts(row)
    if ('value' in result) expect(result.value === row.count).toBe(row.fits)
    else expect(/is no whole number/.test(result.problem)).toBe(!row.fits)
  })

  test('fits the count with every denominator that fits it, and with no other', () => {
    for (const { percent, count, totals_that_fit } of reference.percentages)
      for (let total = count; total <= 400; total++) {
        const result = counts({ percent, total })
        const fits = 'value' in result ? result.value === count : reaches(result.problem, count)
        expect({ percent, total, fits }).toEqual({ percent, total, fits: totals_that_fit.includes(total) })
      }
  })

  const reaches = (problem: string, count: number) => {
    const [, lowest, highest] = /from (\d+) to (\d+)$/.exec(problem) ?? []
    return lowest !== undefined && Number(lowest) <= count && count <= Number(highest)
  }

  test('of a percentage that was made of a count is that count, wherever it can be told', () => {
    const table = fc
      .tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 3 }))
      .chain(([total, decimals]) =>
        fc.tuple(fc.constant(total), fc.constant(decimals), fc.integer({ min: 0, max: total })),
      )
    fc.assert(
      fc.property(table, ([total, decimals, count]) => {
        const percent = ((100 * count) / total).toFixed(decimals)
        const result = counts({ percent, total })
        // Neighbouring counts are 100 / total apart: they can be told apart where that is more than one unit.
        if (100 / total > 10 ** -decimals) expect(result).toEqual({ value: count })
        else if ('value' in result) expect(result.value).toBe(count)
        else expect(reaches(result.problem, count)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    {
      formula: 'count_of_percent(3.3, 164, 1)',
      problem: 'count_of_percent is not estimable: 3.3% of 164 is no whole number: 5 is 3.05%, 6 is 3.66%',
    },
    {
      formula: 'count_of_percent(12, 500, 0)',
      problem: 'count_of_percent is not estimable: 12% of 500 fits every whole number from 58 to 62',
    },
    {
      formula: 'count_of_percent(100, 1000, 0)',
      problem: 'count_of_percent is not estimable: 100% of 1000 fits every whole number from 995 to 1000',
    },
    {
      formula: 'count_of_percent(3.35, 181, 1)',
      problem:
        'count_of_percent is not estimable: 3.35 has more than 1 decimals; expected the percentage as it is printed',
    },
    {
      formula: 'count_of_percent(103, 181, 0)',
      problem: 'count_of_percent is not estimable: percent is 103; expected 0 to 100',
    },
    {
      formula: 'count_of_percent(3, 0, 0)',
      problem: 'count_of_percent is not estimable: total is 0; expected a whole number, 1 or more',
    },
    {
      formula: 'count_of_percent(3, 10, 0.5)',
      problem: 'count_of_percent is not estimable: decimals is 0.5; expected how many are printed, 0 to 10',
    },
  ])('$formula has none', ({ formula, problem }) => {
    expect(problemOf(formula)).toBe(problem)
  })

  test('none and all are counts too', () => {
    expect(computed('count_of_percent(0, 26, 0)')).toBe(0)
    expect(computed('count_of_percent(100, 26, 0)')).toBe(26)
    expect(computed('count_of_percent(100 * 0.29, 100, 0)')).toBe(29)
  })
})

describe('a standard error from an interval', () => {
  test.each(reference.intervals)('$what has the standard error $se', ({ scale, lower, upper, level, se }) => {
    const name = scale === 'ratio' ? 'log_standard_error_of_interval' : 'standard_error_of_interval'
    expectClose(computed(`${name}(${lower}, ${upper}, ${level})`), se)
    // With a million degrees of freedom t is the normal distribution to some 6 digits.
    expect(computed(`${name}_t(${lower}, ${upper}, ${level}, 1000000)`) / se).toBeCloseTo(1, 5)
  })

  test.each(reference.handbook.divisors)('the Handbook divides an interval of $level by $divisor', (row) => {
    const { level, divisor } = row
    const width =
      'df' in row
        ? `standard_error_of_interval_t(0, 1, ${level}, ${row.df})`
        : `standard_error_of_interval(0, 1, ${level})`
    expectPrinted(1 / computed(width), divisor, divisor === 4.128 ? 3 : 2)
  })

  test('a standard error is a standard deviation over √n', () => {
    expect(computed('standard_deviation_of_standard_error(0.5, 25)')).toBe(2.5)
  })

  test.each([
    { formula: 'standard_error_of_interval(2, 1, 0.95)', reason: 'the interval goes from 2 to 1' },
    { formula: 'standard_error_of_interval(2, 2, 0.95)', reason: 'the interval goes from 2 to 2' },
    { formula: 'standard_error_of_interval(1, 2, 95)', reason: 'level is 95' },
    { formula: 'standard_error_of_interval_t(1, 2, 0.95, 0)', reason: 'df is 0' },
    { formula: 'log_standard_error_of_interval(0, 2, 0.95)', reason: 'the lower end is 0' },
    { formula: 'standard_deviation_of_standard_error(1, 2.5)', reason: 'n is 2.5' },
    { formula: 'log(0)', reason: 'the logarithm of 0' },
    { formula: 'sqrt(-1)', reason: 'the square root of -1' },
    { formula: 'exp(1000)', reason: 'it divides by zero, or its numbers are too large' },
  ])('$formula has none: $reason', ({ formula, reason }) => {
    expect(problemOf(formula)).toContain(`${formula.split('(')[0]} is not estimable: ${reason}`)
  })
})

describe('mean and standard deviation from a median', () => {
  const forms = [
    { fits: ['minimum', 'median', 'maximum'], name: 'median_range', sd: ['minimum', 'maximum'], sdName: 'range' },
    { fits: ['q1', 'median', 'q3'], name: 'median_quartiles', sd: ['q1', 'q3'], sdName: 'quartiles' },
    {
      fits: ['minimum', 'q1', 'median', 'q3', 'maximum'],
      name: 'median_quartiles_range',
      sd: ['minimum', 'q1', 'q3', 'maximum'],
      sdName: 'quartiles_range',
    },
  ] as const
  const given = reference.quantiles.map((row) => {
    const form = forms.find(({ fits }) => {
      const printed = ['minimum', 'q1', 'median', 'q3', 'maximum'].filter((place) => row[place as 'median'] !== null)
      return printed.join() === fits.join()
    })
    if (!form) throw new Error(row.what)
    const list = (places: readonly string[]) => places.map((place) => row[place as 'median']).join(', ')
    return { ...row, form, mean: list(form.fits), sd: list(form.sd) }
  })

  test('every scenario is there', () => {
    expect(given.map(({ form }) => form.name).sort()).toEqual(forms.map(({ name }) => name).sort())
  })

  test.each(given)('$what of $n people', ({ form, mean, sd, n, mean_wan, mean_luo, sd_wan }) => {
    expectClose(computed(`mean_of_${form.name}_wan(${mean})`), mean_wan)
    expectClose(computed(`mean_of_${form.name}_luo(${mean}, ${n})`), mean_luo)
    expectClose(computed(`sd_of_${form.sdName}_wan(${sd}, ${n})`), sd_wan)
  })

  test('a symmetric summary has its median for mean, by every formula', () => {
    for (const summary of ['median_range', 'median_quartiles', 'median_quartiles_range']) {
      const values = { median_range: '1, 5, 9', median_quartiles: '3, 5, 7', median_quartiles_range: '1, 3, 5, 7, 9' }
      expectClose(computed(`mean_of_${summary}_wan(${values[summary as 'median_range']})`), 5)
      expectClose(computed(`mean_of_${summary}_luo(${values[summary as 'median_range']}, 30)`), 5)
    }
  })

  test.each([
    { formula: 'mean_of_median_quartiles_wan(9, 8, 12)', reason: 'q1 9 is more than median 8; expected at most 8' },
    { formula: 'mean_of_median_range_luo(1, 2, 3, 1)', reason: 'n is 1; expected a whole number, 2 or more' },
    { formula: 'sd_of_range_wan(5, 4, 20)', reason: 'minimum 5 is more than maximum 4; expected at most 4' },
    { formula: 'sd_of_quartiles_wan(1, 4, 2)', reason: 'n is 2; expected 3 or more for quartiles' },
    { formula: 'sd_of_quartiles_range_wan(1, 2, 5, 4, 20)', reason: 'q3 5 is more than maximum 4; expected at most 4' },
  ])('$formula has none: $reason', ({ formula, reason }) => {
    expect(problemOf(formula)).toBe(`${formula.split('(')[0]} is not estimable: ${reason}`)
  })
})

describe('a log hazard ratio from a p value', () => {
  const calls = ({ p, sides, direction, ...row }: (typeof reference.hazard_ratios)[number]) => {
    const events = row.events === undefined ? (row.group_events ?? []) : [row.events, ...(row.sizes ?? [])]
    const [ratio, variance] =
      row.events === undefined
        ? ['log_hazard_ratio_of_p_and_group_events', 'log_hazard_ratio_variance_of_group_events']
        : ['log_hazard_ratio_of_p', 'log_hazard_ratio_variance_of_events']
    return {
      ratio: (towards = direction, [first, ...others] = events) =>
        `${ratio}(${[p, sides, first, ...others, towards].join(', ')})`,
      variance: `${variance}(${events.join(', ')})`,
      swapped: row.events === undefined ? [...events].reverse() : [events[0] ?? 0, events[2] ?? 0, events[1] ?? 0],
    }
  }

  test.each(reference.hazard_ratios)('$what', (row) => {
    const { ratio, variance, swapped } = calls(row)
    expectClose(computed(ratio()), row.log_hazard_ratio)
    expectClose(computed(variance), row.se ** 2)
    if (row.published_hazard_ratio !== undefined)
      expectPrinted(computed(`exp(${ratio()})`), row.published_hazard_ratio, 2)
    // The direction alone gives the sign; the order of the groups gives none.
    expect(computed(ratio('higher_in_experimental'))).toBe(-computed(ratio()))
    expectClose(computed(ratio(row.direction, swapped)), row.log_hazard_ratio)
  })

  test('one group twice the other’s size needs 9/8 of the events for the same variance', () => {
    expectClose(
      computed('log_hazard_ratio_variance_of_events(80, 100, 100)'),
      computed('log_hazard_ratio_variance_of_events(90, 100, 50)'),
    )
  })

  test('a p value of 1 is a hazard ratio of 1', () => {
    expect(computed('exp(log_hazard_ratio_of_p(1, 2, 50, 40, 40, higher_in_experimental))')).toBe(1)
  })

  test.each([
    {
      formula: 'log_hazard_ratio_of_p(0.04, 2, 50, 40, 40, 1)',
      problem: 'expected lower_in_experimental or higher_in_experimental before "1 )"',
    },
    {
      formula: 'log_hazard_ratio_of_p(0.04, 2, 50, 40, 40)',
      problem:
        'log_hazard_ratio_of_p has 5 arguments; expected log_hazard_ratio_of_p(p, sides, events, n_experimental, n_reference, lower_in_experimental or higher_in_experimental)',
    },
    {
      formula: 'log_hazard_ratio_of_p(0, 2, 50, 40, 40, lower_in_experimental)',
      problem: 'log_hazard_ratio_of_p is not estimable: p is 0; expected more than 0 and at most 1',
    },
    {
      formula: 'log_hazard_ratio_of_p(0.04, 3, 50, 40, 40, lower_in_experimental)',
      problem: 'log_hazard_ratio_of_p is not estimable: sides is 3; expected 1 or 2',
    },
    {
      formula: 'log_hazard_ratio_of_p(0.9, 1, 50, 40, 40, lower_in_experimental)',
      problem:
        'log_hazard_ratio_of_p is not estimable: a one-sided p of 0.9 speaks against the side that was tested; expected one of 0.5 or less, and the direction that it has',
    },
    {
      formula: 'log_hazard_ratio_variance_of_events(90, 40, 40)',
      problem:
        'log_hazard_ratio_variance_of_events is not estimable: events 90 is more than the 80 people of both groups; expected at most as many',
    },
    {
      formula: 'log_hazard_ratio_variance_of_group_events(0, 4)',
      problem:
        'log_hazard_ratio_variance_of_group_events is not estimable: events_experimental is 0; expected a whole number, 1 or more',
    },
  ])('$formula has none', ({ formula, problem }) => {
    expect(problemOf(formula)).toBe(problem)
  })
})

describe('a call that can’t be read', () => {
  test.each([
    { formula: 'sum(1)', problem: 'sum has 1 argument; expected sum(a, b, …)' },
    { formula: 'difference(1, 2, 3)', problem: 'difference has 3 arguments; expected difference(a, b)' },
    { formula: 'sum(1 2)', problem: 'expected an operator (+ - * /), "," or ")" before "2 )"' },
    { formula: 'sum(1, 2', problem: 'expected an operator (+ - * /), "," or ")" at the end' },
    { formula: 'sum()', problem: 'expected a number, "(" or one of the inputs () before ")"' },
    {
      formula: 'lower_in_experimental',
      problem: 'expected a number, "(" or one of the inputs () before "lower_in_experimental"',
    },
  ])('“$formula”', ({ formula, problem }) => {
    expect(problemOf(formula)).toBe(problem)
  })

  test.each(['median', 'constructor', 'valueof', 'hasown'])('“%s(1)” names no formula', (name) => {
    expect(problemOf(`${name}(1)`)).toBe(
      `no formula is named "${name}"; expected one of: ${Object.keys(NAMED_FORMULAS).join(', ')}`,
    )
  })

  test('calls within calls end as parentheses do', () => {
    expect(problemOf(`${'sqrt('.repeat(100_000)}1`)).toBe('more than 100 parentheses or signs lie within each other')
    expect(computed(`sum(${'1, '.repeat(99_999)}1)`)).toBe(100_000)
  })

  test('an input may have a formula’s name', () => {
    expect(evaluateFormula('sum(sum, log) + sum', { sum: 2, log: 3 })).toEqual({ value: 7 })
  })
})

test('the formulas that a formula calls are those before a parenthesis', () => {
  expect(namedFormulasIn('exp(log_hazard_ratio_of_p(p, 2, d, a, b, lower_in_experimental)) + sum + exp(1)')).toEqual([
    'exp',
    'log_hazard_ratio_of_p',
  ])
  expect(namedFormulasIn('sum - (constructor(1))')).toEqual([])
})

test('every formula says what it gives, what it assumes and where it comes from', () => {
  for (const [name, formula] of Object.entries(NAMED_FORMULAS)) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
    expect(signatureOf(name)).toMatch(new RegExp(`^${name}\\(.+\\)$`))
    expect([formula.gives, formula.source].every((text) => text.length > 3)).toBe(true)
    expect(formula.assumes === null).toBe(formula.source === 'arithmetic' && name !== 'count_of_percent')
  }
})
