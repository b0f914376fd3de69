import type { Transaction } from '../db/connect.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { likenessOf } from '../model/publication-likeness.ts'
import { firstPage, lettersOf } from '../model/title-key.ts'
import type { Meanings } from './extraction/columns.ts'

export interface DuplicateRow {
  readonly kind: 'publication' | 'study'
  readonly one: string
  readonly other: string
  readonly score: number
  readonly matched: string
  readonly differs: string | null
  readonly one_title: string
  readonly other_title: string
}

export const DUPLICATE_COLUMNS: Meanings<DuplicateRow> = {
  kind: 'publication or study',
  one: 'a key',
  other: 'the key of what may be the same',
  score: '0 to 1: 0.5 for the title, 0.2 for the year, 0.3 for the first page; 1 for a common number',
  matched: 'what they have in common',
  differs: 'what speaks against it: other DOIs',
  one_title: 'title of the first',
  other_title: 'title of the second',
}

export interface MergedRow {
  readonly publication: string
  readonly record: string
  readonly matched_by: string
  readonly score: number | null
  readonly reason: string | null
  readonly title: string
}

export const MERGED_COLUMNS: Meanings<MergedRow> = {
  publication: "the publication's key",
  record: "the record's key",
  matched_by: 'none: it was the first; pmid, doi, pmcid, title_year_pages, or person',
  score: 'how alike title, year and pages are, where they decided',
  reason: 'why it belongs to the publication',
  title: "the publication's title",
}

interface Candidate {
  readonly id: string
  readonly title: string
  readonly year: number | null
  readonly pages: string | null
  readonly pmid: string | null
  readonly doi: string | null
}

/** A title of fewer letters is a heading that many have. */
const SHORTEST = 20

/**
 * Publications and studies that may be the same as another one, the likeliest first: publications of the same title, or of
 * nearly the same and the same year and first page, and those that a record names by another one's number; studies that a
 * registry knows by one number. Other PMIDs tell publications apart.
 *
 * @param least  the least score, 0 to 1
 */
export const duplicates = (db: Transaction, least = 0): Promise<readonly DuplicateRow[]> =>
  inSnapshot(db, async (tx) => {
    const all = await tx.publication.findMany({
      select: { id: true, title: true, year: true, pages: true, pmid: true, doi: true },
      orderBy: { id: 'asc' },
    })
    const rows = [...alike(all), ...(await namedByNumber(tx, all)), ...(await sameRegistryNumber(tx))]
    const best = new Map<string, DuplicateRow>()
    for (const row of rows) {
      const pair = JSON.stringify([row.one, row.other])
      if (row.score > (best.get(pair)?.score ?? -1)) best.set(pair, row)
    }
    return [...best.values()]
      .filter(({ score }) => score >= least)
      .sort((one, other) => other.score - one.score || compare(one.one, other.one) || compare(one.other, other.other))
  })

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

function* alike(all: readonly Candidate[]): Generator<DuplicateRow> {
  const long = all.filter(({ title }) => lettersOf(title).length >= SHORTEST)
  const blocks = [
    groupedBy(long, ({ title }) => lettersOf(title)),
    groupedBy(
      long.filter(({ year, pages }) => year !== null && firstPage(pages) !== undefined),
      ({ year, pages }) => `${year} ${firstPage(pages)}`,
    ),
  ]
  for (const block of blocks)
    for (const group of block.values())
      for (const [index, one] of group.entries())
        for (const other of group.slice(index + 1)) {
          const likeness = differentPmids(one, other) ? undefined : likenessOf(one, other)
          if (likeness !== undefined) yield rowOf(one, other, likeness.score, likeness.matched.join(', '))
        }
}

const differentPmids = (one: Candidate, other: Candidate) =>
  one.pmid !== null && other.pmid !== null && one.pmid !== other.pmid

const rowOf = (one: Candidate, other: Candidate, score: number, matched: string): DuplicateRow => ({
  kind: 'publication',
  one: one.id,
  other: other.id,
  score,
  matched,
  differs: one.doi !== null && other.doi !== null && one.doi !== other.doi ? 'DOI' : null,
  one_title: one.title,
  other_title: other.title,
})

/** Records that name a number which stands with another publication than theirs. */
async function namedByNumber(tx: Transaction, all: readonly Candidate[]): Promise<readonly DuplicateRow[]> {
  const byId = new Map(all.map((publication) => [publication.id, publication]))
  const named = await tx.$queryRaw<{ own: string; other: string; type: string; value: string }[]>`
    SELECT r."publication_id" AS own, p."id" AS other, i."type", i."value"
    FROM "record_identifier" i
    JOIN "imported_record" r ON r."key" = i."record_key"
    JOIN "publication" p ON (i."type" = 'doi' AND p."doi" = i."value")
      OR (i."type" = 'pmid' AND p."pmid" = i."value") OR (i."type" = 'pmcid' AND p."pmcid" = i."value")
    WHERE i."type" IN ('doi', 'pmid', 'pmcid') AND p."id" <> r."publication_id"`
  return named.flatMap(({ own, other, type, value }) => {
    const pair = [own, other].sort(compare).flatMap((id) => byId.get(id) ?? [])
    const [first, second] = pair
    return first === undefined || second === undefined
      ? []
      : [rowOf(first, second, 1, `a record names the other's ${type.toUpperCase()}, ${value}`)]
  })
}

async function sameRegistryNumber(tx: Transaction): Promise<readonly DuplicateRow[]> {
  const pairs = await tx.$queryRaw<
    { one: string; other: string; registry: string; value: string; one_title: string; other_title: string }[]
  >`
    SELECT a."study_id" AS one, b."study_id" AS other, a."registry", a."value",
           s."title" AS one_title, t."title" AS other_title
    FROM "study_identifier" a
    JOIN "study_identifier" b ON b."registry" = a."registry" AND b."value" = a."value" AND a."study_id" < b."study_id"
    JOIN "study" s ON s."id" = a."study_id"
    JOIN "study" t ON t."id" = b."study_id"`
  return pairs.map(({ one, other, registry, value, one_title, other_title }) => ({
    kind: 'study',
    one,
    other,
    score: 1,
    matched: `${registry} ${value}`,
    differs: null,
    one_title,
    other_title,
  }))
}

/** How each record of a publication that has several came to it. */
export const mergedRecords = (db: Transaction): Promise<readonly MergedRow[]> =>
  inSnapshot(
    db,
    (tx) => tx.$queryRaw<MergedRow[]>`
      SELECT r."publication_id" AS publication, r."key" AS record, CAST(r."matched_by" AS text) AS matched_by, r."score",
             r."reason", p."title"
      FROM "imported_record" r JOIN "publication" p ON p."id" = r."publication_id"
      WHERE r."matched_by" <> 'none' OR r."publication_id" IN (
        SELECT "publication_id" FROM "imported_record" GROUP BY "publication_id" HAVING count(*) > 1)
      ORDER BY r."publication_id", r."key"`,
  )
