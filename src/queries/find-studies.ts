import type { Transaction } from '../db/connect.ts'
import { valuesOf } from '../db/rows-as-json.ts'
import { inFewStatements, inOneStatement } from '../db/snapshot.ts'
import { join, listed, raw, type Sql, sql } from '../db/sql.ts'
import { publicationsWith, scoresOf } from '../db/text-search.ts'
import { highlight, type SearchTerm, searchTerms } from '../model/search-terms.ts'
import { filterInvalid, questionsOf, type StudyFilter, type StudyQuestion } from '../model/study-filter.ts'
import type { Meanings } from './extraction/columns.ts'
import { firstYear } from './extraction/year.ts'
import { ENROLMENT } from './find/enrolment-sql.ts'
import { filterSql } from './find/filter-sql.ts'
import { headingsOf } from './find/headings.ts'
import { reviewSlugs } from './review-selection.ts'

export interface FoundStudy {
  readonly study: string
  readonly title: string
  readonly year: number | null
  readonly design: string
  readonly enrolment: number | null
  readonly conditions: string | null
  readonly interventions: string | null
  readonly pmid: string | null
}

/** What is told besides where text was searched. */
export interface FoundInText extends FoundStudy {
  readonly highlight: string | null
  /** Only where the order asks for it. */
  readonly score?: number | null
}

export const FIND_COLUMNS: Meanings<FoundStudy> = {
  study: "the study's key",
  title: "the study's title",
  year: 'of its first primary publication',
  design: 'type, intervention model, allocation and masking, as far as they are reported',
  enrolment:
    'participants of all arms together, as given or as the sum of all arms, in the largest analysis set; empty where not given',
  conditions: 'as the publication names them',
  interventions: 'what the arms were given',
  pmid: "its primary publications' PubMed identifiers",
}

export const FIND_TEXT_COLUMNS = {
  highlight: 'where the words stand in a title or else in a stored text, with ** around each; empty where none does',
  score: 'how well the text fits, the higher the better, by the engine’s own formula',
} as const

export interface FindOptions {
  /** By the studies' keys (default), or the best fit of the text first, with ties by key. */
  readonly sort?: 'key' | 'relevance'
  readonly limit?: number
  /** The key that the page before ended with. */
  readonly after?: string
}

export interface FoundStudies {
  readonly rows: readonly FoundInText[]
  /** Studies that the filter finds, on all pages. */
  readonly total: number
  /** What to give as `after` for the next page; null on the last one. */
  readonly next: string | null
  /** Whether text was searched, so that rows have a highlight. */
  readonly searchedText: boolean
  /** What a name was taken for, and what could not be looked at. */
  readonly notes: readonly string[]
}

/**
 * Finds studies, in a number of statements that depends neither on how many there are nor on how much is asked. All of it
 * is read as of one moment.
 *
 * @throws EvidenceError FILTER_INVALID      the filter, or `after`, is none
 * @throws EvidenceError HEADING_NOT_FOUND   a name of MeSH is none, or one of several; with near names
 * @throws EvidenceError VOCABULARY_MISSING  headings below one are asked for, and no MeSH was imported
 * @throws EvidenceError REVIEW_NOT_FOUND
 * @checked test/queries/find-studies.test.ts
 */
export async function findStudies(
  db: Transaction,
  filter: StudyFilter,
  options: FindOptions = {},
): Promise<FoundStudies> {
  const read = asksOnce(filter, options) ? inOneStatement : inFewStatements
  return read(db, (tx) => find(tx, filter, options))
}

/** What is answered by the studies' own rows, and not looked up before or shown after. */
const ASKED_ONCE: ReadonlySet<string> = new Set<KeyOf<StudyQuestion>>([
  ...(['outcome', 'hasResultsFor', 'type', 'allocation', 'model', 'masking', 'phase', 'purpose'] as const),
  ...(['year', 'enrolment', 'registryId', 'pmid', 'doi'] as const),
])
type KeyOf<Question> = Question extends unknown ? keyof Question : never

