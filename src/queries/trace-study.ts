import { type TraceRow, traceRecord } from '../checks/trace-record.ts'
import type { Transaction } from '../db/connect.ts'
import { readStudy } from '../db/read-study.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { Meanings } from './extraction/columns.ts'
import { ofStudies } from './selection.ts'

export { FAILED_VERDICTS, type TraceRow, type Verdict } from '../checks/trace-record.ts'

export const TRACE_COLUMNS: Meanings<TraceRow> = {
  study: "the study's key",
  table: 'the table that holds the value',
  row: "the row's key within the study",
  field: "the value's column",
  value: 'as stored',
  printed: 'as the source prints it',
  role: 'what the quote says of the value: value, denominator, group, outcome, subgroup, time, correction',
  quote: 'the exact words; empty where they are not ours to hold',
  section:
    'where they stand: a section of the stored text, or a source and a place in it; of record_held the record’s key',
  start: "the words' place in the section, in UTF-16 code units",
  end: 'the place after their last unit',
  verdict:
    'found, source_not_held, record_held (of a registry or a RevMan review), derived; or what is wrong: not_found, other_value, other_group, other_time, not_derived, no_source',
  problem: 'what is wrong, in words',
  span: 'the words within the quote that say it',
  publication: "the publication's key",
  formula: 'of a derived value, with the values of its inputs',
  assumption: 'what the formula takes for granted',
  correction: 'how the publication says that it corrected the value',
}

/**
 * One row per fact and quote: every stored value with the words that it was read from, looked up again in the stored
 * text and read again, and every derived value with its formula, computed again.
 *
 * @throws EvidenceError STUDY_NOT_FOUND
 */
export const traceStudy = (db: Transaction, study: string): Promise<TraceRow[]> =>
  inSnapshot(db, async (tx) => {
    await ofStudies(tx, { studies: [study] })
    const record = await readStudy(tx, study)
    const kept = await tx.importedRecord.findMany({
      where: { studyId: study },
      select: { key: true },
      orderBy: { key: 'asc' },
    })
    const keys = kept.map(({ key }) => key)
    return record ? traceRecord(record, keys) : []
  })
