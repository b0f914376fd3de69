import { titleKey } from '../../model/title-key.ts'
import { publicationNames } from '../publication-changes.ts'
import { namesOfStudy } from '../save-study.ts'
import { keyOfTitle } from './match-publications.ts'
import { type Numbered, numbersOf } from './publication-numbers.ts'
import type { ReadRecord } from './read-record.ts'

/**
 * What records write, and what decides how: their publications by all their numbers, their studies, and the numbers that tie
 * one to the other. For locks.
 */
export const namesOf = (records: readonly ReadRecord[]): readonly string[] =>
  records.flatMap((record) => [...ownNames(record), ...tyingNames(record.reading)])

const ownNames = ({ key, reading }: ReadRecord): readonly string[] => [
  `record ${key}`,
  ...(reading.kind === 'study'
    ? [`study ${reading.record.slug}`, ...publicationNames(reading.record.publications)]
    : namesOfPublication(reading.record.publication)),
]

const tyingNames = (reading: ReadRecord['reading']): readonly string[] =>
  reading.kind === 'study'
    ? [
        ...namesOfStudy(reading.record),
        ...reading.record.rows.studyReference.flatMap(({ pmid }) => (pmid === null ? [] : [`publication ${pmid}`])),
      ]
    : reading.record.registrations.map(({ value }) => `number ${value}`)

/** As the locks of studies' and reviews' files name publications. */
const namesOfPublication = (publication: Numbered) =>
  numbersOf(publication).map(({ name }) => `publication ${publication[name]}`)

/** What a record is known by, and by which of it another one could be the same. */
function knownBy(record: ReadRecord): { readonly names: readonly string[]; readonly colliding: readonly string[] } {
  const names = ownNames(record)
  const titles = titlesOf(record.reading)
  return {
    names: [...names, ...titles.map(({ title, numbered }) => `title${numbered ? ' with a PMID' : ''} ${title}`)],
    colliding: [
      ...names,
      ...titles.flatMap(({ title, numbered }) => [
        `title ${title}`,
        ...(numbered ? [] : [`title with a PMID ${title}`]),
      ]),
    ],
  }
}

/** The titles of the publications that a record describes or cites, and whether a PMID tells them apart as well. */
function titlesOf(reading: ReadRecord['reading']): readonly { readonly title: string; readonly numbered: boolean }[] {
  if (reading.kind === 'publication') {
    const title = keyOfTitle(reading.record)
    return title === undefined ? [] : [{ title, numbered: reading.record.publication.pmid !== undefined }]
  }
  return reading.record.publications.flatMap(({ publication: [row] }) => {
    const title = row === undefined || row.year === null ? undefined : titleKey(row.title, String(row.year))
    return title === undefined ? [] : [{ title, numbered: row?.pmid !== null }]
  })
}

/**
 * The same records in rounds: no two of a round are known by the same key, number or title, so that each finds what the
 * ones before it have made. Of one title are also those that PMIDs tell apart, which may be one round.
 */
export function* rounds<Waiting extends { readonly record: ReadRecord }>(
  waiting: readonly Waiting[],
): Generator<readonly Waiting[]> {
  let round: Waiting[] = []
  let taken = new Set<string>()
  for (const entry of waiting) {
    const { names, colliding } = knownBy(entry.record)
    if (colliding.some((name) => taken.has(name))) {
      yield round
      round = []
      taken = new Set()
    }
    round.push(entry)
    for (const name of names) taken.add(name)
  }
  if (round.length > 0) yield round
}
