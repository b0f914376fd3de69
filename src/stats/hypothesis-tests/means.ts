import { fUpperTail } from '../distributions/f.ts'
import { studentTTwoSided } from '../distributions/student-t.ts'

/** A group's mean with its sample SD. */
export interface GroupMean {
  readonly mean: number
  readonly sd: number
  readonly n: number
}

/**
 * Welch's t of two means, with its degrees of freedom after Satterthwaite. Positive when the first mean is larger.
 *
 * @param one, other  n ≥ 2; not both SDs zero
 * @source  Welch 1947, Biometrika 34:28–35
 */
export function welchT(one: GroupMean, other: GroupMean): { readonly t: number; readonly degreesOfFreedom: number } {
  // In units of the larger SD, so that no square is too large or too small for a double.
  const unit = Math.max(one.sd, other.sd)
  const first = (one.sd / unit) ** 2 / one.n
  const second = (other.sd / unit) ** 2 / other.n
  const variance = first + second
  return {
    t: (one.mean - other.mean) / unit / Math.sqrt(variance),
    degreesOfFreedom: variance ** 2 / (first ** 2 / (one.n - 1) + second ** 2 / (other.n - 1)),
  }
}

/** Two-sided p value of Welch's t test; without any spread, 1 where the means are the same and 0 where they aren't. */
export function welchPValue(one: GroupMean, other: GroupMean): number {
  if (one.sd === 0 && other.sd === 0) return one.mean === other.mean ? 1 : 0
  const { t, degreesOfFreedom } = welchT(one, other)
  return studentTTwoSided(t, degreesOfFreedom)
}

/**
 * p value of a one-way analysis of variance from sums of squares. Of two groups it is the two-sided p value of Student's t
 * test with a pooled variance, F being t².
 *
 * @param between, within  sums of squares between the groups' means and within the groups
 * @source  Fisher 1925; from summary data as in Carlisle 2017, Anaesthesia 72:944–952
 * @checked test/reference/integrity.json, anova (R 4.2.2, relative 1e-9)
 */
export function anovaPValue(
  { between, within }: { readonly between: number; readonly within: number },
  { groups, participants }: { readonly groups: number; readonly participants: number },
): number {
  const numerator = groups - 1
  const denominator = participants - groups
  // Without spread, groups differ for certain or not at all.
  if (within === 0) return between === 0 ? 1 : 0
  return fUpperTail(between / numerator / (within / denominator), { numerator, denominator })
}
