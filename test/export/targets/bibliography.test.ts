import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { BIBTEX } from '../../../src/export/targets/bibtex.ts'
import { CSL_JSON } from '../../../src/export/targets/csl-json.ts'
import { MEDLINE } from '../../../src/export/targets/medline.ts'
import { RIS } from '../../../src/export/targets/ris.ts'
import { readOneRecord } from '../../../src/import/one-record.ts'
import type { Database } from '../../../src/index.ts'
import { seeded, withVariants } from '../../queries/seeded.ts'
import { type CslItem, readByCitationJs } from './citation-js.ts'
import { HOSTILE_TITLES, withHostilePublications } from './hostile-publications.ts'
import { written } from './written.ts'

const TARGETS = { RIS, MEDLINE, CSL_JSON, BIBTEX }
/** What the formats leave of a text: one line, with single spaces. */
const plain = (text: string) => text.replace(/[\p{Cc}\u2028\u2029 ]+/gu, ' ').trim()
const TITLES = HOSTILE_TITLES.map(plain)
const PMIDS = HOSTILE_TITLES.map((_, index) => String(90_000_001 + index))

let first: Database
let hostile: Database
beforeAll(async () => {
  first = await seeded()
  hostile = await withVariants(withHostilePublications)
})

/** Written by hand by the rules of each format; the abstract is held to its ends alone. */
describe('the first study', () => {
  test.each([
    { file: 'rosenberg-1993.ris', target: RIS, abstract: /^AB {2}- (.*)\r\n/m, breaks: '\r\n' },
    { file: 'rosenberg-1993.nbib', target: MEDLINE, abstract: /^AB {2}- (.*\n(?: {6}.*\n)*)/m, breaks: '\n' },
    { file: 'rosenberg-1993.bib', target: BIBTEX, abstract: /^ {2}abstract = \{(.*)\},\n/m, breaks: '\n' },
  ])('is written as $file', async ({ file, target, abstract, breaks }) => {
    const { text } = await written(target, first)
    const expected = readFileSync(path.join(import.meta.dirname, 'expected', file), 'utf8')
    expect(text.replace(abstract, '')).toBe(expected.replaceAll('\n', breaks))
    const words = abstract.exec(text)?.[1]?.replace(/\s+/g, ' ')
    expect(words).toMatch(/^BACKGROUND: Treatment using interleukin-2 .*immunotherapies using tumor-infiltrating/)
    expect(words?.match(/[A-Z]{5,}: /g)).toEqual(
      ['BACKGROUND', 'PURPOSE', 'METHODS', 'RESULTS', 'CONCLUSIONS', 'IMPLICATIONS'].map((label) => `${label}: `),
    )
  })

  test('is an item of CSL', async () => {
    const [item, ...others] = JSON.parse((await written(CSL_JSON, first)).text) as Record<string, unknown>[]
    expect(others).toEqual([])
    expect(item).toMatchObject({
      ...{ id: 'pmid-8468720', type: 'article-journal', issued: { 'date-parts': [[1993, 4, 21]] } },
      ...{ 'container-title': 'J Natl Cancer Inst', volume: '85', issue: '8', page: '622-632', 'page-first': '622' },
      ...{ DOI: '10.1093/jnci/85.8.622', PMID: '8468720' },
    })
    expect(item).not.toHaveProperty('author')
    expect(item).not.toHaveProperty('language')
  })

  test('comes back from MEDLINE format as its study file has it', async () => {
    const { publication, headings, sections } = await readOneRecord(
      Buffer.from((await written(MEDLINE, first)).text),
      'it.nbib',
    )
    expect(publication).toMatchObject({
      ...{ pmid: '8468720', doi: '10.1093/jnci/85.8.622', journal: 'J Natl Cancer Inst', pages: '622-32' },
      ...{ volume: '85', issue: '8', published: '1993-04-21', authors: { missing: 'not_reported' } },
      substances: [{ name: 'Interleukin-2' }],
    })
    expect(sections.map(({ label }) => label)).toHaveLength(6)
    expect(headings).toHaveLength(16)
    expect(headings[7]).toEqual({
      ...{ descriptor: 'Interleukin-2', major: false },
      qualifiers: [
        { name: 'administration & dosage', major: false },
        { name: 'adverse effects', major: false },
        { name: 'therapeutic use', major: true },
      ],
    })
  })
})

