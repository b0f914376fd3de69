import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readOneRecord } from '../../src/import/one-record.ts'
import { ROOT } from '../scratch.ts'

const NBIB = readFileSync(path.join(ROOT, 'test/fixtures/medline/invented.nbib'))
const read = (text: string | Uint8Array) => readOneRecord(Buffer.from(text), 'record')

test.each([
  { what: 'MEDLINE format', text: NBIB, pmid: '99999001' },
  { what: 'MEDLINE format with a byte order mark', text: `\uFEFF${NBIB}`, pmid: '99999001' },
  { what: 'XML', text: '\uFEFF<?xml version="1.0"?><MedlineCitation><PMID>7</PMID></MedlineCitation>', pmid: '7' },
])('$what', async ({ text, pmid }) => {
  expect((await read(text)).publication.pmid).toBe(pmid)
})

test.each([
  { what: 'nothing', text: '', says: /^record: the file holds no record in MEDLINE format\./ },
  { what: 'RIS', text: 'TY  - JOUR\nTI  - Tea\nER  - \n', says: /^record:1: the file is RIS; expected MEDLINE/ },
  { what: 'several records', text: `${NBIB}\n\n${NBIB}`, says: /^record holds 2 records; expected the one/ },
  { what: 'an empty set', text: '<PubmedArticleSet/>', says: /^record holds no record; expected the one/ },
  { what: 'a deletion', text: '<a><DeleteCitation/></a>', says: /^record deletes records; expected/ },
  {
    what: 'a bad record',
    text: '<a>\n<MedlineCitation/></a>',
    says: /^record:2: in the record, line 1, column 19: the record has no PMID\.$/,
  },
])('$what is refused', async ({ text, says }) => {
  await expect(read(text)).rejects.toThrow(says)
})
