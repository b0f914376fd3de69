import { createHash } from 'node:crypto'
import { type ImportResult, importRecords, type RecordIssue } from '../../../src/db/imports/import-records.ts'
import { readRecords } from '../../../src/import/read-records.ts'
import { formatOfRecords, readAgain, recordsOfParts } from '../../../src/import/record-formats.ts'
import type { Database } from '../../../src/index.ts'
import type { ReadOrRefused, RecordFormat, RecordsReader } from '../../../src/model/reading.ts'
import { chunks } from '../../import/chunks.ts'
import { VOCABULARIES } from '../../vocabularies.ts'

/**
 * Imports a file of a format as the program does it; several by their names are those of a packed one.
 *
 * @param sent  how what was read comes here
 */
export async function importFile(
  db: Database,
  format: RecordFormat,
  given: string | ReadonlyMap<string, Uint8Array>,
  sent: (read: readonly ReadOrRefused[]) => readonly ReadOrRefused[] = (read) => read,
): Promise<ImportResult & { readonly issues: readonly RecordIssue[] }> {
  const issues: RecordIssue[] = []
  const how = formatOfRecords(format)
  const { family, readBy } = how
  const read: RecordsReader = async (records) => sent(readRecords(how.read, records))
  const sha256 = () => createHash('sha256').update(String(given)).digest('hex')
  const batches = recordsOfParts(partsOf(given), how, 'a file')
  const file = { fileName: 'a file', format, family, readBy, read, tools: VOCABULARIES, batches, sha256 }
  const onIssue = (issue: RecordIssue) => void issues.push(issue)
  return { ...(await importRecords(db, file, { now: () => new Date(0), readAgain, onIssue })), issues }
}

async function* partsOf(given: string | ReadonlyMap<string, Uint8Array>) {
  if (typeof given === 'string') yield { name: undefined, bytes: chunks(given) }
  else for (const [name, bytes] of given) yield { name, bytes: chunks(bytes) }
}
