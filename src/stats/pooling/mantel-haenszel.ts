import type { TwoByTwo } from '../distributions/hypergeometric.ts'
import { checkEvents } from '../effect-sizes/check-counts.ts'
import type { NotEstimable } from '../effect-sizes/measure.ts'
import { type CommonEstimate, commonEffect } from './common-effect.ts'
import { NO_EVENTS, NO_STUDIES } from './effect.ts'
import { LEVEL, type Pooled, type StudyTable } from './pooled.ts'

/** A study as the formulas below write it: events a and c, without b and d, arms n1 and n2, all n. */
interface Cells {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly n1: number
  readonly n2: number
  readonly n: number
}

export const MANTEL_HAENSZEL_MEASURES = ['OR', 'RR', 'RD'] as const
type MantelHaenszelMeasure = (typeof MANTEL_HAENSZEL_MEASURES)[number]

export interface MantelHaenszelOptions {
  readonly measure: MantelHaenszelMeasure
  /**
   * What is done about zero cells. `none`, metafor's default: the formulas take them as they are. `half-where-zero`, as
   * RevMan does for ratios: ½ is added to all four cells of a study that has one.
   */
  readonly correction?: 'none' | 'half-where-zero'
  /**
   * What is done about studies where all or none have the event. By default they are left out where ½ would otherwise be
   * added to them for a ratio; as they are, a ratio takes no notice of them, and a difference counts them.
   */
  readonly oneSided?: 'count' | 'leave-out'
  readonly level?: number
}

/**
 * Pools 2×2 tables by Mantel and Haenszel's weights: log odds ratio, log risk ratio or risk difference, positive where the
 * event is commoner in the experimental group.
 *
 * @param studies  tables, and the effect of each study for the test of heterogeneity
 * @returns `not-estimable` for no study, or where no study has what a ratio needs; weights are in percent, and 0 for a study
 *          that was left out
 * @throws EvidenceError EFFECT_INPUT_INVALID  nobody in a group, or more events than people
 * @source  Mantel & Haenszel 1959; variances: Robins, Breslow & Greenland 1986, Biometrics 42:311–323 (OR), Greenland & Robins
 *          1985, Biometrics 41:55–68 (RR), Sato, Greenland & Robins 1989, Biometrics 45:1323–1324 (RD)
 * @checked test/reference/pooling.json (metafor 3.8-1, relative 1e-10)
 */
export function poolMantelHaenszel(
  studies: readonly StudyTable<TwoByTwo>[],
  {
    measure,
    correction = 'none',
    oneSided = correction === 'none' || measure === 'RD' ? 'count' : 'leave-out',
    level = LEVEL,
  }: MantelHaenszelOptions,
): Pooled | NotEstimable {
  if (studies.length === 0) return NO_STUDIES
  for (const { table } of studies) {
    checkEvents('experimental.', table.experimental)
    checkEvents('control.', table.control)
  }
  const cells = studies.map(({ table }) => cellsOf(table))
  const corrected = correction === 'none' ? cells : cells.map((one) => withHalf(one))
  const kept = cells.map((one) => oneSided === 'count' || !isOneSided(one))
  const counted = corrected.filter((_, i) => kept[i])
  const found = POOLED[measure](counted)
  if (found === undefined) return NO_EVENTS
  const pooled = commonEffect(
    studies.filter((_, i) => kept[i]),
    found,
    level,
  )
  if (pooled.status === 'not-estimable') return pooled
  const weights = pooled.weights.values()
  return { ...pooled, weights: kept.map((isKept) => (isKept ? (weights.next().value ?? 0) : 0)) }
}

const cellsOf = ({ experimental, control }: TwoByTwo): Cells => ({
  a: experimental.events,
  b: experimental.total - experimental.events,
  c: control.events,
  d: control.total - control.events,
  n1: experimental.total,
  n2: control.total,
  n: experimental.total + control.total,
})

/** Everybody has the event, or nobody: the study says nothing of a ratio. */
const isOneSided = ({ a, b, c, d }: Cells) => (a === 0 && c === 0) || (b === 0 && d === 0)

const withHalf = (cells: Cells): Cells =>
  cells.a * cells.b * cells.c * cells.d > 0
    ? cells
    : {
        a: cells.a + 0.5,
        b: cells.b + 0.5,
        c: cells.c + 0.5,
        d: cells.d + 0.5,
        n1: cells.n1 + 1,
        n2: cells.n2 + 1,
        n: cells.n + 2,
      }

const POOLED: Readonly<Record<MantelHaenszelMeasure, (studies: readonly Cells[]) => CommonEstimate | undefined>> = {
  OR: pooledOddsRatio,
  RR: pooledRiskRatio,
  RD: pooledRiskDifference,
}

const sum = (studies: readonly Cells[], term: (cells: Cells) => number): number =>
  studies.reduce((total, cells) => total + term(cells), 0)

function pooledOddsRatio(studies: readonly Cells[]): CommonEstimate | undefined {
  const for_ = ({ a, d, n }: Cells) => (a / n) * d
  const against = ({ b, c, n }: Cells) => (b / n) * c
  const agreeing = ({ a, d, n }: Cells) => (a + d) / n
  const differing = ({ b, c, n }: Cells) => (b + c) / n
  const r = sum(studies, for_)
  const s = sum(studies, against)
  if (!(r > 0 && s > 0)) return undefined
  // Robins, Breslow & Greenland 1986, equation 7
  const variance =
    (sum(studies, (one) => agreeing(one) * for_(one)) / r ** 2 +
      sum(studies, (one) => agreeing(one) * against(one) + differing(one) * for_(one)) / (r * s) +
      sum(studies, (one) => differing(one) * against(one)) / s ** 2) /
    2
  return { estimate: Math.log(r / s), variance, weights: studies.map(against) }
}

function pooledRiskRatio(studies: readonly Cells[]): CommonEstimate | undefined {
  const weight = ({ c, n1, n }: Cells) => c * (n1 / n)
  const r = sum(studies, ({ a, n2, n }) => a * (n2 / n))
  const s = sum(studies, weight)
  if (!(r > 0 && s > 0)) return undefined
  const spread = sum(studies, ({ a, c, n1, n2, n }) => (n1 / n) * (n2 / n) * (a + c) - (a / n) * c)
  return { estimate: Math.log(r / s), variance: spread / (r * s), weights: studies.map(weight) }
}

function pooledRiskDifference(studies: readonly Cells[]): CommonEstimate | undefined {
  const weight = ({ n1, n2, n }: Cells) => n1 * (n2 / n)
  const total = sum(studies, weight)
  if (!(total > 0)) return undefined
  const estimate = sum(studies, ({ a, c, n1, n2, n }) => a * (n2 / n) - c * (n1 / n)) / total
  // Sato, Greenland & Robins 1989, equation 1
  const slope = sum(
    studies,
    ({ a, c, n1, n2, n }) => c * (n1 / n) ** 2 - a * (n2 / n) ** 2 + ((n1 / n) * (n2 / n) * (n2 - n1)) / 2,
  )
  const rest = sum(studies, ({ a, b, c, d, n }) => (a * d) / n + (c * b) / n) / 2
  return { estimate, variance: (estimate * slope + rest) / total ** 2, weights: studies.map(weight) }
}
