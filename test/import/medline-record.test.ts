import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readMedlineRecord } from '../../src/import/medline-record.ts'
import { ROOT } from '../scratch.ts'

const TEXT = readFileSync(path.join(ROOT, 'test/fixtures/medline/invented.nbib'), 'utf8')
const read = (text: string) => readMedlineRecord(text, 'record.nbib')
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
  })
})

test.each(['\r\n', '\r'])('whatever its lines end with (%j)', (end) => {
  expect(read(`\uFEFF${TEXT.replaceAll('\n', end)}`)).toEqual(read(TEXT))
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

describe('refused is', () => {
  test.each([
    { what: 'XML', text: '<?xml version="1.0"?>\n<PubmedArticleSet/>', says: /^record\.nbib is XML, .* as \.nbib\.$/ },
    { what: 'nothing', text: '', says: /^record\.nbib holds no record in MEDLINE format\./ },
    { what: 'another format', text: 'TY  - JOUR\nTI  - Tea\nER  - \n', says: /holds no record in MEDLINE format/ },
    { what: 'several records', text: `${TEXT}\n\n${TEXT}`, says: /^record\.nbib holds 2 records; expected the one/ },
  ])('$what', ({ text, says }) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'RECORD_INVALID', message: expect.stringMatching(says) }),
    )
  })
})

const REAL = process.env.EVIBASE_FIXTURES && path.join(process.env.EVIBASE_FIXTURES, 'medline')

test.skipIf(!REAL || !existsSync(REAL))('real exports from PubMed are read, or refused in words', () => {
  const folder = REAL ?? ''
  const said = readdirSync(folder).map((name) => {
    try {
      return readMedlineRecord(readFileSync(path.join(folder, name), 'utf8'), name).publication.title
    } catch (error) {
      expect(error).toMatchObject({ code: 'RECORD_INVALID' })
      return undefined
    }
  })
  expect(said.filter((title) => title !== undefined && title !== '').length).toBeGreaterThan(0)
})
