/** How far two people agree beyond chance; or why that can't be said. */
export type Kappa =
  | {
      readonly status: 'estimated'
      /** 1: they agree always; 0: as often as by chance; below: more seldom than by chance. */
      readonly kappa: number
      /** The share on which they agree, 0 to 1. */
      readonly observed: number
      /** The share on which they would agree by chance, each keeping to how often they use each category. */
      readonly expected: number
    }
  | { readonly status: 'not-estimable'; readonly reason: string }

/**
 * Cohen's unweighted kappa of two people who each put the same things into categories: (pₒ − pₑ) / (1 − pₑ).
 *
 * @param pairs  the category that each of the two gave, for every thing
 * @returns not estimable without a thing, and where both used one and the same category throughout: pₑ is 1 then
 * @source  Cohen 1960, Educ Psychol Meas 20:37–46, eq. 1; Altman 1991, Practical Statistics for Medical Research, 14.3.4
 * @checked test/checks/cohens-kappa.test.ts (Altman 1991, tables 14.2 to 14.4)
 */
export function cohensKappa(pairs: readonly (readonly [one: string, other: string])[]): Kappa {
  const total = pairs.length
  if (total === 0) return { status: 'not-estimable', reason: 'nothing was compared' }
  const ones = counts(pairs.map(([one]) => one))
  const others = counts(pairs.map(([, other]) => other))
  // In whole numbers: 1 − pₑ is 0 exactly where it is 0.
  const agreed = pairs.filter(([one, other]) => one === other).length
  const chance = [...ones].reduce((sum, [category, count]) => sum + count * (others.get(category) ?? 0), 0)
  if (chance === total * total)
    return { status: 'not-estimable', reason: 'both gave one and the same value throughout' }
  return {
    status: 'estimated',
    kappa: (agreed * total - chance) / (total * total - chance),
    observed: agreed / total,
    expected: chance / (total * total),
  }
}

function counts(categories: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const category of categories) found.set(category, (found.get(category) ?? 0) + 1)
  return found
}
