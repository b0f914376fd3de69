import type { StudyRows } from '../../model/study-record.ts'

type MissingReason = NonNullable<StudyRows['outcomeMeasurement'][number]['missingReason']>
type TimeUnit = NonNullable<StudyRows['timepoint'][number]['unit']>

/** A number as a registry prints it. */
export interface Printed {
  /** Null where the text is no number, or one that the model can't hold as it is. */
  readonly value: number | null
  /** The text, where it isn't just how the value is written: "1,024", ".33", "<0.001", "NA". */
  readonly printed: string | null
}

const NUMBER = /^[-+\u2212]?(?=[.\d])(?:\d{1,3}(?:,\d{3})+|\d*)(?:\.\d*)?(?:[eE][-+]?\d{1,3})?$/

/** What a text says as a number: digits with or without thousands and decimals. Anything else is no number. */
export function printedNumber(text: string): Printed {
  const plain = text.replaceAll(',', '').replace('\u2212', '-')
  const value = NUMBER.test(text) && /\d/.test(text) ? Number(plain) : Number.NaN
  if (!Number.isFinite(value)) return { value: null, printed: text }
  // There is no minus nothing.
  return { value: value + 0, printed: String(value) === text ? null : text }
}

/** So many people there are not; and the databases' whole numbers end here. */
const MOST = 2_147_483_647

/** The same of a count, which is a whole number. */
export function printedCount(text: string): Printed {
  const { value, printed } = printedNumber(text)
  return value !== null && Number.isInteger(value) && Math.abs(value) <= MOST
    ? { value, printed }
    : { value: null, printed: text }
}

/** "95" as the part of one that it is, by its digits: 0.95. */
export const printedPercent = (text: string): Printed => {
  const { value } = printedNumber(text)
  return value === null || /e/i.test(String(value))
    ? { value: null, printed: text }
    : { value: Number(`${value}e-2`), printed: String(value) === text ? null : text }
}

/** A p value with its operator; nothing where the text is another one: NS, not done. */
export function printedP(text: string): { readonly operator: string; readonly value: number } | undefined {
  const [, sign = '', digits = ''] = /^(?:p\s*)?(<=|>=|[<>=≤≥]?)\s*(\S+)$/i.exec(text) ?? []
  const { value } = printedNumber(digits)
  if (value === null) return undefined
  return { operator: { '': '=', '≤': '<=', '≥': '>=' }[sign] ?? sign, value }
}

const REASONS: readonly (readonly [RegExp, MissingReason])[] = [
  [/\bnot (?:yet )?(?:been )?(?:reached|attained)\b/i, 'not_reached'],
  [/\bnot applicable\b/i, 'not_applicable'],
  [
    /\b(?:not|non-?|could ?n[o']t|can ?not|unable to) ?(?:able to )?(?:be )?(?:been )?(?:estimable|evaluable|calculable|calculated?|computed?|estimated?|determined?|derived?)\b/i,
    'not_estimable',
  ],
  [/\bnot (?:been )?(?:collected|assessed|measured|done|performed|analy[sz]ed|tested)\b/i, 'not_assessed'],
]

/** Why a number is missing, as far as the words beside it say so. */
export function missingReason(comment: string | undefined): MissingReason {
  if (comment === undefined) return 'not_reported'
  return REASONS.find(([pattern]) => pattern.test(comment))?.[1] ?? 'unclear'
}

const TIME = [
  /^(?:at )?(week|day|month|year)s?[ -]?(\d+(?:\.\d+)?)$/i,
  /^(?:at )?(\d+(?:\.\d+)?)[ -]?(day|week|month|year)s?$/i,
]

/** The one time that a label surely says: "12 weeks", "Week 24". */
export function sureTime(label: string): { readonly from: number; readonly unit: TimeUnit } | undefined {
  for (const pattern of TIME) {
    const [, one, other] = pattern.exec(label) ?? []
    if (one === undefined || other === undefined) continue
    const [number, unit] = /^\d/.test(one) ? [one, other] : [other, one]
    const from = Number(number)
    if (Number.isFinite(from)) return { from, unit: `${unit.toLowerCase()}s` as TimeUnit }
  }
  return undefined
}

/** A registry's word in capitals as one of ours, where it is one: LEAST_SQUARES_MEAN, "Least Squares Mean". */
export function known<const T extends string>(words: readonly T[], text: string | undefined): T | undefined {
  const word = text?.toLowerCase().replace(/[\s/-]+/g, '_')
  return words.find((candidate) => candidate === word)
}

/** STANDARD_DEVIATION in words. */
export const inWords = (text: string): string =>
  /^[A-Z\d_]+$/.test(text)
    ? text
        .toLowerCase()
        .replaceAll('_', ' ')
        .replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
    : text
