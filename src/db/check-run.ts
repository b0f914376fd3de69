import type { StudyRecord } from '../model/study-record.ts'
import type { Database, Transaction } from './database.ts'
import { readStudy } from './read-study.ts'
import { inWriteTransaction } from './write-transaction.ts'

/** A finding as it is kept: with its place, and beside the fact that it is about where there is one. */
export interface KeptFinding {
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'note'
  readonly status: 'inconsistent' | 'remark' | 'not_checkable'
  readonly table: string
  readonly row: string
  readonly field: string | null
  readonly factId: string | null
  readonly about: string
  readonly message: string
  readonly waived: string | null
}

/** How many rows travel in one statement. */
const ROWS_AT_ONCE = 1_000

/** Opens a run of the checks. A run without an end was broken off. */
export const beginCheckRun = (db: Database, version: string, startedAt: Date): Promise<number> =>
  inWriteTransaction(db, 'a run of the checks', [], async (tx) => {
    const { id } = await tx.checkRun.create({ data: { version, startedAt } })
    return id
  })

/** Says that a run of the checks is over, and what it looked at. */
export const endCheckRun = (
  db: Database,
  run: number,
  finishedAt: Date,
  looked: { readonly studies: number; readonly reviews: number },
): Promise<void> =>
  inWriteTransaction(db, 'a run of the checks', [], async (tx) => {
    await tx.checkRun.update({ where: { id: run }, data: { finishedAt, ...looked } })
  })

/**
 * Checks one study and keeps what was found in the place of what was kept of it before. Nobody changes the study meanwhile.
 *
 * @param check  what is found in the study, and which of it is kept
 * @returns nothing where the study is gone
 */
export const keepStudyFindings = <Result extends { readonly findings: readonly KeptFinding[] }>(
  db: Database,
  run: number,
  studyId: string,
  check: (record: StudyRecord) => Result,
): Promise<Result | undefined> =>
  inWriteTransaction(db, `the findings of the study ${studyId}`, [`study ${studyId}`], async (tx) => {
    const record = await readStudy(tx, studyId)
    if (!record) return undefined
    const result = check(record)
    await tx.finding.deleteMany({ where: { studyId } })
    await insert(tx, run, { studyId }, result.findings)
    return result
  })

/** Keeps what was found in a review in the place of what was kept of it before. */
export const keepReviewFindings = (
  db: Database,
  run: number,
  reviewId: string,
  findings: readonly KeptFinding[],
): Promise<void> =>
  inWriteTransaction(db, `the findings of the review ${reviewId}`, [`review ${reviewId}`], async (tx) => {
    await tx.finding.deleteMany({ where: { reviewId } })
    await insert(tx, run, { reviewId }, findings)
  })

async function insert(
  tx: Transaction,
  checkRunId: number,
  of: { readonly studyId: string } | { readonly reviewId: string },
  findings: readonly KeptFinding[],
): Promise<void> {
  for (let at = 0; at < findings.length; at += ROWS_AT_ONCE)
    await tx.finding.createMany({
      data: findings
        .slice(at, at + ROWS_AT_ONCE)
        .map(({ rule, severity, status, table, row, field, factId, about, message, waived }) => ({
          ...{ checkRunId, ...of, rule, severity, status, tableName: table, rowKey: row },
          ...{ field, factId, about, message, waived },
        })),
    })
}
