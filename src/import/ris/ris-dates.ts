import { type PrintedDate, printedDate } from '../bibliography/printed-date.ts'
import type { FieldSource } from '../bibliography/tagged-fields.ts'

const YEAR = /^(?:1[4-9]|20)\d{2}$/

/**
 * The date of publication: the most precise of PY, DA and Y1 that agree in the year. A month alone (DA of Web of Science
 * and EndNote) goes with the year of PY.
 */
export function risDate(source: FieldSource): PrintedDate {
  const year = source.firstOf(['PY', 'Y1', 'DA'], (value) => /^\d{4}(?=\D|$)/.exec(value)?.[0])
  const dates: PrintedDate[] = []
  for (const tag of ['PY', 'DA', 'Y1'])
    source.each([tag], ({ value }) => {
      const date = dateIn(value, year)
      const agrees = year === undefined || date.published === undefined || date.published.startsWith(year)
      if (agrees) dates.push(date)
      return agrees ? value : undefined
    })
  const [first] = dates
  return dates.reduce((best, date) => (precision(date) > precision(best) ? date : best), first ?? {})
}

/** Words make a date of less: 2018 with "2018 JUL-AUG" says more than 2018, and 2018-07 more than both. */
const precision = ({ published = '', published_printed }: PrintedDate): number =>
  published.length + (published !== '' && published_printed !== undefined ? 0.5 : 0)

function dateIn(value: string, year: string | undefined): PrintedDate {
  const [, number, month, day] = /^(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?(?:\/.*)?$/.exec(value) ?? []
  if (number !== undefined) return printedDate([number, month, day].filter(Boolean).join(' '))
  const [, words, end] = /^(\p{L}{3,9})\.? (\d{4})$/u.exec(value) ?? []
  if (words !== undefined && end !== undefined && YEAR.test(end)) return printedDate(`${end} ${words}`)
  return printedDate(year !== undefined && !/\d{4}/.test(value) ? `${year} ${value}` : value)
}
