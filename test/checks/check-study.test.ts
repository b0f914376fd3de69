import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkStudy } from '../../src/checks/check-study.ts'
import { twoByTwoPValues } from '../../src/stats/hypothesis-tests/two-by-two.ts'
import { bareStudy } from './bare-study.ts'

test('a real 2×2 table, with what follows from it rounded in any way, passes every rule', () => {
  const total = fc.integer({ min: 2, max: 600 })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      total,
      total,
      share,
      share,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 4 }),
      (n, m, p, q, decimals, which) => {
        const [a, c] = [Math.round(n * p), Math.round(m * q)]
        const values = Object.values(
          twoByTwoPValues({ experimental: { events: a, total: n }, control: { events: c, total: m } }),
        )
        const pValue = values[which] ?? values[0] ?? 1
        const rounded = (value: number) => Number(value.toFixed(decimals))
        const record = bareStudy((study) => {
          study.enrol('all', 'treated', n + m)
          study.enrol('il2-lak', 'treated', n)
          study.enrol('il2', 'treated', m)
          for (const [group, events, size] of [
            ['il2-lak', a, n],
            ['il2', c, m],
            ['all', a + c, n + m],
          ] as const) {
            study.measure('alive', group, {
              events,
              total: size,
              proportion: rounded(events / size),
              analysisSetId: 'treated',
            })
            study.harm('other-toxicity', group, {
              affected: events,
              atRisk: size,
              percent: rounded((100 * events) / size),
              analysisSetId: 'treated',
            })
          }
          study.analyse('alive', {
            pValue: rounded(pValue),
            pOperator: '=',
            pText: rounded(pValue).toFixed(decimals),
            analysisSetId: 'treated',
          })
        })
        expect(checkStudy(record).filter(({ status }) => status === 'inconsistent')).toEqual([])
      },
    ),
    { numRuns: 60 },
  )
})

test('whatever numbers a study holds, the rules throw nothing and say nothing of NaN', () => {
  const whole = fc.option(fc.oneof(fc.integer({ min: -3, max: 12 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })))
  const number = fc.option(
    fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -2, max: 9, noNaN: true }),
      fc.integer({ min: -2, max: 9 }),
    ),
  )
  const p = fc.record({
    pValue: number,
    pOperator: fc.constantFrom('=', '<', '<=', '>', '>=', null),
    pSides: fc.constantFrom(1, 2, null),
  })
  const interval = fc.record({ ciLower: number, ciUpper: number, ciLevel: number })
  const statistics = fc.record({
    mean: number,
    sd: number,
    median: number,
    q1: number,
    q3: number,
    minimum: number,
    maximum: number,
  })
  const measurement = fc.record({ events: whole, total: whole, se: number, proportion: number })
  const harm = fc.record({ affected: whole, atRisk: whole, events: whole, percent: number })
  const two = <T>(one: fc.Arbitrary<T>) => fc.tuple(one, one)
  fc.assert(
    fc.property(
      fc.constantFrom('dichotomous', 'continuous', 'time_to_event', 'count', 'ordinal'),
      fc.constantFrom('risk_ratio', 'mean_difference', 'correlation', 'other', null),
      fc.record({ estimate: number }),
      two(p),
      two(interval),
      two(statistics),
      two(measurement),
      two(harm),
      two(whole),
      (kind, measure, estimate, ps, intervals, summaries, results, harms, sizes) => {
        const record = bareStudy((study) => {
          study.outcome('any', { kind: kind as 'count', direction: 'benefit' })
          for (const [at, group] of (['il2', 'il2-lak'] as const).entries()) {
            study.enrol(group, 'treated', sizes[at] ?? null)
            study.measure('any', group, {
              ...summaries[at],
              ...results[at],
              ...intervals[at],
              timepointId: '24-months',
              analysisSetId: 'treated',
            })
            study.measure('any', group, {
              ...summaries[1 - at],
              ...results[1 - at],
              timepointId: '36-months',
              analysisSetId: 'treated',
            })
            study.baseline(group, {
              ...summaries[at],
              count: sizes[1 - at] ?? null,
              category: at ? 'A' : null,
              unit: 'whole years',
            })
            study.harm('fatal-myocardial-infarction', group, harms[at] ?? {})
            study.analyse('any', {
              ...estimate,
              ...ps[at],
              ...intervals[at],
              measure: measure as 'other',
              timepointId: '24-months',
            })
          }
        })
        for (const { message, values } of checkStudy(record)) {
          expect(message).not.toMatch(/NaN|Infinity|undefined|null/)
          for (const value of Object.values(values))
            expect(typeof value === 'string' || Number.isFinite(value)).toBe(true)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('a registry record with 60,000 measurements and counts is checked to its end', () => {
  const record = bareStudy((study) => {
    for (let outcome = 0; outcome < 5_000; outcome++) {
      study.outcome(`o${outcome}`, { kind: outcome % 2 ? 'count' : 'dichotomous' })
      for (const group of ['il2', 'il2-lak', 'all', 'melanoma-il2'])
        study.measure(`o${outcome}`, group, { events: 3, total: 9, mean: 2.5, sd: 1.2, analysisSetId: 'treated' })
      study.analyse(`o${outcome}`, {
        pValue: 0.5,
        pOperator: '=',
        measure: 'risk_ratio',
        estimate: 2,
        ciLower: 1,
        ciUpper: 4,
      })
    }
    for (let count = 0; count < 40_000; count++) study.harm('other-toxicity', 'all', { affected: 1, percent: 3 })
  })
  const findings = checkStudy(record)
  expect(findings.length).toBeGreaterThan(60_000)
}, 120_000)
