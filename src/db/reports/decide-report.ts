import { EvidenceError } from '../../errors.ts'
import type { StudyPublicationRole } from '../../generated/prisma/enums.ts'
import type { Database, Transaction } from '../database.ts'
import { PROCESS_TABLES } from '../tables.ts'
import { writeRows } from '../write-rows.ts'
import { inWriteTransaction } from '../write-transaction.ts'
import { tieReports } from './tie-reports.ts'

/** What a person knows of a publication and a study: the first reports the second, or it doesn't. */
export type ReportDecision =
  | { readonly reports: true; readonly role: StudyPublicationRole }
  | { readonly reports: false }

/**
 * Keeps what a person decided: that a publication reports a study, or that it doesn't whatever numbers say. It counts before
 * registrations, and stays with the publication's records, whatever publication these are taken for; the next decision about
 * the two replaces it.
 *
 * @param because  why, in that person's words
 * @throws EvidenceError STUDY_NOT_FOUND
 * @throws EvidenceError RECORD_NOT_FOUND  no publication has the key
 * @throws EvidenceError REPORT_REFUSED    the study's own file or record names the publication, or no record of it is here
 * @checked test/db/reports/decide-report.test.ts
 */
export const decideReport = (
  db: Database,
  study: string,
  publication: string,
  decision: ReportDecision,
  because: string,
): Promise<void> =>
  inWriteTransaction(
    db,
    `what ${publication} is to ${study}`,
    [`study ${study}`, `publication ${publication}`],
    async (tx) => {
      await requireBoth(tx, study, publication)
      const own = await tx.studyPublication.count({
        where: { studyId: study, publicationId: publication, tiedBy: 'study' },
      })
      if (own > 0)
        throw new EvidenceError(
          'REPORT_REFUSED',
          `The own file or record of ${study} names ${publication}. What it is to the study is said there.`,
        )
      const records = await tx.importedRecord.findMany({
        where: { publicationId: publication },
        select: { key: true },
        orderBy: { key: 'asc' },
      })
      if (records.length === 0)
        throw new EvidenceError(
          'REPORT_REFUSED',
          `No record of ${publication} was imported, and a decision is kept with records. Import one first, or name the publication in the study's file.`,
        )
      const role = decision.reports ? decision.role : null
      await writeRows(
        tx,
        'reportDecision',
        PROCESS_TABLES.reportDecision,
        records.map(({ key }) => ({
          recordKey: key,
          studyId: study,
          reports: decision.reports,
          role,
          reason: because,
        })),
      )
      await tieReports(tx, { studies: [study], publications: [publication] })
    },
  )

async function requireBoth(tx: Transaction, study: string, publication: string): Promise<void> {
  if ((await tx.study.count({ where: { id: study } })) === 0)
    throw new EvidenceError('STUDY_NOT_FOUND', `No study has the key ${study}.`)
  if ((await tx.publication.count({ where: { id: publication } })) === 0)
    throw new EvidenceError('RECORD_NOT_FOUND', `No publication has the key ${publication}.`)
}
