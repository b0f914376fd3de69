/** What a named formula gives: a number, or why there is none. */
export type Derived =
  | { readonly status: 'estimated'; readonly value: number }
  | { readonly status: 'not-estimable'; readonly reason: string }

export const estimated = (value: number): Derived => ({ status: 'estimated', value })
export const notEstimable = (reason: string): Derived => ({ status: 'not-estimable', reason })

/** A formula that a study file can name, with what a reader must know before using its result. */
export interface NamedFormula {
  /**
   * Its arguments in their order. One that is written as words takes one of them and no number: a direction, say, which
   * is never guessed from the order of groups.
   */
  readonly arguments: readonly (string | Readonly<Record<string, number>>)[]
  /** Whether the last argument may be repeated. */
  readonly repeats?: boolean
  /** The result and its scale. */
  readonly gives: string
  /** What the formula takes for granted, as the end of "the formula assumes that …"; null for plain arithmetic. */
  readonly assumes: string | null
  /** Author, year, equation. */
  readonly source: string
  /** One number for each argument, in their order. */
  readonly compute: (values: readonly number[]) => Derived
}

/** What must be true of a formula's values, and what is wrong where it isn't. */
export type Rule = readonly [holds: boolean, otherwise: string]

/**
 * Holds the values of a formula's arguments against what they must be.
 *
 * @returns the first rule that is broken, as a reason; else what `compute` gives
 */
export function where(rules: readonly Rule[], compute: () => number): Derived {
  const broken = rules.find(([holds]) => !holds)
  if (broken) return notEstimable(broken[1])
  const value = compute()
  return Number.isFinite(value) ? estimated(value) : notEstimable('it divides by zero, or its numbers are too large')
}
