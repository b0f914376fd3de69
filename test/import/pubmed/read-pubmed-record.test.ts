import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { EvidenceError } from '../../../src/errors.ts'
import { readPubmedRecord } from '../../../src/import/pubmed/read-pubmed-record.ts'
import { splitPubmedXml } from '../../../src/import/pubmed/split-pubmed-xml.ts'
import { ROOT } from '../../scratch.ts'
import { chunks, split } from '../chunks.ts'

const FILE = readFileSync(path.join(ROOT, 'test/fixtures/pubmed/invented.xml'))
const readings = async () => (await split(splitPubmedXml, chunks(FILE))).records.map(readPubmedRecord)
const read = (xml: string | Uint8Array) => readPubmedRecord({ number: 1, line: 1, bytes: Buffer.from(xml) })
function article(xml: string, citation = '') {
  const reading = read(
    `<PubmedArticle><MedlineCitation><PMID>1</PMID><Article>${xml}</Article>${citation}</MedlineCitation></PubmedArticle>`,
  )
  if (reading.kind !== 'publication') throw new Error(reading.kind)
  return reading.record
}

// Written down from the fixture by hand.
test('an article is read whole', async () => {
  const [reading] = await readings()
  expect(reading).toMatchObject({ kind: 'publication', key: '99999001' })
  expect(reading?.kind === 'publication' && reading.record).toEqual({
    publication: {
      pmid: '99999001',
      doi: '10.5555/invented.2001',
      pmcid: 'PMC0000001',
      title: '[Honey tea for hiccups & 10⁶ cells]',
      journal: 'Invent J Tea',
      volume: '12',
      issue: '3',
      pages: '10-9',
      published: '2001-02-07',
      language: 'chi',
      authors: [
        {
          last_name: 'Doe',
          fore_name: 'Jane A',
          initials: 'JA Jr',
          orcid: '0000-0002-1825-0097',
          affiliation: 'Department of Tea, Nowhere. Institute of Hiccups, Nowhere.',
        },
        { last_name: '王', initials: 'R', orcid: '0000-0002-1825-009X' },
        { last_name: 'Nobody' },
        { collective_name: 'The Honey Tea Group' },
      ],
      types: [
        { name: 'Journal Article', ui: 'D016428' },
        { name: 'Randomized Controlled Trial', ui: 'D016449' },
      ],
      mesh: [
        { descriptor: 'Honey', ui: 'D006722', major: true },
        { descriptor: 'Hiccup', ui: 'D006606', qualifier: { name: 'drug therapy', ui: 'Q000188', major: true } },
        { descriptor: 'Hiccup', ui: 'D006606', qualifier: { name: 'prevention & control', ui: 'Q000517' } },
      ],
      substances: [
        { name: 'Tea', ui: 'D013662' },
        { name: 'Water', registry_number: '059QF0KO0R', ui: 'D014867' },
      ],
      keywords: [{ keyword: 'honey', major: true }, { keyword: 'tea' }],
      links: [
        {
          type: 'ErratumIn',
          source: 'Invent J Tea. 2001 May;12(6):99',
          pmid: '99999002',
          note: 'Dosage error in article text',
        },
        { type: 'ExpressionOfConcernIn', source: 'Invent J Tea. 2001 Apr;12(5):1' },
      ],
    },
    sections: [
      { code: 'background', label: 'BACKGROUND', body: 'Nobody knows whether CO₂ ends hiccups.' },
      { code: 'section-2', label: '结果', body: 'Of 20, 8 lost them (χ² = 1.2; k_(cat,1) ×10⁻³).' },
      { code: 'results', label: 'RESULTS', body: 'P < 0.05.' },
      { code: 'results-4', label: 'RESULTS', body: 'More.' },
      { code: 'abstract', label: 'Abstract', body: 'Without a label.' },
    ],
    rights: 'Copyright 2001 Nobody.',
    headings: [{ descriptor: 'Humans', major: false, qualifiers: [] }],
    registrations: [{ registry: 'clinicaltrials.gov', value: 'NCT00000001' }],
    identifiers: [
      { type: 'pii', value: 'e10' },
      { type: 'doi', value: 'not a doi' },
      { type: 'mid', value: 'NIHMS1' },
      { type: 'issn', value: '0000-0019' },
      { type: 'issn-linking', value: '0000-0019' },
      { type: 'nlm-journal', value: '0000001' },
    ],
  })
})

