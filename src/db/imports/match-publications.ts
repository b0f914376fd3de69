import type { RecordMatch } from '../../generated/prisma/enums.ts'
import { yearOf } from '../../model/partial-date.ts'
import type { PublicationRecord } from '../../model/publication-record.ts'
import { firstPage, titleKey } from '../../model/title-key.ts'
import type { Transaction } from '../database.ts'
import { valuesOf } from '../rows-as-json.ts'
import { isAmong, join, sql } from '../sql.ts'
import {
  holdersOfNumbers,
  NUMBERS,
  numbersOf,
  STANDING,
  STANDING_OF,
  type Standing,
  type StandingValues,
  standingOf,
} from './publication-numbers.ts'

/** Which publication a record describes, and why. */
export interface Match {
  readonly publication: Standing
  readonly by: Exclude<RecordMatch, 'none' | 'person'>
  readonly score: number | null
  readonly reason: string
  /** Further publications that have others of its numbers, or are the same by their titles. */
  readonly also: readonly Standing[]
}

/** What is looked for by a record's numbers and title. */
export interface Candidates {
  readonly byNumber: ReadonlyMap<string, Standing>
  readonly byTitle: ReadonlyMap<string, readonly Standing[]>
}

/** All publications that records may describe, by two questions. */
export async function candidatesOf(tx: Transaction, records: readonly PublicationRecord[]): Promise<Candidates> {
  const byNumber = await holdersOfNumbers(tx, records)
  const titles = records.flatMap((record) => keyOfTitle(record) ?? [])
  const alike = [...(await describedUnder(tx, titles)), ...(await citedUnder(tx, records))]
  const byTitle = new Map<string, Standing[]>()
  for (const [title, publication] of alike) {
    const list = byTitle.get(title) ?? []
    if (!list.some(({ id }) => id === publication.id)) list.push(publication)
    byTitle.set(title, list)
  }
  return { byNumber, byTitle }
}

type UnderTitle = readonly [title: string, publication: Standing]

/** Publications that records describe under these titles. */
async function describedUnder(tx: Transaction, titles: readonly string[]): Promise<readonly UnderTitle[]> {
  if (titles.length === 0) return []
  const rows = await valuesOf<readonly [title: string, ...StandingValues]>(
    tx,
    ['title_key', ...STANDING],
    sql`SELECT r."title_key", ${STANDING_OF('p')} FROM "imported_record" AS r JOIN "publication" AS p
      ON p."id" = r."publication_id" WHERE ${isAmong(tx, sql`r."title_key"`, titles)} ORDER BY r."key"`,
  )
  return rows.map(([title, ...standing]) => [title, standingOf(standing)])
}

/** What is from reviews of RevMan lies between these keys, and nothing else does. */
const OF_REVMAN = sql`l."study_id" >= 'revman-' AND l."study_id" < 'revman.'`

/** Publications of these years that are known from the references of RevMan's reviews alone, by their titles. */
async function citedUnder(tx: Transaction, records: readonly PublicationRecord[]): Promise<readonly UnderTitle[]> {
  const years = new Set(
    records.flatMap(({ publication }) => (publication.published === undefined ? [] : [yearOf(publication.published)])),
  )
  if (years.size === 0) return []
  const cited = await valuesOf<readonly [title: string, year: number, ...StandingValues]>(
    tx,
    ['title', 'year', ...STANDING],
    sql`SELECT DISTINCT p."title", p."year", ${STANDING_OF('p')} FROM "study_publication" AS l JOIN "publication" AS p
      ON p."id" = l."publication_id" WHERE ${OF_REVMAN} AND l."tied_by" = 'study' AND p."pages" IS NOT NULL
      AND p."year" IN (${join([...years])})
      AND NOT EXISTS (SELECT 1 FROM "imported_record" AS r WHERE r."publication_id" = p."id") ORDER BY p."id"`,
  )
  return cited.flatMap(([title, year, ...standing]) => {
    const key = titleKey(title, String(year))
    return key === undefined ? [] : [[key, standingOf(standing)] as const]
  })
}

export const keyOfTitle = ({ publication }: PublicationRecord): string | undefined =>
  titleKey(publication.title, publication.published === undefined ? undefined : String(yearOf(publication.published)))

/**
 * The publication that a record describes: by PMID, DOI or PMCID, else by title, year and first page together. Numbers
 * that differ tell two publications apart whatever else is the same, and nothing is the same by its title alone.
 *
 * @checked test/db/imports/match-publications.test.ts
 */
export function matchOf(record: PublicationRecord, { byNumber, byTitle }: Candidates): Match | undefined {
  const { publication } = record
  const named = numbersOf(publication).flatMap(({ name: by, number }) => {
    const found = byNumber.get(number)
    return found === undefined || contradicts(publication, found, by) ? [] : [{ by, value: publication[by], found }]
  })
  const alike = alikeOf(record, byTitle)
  const [first] = named
  if (first !== undefined) {
    const { by, value, found } = first
    const also = [...named.map((other) => other.found), ...(alike === undefined ? [] : [alike])]
    return {
      publication: found,
      by,
      score: null,
      reason: `the same ${WORDS[by]}, ${value}`,
      also: also.filter(({ id }) => id !== found.id),
    }
  }
  return alike === undefined
    ? undefined
    : { publication: alike, by: 'title_year_pages', score: 1, reason: 'the same title, year and first page', also: [] }
}

/** The one publication of the same title, year and first page; undefined where there are several, or where numbers differ. */
function alikeOf(record: PublicationRecord, byTitle: Candidates['byTitle']): Standing | undefined {
  const page = firstPage(record.publication.pages)
  const title = keyOfTitle(record)
  if (page === undefined || title === undefined) return undefined
  const alike = (byTitle.get(title) ?? []).filter(
    (found) => firstPage(found.pages) === page && !contradicts(record.publication, found),
  )
  return alike.length === 1 ? alike[0] : undefined
}

const WORDS = { pmid: 'PMID', doi: 'DOI', pmcid: 'PMCID' } as const

/** Whether two have different numbers of a kind that counts more than the one by which they are the same. */
function contradicts(
  record: Partial<Pick<PublicationRecord['publication'], 'pmid' | 'doi' | 'pmcid'>>,
  found: Standing,
  by?: keyof typeof WORDS,
): boolean {
  const stronger = NUMBERS.slice(0, by === undefined ? NUMBERS.length : NUMBERS.indexOf(by))
  return stronger.some((name) => {
    const value = record[name]
    return value !== undefined && found[name] !== null && found[name] !== value
  })
}
