import { checkStudy } from '../checks/check-study.ts'
import type { Transaction } from '../db/connect.ts'
import { readStudies } from '../db/read-study.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { StudyRecord } from '../model/study-record.ts'
import { type Checked, type CheckResult, checkedOf, resultOf, type ShownFindings, together } from './check-rows.ts'
import { type Selection, studySlugs } from './selection.ts'

export interface CheckSelection extends Selection, ShownFindings {}

/**
 * Checks studies against themselves by every rule, one study at a time: study by study in the order of their keys, rule by
 * rule.
 *
 * @param onStudy  told of each study that is done
 * @returns the findings that are to be shown, and how many there are of each kind
 * @throws EvidenceError STUDY_NOT_FOUND
 */
export const checkStudies = (
  db: Transaction,
  selection: CheckSelection = {},
  onStudy: () => void = () => undefined,
): Promise<CheckResult> =>
  inSnapshot(db, async (tx) => {
    const results: CheckResult[] = []
    for await (const record of readStudies(tx, await studySlugs(tx, selection), { tied: true })) {
      results.push(resultOf('studies', record.slug, checkedStudy(record, selection)))
      onStudy()
    }
    return together(results)
  })

export const checkedStudy = (record: StudyRecord, shown: ShownFindings): Checked =>
  checkedOf(checkStudy(record), record.rows.waiver, shown)
