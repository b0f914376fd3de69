import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readMedline } from '../../../src/import/medline/read-medline.ts'
import { ROOT } from '../../scratch.ts'

const TEXT = readFileSync(path.join(ROOT, 'test/fixtures/medline/invented.nbib'), 'utf8')
function reading(text: string | Uint8Array) {
  const given = readMedline({ number: 1, line: 1, bytes: Buffer.from(text) })
  if (given.kind !== 'publication') throw new Error(given.kind)
  return given
}
const read = (text: string | Uint8Array) => reading(text).record
const record = (...lines: string[]) => read(['PMID- 1', 'TI  - Tea.', ...lines].join('\n'))

// Written down from the fixture by hand.
test('a record is read whole: numbers, date, authors, index and notices', () => {
  expect(read(TEXT)).toEqual({
    publication: {
      pmid: '99999001',
      doi: '10.5555/invented.2001',
      pmcid: 'PMC0000001',
      title: 'Honey tea for hiccups: a randomized trial that was invented from the first word to the last',
      journal: 'Invent J Tea',
      volume: '12',
      issue: '3',
      pages: '10-9',
      published: '2001-02-07',
      language: 'eng',
      authors: [
        {
          last_name: 'Doe',
          fore_name: 'Jane A',
          initials: 'JA',
          orcid: '0000-0000-0000-000X',
          affiliation: 'Department of Tea, Nowhere. Institute of Hiccups, Nowhere.',
        },
        { last_name: 'van der Roe', fore_name: 'Richard', initials: 'R' },
        { collective_name: 'The Honey Tea Group' },
      ],
      types: [{ name: 'Journal Article' }, { name: 'Randomized Controlled Trial' }],
      substances: [{ name: 'Tea' }, { name: 'Water', registry_number: '059QF0KO0R' }],
      keywords: [{ keyword: 'honey', major: true }, { keyword: 'tea' }],
      links: [
        { type: 'ErratumIn', source: 'Invent J Tea. 2001 May;12(6):99', pmid: '99999002' },
        { type: 'CommentIn', source: 'Invent J Tea. 2001 Apr;12(5):1' },
      ],
    },
    sections: [
      {
        code: 'background',
        label: 'BACKGROUND',
        body: 'Nobody knows whether honey tea ends hiccups (RCT: none).',
      },
      { code: 'methods', label: 'METHODS', body: 'We gave 20 people honey tea and 19 people plain tea.' },
      {
        code: 'results',
        label: 'RESULTS',
        body: 'Of 20 drinkers of honey tea 8 lost their hiccups, and of 19 drinkers of plain tea 4 did.',
      },
      { code: 'conclusions', label: 'CONCLUSIONS', body: 'Honey tea may help.' },
    ],
    rights: 'Copyright 2001 Nobody.',
    headings: [
      { descriptor: 'Honey', major: true, qualifiers: [] },
      { descriptor: 'Humans', major: false, qualifiers: [] },
      {
        descriptor: 'Hiccup',
        major: false,
        qualifiers: [
          { name: 'drug therapy', major: true },
          { name: 'prevention & control', major: false },
        ],
      },
    ],
    registrations: [{ registry: 'clinicaltrials.gov', value: 'NCT00000001' }],
    identifiers: [{ type: 'issn', value: '0000-0000' }],
  })
})

test.each(['\r\n', '\r'])('whatever its lines end with (%j)', (end) => {
  expect(read(TEXT.replaceAll('\n', end))).toEqual(read(TEXT))
})

test.each([
  { printed: '1993', date: { published: '1993' } },
  { printed: '1993 Apr', date: { published: '1993-04' } },
  { printed: '1993 Apr 21', date: { published: '1993-04-21' } },
  { printed: '1998 Dec-1999 Jan', date: { published: '1998', published_printed: '1998 Dec-1999 Jan' } },
  { printed: '2001 Spring', date: { published: '2001', published_printed: '2001 Spring' } },
  { printed: '2001 Feb 30', date: { published: '2001', published_printed: '2001 Feb 30' } },
])('the date $printed', ({ printed, date }) => {
  const { published, published_printed } = record(`DP  - ${printed}`).publication
  expect({ published, published_printed }).toEqual({ published_printed: undefined, ...date })
})