test('what found no place is listed by its path', async () => {
  const [reading] = await readings()
  expect(reading?.kind === 'publication' && [...reading.unmapped].sort()).toEqual(
    [
      'MedlineCitation/@Owner',
      'MedlineCitation/@Status',
      'MedlineCitation/Article/@PubModel',
      'MedlineCitation/Article/Abstract/AbstractText[]/@NlmCategory',
      'MedlineCitation/Article/Abstract/AbstractText[]/@NlmCategory',
      'MedlineCitation/Article/ArticleDate[]/@DateType',
      'MedlineCitation/Article/ArticleDate[]/Day',
      'MedlineCitation/Article/ArticleDate[]/Month',
      'MedlineCitation/Article/ArticleDate[]/Year',
      'MedlineCitation/Article/AuthorList/@CompleteYN',
      'MedlineCitation/Article/AuthorList/Author[]/@EqualContrib',
      'MedlineCitation/Article/AuthorList/Author[]/@ValidYN',
      'MedlineCitation/Article/AuthorList/Author[]/AffiliationInfo[]/Identifier[]',
      'MedlineCitation/Article/AuthorList/Author[]/AffiliationInfo[]/Identifier[]/@Source',
      'MedlineCitation/Article/AuthorList/Author[]/ForeName',
      'MedlineCitation/Article/AuthorList/Author[]/Identifier[]',
      'MedlineCitation/Article/AuthorList/Author[]/Identifier[]/@Source',
      'MedlineCitation/Article/AuthorList/Author[]/LastName',
      'MedlineCitation/Article/DataBankList/@CompleteYN',
      'MedlineCitation/Article/ELocationID[]',
      'MedlineCitation/Article/ELocationID[]/@EIdType',
      'MedlineCitation/Article/ELocationID[]/@ValidYN',
      'MedlineCitation/Article/GrantList/@CompleteYN',
      'MedlineCitation/Article/GrantList/Grant[]/Agency',
      'MedlineCitation/Article/GrantList/Grant[]/Country',
      'MedlineCitation/Article/GrantList/Grant[]/GrantID',
      'MedlineCitation/Article/Journal/ISOAbbreviation',
      'MedlineCitation/Article/Journal/JournalIssue/@CitedMedium',
      'MedlineCitation/Article/Journal/Title',
      'MedlineCitation/Article/Language[]',
      'MedlineCitation/Article/VernacularTitle',
      'MedlineCitation/CommentsCorrectionsList/CommentsCorrections[]/PMID/@Version',
      'MedlineCitation/DateCompleted/Day',
      'MedlineCitation/DateCompleted/Month',
      'MedlineCitation/DateCompleted/Year',
      'MedlineCitation/KeywordList[]/@Owner',
      'MedlineCitation/MedlineJournalInfo/Country',
      'MedlineCitation/PMID/@Version',
      'PubmedData/History/PubMedPubDate[]/@PubStatus',
      'PubmedData/History/PubMedPubDate[]/Day',
      'PubmedData/History/PubMedPubDate[]/Month',
      'PubmedData/History/PubMedPubDate[]/Year',
      'PubmedData/ReferenceList[]/Reference[]/ArticleIdList/ArticleId[]',
      'PubmedData/ReferenceList[]/Reference[]/ArticleIdList/ArticleId[]/@IdType',
      'PubmedData/ReferenceList[]/Reference[]/Citation',
    ].sort(),
  )
})

test('a chapter of a book is read whole', async () => {
  const [, reading] = await readings()
  expect(reading?.kind === 'publication' && reading.record).toEqual({
    publication: {
      pmid: '99999004',
      title: 'Green Tea',
      journal: 'TeaReviews®',
      published: '2001-06-05',
      language: 'eng',
      authors: [{ last_name: 'Doe', fore_name: 'Jane', initials: 'J' }],
      types: [{ name: 'Review', ui: 'D016454' }],
    },
    sections: [
      { code: 'clinical-characteristics', label: 'CLINICAL CHARACTERISTICS', body: 'Green.' },
      { code: 'management', label: 'MANAGEMENT', body: 'Drink it.' },
    ],
    headings: [],
    registrations: [],
    identifiers: [
      { type: 'bookaccession', value: 'NBK1' },
      { type: 'isbn', value: '9780000000002' },
      { type: 'publisher', value: 'University of Nowhere' },
      { type: 'collection', value: 'Teas of the World' },
    ],
  })
})

