import { EvidenceError } from '../../errors.ts'
import type { RecordSplitter } from '../../model/reading.ts'
import { JsonRecords } from './json-records.ts'

/**
 * Splits ClinicalTrials.gov's JSON into its studies: one study, an array of them, a page of the API with its `studies`, or a
 * study on each line. The studies are not read: only where each begins and ends is found, so that one that is bad by
 * itself stops none of the others.
 */
export const splitCtgovJson: RecordSplitter = async function* (bytes, file) {
  const records = new JsonRecords((line, message) => refusal(file, line, message))
  for await (const chunk of bytes) {
    // What was found before a fault is given first.
    const { found, fault } = records.take(chunk)
    if (found.length > 0) yield found
    if (fault !== undefined) throw fault
  }
  const { found, fault } = records.end()
  if (found.length > 0) yield found
  if (fault !== undefined) throw fault
}

const refusal = (file: string, line: number, message: string): EvidenceError =>
  new EvidenceError('IMPORT_FILE_INVALID', `${file}:${line}: ${message}. The records before that are whole.`, {
    issues: [{ file, line, column: 1, message }],
  })
