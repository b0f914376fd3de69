import { describe, expect, test } from 'vitest'
import { effectSizes } from '../../../src/stats/effect-sizes/effect-sizes.ts'
import { MEASURES } from '../../../src/stats/effect-sizes/measures.ts'
import { NO_EVENTS, NO_STUDIES, NO_VARIATION, ONE_STUDY } from '../../../src/stats/pooling/effect.ts'
import { poolInverseVariance } from '../../../src/stats/pooling/inverse-variance.ts'
import { MANTEL_HAENSZEL_MEASURES, poolMantelHaenszel } from '../../../src/stats/pooling/mantel-haenszel.ts'
import { near, within } from '../near.ts'
import { studiesOf } from './counts.ts'
import { estimated } from './estimated.ts'
import { expectCommonEffect } from './expect-common-effect.ts'
import { ANALYSES, REVMAN_VARIANTS } from './reference.ts'

const isMeasure = (measure: string) => MANTEL_HAENSZEL_MEASURES.find((one) => one === measure)
const CASES = ANALYSES.flatMap((analysis) => {
  const measure = isMeasure(analysis.measure)
  return measure === undefined ? [] : [{ ...analysis, measure }]
})

describe('agrees with metafor 3.8-1', () => {
  test.each(CASES)('$title, zero cells as they are', (analysis) => {
    expectCommonEffect(poolMantelHaenszel(studiesOf(analysis), analysis), analysis.mh)
  })

  test.each(CASES)('$title, ½ added where a cell is zero', (analysis) => {
    const pooled = poolMantelHaenszel(studiesOf(analysis), { ...analysis, correction: 'half-where-zero' })
    expectCommonEffect(pooled, analysis.mh_pool_add_half_only0)
  })

  test("each study's weight is its own share of the sum", () => {
    // By hand: two studies with b c / n of 1 · 2 / 10 and 3 · 4 / 20.
    const studies = [
      { experimental: { events: 4, total: 5 }, control: { events: 2, total: 5 } },
      { experimental: { events: 7, total: 10 }, control: { events: 4, total: 10 } },
    ].map((table) => ({ table, effect: undefined }))
    const { weights } = estimated(poolMantelHaenszel(studies, { measure: 'OR' }))
    expect(weights[0]).toSatisfy(near(25, 1e-14))
    expect(weights[1]).toSatisfy(near(75, 1e-14))
  })
})

describe('agrees with RevMan 5 and meta::metabin', () => {
  test.each(REVMAN_VARIANTS)('$name $measure', (expected) => {
    const measure = isMeasure(expected.measure)
    if (measure === undefined) throw new Error(expected.measure)
    const set = ANALYSES.find((one) => one.name === expected.name.replace('_', '-') && one.measure === measure)
    // The file of the Yusuf data has no risk differences of its own.
    const studies = set === undefined ? withRiskDifferences(expected.name) : studiesOf(set)
    const exact = estimated(poolMantelHaenszel(studies, { measure }))
    // metafor's drop00 leaves these out for a risk difference too, where RevMan counts them: see revman-risk-difference.
    const halved = estimated(
      poolMantelHaenszel(studies, { measure, correction: 'half-where-zero', oneSided: 'leave-out' }),
    )
    expect(exact.estimate).toSatisfy(within(expected.MH_exact.b.intrcpt, 1e-10 * expected.MH_exact.se))
    expect(estimated(exact.inference).standardError).toSatisfy(near(expected.MH_exact.se, 1e-10))
    const half = expected.MH_half_added_to_zero_rows
    expect(halved.estimate).toSatisfy(within(half.b.intrcpt, 1e-10 * half.se))
    expect(estimated(halved.inference).standardError).toSatisfy(near(half.se, 1e-10))

    const effects = studies.flatMap(({ effect }) => effect ?? [])
    expect(effects).toHaveLength(expected.k)
    const random = estimated(poolInverseVariance(effects, { method: 'DL', about: exact.estimate }))
    const heterogeneity = estimated(random.heterogeneity)
    expect(heterogeneity.statistic).toSatisfy(near(expected.Q_about_MH, 1e-10))
    expect(heterogeneity.iSquaredFromQ).toSatisfy(near(expected.I2_about_MH, 1e-10))
    expect(estimated(random.tauSquared).value).toSatisfy(near(expected.tau2_DL_about_MH, 1e-10))
    const { b, se, ci } = expected.random_revman5
    expect(random.estimate).toSatisfy(within(b, 1e-10 * se))
    const inference = estimated(random.inference)
    expect(inference.standardError).toSatisfy(near(se, 1e-10))
    expect(inference.ciLower).toSatisfy(within(ci[0], 1e-10 * se))
    expect(inference.ciUpper).toSatisfy(within(ci[1], 1e-10 * se))

    const plain = estimated(poolInverseVariance(effects, { method: 'DL' }))
    expect(estimated(plain.heterogeneity).statistic).toSatisfy(near(expected.Q_about_IV, 1e-10))
    expect(estimated(plain.tauSquared).value).toSatisfy(near(expected.tau2_DL_about_IV, 1e-10))
  })
})

