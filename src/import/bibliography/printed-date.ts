import { isPartialDate } from '../../model/partial-date.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

export interface PrintedDate {
  readonly published?: string
  readonly published_printed?: string
}

/**
 * A date as far as it is one: "2018 Aug" and "2018 08" are 2018-08; of "1998 Dec-1999 Jan" and "Spring 1993" the first
 * year, and the words.
 */
export function printedDate(printed: string | undefined): PrintedDate {
  if (printed === undefined || printed === '') return {}
  const [, year, month, day] = /^(\d{4})(?:[ /-](\p{L}{3,9}|\d{1,2})\.?(?:[ /-](\d{1,2}))?)?$/u.exec(printed) ?? []
  const date = [year, month && monthOf(month), day?.padStart(2, '0')].filter(Boolean).join('-')
  if (isPartialDate(date)) return { published: date }
  const first = /(?<!\d)(?:1[4-9]|20)\d{2}(?!\d)/.exec(printed)?.[0]
  return { ...(first === undefined ? {} : { published: first }), published_printed: printed }
}

/** 03 for 3, 03, Mar and March; 00, which is none, for other words. */
const monthOf = (month: string): string =>
  /^\d/.test(month)
    ? month.padStart(2, '0')
    : String(MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1).padStart(2, '0')
