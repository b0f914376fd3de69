import { chiSquareUpperTail } from '../distributions/chi-square.ts'
import { fisherTwoSided, type TwoByTwo } from '../distributions/hypergeometric.ts'
import { normalTwoSided } from '../distributions/normal.ts'

/** The two-sided p values of a 2×2 table by each common test; null where a test has none. */
export interface TwoByTwoPValues {
  readonly fisher: number
  /** Pearson's χ², which is also the z test of two proportions with a pooled variance. */
  readonly chiSquare: number | null
  /** χ² with Yates' continuity correction. */
  readonly chiSquareCorrected: number | null
  /** z of the risk difference with unpooled variances (Wald). */
  readonly riskDifference: number | null
  /** z of the log odds ratio (Woolf); null with a zero cell. */
  readonly logOddsRatio: number | null
}

/**
 * The two-sided p values of a 2×2 table by each of the tests that reports use.
 *
 * @param table  counts; 0 ≤ events ≤ total, total ≥ 1
 * @source  Fisher 1935; Pearson 1900; Yates 1934; Wald 1943; Woolf 1955
 * @checked test/reference/integrity.json, p_from_2x2, and rosenberg-1993.json (R 4.2.2, relative 1e-9)
 */
export function twoByTwoPValues(table: TwoByTwo): TwoByTwoPValues {
  const { experimental, control } = table
  const a = experimental.events
  const b = experimental.total - a
  const c = control.events
  const d = control.total - c
  const all = experimental.total + control.total
  const margins = experimental.total * control.total * (a + c) * (b + d)
  const cross = Math.abs(a * d - b * c)
  const chiSquare = (difference: number) =>
    margins === 0 ? null : chiSquareUpperTail((all * difference * difference) / margins, 1)
  const variance = (a * b) / experimental.total ** 3 + (c * d) / control.total ** 3
  const difference = a / experimental.total - c / control.total
  const inverse = 1 / a + 1 / b + 1 / c + 1 / d
  return {
    fisher: fisherTwoSided(table),
    chiSquare: chiSquare(cross),
    chiSquareCorrected: chiSquare(cross - Math.min(all / 2, cross)),
    riskDifference: variance === 0 ? null : normalTwoSided(difference / Math.sqrt(variance)),
    logOddsRatio:
      inverse === Number.POSITIVE_INFINITY ? null : normalTwoSided(Math.log((a * d) / (b * c)) / Math.sqrt(inverse)),
  }
}
