import { byKey } from '../../model/byte-order.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { Claim } from '../../model/reports-of-studies.ts'
import type { Transaction } from '../database.ts'
import { rowChanges } from '../row-changes.ts'
import { STUDY_TABLES } from '../tables.ts'
import { deleteRows, type Row, writeRows } from '../write-rows.ts'
import { claimedReports, claimsOn, studiesClaimedBy } from './claims.ts'

/** What has changed: studies, their numbers and references; publications, their records and types. */
export interface Touched {
  readonly studies?: readonly string[]
  readonly publications?: readonly string[]
}

/**
 * Ties publications to studies by their registrations and by people's decisions, as everything that is here says together:
 * the order in which it came makes no difference. What studies themselves name stays as they name it.
 *
 * @checked test/db/reports/tie-reports.test.ts
 */
export async function tieReports(tx: Transaction, { studies = [], publications = [] }: Touched): Promise<void> {
  const claims = await claimsOn(tx, studies)
  const claimed = claims.flatMap(({ publication }) => publication ?? [])
  const concerned = await studiesClaimedBy(tx, [...new Set([...publications, ...claimed])])
  const others = concerned.filter((study) => !studies.includes(study))
  const all = [...new Set([...studies, ...others])].sort(byKey)
  if (all.length === 0) return
  const { before, wanted } = await tiesOf(tx, all, [...claims, ...(await claimsOn(tx, others))])
  if (wanted.length + before.length === 0) return
  const rule = STUDY_TABLES.studyPublication
  const { added, changed, removed } = rowChanges(rule, before, wanted)
  await deleteRows(tx, 'studyPublication', rule, removed)
  await writeRows(tx, 'studyPublication', rule, [...added, ...changed.map(({ after }) => after)])
}

/**
 * The ties that stand, beside those that should: what studies themselves don't name.
 *
 * @param claims  all that are made on these studies
 */
export async function tiesOf(
  tx: Transaction,
  studies: readonly string[],
  claims: readonly Claim[],
): Promise<{ readonly before: readonly Row[]; readonly wanted: readonly Row[] }> {
  const reports = groupedBy(await claimedReports(tx, studies, claims), ({ study }) => study)
  const standing = await tx.studyPublication.findMany({
    where: { studyId: { in: [...studies] } },
    orderBy: { position: 'asc' },
  })
  const before = standing.filter(({ tiedBy }) => tiedBy !== 'study')
  const own = groupedBy(
    standing.filter(({ tiedBy }) => tiedBy === 'study'),
    ({ studyId }) => studyId,
  )
  const wanted = [...reports].flatMap(([studyId, list]) => {
    const last = own.get(studyId)?.at(-1)?.position ?? 0
    return list
      .flatMap(({ publication, verdict }) => (verdict.tiedBy === null ? [] : [{ publication, ...verdict }]))
      .sort((one, other) => byKey(one.publication, other.publication))
      .map(
        ({ publication, role, tiedBy, reason }, index): Row => ({
          studyId,
          publicationId: publication,
          position: last + index + 1,
          role,
          code: null,
          tiedBy,
          reason,
        }),
      )
  })
  return { before, wanted }
}

/** Takes away what ties publications to studies beyond what studies themselves name: `tieReports` makes it anew. */
export async function untie(tx: Transaction, { studies = [], publications = [] }: Touched): Promise<void> {
  if (studies.length + publications.length === 0) return
  await tx.studyPublication.deleteMany({
    where: {
      tiedBy: { not: 'study' },
      OR: [{ studyId: { in: [...studies] } }, { publicationId: { in: [...publications] } }],
    },
  })
}

/** The publications that studies are tied to by references, before these change. */
export const publicationsClaimedBy = async (tx: Transaction, studies: readonly string[]): Promise<readonly string[]> =>
  (await claimsOn(tx, studies)).flatMap(({ publication }) => publication ?? [])
