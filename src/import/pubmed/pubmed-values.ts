import { type PrintedDate, printedDate } from '../bibliography/printed-date.ts'
import { child, children, type XmlElement } from '../stream/xml-element.ts'
import { inlineText } from './inline-text.ts'
import type { RecordSource } from './record-source.ts'

/** A title without its full stop. Brackets, which say that it is a translation, stay. */
export const withoutFullStop = (title: string): string => title.replace(/\.$/, '')

/** A date in its parts, or in words (MedlineDate). */
export function pubmedDate(source: RecordSource, date: XmlElement | undefined): PrintedDate {
  const words = source.at(date, 'MedlineDate')
  if (words !== undefined) return printedDate(words)
  const year = source.at(date, 'Year')
  const month = source.at(date, 'Month') ?? source.at(date, 'Season')
  const day = month === undefined ? undefined : source.at(date, 'Day')
  return printedDate([year, month, day].filter((part) => part !== undefined).join(' '))
}

/** Pages as printed, or made of the first and last, which else say the same as they do. */
export function pubmedPages(source: RecordSource, pagination: XmlElement | undefined): string | undefined {
  const printed = source.at(pagination, 'MedlinePgn')
  const [first, last] = [child(pagination, 'StartPage'), child(pagination, 'EndPage')]
  if (printed === undefined) {
    const [start, end] = [source.words(first), source.words(last)]
    return start === undefined || end === undefined || start === end ? (start ?? end) : `${start}-${end}`
  }
  const [begins, ends = begins] = printed.split(/ ?[-–] ?/)
  if (first !== undefined && inlineText(first) === begins) source.words(first)
  // The last page leaves out digits that it shares with the first: 622-32.
  if (last !== undefined && ends !== undefined && inlineText(last).endsWith(ends)) source.words(last)
  return printed
}

export const pubmedLanguage = (source: RecordSource, article: XmlElement | undefined): string | undefined =>
  source.shaped(children(article, 'Language'), /^[a-z]{3}$/)
