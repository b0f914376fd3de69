import type { NotEstimable } from '../effect-sizes/measure.ts'
import type { Pooled } from '../pooling/pooled.ts'
import type { Pool } from '../pooling/subgroups.ts'

/**
 * What the other studies say without each one: the pools, in the order of the studies that were left out.
 *
 * @checked test/reference/pooling (leave1out of metafor 3.8-1; relative 1e-7)
 */
export const leaveOneOut = <Study>(studies: readonly Study[], pool: Pool<Study>): (Pooled | NotEstimable)[] =>
  studies.map((_, i) => pool(studies.toSpliced(i, 1)))
