import type { RecordSplitter } from '../../model/reading.ts'
import { splitRecords } from '../stream/split-records.ts'
import { type TaggedFormat, TaggedRecords } from '../stream/tagged-records.ts'
import { utf8Bytes } from '../stream/utf8-bytes.ts'

/** What begins a record behind another's end when its TY is missing. Ovid puts some tags of a record behind its end. */
const FIRST_TAGS: ReadonlySet<string> = new Set([
  'TI',
  'T1',
  'AU',
  'A1',
  'ID',
  'AN',
  'PY',
  'Y1',
  'JO',
  'JF',
  'T2',
  'AB',
])

const RIS: TaggedFormat = {
  tags: /(?:^|[\r\n])[ \t]{0,3}([A-Z][A-Z0-9]|PMID)[ \t]{1,2}-(?=[ \t\r\nA-Z]|$)/g,
  begins: ({ tag, tags }) =>
    tag === 'TY' || (tags?.has('ER') === true && tag !== 'ER' && (FIRST_TAGS.has(tag) || tags.has(tag))),
  none: 'the file holds no record in RIS. One begins with a line such as "TY  - JOUR"',
}

/**
 * Splits a file in RIS, in the dialects of reference managers and databases. A record begins with TY; without it, with the
 * first tag behind the end (ER) of the one before that begins something new. Lines end with LF, CRLF or CR.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  the file holds no record, or one is longer than 16 MB
 * @checked test/import/ris/split-ris.test.ts
 */
export const splitRis: RecordSplitter = (bytes, file) =>
  splitRecords(
    utf8Bytes(bytes, file),
    (window) => new TaggedRecords(window, file, { ...RIS, tags: new RegExp(RIS.tags) }),
  )
