import { expect, test } from 'vitest'
import { NO_STUDIES } from '../../../src/stats/pooling/effect.ts'
import { poolMantelHaenszel } from '../../../src/stats/pooling/mantel-haenszel.ts'
import { revmanRiskDifference, revmanRiskDifferenceOf } from '../../../src/stats/pooling/revman-risk-difference.ts'
import { near } from '../near.ts'
import { studiesOf } from './counts.ts'
import { estimated } from './estimated.ts'
import { ANALYSES } from './reference.ts'

const studies = ANALYSES.filter(({ title }) => title === 'yusuf1985-t6 OR').flatMap(studiesOf)
const tables = studies.map(({ table }) => table)

test('zero cells change the variance alone', () => {
  // R, of metadat's dat.yusuf1985, table 6: w <- n1 * n2 / N; est <- sum(w * (a / n1 - c / n2)) / sum(w); and with capitals for
  // what has 1/2 added to all cells where one is zero, sqrt(sum((A * B * M2^3 + C * D * M1^3) / (M1 * M2 * M^2)) / sum(w)^2)
  const pooled = estimated(revmanRiskDifference(tables))
  expect(pooled.k).toBe(21)
  expect(pooled.estimate).toSatisfy(near(-0.0054545951863566875, 1e-12))
  expect(estimated(pooled.inference).standardError).toSatisfy(near(0.0094900866066371329, 1e-12))
  expect(estimated(pooled.heterogeneity).statistic).toSatisfy(near(10.564248122445269, 1e-12))
  // metafor's estimate is the same where nothing is added to its cells; its variance is Sato's.
  expect(pooled.estimate).toSatisfy(near(estimated(poolMantelHaenszel(studies, { measure: 'RD' })).estimate, 1e-12))
})

test('0 of 25 against 3 of 25 is a difference of 12 in 100, and 0 of 9 against 0 of 8 none, with a variance', () => {
  const without = { experimental: { events: 0, total: 25 }, control: { events: 3, total: 25 } }
  const found = revmanRiskDifferenceOf(without)
  expect(found.yi).toBe(-0.12)
  // By hand: ½ · 25½ / 26³ + 3½ · 22½ / 26³
  expect(found.vi).toSatisfy(near((0.5 * 25.5 + 3.5 * 22.5) / 26 ** 3, 1e-14))
  const nobody = { experimental: { events: 0, total: 9 }, control: { events: 0, total: 8 } }
  expect(revmanRiskDifferenceOf(nobody).yi).toBe(0)
  expect(revmanRiskDifferenceOf(nobody).vi).toSatisfy(near((0.5 * 9.5) / 10 ** 3 + (0.5 * 8.5) / 9 ** 3, 1e-14))
  expect(revmanRiskDifference([])).toBe(NO_STUDIES)
})