test('authors of whom only short names are given, and none', () => {
  expect(record('AU  - Doe J', 'AU  - van der Roe RS Jr', 'AU  - Nobody').publication.authors).toEqual([
    { last_name: 'Doe', initials: 'J' },
    { last_name: 'van der Roe', initials: 'RS Jr' },
    { last_name: 'Nobody' },
  ])
  expect(record().publication.authors).toEqual({ missing: 'not_reported' })
})

test('an abstract without labels stays whole, and one may be missing', () => {
  const body = 'We tried tea. RESULTS: it was warm.'
  expect(record(`AB  - ${body}`).sections).toEqual([{ code: 'abstract', label: 'Abstract', body }])
  expect(record().sections).toEqual([])
})

test('what has no place is listed by its tag, each time', () => {
  expect(
    reading('PMID- 1\nOWN - NLM\nTI  - Tea.\nLA  - eng\nLA  - ger\nSO  - \nOTO - NOTNLM\nOTO - PIP').unmapped,
  ).toEqual(['medline:OWN', 'medline:LA', 'medline:OTO', 'medline:OTO'])
})

test('identifiers of article, journal and book', () => {
  expect(
    record(
      'IS  - 0000-0019 (Print)',
      'IS  - 1111-111X (Electronic)',
      'IS  - 0000-0019 (Linking)',
      'JID - 0000001',
      'LID - e10 [pii]',
      'AID - 10.5555/A [doi]',
      'AID - 10.5555/A [doi]',
      'AID - 10.1/x [doi]',
      'OID - NLM: EMS1',
      'MID - NIHMS1',
      'ISBN- 9780000000002',
    ),
  ).toMatchObject({
    publication: { doi: '10.5555/a' },
    identifiers: [
      { type: 'pii', value: 'e10' },
      { type: 'doi', value: '10.1/x' },
      { type: 'mid', value: 'NIHMS1' },
      { type: 'nlm', value: 'EMS1' },
      { type: 'issn', value: '0000-0019' },
      { type: 'eissn', value: '1111-111X' },
      { type: 'issn-linking', value: '0000-0019' },
      { type: 'isbn', value: '9780000000002' },
      { type: 'nlm-journal', value: '0000001' },
    ],
  })
})

test.each([
  { lines: ['PMID- 8468720', 'PMC - PMC1'], key: '8468720' },
  { lines: ['PMID- ', 'PMC - PMC12'], key: 'PMC12' },
  { lines: ['PMC -12'], key: 'PMC12' },
  { lines: ['DB  - Ovid MEDLINE(R)', 'UI  - 123'], key: 'Ovid MEDLINE(R):123' },
])('a record of $lines is known as $key', ({ lines, key }) => {
  expect(reading(lines.join('\n')).key).toBe(key)
})

test('a record without any number is known by what it says, however its lines are broken', () => {
  const { key } = reading('TI  - Warm tea\nDP  - 2001')
  expect(key).toMatch(/^sha256-[0-9a-f]{32}$/)
  expect(reading('TI  - Warm\r\n      tea\r\nDP  - 2001').key).toBe(key)
  expect(reading('TI  - Warm tea\nDP  - 2002').key).not.toBe(key)
})

test('a record that is no UTF-8 is read as Windows-1252', () => {
  expect(read(Buffer.from('PMID- 1\nTI  - M\xfcller \x80 \x99', 'latin1')).publication.title).toBe('Müller € ™')
})

test('a NUL character is refused with its line', () => {
  expect(() => read('PMID- 1\r\nTI  - T\0ea')).toThrow(
    expect.objectContaining({ code: 'RECORD_INVALID', message: 'line 2: a NUL character, which no text has' }),
  )
})