test.each(Object.entries(TARGETS))('%s is the same bytes twice, without a control character', async (_, target) => {
  const [once, again] = [await written(target, hostile), await written(target, hostile)]
  expect(again.bytes.equals(once.bytes)).toBe(true)
  expect(once.text).not.toMatch(/[^\P{Cc}\r\n]|[\u2028\u2029\ufffd]/u)
  expect(Buffer.from(once.text).equals(once.bytes)).toBe(true)
})

describe('another program reads', () => {
  const FORMATS = { ris: RIS, csl: CSL_JSON, bibtex: BIBTEX } as const
  const items = async (format: keyof typeof FORMATS): Promise<ReadonlyMap<unknown, CslItem>> =>
    new Map(readByCitationJs((await written(FORMATS[format], hostile)).text, format).map((item) => [item.title, item]))

  test.each(['ris', 'csl', 'bibtex'] as const)('every title and no other in %s', async (format) => {
    const ours = ['Authors of every kind', expect.stringMatching(/^Prospective randomized/), ...TITLES]
    expect([...(await items(format)).keys()]).toEqual([...ours, 'Nothing but a title'])
  })

  test('authors of every kind in BibTeX', async () => {
    const item = (await items('bibtex')).get('Authors of every kind')
    expect(item?.author).toEqual([
      { family: 'Berg', given: 'Jan Piet', 'non-dropping-particle': 'van der' },
      { family: 'Doe', given: 'John', suffix: 'Jr' },
      { family: 'Law', given: 'T. M.' },
      { family: 'Plato' },
      { family: 'Only Names' },
      { family: 'Cats and Dogs Group, the' },
    ])
    expect(item).toMatchObject({ page: 'S12-S15', issued: { 'date-parts': [[1998]] }, type: 'article-journal' })
  })

  test('authors of every kind in CSL-JSON, and a retraction', async () => {
    const item = (await items('csl')).get('Authors of every kind')
    expect(item?.author).toEqual([
      { family: 'van der Berg', given: 'Jan Piet' },
      { family: 'Doe', given: 'John', suffix: 'Jr' },
      { family: 'Law', given: 'T. M.' },
      { family: 'Plato' },
      { family: 'Only Names' },
      { literal: 'Cats and Dogs Group, the' },
    ])
    expect(item).toMatchObject({
      ...{ DOI: '10.1000/a_b{c}%20;2-n', PMCID: 'PMC7', language: 'de', page: 'S12-S15', status: 'retracted' },
      ...{ keyword: 'one, two; *three', annote: 'Read in part.' },
      note: 'Retraction in: J Example. 1999;1:2. PMID: 123; Associated dataset: A data set.',
    })
  })

  test('pages, dates and identifiers in RIS', async () => {
    const item = (await items('ris')).get('Authors of every kind')
    expect(item).toMatchObject({ page: 'S12-S15', 'container-title': 'J Example', DOI: '10.1000/a_b{c}%20;2-n' })
    expect(item?.author?.[0]).toMatchObject({ given: 'Jan Piet' })
    expect((await items('ris')).get('Nothing but a title')).not.toHaveProperty('issued')
  })
})

/** RIS by its rules, read by another hand: any line but those of tags, and any tag out of place, is refused. */
function risRecords(text: string): ReadonlyMap<string, readonly string[]>[] {
  const lines = text.split('\r\n')
  expect(lines.pop()).toBe('')
  const records: Map<string, string[]>[] = []
  let open: Map<string, string[]> | undefined
  for (const line of lines) {
    if (open === undefined && line === '') continue
    const [, tag, value] = /^([A-Z][A-Z0-9]) {2}- ([^\r\n]*)$/.exec(line) ?? []
    if (tag === undefined || value === undefined) throw new Error(`no line of RIS: ${line}`)
    if ((tag === 'TY') !== (open === undefined)) throw new Error(`out of place: ${line}`)
    open ??= new Map()
    if (tag === 'ER') {
      records.push(open)
      open = undefined
    } else open.set(tag, [...(open.get(tag) ?? []), value])
  }
  return records
}

test('RIS has a record for each publication, its values on a line each', async () => {
  const records = risRecords((await written(RIS, hostile)).text)
  expect(records.flatMap((record) => record.get('TI'))).toEqual([
    ...['Authors of every kind', expect.any(String), ...TITLES, 'Nothing but a title'],
  ])
  const [byMany] = records
  expect(byMany?.get('AU')).toEqual([
    ...['van der Berg, Jan Piet', 'Doe, John, Jr', 'Law, T. M.', 'Plato', 'Only Names', 'Cats and Dogs Group, the'],
  ])
  expect(byMany?.get('DA')).toEqual(['1998///1998 Dec-1999 Jan'])
  expect(byMany?.get('KW')).toEqual(['one, two', '*three'])
  expect(byMany?.get('N1')).toEqual([
    ...['Retraction in: J Example. 1999;1:2. PMID: 123', 'Associated dataset: A data set.', 'Read in part.'],
  ])
  const bare = records.at(-1) ?? new Map()
  expect([...bare.keys()]).toEqual(['TY', 'ID', 'TI'])
  expect(bare.get('TY')).toEqual(['GEN'])
})

