import type { Transaction } from '../db/connect.ts'
import { type ClaimedReport, claimedReports, claimsOn } from '../db/reports/claims.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { byKey } from '../model/byte-order.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { type Claim, inWords } from '../model/reports-of-studies.ts'
import type { Meanings } from './extraction/columns.ts'
import { type Selection, studySlugs } from './selection.ts'

export interface ReportRow {
  readonly study: string
  readonly publication: string | null
  readonly pmid: string | null
  readonly year: number | null
  readonly title: string | null
  readonly role: string | null
  readonly tied_by: string | null
  readonly how: string | null
  readonly left_open: string | null
}

export const REPORT_COLUMNS: Meanings<ReportRow> = {
  study: "the study's key",
  publication: "the publication's key; empty where it is not here",
  pmid: 'its PubMed identifier',
  year: 'of publication',
  title: 'of the publication',
  role: 'what it is to the study: primary, secondary, protocol, correction, not_stated; empty where it is no report',
  tied_by:
    "study: its own file or record names it; registration: the one names the other's number; person; empty where it is no report",
  how: 'which record names what, or why a person said so',
  left_open: 'why what is tied by a number is no report',
}

export interface ReportSelection extends Selection {
  /** Only what people have to decide: publications that are tied to several trials, reviews. */
  readonly open?: boolean
}

/** So many studies at once: their keys are parameters of each statement. */
const STUDIES_AT_ONCE = 250

/**
 * The publications of studies: those that report them, with how that is known; those that numbers tie to them and that are
 * left to people, with the reason; and those that registries' records name and that aren't here.
 *
 * @throws EvidenceError STUDY_NOT_FOUND
 * @checked test/queries/reports-of-studies.test.ts
 */
export const reportsOfStudies = (db: Transaction, { open = false, ...selection }: ReportSelection = {}) =>
  inSnapshot(db, async (tx): Promise<ReportRow[]> => {
    const slugs = await studySlugs(tx, selection)
    const rows: ReportRow[] = []
    for (let from = 0; from < slugs.length; from += STUDIES_AT_ONCE)
      rows.push(...(await rowsOf(tx, slugs.slice(from, from + STUDIES_AT_ONCE), open)))
    return rows
  })

async function rowsOf(tx: Transaction, studies: readonly string[], onlyOpen: boolean): Promise<readonly ReportRow[]> {
  const claims = await claimsOn(tx, studies)
  const claimed = await claimedReports(tx, studies, claims)
  const left = groupedBy(
    claimed.filter(({ verdict }) => verdict.tiedBy === null && (verdict.open || !onlyOpen)),
    ({ study }) => study,
  )
  const titles = await titlesOf(
    tx,
    [...left.values()].flatMap((reports) => reports.map(({ publication }) => publication)),
  )
  const open = (study: string) =>
    [...(left.get(study) ?? [])]
      .sort((one, other) => byKey(one.publication, other.publication))
      .map((report) => ({ ...EMPTY, study, ...titles(report.publication), ...leftOpen(report) }))
  if (onlyOpen) return studies.flatMap(open)
  const reports = groupedBy(await reportsBySelf(tx, studies, claims), ({ study }) => study)
  const missing = groupedBy(
    claims.filter(({ publication }) => publication === null),
    ({ study }) => study,
  )
  return studies.flatMap((study) => [
    ...(reports.get(study) ?? []),
    ...open(study),
    ...[...(missing.get(study) ?? [])]
      .sort((one, other) => byKey(one.pmid ?? '', other.pmid ?? ''))
      .map((claim) => ({ ...EMPTY, study, pmid: claim.pmid, how: inWords([claim]), left_open: 'it is not here' })),
  ])
}

const EMPTY = {
  publication: null,
  pmid: null,
  year: null,
  title: null,
  role: null,
  tied_by: null,
  how: null,
  left_open: null,
}

const leftOpen = ({ claims, verdict }: ClaimedReport) => ({
  how: claims.length === 0 ? null : inWords(claims),
  left_open: verdict.tiedBy === null ? verdict.why : null,
})

/** What reports the studies, in the order of its places. */
async function reportsBySelf(
  tx: Transaction,
  studies: readonly string[],
  claims: readonly Claim[],
): Promise<readonly ReportRow[]> {
  const links = await tx.studyPublication.findMany({
    where: { studyId: { in: [...studies] } },
    include: {
      publication: { select: { pmid: true, year: true, title: true } },
      study: { select: { registry: true } },
    },
    orderBy: [{ studyId: 'asc' }, { position: 'asc' }, { publicationId: 'asc' }],
  })
  const said = groupedBy(claims, ({ study, publication }) => JSON.stringify([study, publication]))
  return links.map(({ studyId, publicationId, role, tiedBy, reason, publication, study }) => ({
    ...EMPTY,
    study: studyId,
    publication: publicationId,
    ...publication,
    role,
    tied_by: tiedBy,
    how: [
      ...(tiedBy === 'study' ? [`the study's own ${study.registry === null ? 'file' : 'record'} names it`] : [reason]),
      ...(tiedBy === 'registration' ? [] : [inWords(said.get(JSON.stringify([studyId, publicationId])) ?? [])]),
    ]
      .filter(Boolean)
      .join('; '),
  }))
}

async function titlesOf(tx: Transaction, publications: readonly string[]) {
  const rows = await tx.publication.findMany({
    where: { id: { in: [...new Set(publications)] } },
    select: { id: true, pmid: true, year: true, title: true },
  })
  const known = new Map(rows.map(({ id, ...row }) => [id, { publication: id, ...row }]))
  return (publication: string) => known.get(publication) ?? { publication }
}
