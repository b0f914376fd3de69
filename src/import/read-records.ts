import { EvidenceError } from '../errors.ts'
import type { RawRecord, ReadOrRefused, RecordReader } from '../model/reading.ts'
import { keptBytes } from './kept-bytes.ts'

/** Reads records, each by itself: what is wrong with one is no matter of the others. */
export const readRecords = (read: RecordReader, records: readonly RawRecord[]): readonly ReadOrRefused[] =>
  records.map((raw) => {
    try {
      if (raw.fault !== undefined) throw new EvidenceError('RECORD_INVALID', raw.fault)
      const reading = read(raw)
      if (reading.kind === 'publication' && !reading.record.publication.title)
        throw new EvidenceError('RECORD_INVALID', 'the record has no title')
      return { reading, content: keptBytes(raw.whole ?? raw.bytes) }
    } catch (error) {
      if (!(error instanceof EvidenceError) || error.code !== 'RECORD_INVALID') throw error
      return { reading: undefined, refusal: error.message }
    }
  })
