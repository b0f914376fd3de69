import { createHash } from 'node:crypto'
import { type ImportResult, importRecords, type RecordIssue } from '../../../src/db/imports/import-records.ts'
import { formatOfRecords, readAgain } from '../../../src/import/record-formats.ts'
import type { Database } from '../../../src/index.ts'
import type { RecordFormat } from '../../../src/model/reading.ts'
import { chunks } from '../../import/chunks.ts'
import { VOCABULARIES } from '../../vocabularies.ts'

/** Imports a file of a format as the program does it. */
export async function importFile(
  db: Database,
  format: RecordFormat,
  bytes: string | Uint8Array,
): Promise<ImportResult & { readonly issues: readonly RecordIssue[] }> {
  const issues: RecordIssue[] = []
  const { family, readBy, read, split } = formatOfRecords(format)
  const sha256 = () => createHash('sha256').update(bytes).digest('hex')
  const batches = split(chunks(bytes), 'a file')
  const file = { fileName: 'a file', format, family, readBy, read, tools: VOCABULARIES, batches, sha256 }
  const onIssue = (issue: RecordIssue) => void issues.push(issue)
  return { ...(await importRecords(db, file, { now: () => new Date(0), readAgain, onIssue })), issues }
}
