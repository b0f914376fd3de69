import { EvidenceError } from '../errors.ts'
import type { PublicationRecord } from '../model/publication-record.ts'
import type { RawRecord } from '../model/reading.ts'
import { readMedline } from './medline/read-medline.ts'
import { splitMedline } from './medline/split-medline.ts'
import { readPubmedRecord } from './pubmed/read-pubmed-record.ts'
import { splitPubmedXml } from './pubmed/split-pubmed-xml.ts'

/**
 * Reads the one record of a file that PubMed saved, in MEDLINE format (.nbib) or as XML.
 *
 * @param file  its name, as messages should give it
 * @throws EvidenceError RECORD_INVALID       it holds several, or one that can't be read
 * @throws EvidenceError IMPORT_FILE_INVALID  it holds none
 */
export async function readOneRecord(bytes: Uint8Array, file: string): Promise<PublicationRecord> {
  const isXml = /^(?:\xEF\xBB\xBF)?\s*</.test(Buffer.from(bytes.subarray(0, 100)).toString('latin1'))
  const records: RawRecord[] = []
  for await (const batch of (isXml ? splitPubmedXml : splitMedline)(whole(bytes), file)) records.push(...batch)
  const [record, ...others] = records
  if (record === undefined || others.length > 0)
    throw new EvidenceError(
      'RECORD_INVALID',
      `${file} holds ${records.length === 0 ? 'no record' : `${records.length} records`}; expected the one of the study's publication.`,
    )
  const reading = reasoned(() => (isXml ? readPubmedRecord : readMedline)(record), `${file}:${record.line}`)
  if (reading.kind === 'publication') return reading.record
  throw new EvidenceError('RECORD_INVALID', `${file} deletes records; expected the one of the study's publication.`)
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** A record's reader knows not where it stands. */
function reasoned<T>(read: () => T, place: string): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof EvidenceError
      ? new EvidenceError(error.code, `${place}: in the record, ${error.message}.`, error.details, { cause: error })
      : error
  }
}
