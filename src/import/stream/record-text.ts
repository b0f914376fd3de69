import { isUtf8 } from 'node:buffer'
import { EvidenceError } from '../../errors.ts'
import { linesBeforeFault } from './text-chunks.ts'

/**
 * A record's text. Buffer makes texts of one byte a character where it can, TextDecoder none, and those are read twice as
 * fast.
 *
 * @throws EvidenceError RECORD_INVALID  the bytes are no UTF-8, with the line within the record
 */
export function recordText(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return inUtf8(bytes)
  throw new EvidenceError('RECORD_INVALID', `line ${1 + linesBeforeFault(bytes)}: these bytes are not UTF-8`)
}

const inUtf8 = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('utf8')
