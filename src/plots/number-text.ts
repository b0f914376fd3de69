/** How a picture prints a number. */
export type NumberFormat = (value: number) => string

const withMinus = (text: string): string => text.replaceAll('-', '−').replace('e+', 'e')

/** What is larger is printed with a power of ten. */
const PLAIN_BELOW = 1e9

/** With so many decimals, rounded to 0 where it is less than they can say. */
export const fixed =
  (decimals: number): NumberFormat =>
  (value) => {
    if (!(Math.abs(value) < PLAIN_BELOW)) return withMinus(value.toExponential(1))
    const text = value.toFixed(decimals)
    return withMinus(Number(text) === 0 ? text.replace('-', '') : text)
  }

/** Whole numbers whole, others with two decimals. */
export const dataText: NumberFormat = (value) => fixed(Number.isInteger(value) ? 0 : 2)(value)

/** With two decimals, or the first digit that isn't 0 where these would all be: a ratio of 0.003 is not 0.00. */
export const positional: NumberFormat = (value) => {
  const size = Math.abs(value)
  if (size === 0 || size >= 0.005) return fixed(2)(value)
  return withMinus(size >= 1e-4 ? String(Number(value.toPrecision(1))) : value.toExponential(1))
}

/** A round number of an axis, with no more decimals than it has. */
export const tickText: NumberFormat = (value) => {
  const size = Math.abs(value)
  return withMinus(size === 0 || (size >= 1e-4 && size < 1e6) ? String(value) : value.toExponential())
}

/** A probability as papers print it: "= 0.03", or "< 0.001". */
export const pText: NumberFormat = (value) => (value < 0.001 ? '< 0.001' : `= ${value.toFixed(value < 0.0995 ? 3 : 2)}`)

/** 0.95 as "95%". */
export const levelText = (level: number): string => `${Number((level * 100).toPrecision(6))}%`

interface Interval {
  readonly lower: number
  readonly upper: number
}

export const intervalText = ({ lower, upper }: Interval, format: NumberFormat): string =>
  `[${format(lower)}, ${format(upper)}]`

/**
 * How effects with these intervals are printed: differences with decimals enough to tell half of the intervals' ends
 * apart.
 */
export function formatFor(scale: 'linear' | 'log', intervals: readonly Interval[]): NumberFormat {
  if (scale === 'log') return positional
  const widths = intervals.map(({ lower, upper }) => upper - lower).filter((width) => width > 0 && width < PLAIN_BELOW)
  const typical = widths.sort((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 1
  return fixed(Math.min(MOST_DECIMALS, Math.max(2, 1 - Math.floor(Math.log10(typical)))))
}

const MOST_DECIMALS = 12
