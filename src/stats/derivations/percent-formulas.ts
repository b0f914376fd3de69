import { type Derived, estimated, type NamedFormula, notEstimable } from './named-formula.ts'

/** More digits than anyone prints of a percentage. */
const MOST_DECIMALS = 10
/** As large as a count can be stored. */
const LARGEST_TOTAL = 2_147_483_647

/**
 * The one whole number that a printed percentage of a total stands for: 100 · count / total, rounded to the decimals
 * that are printed, gives the percentage. A half may have been rounded either way, since papers do both.
 *
 * @param percent   as printed, 0 to 100
 * @param total     people, at least 1
 * @param decimals  how many decimals are printed: 3 for 3.0 is not 3.0, so it can't be told from the number
 * @returns not estimable where no whole number fits, or several do
 * @checked test/reference/percent-counts.json
 */
function countOfPercent(percent: number, total: number, decimals: number): Derived {
  if (!(percent >= 0 && percent <= 100)) return notEstimable(`percent is ${percent}; expected 0 to 100`)
  if (!Number.isInteger(total) || total < 1 || total > LARGEST_TOTAL)
    return notEstimable(`total is ${total}; expected a whole number, 1 or more`)
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > MOST_DECIMALS)
    return notEstimable(`decimals is ${decimals}; expected how many are printed, 0 to ${MOST_DECIMALS}`)
  const scaled = percent * 10 ** decimals
  const units = Math.round(scaled)
  // 0.29 × 100 isn't 29 in binary; a further decimal would be at least a tenth of a unit off.
  if (Math.abs(scaled - units) > 1e-6 * Math.max(1, units))
    return notEstimable(`${percent} has more than ${decimals} decimals; expected the percentage as it is printed`)
  // count fits where |100 · 10^d · count − units · total| ≤ total / 2. In whole numbers, so that a half is a half.
  const [step, middle, half] = [200n * 10n ** BigInt(decimals), 2n * BigInt(units) * BigInt(total), BigInt(total)]
  const lowest = middle > half ? ceilingOf(middle - half, step) : 0n
  const highest = minimumOf((middle + half) / step, half)
  const printed = `${percent.toFixed(decimals)}% of ${total}`
  if (lowest > highest) {
    const [below, above] = [lowest - 1n, lowest].map((count) => percentage(count, total, decimals + 1))
    return notEstimable(`${printed} is no whole number: ${lowest - 1n} is ${below}%, ${lowest} is ${above}%`)
  }
  if (lowest < highest) return notEstimable(`${printed} fits every whole number from ${lowest} to ${highest}`)
  return estimated(Number(lowest))
}

const ceilingOf = (value: bigint, step: bigint): bigint => (value + step - 1n) / step
const minimumOf = (one: bigint, other: bigint): bigint => (one < other ? one : other)
const percentage = (count: bigint, total: number, decimals: number): string =>
  ((100 * Number(count)) / total).toFixed(decimals)

export const PERCENT_FORMULAS = {
  count_of_percent: {
    arguments: ['percent', 'total', 'decimals'],
    gives: 'the one whole number whose percentage of the total is printed so',
    assumes: 'the percentage is one of exactly this total, and was rounded to its last printed decimal',
    source: 'arithmetic',
    compute: ([percent = 0, total = 0, decimals = 0]) => countOfPercent(percent, total, decimals),
  },
} as const satisfies Readonly<Record<string, NamedFormula>>
