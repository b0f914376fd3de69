import { expect, test } from 'vitest'
import { readRis } from '../../../src/import/ris/read-ris.ts'

function reading(text: string | Uint8Array) {
  const given = readRis({ number: 1, line: 1, bytes: Buffer.from(text) })
  if (given.kind !== 'publication') throw new Error(given.kind)
  return given
}
const lines = (...given: string[]) => reading(['TY  - JOUR', ...given, 'ER  - '].join('\n'))

// Made up after an export of PubMed by EndNote.
test('a record of EndNote is read whole', () => {
  expect(
    lines(
      'AB  - BACKGROUND: Nobody knows.  RESULTS: Of 20, 8 did.',
      'AD  - Department of Tea, Nowhere.',
      'AN  - 99999001',
      'AU  - Doe, J. A.',
      'AU  - van der Roe, Richard',
      'AU  - Honey Tea Group,',
      'DA  - Feb 7',
      'DO  - https://doi.org/10.5555/Invented.2001',
      'DP  - NLM',
      'ET  - 2001/02/07',
      'IS  - 3',
      'KW  - *Honey',
      'Tea/*pharmacology',
      'LA  - eng',
      'N1  - 1111-111X',
      'Doe, Jane A',
      'PY  - 2001',
      'SN  - 0000-0019 (Print)',
      '1111-111x',
      'SP  - 10-9',
      'ST  - Honey tea',
      'T2  - Invent J Tea',
      'TI  - Honey tea.',
      'VL  - 12',
      'ID  - 7',
    ),
  ).toEqual({
    kind: 'publication',
    key: 'NLM:99999001',
    record: {
      publication: {
        pmid: '99999001',
        doi: '10.5555/invented.2001',
        title: 'Honey tea',
        journal: 'Invent J Tea',
        volume: '12',
        issue: '3',
        pages: '10-9',
        published: '2001-02-07',
        language: 'eng',
        authors: [
          { last_name: 'Doe', initials: 'JA' },
          { last_name: 'van der Roe', fore_name: 'Richard' },
          { collective_name: 'Honey Tea Group' },
        ],
        types: [{ name: 'Journal Article' }],
        keywords: [{ keyword: 'Honey', major: true }, { keyword: 'Tea/*pharmacology' }],
      },
      sections: [
        { code: 'background', label: 'BACKGROUND', body: 'Nobody knows.' },
        { code: 'results', label: 'RESULTS', body: 'Of 20, 8 did.' },
      ],
      headings: [],
      registrations: [],
      identifiers: [
        { type: 'accession', value: '99999001' },
        { type: 'issn', value: '0000-0019' },
        { type: 'issn', value: '1111-111X' },
      ],
      database: 'NLM',
    },
    unmapped: ['ris:AD', 'ris:ET', 'ris:N1', 'ris:ID'],
  })
})