/** Whether all is found by one statement: a page that is asked for may lie beyond the last study, which takes another. */
const asksOnce = (filter: StudyFilter, { after }: FindOptions): boolean =>
  after === undefined &&
  questionsOf(filter).every((question) => Object.keys(question).every((key) => ASKED_ONCE.has(key)))

async function find(tx: Transaction, filter: StudyFilter, options: FindOptions): Promise<FoundStudies> {
  const { sort = 'key', limit, after } = options
  const questions = questionsOf(filter)
  const reviews = questions.flatMap((question) => ('review' in question ? [question.review] : []))
  if (reviews.length > 0) await reviewSlugs(tx, reviews)
  const headings = await headingsOf(tx, questions)
  const terms = lookedFor(filter)
  if (sort === 'relevance' && terms.length === 0)
    throw filterInvalid('studies can be sorted by relevance only where a text is looked for')
  const where = filterSql(tx, filter, headings)
  const byScore = sort === 'relevance'
  // All of it tells its number by itself; a page takes what is found once, for its rows and for the total, so that no
  // planner bets on its early end.
  const whole = limit === undefined && after === undefined
  const before = [
    ...(whole ? [] : [sql`found AS MATERIALIZED (SELECT s."id" FROM "study" AS s WHERE ${where})`]),
    ...(byScore
      ? [
          sql`hit AS (SELECT r."study_id", max(fit.score) AS score FROM (${scoresOf(tx, terms)}) AS fit
            JOIN "study_publication" AS r ON r."publication_id" = fit."publication_id" GROUP BY r."study_id")`,
        ]
      : []),
  ]
  const from = whole ? sql`"study" AS s` : sql`found JOIN "study" AS s ON s."id" = found."id"`
  const beyond = after === undefined ? sql`1 = 1` : beyondSql(byScore, after)
  const score = byScore ? sql`COALESCE(hit.score, 0)` : sql`NULL`
  // One more than the page shows whether there is a next one.
  const found = await valuesOf<Found>(
    tx,
    FIELDS,
    sql`${before.length === 0 ? sql`` : join(before, ', ', 'WITH ')}
      SELECT ${COLUMNS}, ${score} AS score, ${whole ? sql`NULL` : sql`(SELECT count(*) FROM found)`} AS total
      FROM ${from} ${byScore ? sql`LEFT JOIN hit ON hit."study_id" = s."id"` : sql``}
      WHERE ${whole ? where : beyond}
      ORDER BY ${byScore ? sql`${score} DESC, s."id"` : sql`s."id"`}
      ${limit === undefined ? sql`` : sql`LIMIT ${limit + 1}`}`,
  )
  const page = limit === undefined ? found : found.slice(0, limit)
  // A page beyond the last study has no row that could tell it.
  const total = whole ? found.length : (found[0]?.[12] ?? (after === undefined ? 0 : await count(tx, where)))
  const shown =
    terms.length === 0
      ? new Map<string, string>()
      : await highlights(
          tx,
          page.map(([study]) => study),
          terms,
        )
  const rows = page.map(
    ([study, title, type, model, allocation, masking, enrolment, year, conditions, interventions, pmid, fit]) => {
      const row: FoundInText = {
        study,
        title,
        year,
        design: designOf(type, model, allocation, masking === null || masking === 'none' ? null : `${masking} masking`),
        enrolment,
        conditions,
        interventions,
        pmid,
        highlight: shown.get(study) ?? null,
      }
      return byScore ? { ...row, score: fit } : row
    },
  )
  const next = page.length < found.length ? (page.at(-1)?.[0] ?? null) : null
  return { rows, total, next, searchedText: terms.length > 0, notes: headings.notes }
}

/** The words of a filter that a study is to have, and not those that it must not have. */
function lookedFor(filter: StudyFilter): readonly SearchTerm[] {
  if ('and' in filter) return filter.and.flatMap(lookedFor)
  if ('or' in filter) return filter.or.flatMap(lookedFor)
  return 'text' in filter ? searchTerms(filter.text) : []
}

