import type { Transaction } from '../../db/connect.ts'
import { contains, isAmong, join, listed, raw, type Sql, sql } from '../../db/sql.ts'
import { publicationsWith } from '../../db/text-search.ts'
import { searchTerms } from '../../model/search-terms.ts'
import type { NumberRange, StudyFilter, StudyQuestion } from '../../model/study-filter.ts'
import { filterInvalid } from '../../model/study-filter.ts'
import { ENROLMENTS } from './enrolment-sql.ts'
import type { Heading, Headings } from './headings.ts'

/** The condition of a filter on the study `s`: true or false, never unknown. */
export function filterSql(tx: Transaction, filter: StudyFilter, headings: Headings): Sql {
  const inner = (part: StudyFilter) => sql`(${filterSql(tx, part, headings)})`
  if ('and' in filter) return filter.and.length === 0 ? sql`1 = 1` : join(filter.and.map(inner), ' AND ')
  if ('or' in filter) return filter.or.length === 0 ? sql`1 = 0` : join(filter.or.map(inner), ' OR ')
  if ('not' in filter) return sql`NOT ${inner(filter.not)}`
  return questionSql(tx, filter, headings)
}

function questionSql(tx: Transaction, question: StudyQuestion, { mesh, named }: Headings): Sql {
  const among = (rows: Sql) => sql`s."id" IN (${rows})`
  if ('condition' in question) return among(linked(tx, 'study_condition', question.condition, named))
  if ('intervention' in question) return among(linked(tx, 'intervention', question.intervention, named))
  if ('outcome' in question)
    return among(sql`SELECT "study_id" FROM "outcome" WHERE ${contains(tx, '"label"', question.outcome)}`)
  if ('hasResultsFor' in question)
    return among(sql`SELECT o."study_id" FROM "outcome" AS o WHERE ${contains(tx, 'o."label"', question.hasResultsFor)} AND (
      EXISTS (SELECT 1 FROM "outcome_measurement" AS m WHERE m."outcome_id" = o."id" AND m."missing_reason" IS NULL)
      OR EXISTS (SELECT 1 FROM "outcome_analysis" AS a WHERE a."outcome_id" = o."id"))`)
  if ('mesh' in question) return among(indexed(tx, question, mesh.get(question.mesh)))
  if ('text' in question) {
    const terms = searchTerms(question.text)
    if (terms.length === 0) throw filterInvalid(`text has no word to look for in ${JSON.stringify(question.text)}`)
    const has = terms.map((term) => sql`"publication_id" IN (${publicationsWith(tx, term)})`)
    return among(sql`SELECT "study_id" FROM "study_publication" WHERE ${join(has, ' AND ')}`)
  }
  if ('year' in question) return among(ofYears(question.year))
  if ('enrolment' in question)
    return among(sql`SELECT "study_id" FROM (${ENROLMENTS}) AS size WHERE ${within(sql`n`, question.enrolment)}`)
  if ('registryId' in question) {
    const { registryId } = question
    const spellings = [registryId, registryId.toUpperCase(), registryId.toLowerCase()]
    return among(sql`SELECT "study_id" FROM "study_identifier" WHERE ${isAmong(tx, sql`"value"`, spellings)}`)
  }
  if ('pmid' in question) return among(reportedBy(sql`p."pmid" = ${question.pmid.replace(/^pmid[:\s]*/i, '')}`))
  if ('doi' in question)
    return among(
      reportedBy(sql`p."doi" = ${question.doi.toLowerCase().replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/, '')}`),
    )
  if ('review' in question)
    return among(sql`SELECT "study_id" FROM "review_study" WHERE "study_id" IS NOT NULL AND "review_id" = ${question.review}
      AND CAST("decision" AS TEXT) IN (${listed(tx, question.decisions ?? ['included'])})`)
  const [field = '', value = ''] = Object.entries(question)[0] ?? []
  const column = DESIGN_COLUMNS[field]
  if (column === undefined) throw filterInvalid(`a filter has no question ${JSON.stringify(field)}`)
  return sql`COALESCE(CAST(${raw(`s."${column}"`)} AS TEXT) = ${String(value)}, false)`
}

const DESIGN_COLUMNS: Readonly<Record<string, string>> = {
  type: 'type',
  allocation: 'allocation',
  model: 'intervention_model',
  masking: 'masking',
  phase: 'phase',
  purpose: 'purpose',
}

/** Rows of a study that have the words in their name, or are linked to the heading that goes by them, or one below. */
function linked(tx: Transaction, table: string, words: string, named: ReadonlyMap<string, Heading>): Sql {
  const heading = named.get(words)
  const or = heading === undefined ? sql`` : sql` OR "descriptor_ui" IN (${listed(tx, heading.exploded)})`
  return sql`SELECT "study_id" FROM ${raw(`"${table}"`)} WHERE ${contains(tx, '"name"', words)}${or}`
}

function indexed(
  tx: Transaction,
  { explode = true, major = false }: { readonly explode?: boolean; readonly major?: boolean },
  heading: Heading | undefined,
): Sql {
  if (heading === undefined) throw new TypeError('a heading that was not looked up')
  const { ui, qualifierUi, exploded } = heading
  const conditions = [
    explode ? isAmong(tx, sql`m."descriptor_ui"`, exploded) : sql`m."descriptor_ui" = ${ui}`,
    ...(qualifierUi === null ? [] : [sql`m."qualifier_ui" = ${qualifierUi}`]),
    ...(major ? [sql`(m."descriptor_major" OR m."qualifier_major")`] : []),
  ]
  return sql`SELECT r."study_id" FROM "publication_mesh" AS m
    JOIN "study_publication" AS r ON r."publication_id" = m."publication_id" WHERE ${join(conditions, ' AND ')}`
}

const reportedBy = (condition: Sql) => sql`SELECT r."study_id" FROM "publication" AS p
  JOIN "study_publication" AS r ON r."publication_id" = p."id" WHERE ${condition}`

/** Studies whose first primary publication is of these years: one is, and none is earlier. */
function ofYears(range: NumberRange): Sql {
  const earlier =
    range.from === undefined
      ? sql``
      : sql` AND NOT EXISTS (SELECT 1 FROM "study_publication" AS q JOIN "publication" AS e ON e."id" = q."publication_id"
          WHERE q."study_id" = r."study_id" AND q."role" = 'primary' AND e."year" < ${range.from})`
  return sql`SELECT r."study_id" FROM "publication" AS p JOIN "study_publication" AS r ON r."publication_id" = p."id"
    WHERE r."role" = 'primary' AND ${within(sql`p."year"`, range)}${earlier}`
}

const within = (value: Sql, { from, to }: NumberRange): Sql =>
  join(
    [
      sql`${value} IS NOT NULL`,
      ...(from === undefined ? [] : [sql`${value} >= ${from}`]),
      ...(to === undefined ? [] : [sql`${value} <= ${to}`]),
    ],
    ' AND ',
  )
