/** Size, mean and standard deviation of one group of people. */
export interface GroupSummary {
  readonly n: number
  readonly mean: number
  readonly sd: number
}

/**
 * Size, mean and standard deviation of several groups taken together, as if all their people were one group: the exact
 * SD of all values, and not a pooled one, so that differences between the groups' means count. On the scale of the
 * means. The groups must share nobody.
 *
 * N = Σnᵢ; M = ΣnᵢMᵢ / N; SD² = (Σ(nᵢ − 1)SDᵢ² + Σnᵢ(Mᵢ − M)²) / (N − 1), which for two groups is the handbook's
 * formula, and for more the same as using that one step by step.
 *
 * @returns undefined for no group, or for less than two people
 * @source  Cochrane Handbook 6.5, section 6.5.2.10, table 6.5.a
 * @checked test/stats/combine-groups.test.ts: against another program's figures, and against the raw values
 */
export function combineGroups(groups: readonly GroupSummary[]): GroupSummary | undefined {
  const [only] = groups
  if (groups.length === 1) return only
  const n = groups.reduce((sum, group) => sum + group.n, 0)
  if (groups.length === 0 || n < 2) return undefined
  const mean = groups.reduce((sum, group) => sum + group.n * group.mean, 0) / n
  const squares = groups.reduce(
    (sum, group) => sum + Math.max(group.n - 1, 0) * group.sd ** 2 + group.n * (group.mean - mean) ** 2,
    0,
  )
  return { n, mean, sd: Math.sqrt(squares / (n - 1)) }
}
