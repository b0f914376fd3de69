import type { RecordSplitter } from '../../model/reading.ts'
import { splitRecords } from '../stream/split-records.ts'
import { type TaggedFormat, TaggedRecords } from '../stream/tagged-records.ts'
import { utf8Bytes } from '../stream/utf8-bytes.ts'

const MEDLINE: TaggedFormat = {
  // Four columns of tag and a hyphen. Without a space behind it only before a number, since MRSA-positive begins lines.
  tags: /(?:^|[\r\n])(?=[^\r\n]{4}-)([A-Z][A-Z0-9]{1,3}) *-(?=[ \d\r\n]|$)/g,
  // PubMed parts records by a blank line. PubMed Central has its own number before the PMID.
  begins: ({ tag, tags, isAfterBlank }) =>
    tags === undefined ||
    isAfterBlank ||
    (tag === 'PMID' && (tags.has('PMID') || !(tags.has('PMC') && tags.size === 1))),
  none: 'the file holds no record in MEDLINE format. It begins with a line such as "PMID- 8468720"; save it so from PubMed',
  other: ['TY', 'the file is RIS; expected MEDLINE format, which begins with a line such as "PMID- 8468720"'],
}

/**
 * Splits a file in MEDLINE format (.nbib), as PubMed and PubMed Central save it. A record begins with its PMID or after
 * a blank line. Lines end with LF, CRLF or CR.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  the file holds no record, or one is longer than 16 MB
 * @checked test/import/medline/split-medline.test.ts
 */
export const splitMedline: RecordSplitter = (bytes, file) =>
  splitRecords(
    utf8Bytes(bytes, file),
    (window) => new TaggedRecords(window, file, { ...MEDLINE, tags: new RegExp(MEDLINE.tags) }),
  )