test('studies without events count in a risk difference, with ½ added', () => {
  // rma.mh(measure = "RD", add = 1/2, to = "only0", drop00 = FALSE) of metafor 3.8-1 on metadat's dat.yusuf1985, table 6
  const halved = estimated(
    poolMantelHaenszel(withRiskDifferences('yusuf1985_t6'), { measure: 'RD', correction: 'half-where-zero' }),
  )
  expect(halved.k).toBe(21)
  expect(halved.estimate).toSatisfy(near(-0.005526091666288747, 1e-10))
  expect(estimated(halved.inference).standardError).toSatisfy(near(0.009477536953386174, 1e-10))
  expect(estimated(halved.heterogeneity).statistic).toSatisfy(near(10.362462279069952, 1e-10))
})

function withRiskDifferences(name: string) {
  const rows = ANALYSES.find((one) => one.name === name.replace('_', '-'))
  if (rows === undefined) throw new Error(`there is no data set ${name}`)
  const tables = studiesOf(rows).map(({ table }) => table)
  return effectSizes(MEASURES.RD, tables, { to: 'only0', drop00: false }).flatMap((effect, i) => {
    const table = tables[i]
    return table === undefined ? [] : [{ table, effect: estimated(effect) }]
  })
}

describe('what has no answer says so', () => {
  const table = { experimental: { events: 0, total: 10 }, control: { events: 0, total: 12 } }
  const nobody = [{ table, effect: undefined }]
  test.each(['OR', 'RR'] as const)('%s of studies without events', (measure) => {
    expect(poolMantelHaenszel(nobody, { measure })).toEqual(NO_EVENTS)
    expect(poolMantelHaenszel(nobody, { measure, correction: 'half-where-zero' })).toEqual(NO_EVENTS)
  })

  test.each(MANTEL_HAENSZEL_MEASURES)('%s of no study', (measure) => {
    expect(poolMantelHaenszel([], { measure })).toEqual(NO_STUDIES)
  })

  test('a risk difference of nobody has an estimate and no test', () => {
    const pooled = estimated(poolMantelHaenszel(nobody, { measure: 'RD' }))
    expect(pooled.estimate).toBe(0)
    expect(pooled.inference).toEqual(NO_VARIATION)
  })

  test('counts that no study can have are refused', () => {
    const impossible = [{ table: { ...table, control: { events: 13, total: 12 } }, effect: undefined }]
    expect(() => poolMantelHaenszel(impossible, { measure: 'OR' })).toThrow('control.events')
  })

  test('one study has no heterogeneity', () => {
    const [first] = CASES.flatMap((one) => (one.measure === 'OR' ? studiesOf(one) : []))
    const pooled = estimated(poolMantelHaenszel(first === undefined ? [] : [first], { measure: 'OR' }))
    expect(pooled.heterogeneity).toEqual(ONE_STUDY)
    expect(pooled.weights).toEqual([100])
  })
})