test('a DeleteCitation takes records away', async () => {
  expect((await readings())[2]).toEqual({ kind: 'deletion', keys: ['99999005', '99999006'] })
})

test('a citation by itself is read with the same paths', () => {
  const reading = read(
    '<MedlineCitation Owner="NLM"><PMID>7</PMID><OtherID Source="NLM">PMC5</OtherID></MedlineCitation>',
  )
  expect(reading).toMatchObject({
    key: '7',
    record: { publication: { pmid: '7', pmcid: 'PMC5', title: '', authors: { missing: 'not_reported' } } },
    unmapped: ['MedlineCitation/@Owner'],
  })
})

test.each([
  { date: '<Year>1993</Year>', is: { published: '1993' } },
  { date: '<Year>1993</Year><Month>Apr</Month>', is: { published: '1993-04' } },
  { date: '<Year>1993</Year><Month>4</Month><Day>1</Day>', is: { published: '1993-04-01' } },
  { date: '<Year>1993</Year><Month>04</Month><Day>21</Day>', is: { published: '1993-04-21' } },
  { date: '<Year>1993</Year><Day>21</Day>', is: { published: '1993' } },
  { date: '<Year>1993</Year><Season>Spring</Season>', is: { published: '1993', published_printed: '1993 Spring' } },
  {
    date: '<Year>2001</Year><Month>Feb</Month><Day>30</Day>',
    is: { published: '2001', published_printed: '2001 Feb 30' },
  },
  {
    date: '<MedlineDate>1998 Dec-1999 Jan</MedlineDate>',
    is: { published: '1998', published_printed: '1998 Dec-1999 Jan' },
  },
  { date: '<MedlineDate>1993 Spring</MedlineDate>', is: { published: '1993', published_printed: '1993 Spring' } },
  { date: '<MedlineDate>Spring 1993</MedlineDate>', is: { published: '1993', published_printed: 'Spring 1993' } },
  { date: '<MedlineDate>no date</MedlineDate>', is: { published_printed: 'no date' } },
  { date: '', is: {} },
])('the date $date', ({ date, is }) => {
  const { published, published_printed } = article(
    `<Journal><JournalIssue><PubDate>${date}</PubDate></JournalIssue></Journal>`,
  ).publication
  expect({ published, published_printed }).toEqual({ published_printed: undefined, published: undefined, ...is })
})

test.each([
  { pages: '<MedlinePgn>S12-5; discussion 20</MedlinePgn>', is: 'S12-5; discussion 20' },
  { pages: '<StartPage>622</StartPage><EndPage>632</EndPage>', is: '622-632' },
  { pages: '<StartPage>e10</StartPage>', is: 'e10' },
  { pages: '<StartPage>7</StartPage><EndPage>7</EndPage>', is: '7' },
])('the pages $pages', ({ pages, is }) => {
  expect(article(`<Pagination>${pages}</Pagination>`).publication.pages).toBe(is)
})

test('a DOI comes also from the list, in lower case and without its resolver, and one that is none does not', () => {
  const listed = (doi: string) => {
    const reading = read(
      `<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">${doi}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>`,
    )
    return reading.kind === 'publication' && [reading.record.publication.doi, reading.record.identifiers]
  }
  expect(listed('https://doi.org/10.1002/(SICI)1097-0142&lt;1::AID-CNCR1&gt;3.0.CO;2-#')).toEqual([
    '10.1002/(sici)1097-0142<1::aid-cncr1>3.0.co;2-#',
    [],
  ])
  expect(listed('10.1/x')).toEqual([undefined, [{ type: 'doi', value: '10.1/x' }]])
})

