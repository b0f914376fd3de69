import { fisherOneSided, fisherTwoSided, type TwoByTwo } from '../distributions/hypergeometric.ts'

/** Fisher's exact test with half the probability of the observed table, two-sided in both ways that are in use. */
export interface MidPValues {
  /** Twice the smaller tail: epitools, OpenEpi. */
  readonly doubled: number
  /** Of the tables that are at most as probable as the observed one. */
  readonly minimumLikelihood: number
}

/**
 * The mid-p values of a 2×2 table.
 *
 * @param table  whole numbers; 0 ≤ events ≤ total, total ≥ 1
 * @source  Lancaster 1961, J Am Stat Assoc 56:223–234
 * @checked test/reference/intervals.json (mpmath, relative 1e-9)
 */
export function midPValues(table: TwoByTwo): MidPValues {
  const { less, greater, observed } = fisherOneSided(table)
  return {
    doubled: Math.min(1, 2 * Math.min(less, greater) - observed),
    minimumLikelihood: fisherTwoSided(table) - observed / 2,
  }
}
