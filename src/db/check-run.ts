import type { StudyRecord } from '../model/study-record.ts'
import type { Database } from './database.ts'
import { readStudy } from './read-study.ts'
import { inWriteTransaction } from './write-transaction.ts'

/** A finding as it is kept: beside the fact that it is about, or the study as a whole. */
export interface KeptFinding {
  readonly factId: string | null
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'note'
  readonly message: string
}

/** How many rows travel in one statement. */
const ROWS_AT_ONCE = 1_000

/** Opens a run of the checks. A run without an end was broken off. */
export const beginCheckRun = (db: Database, version: string, startedAt: Date): Promise<number> =>
  inWriteTransaction(db, 'a run of the checks', [], async (tx) => {
    const { id } = await tx.checkRun.create({ data: { version, startedAt } })
    return id
  })

/** Says that a run of the checks is over, and over how many studies. */
export const endCheckRun = (db: Database, run: number, finishedAt: Date, studies: number): Promise<void> =>
  inWriteTransaction(db, 'a run of the checks', [], async (tx) => {
    await tx.checkRun.update({ where: { id: run }, data: { finishedAt, studies } })
  })

/**
 * Checks one study and keeps what was found in the place of what was kept of it before. Nobody changes the study meanwhile.
 *
 * @param check  what is found in the study, and which of it is kept
 * @returns nothing where the study is gone
 */
export const keepFindings = <Result extends { readonly kept: readonly KeptFinding[] }>(
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
    for (let at = 0; at < result.kept.length; at += ROWS_AT_ONCE)
      await tx.finding.createMany({
        data: result.kept.slice(at, at + ROWS_AT_ONCE).map((finding) => ({ ...finding, studyId, checkRunId: run })),
      })
    return result
  })