test('an old record: initials alone, names in parts, an affiliation of the author itself', () => {
  const { authors } = article(
    '<AuthorList><Author><LastName>Doe</LastName><Initials>J</Initials><Affiliation>Nowhere.</Affiliation></Author><Author><LastName>Roe</LastName><FirstName>Richard</FirstName><MiddleName>S</MiddleName></Author></AuthorList>',
  ).publication
  expect(authors).toEqual([
    { last_name: 'Doe', initials: 'J', affiliation: 'Nowhere.' },
    { last_name: 'Roe', fore_name: 'Richard S' },
  ])
})

describe('refused is a record', () => {
  test.each([
    {
      what: 'that is not well-formed',
      xml: '<PubmedArticle>\n<a></PubmedArticle>',
      says: /^line 2, column \d+: the XML is not/,
    },
    {
      what: 'that is another',
      xml: '<PubmedArticl/>',
      says: /expected a record such as PubmedArticle; found the element PubmedArticl$/,
    },
    {
      what: 'without a citation',
      xml: '<PubmedArticle/>',
      says: /^line 1, column 17: the record has no MedlineCitation$/,
    },
    { what: 'without a PMID', xml: '<MedlineCitation/>', says: /the record has no PMID$/ },
    {
      what: 'with a PMID that is none',
      xml: '<MedlineCitation><PMID>x1</PMID></MedlineCitation>',
      says: /expected a PMID such as 8468720; found "x1"$/,
    },
    { what: 'with an entity', xml: '<MedlineCitation>&lol;</MedlineCitation>', says: /undefined entity/ },
    { what: 'with a NUL', xml: '<MedlineCitation>&#0;</MedlineCitation>', says: /^line 1, column \d+: the XML is not/ },
  ])('$what', ({ xml, says }) => {
    expect(() => read(xml)).toThrow(
      expect.objectContaining({ code: 'RECORD_INVALID', message: expect.stringMatching(says) }),
    )
  })

  test('and no other one of its file', async () => {
    const good = (pmid: number) => `<MedlineCitation><PMID>${pmid}</PMID></MedlineCitation>\n`
    const bad = (inside: string) => `<MedlineCitation><PMID>9</PMID>${inside}</MedlineCitation>\n`
    const entities =
      '<!DOCTYPE MedlineCitationSet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    const records = [
      good(1),
      bad('&b;'),
      good(2),
      bad('&c;'),
      bad('\xff'),
      good(3),
      bad('<a>'),
      '<MedlineCitation><PMID>9\n',
      good(4),
    ]
    const file = Buffer.from(`${entities}<MedlineCitationSet>${records.join('')}</MedlineCitationSet>`, 'latin1')
    const { records: raw, error } = await split(splitPubmedXml, chunks(file))
    expect(error).toBeUndefined()
    const keys = raw.map((record) => {
      try {
        const reading = readPubmedRecord(record)
        return reading.kind === 'publication' ? reading.key : reading.kind
      } catch (refusal) {
        return refusal instanceof EvidenceError && refusal.code
      }
    })
    const no = 'RECORD_INVALID'
    expect(keys).toEqual(['1', no, '2', no, no, '3', no, no, '4'])
  })

  test('whose bytes are not UTF-8', () => {
    expect(() => read(Buffer.from('<a>\n\n\xff</a>', 'latin1'))).toThrow('line 3: these bytes are not UTF-8')
  })
})

test('a chapter is known by its own DOI, and its book’s is another number of it', () => {
  const chapter = (own: string) =>
    read(`<PubmedBookArticle><BookDocument><PMID>7</PMID><ArticleIdList>${own}</ArticleIdList>
      <Book><BookTitle>Teas</BookTitle><ELocationID EIdType="doi">10.1000/teas</ELocationID></Book>
      <ArticleTitle>Green Tea</ArticleTitle></BookDocument></PubmedBookArticle>`)
  const own = chapter('<ArticleId IdType="doi">10.1000/teas_1</ArticleId>')
  const identifiers = [{ type: 'book-doi', value: '10.1000/teas' }]
  expect(own).toMatchObject({ record: { publication: { doi: '10.1000/teas_1' }, identifiers } })
  expect(chapter('')).toMatchObject({ record: { publication: { doi: undefined }, identifiers } })
})
