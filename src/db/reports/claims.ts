import { groupedBy } from '../../model/grouped-by.ts'
import {
  type Claim,
  type Decision,
  type KnownOfPublication,
  TELLING_TYPES,
  type Verdict,
  verdictOf,
} from '../../model/reports-of-studies.ts'
import { TRIAL_REGISTRIES } from '../../model/trial-registries.ts'
import type { Transaction } from '../database.ts'
import { valuesOf } from '../rows-as-json.ts'
import { isAmong, type Sql, sql } from '../sql.ts'

/** A publication that something or somebody says reports a study, which the study's own file or record doesn't name. */
export interface ClaimedReport {
  readonly study: string
  readonly publication: string
  readonly claims: readonly Claim[]
  readonly verdict: Verdict
}

/**
 * A study's number of a registry. A sponsor's are nobody else's; and a number of ClinicalTrials.gov that another registry's
 * name stands beside is a related study's.
 */
const OWN_NUMBER = sql`i."registry" <> 'sponsor'
  AND (substr(i."value", 1, 3) <> 'NCT' OR lower(i."registry") = 'clinicaltrials.gov')`

/** References that are reports, as the sponsor says or the registry found. */
const OF_REPORTS = sql`f."kind" IN ('result', 'derived')`

const ofTrials = (tx: Transaction): Sql => isAmong(tx, sql`n."type"`, TRIAL_REGISTRIES)

/** Studies that publications are tied to, or may be, by numbers, references or people. */
export async function studiesClaimedBy(tx: Transaction, publications: readonly string[]): Promise<readonly string[]> {
  if (publications.length === 0) return []
  const among = (column: Sql) => isAmong(tx, column, publications)
  const rows = await valuesOf<readonly [study: string]>(
    tx,
    ['study'],
    sql`SELECT i."study_id" AS study FROM "imported_record" AS r JOIN "record_identifier" AS n ON n."record_key" = r."key"
        JOIN "study_identifier" AS i ON i."value" = n."value"
        WHERE ${among(sql`r."publication_id"`)} AND ${ofTrials(tx)} AND ${OWN_NUMBER}
      UNION SELECT f."study_id" FROM "publication" AS p JOIN "study_reference" AS f ON f."pmid" = p."pmid"
        WHERE ${among(sql`p."id"`)} AND ${OF_REPORTS}
      UNION SELECT "study_id" FROM "study_publication"
        WHERE ${among(sql`"publication_id"`)} AND "tied_by" <> 'study'
      UNION SELECT d."study_id" FROM "imported_record" AS r JOIN "report_decision" AS d ON d."record_key" = r."key"
        WHERE ${among(sql`r."publication_id"`)}`,
  )
  return rows.map(([study]) => study)
}

/** What ties publications to studies by their numbers, also where a publication isn't here. */
export async function claimsOn(tx: Transaction, studies: readonly string[]): Promise<readonly Claim[]> {
  if (studies.length === 0) return []
  const rows = await valuesOf<
    readonly [
      study: string,
      publication: string | null,
      pmid: string | null,
      kind: Claim['kind'],
      record: string | null,
      value: string | null,
    ]
  >(
    tx,
    ['study', 'publication', 'pmid', 'kind', 'record', 'value'],
    sql`SELECT i."study_id" AS study, r."publication_id" AS publication, NULL AS pmid, 'number' AS kind,
        r."key" AS record, i."value" AS value
      FROM "study_identifier" AS i JOIN "record_identifier" AS n ON n."value" = i."value"
      JOIN "imported_record" AS r ON r."key" = n."record_key"
      WHERE ${isAmong(tx, sql`i."study_id"`, studies)} AND ${OWN_NUMBER} AND ${ofTrials(tx)}
        AND r."publication_id" IS NOT NULL
      UNION SELECT f."study_id", p."id", f."pmid", CAST(f."kind" AS TEXT), NULL, NULL
      FROM "study_reference" AS f LEFT JOIN "publication" AS p ON p."pmid" = f."pmid"
      WHERE ${isAmong(tx, sql`f."study_id"`, studies)} AND ${OF_REPORTS} AND f."pmid" IS NOT NULL`,
  )
  return rows.map(([study, publication, pmid, kind, record, value]) => ({
    study,
    publication,
    pmid,
    kind,
    record,
    value,
  }))
}