/** MEDLINE format by its rules; npm has no parser of it that is kept up. */
function medlineRecords(text: string): (readonly (readonly [tag: string, value: string])[])[] {
  return text
    .replace(/\n\n$/, '')
    .split('\n\n')
    .map((record) => {
      const fields: [string, string][] = []
      for (const line of record.split('\n')) {
        if (line.length > 80 && line.slice(6).includes(' ')) throw new Error(`too long: ${line}`)
        const [, tag, value, more] = /^(?:([A-Z]{2,4}) *(?<=^.{4})- (.*)| {6}(\S.*))$/.exec(line) ?? []
        const last = fields.at(-1)
        if (tag !== undefined && value !== undefined) fields.push([tag, value])
        else if (more !== undefined && last !== undefined) last[1] += ` ${more}`
        else throw new Error(`no line of MEDLINE: ${line}`)
      }
      if (fields[0]?.[0] !== 'PMID') throw new Error('a record without PMID')
      return fields
    })
}

describe('MEDLINE format', () => {
  test('has a record for each publication, each with a PMID first, if an empty one', async () => {
    const records = medlineRecords((await written(MEDLINE, hostile)).text)
    expect(records.map(([pmid]) => pmid?.[1])).toEqual(['', '8468720', ...PMIDS, ''])
    expect(records.slice(2, -1).map((fields) => fields.find(([tag]) => tag === 'TI')?.[1])).toEqual(
      TITLES.map((title) => `${title}.`),
    )
    expect(records.at(-1)).toEqual([
      ['PMID', ''],
      ['TI', 'Nothing but a title.'],
    ])
  })

  test('has long and short names, groups, notices by their tags and what no tag is for as notes', async () => {
    const [byMany] = medlineRecords((await written(MEDLINE, hostile)).text)
    expect(byMany?.slice(1)).toEqual([
      ['DP', '1998 Dec-1999 Jan'],
      ['TI', 'Authors of every kind.'],
      ['PG', 'S12-5'],
      ['LID', '10.1000/a_b{c}%20;2-n [doi]'],
      ['FAU', 'van der Berg, Jan Piet'],
      ['AU', 'van der Berg JP'],
      ['AUID', 'ORCID: 0000-0002-1825-0097'],
      ['FAU', 'Doe, John Jr'],
      ['AU', 'Doe J Jr'],
      ['AU', 'Law TM'],
      ['AD', 'Somewhere'],
      ['AU', 'Plato'],
      ['AU', 'Only Names'],
      ['CN', 'Cats and Dogs Group, the'],
      ['LA', 'ger'],
      ['TA', 'J Example'],
      ['JT', 'J Example'],
      ['RN', '9007-49-2 (DNA)'],
      ['RIN', 'J Example. 1999;1:2. PMID: 123'],
      ['GN', 'AssociatedDataset: A data set.'],
      ['GN', 'Read in part.'],
      ['OT', 'one, two'],
      ['OT', '*three'],
      ['PMC', 'PMC7'],
      ['AID', '10.1000/a_b{c}%20;2-n [doi]'],
      ['SO', 'J Example. 1998 Dec-1999 Jan;S12-5. doi: 10.1000/a_b{c}%20;2-n.'],
    ])
  })

  test('gives our reader a publication that PubMed doesn’t know', async () => {
    const [text = ''] = (await written(MEDLINE, hostile)).text.split('\n\n')
    const { publication } = await readOneRecord(Buffer.from(text), 'it.nbib')
    expect(publication.pmid).toBeUndefined()
    expect(publication).toMatchObject({ published: '1998', published_printed: '1998 Dec-1999 Jan', pmcid: 'PMC7' })
  })
})

test('keys of BibTeX differ, and have no letter that BibTeX takes for its own', async () => {
  const keys = [...(await written(BIBTEX, hostile)).text.matchAll(/^@\w+\{(.*),$/gm)].map(([, key]) => key)
  expect(keys).toHaveLength(HOSTILE_TITLES.length + 3)
  expect(new Set(keys).size).toBe(keys.length)
  for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9.:/+_-]+$/)
})
