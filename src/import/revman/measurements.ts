import type { StudyRows } from '../../model/study-record.ts'
import { printedCount, printedNumber } from '../rows/printed-text.ts'
import { NO_NUMBERS } from '../rows/registry-columns.ts'
import type { RowBook } from '../rows/row-book.ts'
import { child, type XmlElement } from '../stream/xml-element.ts'
import { htmlParagraphs, paragraphs } from './paragraphs.ts'
import type { RevmanSource } from './revman-source.ts'
import type { Setting } from './setting.ts'

type Measurement = StudyRows['outcomeMeasurement'][number]

const SIDES = [
  ['experimental', '1'],
  ['control', '2'],
] as const

/** A row of a 2×2 table: who had the event, out of how many. */
export function addTable(source: RevmanSource, book: RowBook, row: XmlElement, setting: Setting): void {
  const note = noteOf(source, row)
  for (const [side, number] of SIDES) {
    const id = book.next('outcome_measurement')
    const count = (field: string, name: string) =>
      book.number('outcome_measurement', id, field, printedCount, source.count(row, `${name}_${number}`))
    add(book, setting, side, id, note, { events: count('events', 'EVENTS'), total: count('total', 'TOTAL') })
  }
}

/** A row of two means with their standard deviations. */
export function addMeans(source: RevmanSource, book: RowBook, row: XmlElement, setting: Setting): void {
  const note = noteOf(source, row)
  for (const [side, number] of SIDES) {
    const id = book.next('outcome_measurement')
    const value = (field: string, name: string) =>
      book.number('outcome_measurement', id, field, printedNumber, source.number(row, `${name}_${number}`))
    const total = source.count(row, `TOTAL_${number}`)
    add(book, setting, side, id, note, {
      mean: value('mean', 'MEAN'),
      sd: value('sd', 'SD'),
      total: book.number('outcome_measurement', id, 'total', printedCount, total),
    })
  }
}

/** What the reviewers noted on a row, and that RevMan estimates nothing from it where it says so. */
export function noteOf(source: RevmanSource, row: XmlElement): string | null {
  const notEstimable = source.attribute(row, 'ESTIMABLE') === 'NO' ? 'Not estimable, RevMan says' : undefined
  const footnote = paragraphs(child(row, 'FOOTNOTE')) === undefined ? undefined : source.text(row, 'FOOTNOTE')
  const parts = [notEstimable, footnote, htmlParagraphs(source.attribute(row, 'NOTES'))]
  return parts.filter((part) => part !== undefined).join('\n') || null
}

function add(
  book: RowBook,
  setting: Setting,
  side: 'experimental' | 'control',
  id: string,
  note: string | null,
  numbers: Partial<Measurement>,
): void {
  const { events, mean, total } = numbers
  const value = events === undefined ? mean : events
  book.rows.outcomeMeasurement.push({
    id,
    studyId: book.slug,
    outcomeId: setting.outcomeId,
    studyGroupId: setting[side].id,
    analysisSetId: null,
    timepointId: null,
    ...NO_NUMBERS,
    ...numbers,
    derived: false,
    missingReason: value !== null ? null : total === 0 ? 'zero_at_risk' : 'not_reported',
    note,
  })
}
