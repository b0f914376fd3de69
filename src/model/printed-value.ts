import { type PrintedNumber, printedNumbers } from './printed-number.ts'

/** A stretch of text in UTF-16 code units, the end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Fields that are never a percentage: "3.3%" can't give one of them. */
const COUNTS = new Set(['events', 'total', 'participants', 'count', 'affected', 'at_risk', 'p_value'])
/** Fields stored as a part of one: "31%" gives 0.31. */
const PARTS_OF_ONE = new Set(['proportion', 'ci_level'])
/** Where a span holds several numbers, "95% CI 9 to 18" or "12.5 ± 3.1", which of them a field is. */
const LOWER = new Set(['ci_lower', 'q1', 'minimum'])
const UPPER = new Set(['ci_upper', 'q3', 'maximum', 'total', 'at_risk'])
const SPREAD = new Set(['sd', 'se'])
/** "18 to 75 (n = 40)" is as much as one span should hold. */
const MOST_NUMBERS = 3

/**
 * Holds a stored number against the words that it was read from.
 *
 * @param field  the column's name, which says what the number is: a count is never read from a percentage, and a
 *   proportion is a part of one
 * @param text   the quote's words, all of them: what stands around the span decides on signs and percent signs
 * @param span   the part that gives the number
 * @returns nothing when the words give the value, else what they give, in words
 */
export function misreading(field: string, value: number, text: string, span: Span): string | undefined {
  const shown = JSON.stringify(text.slice(span.start, span.end))
  if (field === 'p_sides') {
    const sides = sidesOf(text.slice(span.start, span.end))
    return sides === value ? undefined : `${shown} gives ${sides ?? 'no number of sides'}`
  }
  const inside = printedNumbers(text).filter(({ start, end }) => start < span.end && end > span.start)
  if (inside.length === 0) return `${shown} gives no number`
  if (inside.length > MOST_NUMBERS)
    return `${shown} holds ${inside.length} numbers; narrow the span to the one that gives ${value}`
  const number = chosen(field, inside)
  const readings = number === undefined ? [] : readingsOf(field, number)
  if (readings.includes(value)) return undefined
  const printed = inside.map((each) => `${each.value}${each.percent ? ' %' : ''}`).join(' and ')
  return `${shown} gives ${printed}`
}

/**
 * The number that a printed value gives for a field, where it gives just one: ".09", "31%" for a proportion, "four".
 *
 * @returns undefined where the text holds no number, several, or one that may be read in two ways
 */
export function printedReading(field: string, text: string): number | undefined {
  if (field === 'p_sides') return sidesOf(text)
  const numbers = printedNumbers(text)
  const [number] = numbers
  if (number === undefined || numbers.length > 1) return undefined
  const readings = readingsOf(field, number)
  return readings.length === 1 ? readings[0] : undefined
}

/** The operator that stands before the number of a span, where one does. */
export const printedOperator = (text: string, span: Span): PrintedNumber['operator'] =>
  printedNumbers(text).find(({ start, end }) => start < span.end && end > span.start)?.operator

function chosen(field: string, inside: readonly PrintedNumber[]): PrintedNumber | undefined {
  if (inside.length === 1) return inside[0]
  if (field === 'ci_level') return inside.find(({ percent }) => percent)
  if (SPREAD.has(field)) return inside[1]
  if (UPPER.has(field)) return inside.at(-1)
  return LOWER.has(field) ? inside.at(-2) : inside[0]
}

function readingsOf(field: string, { value, percent }: PrintedNumber): readonly number[] {
  if (!percent || field === 'percent') return [value]
  if (COUNTS.has(field)) return []
  const part = hundredth(value)
  return PARTS_OF_ONE.has(field) ? [part] : [value, part]
}

/** By its decimal digits, so that 7 % is 0.07 and not 0.07000000000000001. */
const hundredth = (value: number): number => {
  const [mantissa, exponent = '0'] = String(value).split('e')
  return Number(`${mantissa}e${Number(exponent) - 2}`)
}

function sidesOf(words: string): 1 | 2 | undefined {
  if (/\b(?:two|2)[\s-]?(?:sided|tailed)|\bP\s*[2₂]/iu.test(words)) return 2
  if (/\b(?:one|1|single)[\s-]?(?:sided|tailed)|\bP\s*[1₁]/iu.test(words)) return 1
  return undefined
}