const COLUMNS = sql`s."id" AS study, s."title", CAST(s."type" AS TEXT) AS type, CAST(s."intervention_model" AS TEXT) AS model,
  CAST(s."allocation" AS TEXT) AS allocation, CAST(s."masking" AS TEXT) AS masking, ${ENROLMENT} AS enrolment,
  (${raw(firstYear('s."id"'))}) AS year,
  (SELECT string_agg(c."name", '; ' ORDER BY c."position") FROM "study_condition" AS c WHERE c."study_id" = s."id") AS conditions,
  (SELECT string_agg(i."name", '; ' ORDER BY i."position") FROM "intervention" AS i WHERE i."study_id" = s."id") AS interventions,
  (SELECT string_agg(p."pmid", '; ' ORDER BY r."position") FROM "study_publication" AS r
   JOIN "publication" AS p ON p."id" = r."publication_id" WHERE r."study_id" = s."id" AND r."role" = 'primary') AS pmid`

/** The values of those columns, and of `score` and `total`. */
type Found = readonly [
  ...(readonly [study: string, title: string, type: string, model: string | null]),
  ...(readonly [allocation: string | null, masking: string | null, enrolment: number | null, year: number | null]),
  ...(readonly [conditions: string | null, interventions: string | null, pmid: string | null]),
  ...(readonly [score: number | null, total: number | null]),
]
const FIELDS = [
  ...['study', 'title', 'type', 'model', 'allocation', 'masking', 'enrolment', 'year'],
  ...['conditions', 'interventions', 'pmid', 'score', 'total'],
]

const designOf = (...parts: readonly (string | null)[]): string =>
  parts
    .filter((part) => part !== null && part !== 'not_applicable')
    .join(', ')
    .replaceAll('_', ' ')

/** What comes after a study in the order of the pages. */
const beyondSql = (byScore: boolean, after: string): Sql => {
  if (!byScore) return sql`s."id" > ${after}`
  const mark = sql`COALESCE((SELECT score FROM hit WHERE "study_id" = ${after}), 0)`
  return sql`(COALESCE(hit.score, 0) < ${mark} OR (COALESCE(hit.score, 0) = ${mark} AND s."id" > ${after}))`
}

async function count(tx: Transaction, where: Sql): Promise<number> {
  const [row] = await tx.$queryRaw<{ total: unknown }[]>(sql`SELECT count(*) AS total FROM "study" AS s WHERE ${where}`)
  return Number(row?.total ?? 0)
}

/**
 * Of each study the first place of a publication where terms stand: in its title, else in its sections in order. The page's
 * publications are read first, lest a planner ask of each publication with a common word whether it is of the page.
 */
async function highlights(
  tx: Transaction,
  studies: readonly string[],
  terms: readonly SearchTerm[],
): Promise<ReadonlyMap<string, string>> {
  const has = terms.map((term) => sql`r."publication_id" IN (${publicationsWith(tx, term)})`)
  const texts = await valuesOf<readonly [study: string, words: string, title: number]>(
    tx,
    ['study', 'words', 'title'],
    sql`WITH shown AS MATERIALIZED (SELECT * FROM "study_publication" WHERE "study_id" IN (${listed(tx, studies)})),
      told AS MATERIALIZED (SELECT * FROM shown AS r WHERE ${join(has, ' OR ')})
    SELECT r."study_id" AS study, r."position" AS place, 0 AS part, p."title" AS words, 1 AS title
    FROM told AS r JOIN "publication" AS p ON p."id" = r."publication_id"
    UNION ALL SELECT r."study_id", r."position", t."position", t."body", 0
    FROM told AS r JOIN "publication_text" AS t ON t."publication_id" = r."publication_id" ORDER BY 1, 2, 3`,
  )
  const shown = new Map<string, string>()
  for (const [study, words, title] of texts) {
    if (shown.has(study)) continue
    const place = highlight(words, terms, title === 1)
    if (place !== null) shown.set(study, place)
  }
  return shown
}
