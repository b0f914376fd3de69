import type { NotEstimable } from '../effect-sizes/measure.ts'
import type { Pooled } from '../pooling/pooled.ts'
import type { Pool } from '../pooling/subgroups.ts'

/** What the studies up to one say together; `place` is where that one stands among all. */
export interface CumulativeStep {
  readonly place: number
  readonly pooled: Pooled | NotEstimable
}

/**
 * Pools studies as they came: the first, the first two, and so on.
 *
 * @param orderOf  by what they are ordered, such as the year; those that have the same stay in their order
 * @checked test/reference/pooling (cumul of metafor 3.8-1; relative 1e-7)
 */
export function cumulative<Study>(
  studies: readonly Study[],
  orderOf: (study: Study, i: number) => number,
  pool: Pool<Study>,
): CumulativeStep[] {
  const ordered = studies
    .map((study, place) => ({ study, place, order: orderOf(study, place) }))
    .sort((one, other) => one.order - other.order)
  return ordered.map(({ place }, i) => ({
    place,
    pooled: pool(ordered.slice(0, i + 1).map(({ study }) => study)),
  }))
}
