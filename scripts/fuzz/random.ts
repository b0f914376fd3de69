/** Chance that can be repeated: the same seed gives the same choices on every machine. */
export interface Random {
  /** A whole number from 0 up to, not including, `limit`. */
  readonly below: (limit: number) => number
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T
}

/**
 * A linear congruential generator of 32 bits, of which the upper ones are used.
 *
 * @source  Numerical Recipes, 2nd ed. (1992), section 7.1, "quick and dirty": a = 1664525, c = 1013904223, m = 2³²
 */
export function randomOf(seed: number, number: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  // The first choices of neighbouring seeds are alike.
  for (let round = 0; round < 4; round++) below(1)
  return { below, pick: (choices) => choices[below(choices.length)] ?? choices[0] }
}
