import { groupedBy } from '../../model/grouped-by.ts'
import type { NotEstimable } from '../effect-sizes/measure.ts'
import { type ChiSquareTest, chiSquareTest } from './chi-square-test.ts'
import { ONE_STUDY } from './effect.ts'
import type { Pooled } from './pooled.ts'

/** How studies are pooled: what the functions here do again and again, with other studies each time. */
export type Pool<Study> = (studies: readonly Study[]) => Pooled | NotEstimable

export interface Subgroup {
  readonly level: string
  readonly pooled: Pooled | NotEstimable
}

/**
 * Pools the studies of each level by themselves, each with a τ² of its own, and tests whether the levels differ: the sum of
 * squared differences of their estimates from the common one, over their variances.
 *
 * @param levelOf  the level of a study, by its place
 * @returns levels in the order of their first study; no test where less than two of them have an estimate
 * @source  Borenstein & Higgins 2013, Prev Sci 14:134–143
 * @checked test/reference/pooling (metafor 3.8-1; relative 1e-7)
 */
export function poolSubgroups<Study>(
  studies: readonly Study[],
  levelOf: (study: Study, i: number) => string,
  pool: Pool<Study>,
): { readonly subgroups: readonly Subgroup[]; readonly difference: ChiSquareTest | NotEstimable } {
  const levels = groupedBy(
    studies.map((study, i) => ({ study, level: levelOf(study, i) })),
    ({ level }) => level,
  )
  const subgroups = [...levels].map(([level, members]) => ({ level, pooled: pool(members.map(({ study }) => study)) }))
  return { subgroups, difference: differenceOf(subgroups) }
}

function differenceOf(subgroups: readonly Subgroup[]): ChiSquareTest | NotEstimable {
  const estimates = subgroups.flatMap(({ pooled }) => {
    if (pooled.status === 'not-estimable' || !('standardError' in pooled.inference)) return []
    return [{ estimate: pooled.estimate, weight: 1 / pooled.inference.standardError ** 2 }]
  })
  if (estimates.length < 2) return ONE_STUDY
  const total = estimates.reduce((sum, { weight }) => sum + weight, 0)
  const mean = estimates.reduce((sum, { estimate, weight }) => sum + weight * estimate, 0) / total
  const statistic = estimates.reduce((sum, { estimate, weight }) => sum + weight * (estimate - mean) ** 2, 0)
  return chiSquareTest(statistic, estimates.length - 1)
}
