/** A number as printed, and what it may have been before it was rounded. Both ends are allowed: nobody says how they round. */
export interface Rounded {
  readonly value: number
  readonly decimals: number
  /** The printed digits as a whole number: 519 for "5.19". */
  readonly digits: bigint
  readonly low: number
  readonly high: number
}

/** More than a double can tell apart, and as many as JavaScript writes. */
const MOST_DECIMALS = 100

/** From here on JavaScript writes an exponent. */
const WITHOUT_EXPONENT = 1e21

/**
 * The range that a printed number was rounded from: half a unit of its last digit to either side. Trailing zeros count.
 *
 * @param text  digits with an optional sign and decimal point: "5.30", ".089", "-3"
 */
export function rounded(text: string): Rounded {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(text) ?? []
  const decimals = fraction.length
  const digits = BigInt(`${sign}${whole}${fraction}` || '0')
  const value = Number(text)
  const half = 0.5 * 10 ** -decimals
  return { value, decimals, digits, low: value - half, high: value + half }
}

/**
 * Whether one printed number is above another whatever they were rounded from. Neighbours such as 0.2 and 0.1 are: only a
 * report that rounds the same 0.15 both ways could have them from one number.
 */
export const isAbove = (one: Rounded, other: Rounded): boolean =>
  one.value > other.value && one.low >= other.high - 1e-9 * (other.high - other.low)

/**
 * A stored number with the decimals that its source prints: 5.3 printed "5.30" is "5.30", 0.31 printed "31%" is "0.31", 4
 * printed "four" is "4". Where the words hold no such number, the decimals are those that the number itself needs.
 */
export function asPrinted(value: number, printed: string | null): string {
  if (Math.abs(value) >= WITHOUT_EXPONENT) return shortest(value)
  for (const [numeral] of (printed ?? '').matchAll(/\d[\d, \u00a0\u2009\u202f]*(?:[.·]\d+)?|[.·]\d+/g)) {
    const plain = numeral.replace(/[, \u00a0\u2009\u202f]/g, '').replace('·', '.')
    const decimals = plain.split('.')[1]?.length ?? 0
    // As it stands, as a percentage of what is stored, or the other way round.
    for (const shift of [0, 2, -2]) {
      const size = Math.abs(value)
      if (Math.abs(Number(plain) * 10 ** -shift - size) <= 1e-12 * Math.max(size, 1e-300) && decimals + shift >= 0)
        return value.toFixed(Math.min(decimals + shift, MOST_DECIMALS))
    }
  }
  return shortest(value)
}

/** A number without an exponent, in as few digits as it takes. */
function shortest(value: number): string {
  const [mantissa = '', exponent = '0'] = String(value).split('e')
  if (exponent === '0') return mantissa
  const decimals = (mantissa.split('.')[1]?.length ?? 0) - Number(exponent)
  if (decimals > 0) return value.toFixed(Math.min(decimals, MOST_DECIMALS))
  return BigInt(value).toString()
}