// Made up after exports of Embase, Scopus, Web of Science, ProQuest, EBSCO, SciELO, Ovid, Zotero and PubMed2RIS.
test.each([
  {
    what: 'Embase',
    record: [
      'M3  - Article',
      'Y1  - 2014',
      'U2  - L373791783',
      'DB  - Embase',
      'A1  - Liu R.',
      'T1  - Tea',
      'LA  - English',
    ],
    is: {
      key: 'Embase:L373791783',
      publication: {
        published: '2014',
        language: 'eng',
        authors: [{ last_name: 'Liu', initials: 'R' }],
        types: [{ name: 'Journal Article' }, { name: 'Article' }],
      },
    },
  },
  {
    what: 'Scopus',
    record: ['TI  - Tea', 'DB  - Scopus', 'C2  - 30704343', 'C7  - 104501', 'DO  - 10.5555/a', 'AU  - Doe-Roe, J.-A.'],
    is: {
      key: expect.stringMatching(/^sha256-/),
      publication: { pmid: '30704343', pages: '104501', authors: [{ last_name: 'Doe-Roe', initials: 'JA' }] },
    },
  },
  {
    what: 'Web of Science',
    record: ['TI  - Tea', 'AN  - WOS:000444108200009', 'DA  - SEP', 'PY  - 2018', 'AU  - Luke, TJ', 'PU  - ELSEVIER'],
    is: {
      key: 'WOS:000444108200009',
      publication: { published: '2018-09', authors: [{ last_name: 'Luke', initials: 'TJ' }] },
    },
  },
  {
    what: 'ProQuest',
    record: ['T1  - Tea', 'AN  - 2214991469; 51887', 'DB  - PTSDpubs', 'UR  - https://search.proquest.com/x'],
    is: {
      key: 'PTSDpubs:2214991469',
      publication: {},
      identifiers: [
        { type: 'accession', value: '2214991469' },
        { type: 'url', value: 'https://search.proquest.com/x' },
      ],
    },
  },
  {
    what: 'EBSCO',
    record: [
      'ID  - 136788050',
      'T1  - Tea',
      'Y1  - 2019/06//',
      'DB  - ccm',
      'N1  - Accession Number: 136788050. PMID: NLM31234567.',
    ],
    is: { key: 'ccm:136788050', publication: { pmid: '31234567', published: '2019-06' } },
  },
  {
    what: 'SciELO',
    record: ['TI  - Tea', 'DB  - SciELO Argentina', 'ID  - S1668-70272023000100063-arg', 'LA  - es'],
    is: { key: 'SciELO Argentina:S1668-70272023000100063-arg', publication: { language: 'spa' } },
  },
  {
    what: 'Ovid',
    record: [
      'T1  - Tea.',
      'SP  - No',
      'EP  - Specified',
      'Y1  - 2019//',
      'SN  - 1063-3995',
      'DO  - http://dx.doi.org/10.5555/B',
    ],
    is: { key: expect.stringMatching(/^sha256-/), publication: { title: 'Tea', pages: undefined, published: '2019' } },
  },
  {
    what: 'Zotero',
    record: [
      'TI  - Tea',
      'DA  - 2019/10//undefined',
      'PY  - 2019',
      'AN  - PMID: 31234567',
      'SP  - 121',
      'EP  - 128',
      'SN  - 1895-5770 0000-0019',
    ],
    is: {
      publication: { pmid: '31234567', published: '2019-10', pages: '121-128' },
      identifiers: [
        { type: 'issn', value: '1895-5770' },
        { type: 'issn', value: '0000-0019' },
      ],
    },
  },
  {
    what: 'PubMed2RIS',
    record: ['T1  - Tea', 'U1  - 26957754[pmid]', 'U2  - PMC4756000[pmcid]', 'SP  - 5', 'EP  - 5'],
    is: { publication: { pmid: '26957754', pmcid: 'PMC4756000', pages: '5' } },
  },
  {
    what: 'IEEE',
    record: ['TI  - Tea', 'AU  - A. B. Author-One', 'Y1  - Mar. 2017', 'PY  - 2017', 'SP  - pp 278-298'],
    is: {
      publication: {
        authors: [{ last_name: 'Author-One', initials: 'AB' }],
        published: '2017-03',
        pages: 'pp 278-298',
      },
    },
  },
  {
    what: 'a library of books',
    record: [
      'TI  - Tea',
      'SN  - 978-1-4822-5326-9',
      'PB  - CRC Press',
      'Y1  - 4-8 Aug. 2020',
      'AU  - Tea Board Committee',
    ],
    is: {
      publication: {
        published: '2020',
        published_printed: '4-8 Aug. 2020',
        authors: [{ collective_name: 'Tea Board Committee' }],
      },
      identifiers: [
        { type: 'isbn', value: '978-1-4822-5326-9' },
        { type: 'publisher', value: 'CRC Press' },
      ],
    },
  },
])('$what', ({ record, is }) => {
  const { key, record: given } = lines(...record)
  expect({ key, ...given }).toMatchObject(is)
})

test('labels of ASReview are kept, and the words around them are listed', () => {
  const one = lines('TI  - Tea', 'N1  - ASReview_relevant', 'N1  - ASReview_prior')
  expect(one.record.publication.keywords).toEqual([{ keyword: 'ASReview_relevant' }, { keyword: 'ASReview_prior' }])
  expect(one.unmapped).toEqual([])
  expect(lines('TI  - Tea', 'N1  - Notes. ASReview_irrelevant').unmapped).toEqual(['ris:N1'])
})

test('the key of a record without a database’s number is made of what it says, not of where its lines break', () => {
  const { key } = lines('TI  - Warm tea: a trial', 'PY  - 2001', 'AU  - Doe, J', 'SP  - 1')
  expect(key).toMatch(/^sha256-[0-9a-f]{32}$/)
  expect(lines('TI  - Warm tea:', 'a trial', 'PY  - 2001', 'AU  - Doe, J', 'SP  - 1').key).toBe(key)
  expect(lines('TI  - Warm tea: a trial', 'PY  - 2002', 'AU  - Doe, J', 'SP  - 1').key).not.toBe(key)
})

test('a number is a PMID only where that is sure', () => {
  expect(lines('TI  - Tea', 'AN  - 31234567').record.publication.pmid).toBeUndefined()
  expect(lines('TI  - Tea', 'AN  - 31234567', 'DB  - Embase').record.publication.pmid).toBeUndefined()
  expect(lines('TI  - Tea', 'C2  - 31234567').record.publication.pmid).toBeUndefined()
  expect(lines('TI  - Tea', 'M1  - 31234567').record.publication.pmid).toBeUndefined()
  expect(lines('TI  - Tea', 'UR  - https://pubmed.ncbi.nlm.nih.gov/31234567/').record.publication.pmid).toBe('31234567')
})

test.each([
  { what: 'nothing but a type', text: 'TY  - JOUR\nTI  - \nER  - ', says: 'the record says nothing but its type' },
  { what: 'a NUL character', text: 'TY  - JOUR\rTI  - T\0ea', says: 'line 2: a NUL character, which no text has' },
])('$what is refused', ({ text, says }) => {
  expect(() => reading(text)).toThrow(expect.objectContaining({ code: 'RECORD_INVALID', message: says }))
})
