import type { TwoByTwo } from '../distributions/hypergeometric.ts'
import { checkEvents, checkRate } from '../effect-sizes/check-counts.ts'
import type { NotEstimable, RowOf } from '../effect-sizes/measure.ts'
import { type ChiSquareTest, chiSquareTest } from './chi-square-test.ts'
import { NO_EVENTS, ONE_STUDY } from './effect.ts'

/** What is taken from the excess of events before it is squared: metafor's default, or nothing. */
export const CONTINUITY = 0.5

interface Excess {
  /** Events of the experimental group beyond those expected, and the variance of that. */
  readonly excess: number
  readonly variance: number
}

/**
 * The Cochran–Mantel–Haenszel test of whether the odds ratio of all studies is 1.
 *
 * @param correction  for continuity; ½ by default. As in metafor it is taken in full also from an excess that is smaller
 * @throws EvidenceError EFFECT_INPUT_INVALID  nobody in a group, or more events than people
 * @source  Mantel & Haenszel 1959, J Natl Cancer Inst 22:719–748
 * @checked test/reference/pooling (rma.mh of metafor 3.8-1, relative 1e-10)
 */
export function cochranMantelHaenszel(
  tables: readonly TwoByTwo[],
  correction = CONTINUITY,
): ChiSquareTest | NotEstimable {
  return associationOf(
    tables.map(({ experimental, control }) => {
      checkEvents('experimental.', experimental)
      checkEvents('control.', control)
      const n = experimental.total + control.total
      const events = experimental.events + control.events
      const [one, other] = [experimental.total / n, control.total / n]
      const others = n - events
      return {
        excess: experimental.events - one * events,
        variance: events === 0 || others === 0 ? 0 : one * other * events * (others / (n - 1)),
      }
    }),
    correction,
  )
}

/**
 * The same of rates: whether the rate ratio of all studies is 1.
 *
 * @throws EvidenceError EFFECT_INPUT_INVALID  no time, or less than no events
 * @source  Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 15
 * @checked test/reference/pooling/hart1999.json (rma.mh of metafor 3.8-1, relative 1e-10)
 */
export function mantelHaenszelRateTest(
  rows: readonly RowOf['person-time'][],
  correction = CONTINUITY,
): ChiSquareTest | NotEstimable {
  return associationOf(
    rows.map(({ experimental, control }) => {
      checkRate('experimental.', experimental)
      checkRate('control.', control)
      const events = experimental.events + control.events
      const share = experimental.time / (experimental.time + control.time)
      return { excess: experimental.events - events * share, variance: events * share * (1 - share) }
    }),
    correction,
  )
}

function associationOf(studies: readonly Excess[], correction: number): ChiSquareTest | NotEstimable {
  const excess = studies.reduce((sum, one) => sum + one.excess, 0)
  const variance = studies.reduce((sum, one) => sum + one.variance, 0)
  return variance > 0 ? chiSquareTest((Math.abs(excess) - correction) ** 2 / variance, 1) : NO_EVENTS
}

/** Whether studies have one odds ratio; Tarone's is Breslow and Day's with what that lacks for a Mantel–Haenszel estimate. */
export interface Homogeneity {
  readonly breslowDay: ChiSquareTest | NotEstimable
  readonly tarone: ChiSquareTest | NotEstimable
}

/**
 * Breslow and Day's test of whether all studies have the same odds ratio, and Tarone's correction of it.
 *
 * @param logOddsRatio  the Mantel–Haenszel estimate
 * @returns `not-estimable` where less than two studies have people with the event and without it
 * @source  Breslow & Day 1980, Statistical Methods in Cancer Research I, pp. 142–146; Tarone 1985, Biometrika 72:91–95
 * @checked test/reference/pooling (rma.mh of metafor 3.8-1, relative 1e-9)
 */
export function homogeneityOfOddsRatios(tables: readonly TwoByTwo[], logOddsRatio: number): Homogeneity {
  const studies = tables.flatMap((table) => expectedAt(table, Math.exp(logOddsRatio)))
  if (studies.length < 2) return { breslowDay: ONE_STUDY, tarone: ONE_STUDY }
  const sum = (term: (one: Excess) => number) => studies.reduce((total, one) => total + term(one), 0)
  const statistic = sum(({ excess, variance }) => excess ** 2 / variance)
  const lack = sum(({ excess }) => excess) ** 2 / sum(({ variance }) => variance)
  const df = studies.length - 1
  return {
    breslowDay: chiSquareTest(statistic, df),
    tarone: chiSquareTest(Math.max(0, statistic - lack), df),
  }
}

/** Events of the experimental group beyond those that an odds ratio makes expected at the table's margins. */
function expectedAt({ experimental, control }: TwoByTwo, oddsRatio: number): Excess[] {
  const [n1, n2] = [experimental.total, control.total]
  const events = experimental.events + control.events
  const others = n1 + n2 - events
  if (events === 0 || others === 0) return []
  // The root of the quadratic equation, written so that nothing cancels where the odds ratio is near 1.
  const half = oddsRatio * (n1 + events) + (n2 - events)
  const root = Math.sqrt(half ** 2 - 4 * n1 * events * oddsRatio * (oddsRatio - 1))
  const a = (2 * n1 * events * oddsRatio) / (half + root)
  const cells = [a, n1 - a, events - a, n2 - events + a]
  if (!cells.every((cell) => cell > 0)) return []
  return [{ excess: experimental.events - a, variance: 1 / cells.reduce((sum, cell) => sum + 1 / cell, 0) }]
}