/** Each publication that is said to report one of these studies, other than those that the study itself names. */
export async function claimedReports(
  tx: Transaction,
  studies: readonly string[],
  claims: readonly Claim[],
): Promise<readonly ClaimedReport[]> {
  const decisions = await decisionsOn(tx, studies)
  const pairs = new Map<string, Pair>()
  const pairOf = (study: string, publication: string): Pair => {
    const key = JSON.stringify([study, publication])
    const pair = pairs.get(key) ?? { study, publication, claims: [], decisions: [] }
    pairs.set(key, pair)
    return pair
  }
  for (const claim of claims) if (claim.publication !== null) pairOf(claim.study, claim.publication).claims.push(claim)
  for (const { study, publication, ...decision } of decisions) pairOf(study, publication).decisions.push(decision)
  if (pairs.size === 0) return []
  const ownKeys = await namedByStudies(tx, studies)
  const open = [...pairs].flatMap(([key, pair]) => (ownKeys.has(key) ? [] : [pair]))
  const known = await knownOf(tx, [...new Set(open.map(({ publication }) => publication))])
  const numbers = await numbersOf(tx, studies)
  return open.map(({ study, publication, claims: said, decisions: decided }) => ({
    study,
    publication,
    claims: said,
    verdict: verdictOf(numbers.get(study) ?? new Set(), said, known(publication), decided),
  }))
}

interface Pair {
  readonly study: string
  readonly publication: string
  readonly claims: Claim[]
  readonly decisions: Decision[]
}

async function decisionsOn(tx: Transaction, studies: readonly string[]) {
  const rows = await tx.reportDecision.findMany({
    where: { studyId: { in: [...studies] } },
    include: { record: { select: { publicationId: true } } },
  })
  return rows.flatMap(({ studyId: study, recordKey, reports, role, reason, record: { publicationId: publication } }) =>
    publication === null ? [] : [{ study, publication, record: recordKey, reports, role, reason }],
  )
}

/** Pairs of studies and publications that the studies' own files and records name. */
async function namedByStudies(tx: Transaction, studies: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.studyPublication.findMany({
    where: { studyId: { in: [...studies] }, tiedBy: 'study' },
    select: { studyId: true, publicationId: true },
  })
  return new Set(rows.map(({ studyId, publicationId }) => JSON.stringify([studyId, publicationId])))
}

async function knownOf(
  tx: Transaction,
  publications: readonly string[],
): Promise<(publication: string) => KnownOfPublication> {
  const among = (column: Sql) => isAmong(tx, column, publications)
  const named = await valuesOf<readonly [publication: string, value: string]>(
    tx,
    ['publication', 'value'],
    sql`SELECT r."publication_id" AS publication, n."value" AS value
        FROM "imported_record" AS r JOIN "record_identifier" AS n ON n."record_key" = r."key"
        WHERE ${among(sql`r."publication_id"`)} AND ${ofTrials(tx)}
      UNION SELECT p."id", f."study_id" FROM "publication" AS p JOIN "study_reference" AS f ON f."pmid" = p."pmid"
        WHERE ${among(sql`p."id"`)} AND ${OF_REPORTS}`,
  )
  const typed = await tx.publicationType.findMany({
    where: { publicationId: { in: [...publications] }, name: { in: [...TELLING_TYPES] } },
    select: { publicationId: true, name: true },
  })
  const numbers = groupedBy(named, ([publication]) => publication)
  const types = groupedBy(typed, ({ publicationId }) => publicationId)
  return (publication) => ({
    numbers: (numbers.get(publication) ?? []).map(([, value]) => value),
    types: (types.get(publication) ?? []).map(({ name }) => name),
  })
}

/** The numbers of each study; its key is one where a registry's record is its source. */
async function numbersOf(
  tx: Transaction,
  studies: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await valuesOf<readonly [study: string, value: string]>(
    tx,
    ['study', 'value'],
    sql`SELECT i."study_id" AS study, i."value" AS value FROM "study_identifier" AS i
        WHERE ${isAmong(tx, sql`i."study_id"`, studies)} AND ${OWN_NUMBER}
      UNION SELECT s."id", s."id" FROM "study" AS s
        WHERE ${isAmong(tx, sql`s."id"`, studies)} AND s."registry" IS NOT NULL`,
  )
  const numbers = groupedBy(rows, ([study]) => study)
  return new Map([...numbers].map(([study, values]) => [study, new Set(values.map(([, value]) => value))]))
}
