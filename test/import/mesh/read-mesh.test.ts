import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readMesh } from '../../../src/import/mesh/read-mesh.ts'

const FIXTURES = path.join(import.meta.dirname, '../../fixtures/mesh')
const fixture = (name: string) => readFileSync(path.join(FIXTURES, name))

/** Bytes in pieces of a size, as a slow disk may give them. */
async function* pieces(bytes: Uint8Array, size = 65_536) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(bytes: Uint8Array | string, file: string, { size, year }: { size?: number; year?: number } = {}) {
  const mesh = await readMesh(pieces(Buffer.from(bytes), size), file, year)
  const records: unknown[] = []
  for await (const batch of mesh.batches) records.push(...batch)
  return { content: mesh.content, year: mesh.year, records }
}

const refused = (bytes: Uint8Array | string, file = 'desc2014.xml') =>
  read(bytes, file).then(
    () => 'was read',
    (error: Error) => error.message,
  )

const DESCRIPTORS = [
  {
    ui: 'D007680',
    name: 'Kidney Neoplasms',
    scopeNote: 'Growths & tumours of the invented kidney.',
    treeNumbers: ['C04.588.945.947.535', 'C12.758.820.750'],
    entryTerms: ['Neoplasms, Kidney', 'Cancer of Kidney', 'Kidney Cancer'],
  },
  { ui: 'D009369', name: 'Neoplasms', scopeNote: null, treeNumbers: ['C04'], entryTerms: ['Cancer'] },
  { ui: 'D005260', name: 'Female', scopeNote: null, treeNumbers: [], entryTerms: [] },
]
const sorted = (records: unknown) =>
  (records as typeof DESCRIPTORS).map((record) => ({ ...record, entryTerms: [...record.entryTerms].sort() }))

describe('MeSH is read', () => {
  test.each([1, 7, 65_536])('from XML, in pieces of %i bytes', async (size) => {
    const mesh = await read(fixture('desc2014.xml'), 'desc2014.xml', { size })
    expect(mesh).toEqual({ content: 'descriptors', year: 2014, records: DESCRIPTORS })
  })

  test.each([1, 65_536])('from ASCII, in pieces of %i bytes', async (size) => {
    const mesh = await read(fixture('d2014.bin'), 'files/d2014.bin', { size })
    expect({ ...mesh, records: sorted(mesh.records) }).toEqual({
      content: 'descriptors',
      year: 2014,
      records: sorted(DESCRIPTORS),
    })
  })

  test('with the ends of lines of Windows', async () => {
    const windows = fixture('d2014.bin').toString().replaceAll('\n', '\r\n')
    expect(sorted((await read(windows, 'd2014.bin')).records)).toEqual(sorted(DESCRIPTORS))
  })

  test('qualifiers and trees', async () => {
    expect(await read(fixture('q2014.bin'), 'q2014.bin')).toEqual({
      content: 'qualifiers',
      year: 2014,
      records: [
        { ui: 'Q000628', name: 'therapy' },
        { ui: 'Q000008', name: 'administration & dosage' },
      ],
    })
    expect(await read(fixture('mtrees2014.bin'), 'mtrees2014.bin')).toEqual({
      content: 'trees',
      year: 2014,
      records: [
        { name: 'Neoplasms', treeNumber: 'C04' },
        { name: 'Kidney Neoplasms', treeNumber: 'C04.588.945.947.535' },
        { name: 'Kidney Neoplasms', treeNumber: 'C12.758.820.750' },
      ],
    })
  })

  test.each([
    ['its name', 'desc2024.xml', '', undefined, 2024],
    ['its name, packed', 'x/desc2024.xml.gz', '', undefined, 2024],
    ['its declaration', 'mesh.xml', '<!DOCTYPE DescriptorRecordSet SYSTEM "desc2012.dtd">', undefined, 2012],
    ['who says it', 'desc2024.xml', '<!DOCTYPE DescriptorRecordSet SYSTEM "desc2012.dtd">', 2020, 2020],
    [
      'nobody',
      'mesh.xml',
      '<!DOCTYPE DescriptorRecordSet SYSTEM "x/nlmdescriptorrecordset_20240101.dtd">',
      undefined,
      null,
    ],
  ])('of the year of %s', async (_, file, doctype, year, expected) => {
    const text = `<?xml version="1.0"?>${doctype}<DescriptorRecordSet></DescriptorRecordSet>`
    expect((await read(text, file, year === undefined ? {} : { year })).year).toBe(expected)
  })
})

const BOMB = `<?xml version="1.0"?>
<!DOCTYPE DescriptorRecordSet [
 <!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY file SYSTEM "file:///etc/hostname">
]>
<DescriptorRecordSet><DescriptorRecord><DescriptorUI>`
const ascii = (from: string, to: string) => fixture('d2014.bin').toString().replace(from, to)
const xml = (from: string, to: string) => fixture('desc2014.xml').toString().replace(from, to)

describe('refused, with the place', () => {
  test.each([
    ['an empty file', '', /^desc2014\.xml: the file is empty/],
    ['an entity of its own', `${BOMB}&b;`, /^desc2014\.xml:5:\d+: the XML is not well-formed: undefined entity/],
    ['a file from outside', `${BOMB}&file;`, /undefined entity/],
    [
      'XML that ends too early',
      fixture('desc2014.xml').subarray(0, 900),
      /^desc2014\.xml:\d+:\d+: the XML is not well-formed: unclosed tag/,
    ],
    [
      'a tag that closes another',
      xml('</DescriptorName>', '</DescriptorNome>'),
      /^desc2014\.xml:8:\d+: .*unexpected close tag/,
    ],
    ['a bare ampersand', xml('&amp;', '&'), /^desc2014\.xml:\d+:\d+: the XML is not well-formed/],
    [
      'another root',
      '<PubmedArticleSet></PubmedArticleSet>',
      /expected MeSH's DescriptorRecordSet or .*; found PubmedArticleSet/,
    ],
    [
      'supplementary concepts',
      '<SupplementalRecordSet></SupplementalRecordSet>',
      /supplementary concepts are not held/,
    ],
    [
      'no identifier',
      xml('<DescriptorUI>D007680</DescriptorUI>', ''),
      /^desc2014\.xml:4:\d+: expected a descriptor’s identifier, such as D009369; found nothing/,
    ],
    [
      'another identifier',
      xml('D007680', 'C007680'),
      /^desc2014\.xml:5:\d+: expected a descriptor’s identifier.*found "C007680"/,
    ],
    [
      'no name',
      xml('<String>Neoplasms</String></DescriptorName>', '</DescriptorName>'),
      /^desc2014\.xml:\d+:\d+: the record has no DescriptorName/,
    ],
    [
      'no tree number',
      xml('C12.758.820.750', 'C12/758'),
      /^desc2014\.xml:11:\d+: expected a tree number, such as C04\.588; found "C12\/758"/,
    ],
    ['UTF-16', Buffer.from('\ufeff<a/>', 'utf16le'), /^desc2014\.xml:1: these bytes are not UTF-8/],
    ['Latin 1', Buffer.from('<a>\n\u00e9t\u00e9</a>', 'latin1'), /^desc2014\.xml:2: these bytes are not UTF-8/],
    ['elements without end', '<DescriptorRecordSet>'.padEnd(5_000, '<a>'), /elements lie more than 100 deep/],
    ['a line that is no field', ascii('MN = C04\n', 'MN C04\n'), /^desc2014\.xml:17: expected \*NEWRECORD or a field/],
    ['a qualifier among descriptors', ascii('MH = Female', 'RECTYPE = Q'), /^desc2014\.xml:\d+: the record has no MH/],
    [
      'a record of supplementary concepts',
      ascii('RECTYPE = D', 'RECTYPE = C'),
      /^desc2014\.xml:2: expected a descriptor \(RECTYPE = D\); found RECTYPE = C/,
    ],
    [
      'a text of something else',
      'These are words.\n',
      /^desc2014\.xml:1: expected a heading, a semicolon and a tree number: Neoplasms;C04/,
    ],
    ['a tree number twice', 'Neoplasms;C04\nCysts;C04\n', /^desc2014\.xml:2: the tree number C04 is there twice/],
    ['a line without end', 'a'.repeat(2_000_000), /the line never ends/],
  ])('%s', async (_, bytes, message) => {
    expect(await refused(bytes)).toMatch(message)
  })

  test('a name and a declaration of different years', async () => {
    expect(await refused(fixture('desc2014.xml'), 'desc2024.xml')).toMatch(/named for 2024, but .* says 2014.*--year/)
  })
})

const given = process.env.EVIBASE_FIXTURES
describe.skipIf(given === undefined)('files of the National Library of Medicine are read', () => {
  const folder = path.join(given ?? '', 'mesh')
  test.each(given === undefined ? [] : readdirSync(folder).filter((name) => /\.(xml|bin)$/.test(name)))(
    '%s',
    async (name) => {
      const bytes = readFileSync(path.join(folder, name))
      const { content, records } = await read(bytes, name, { year: 2014 })
      const text = bytes.toString()
      // Counted by their closing tags, or by lines.
      const expected =
        content === 'trees'
          ? text.split('\n').filter((line) => line !== '').length
          : text.split(content === 'descriptors' ? '</DescriptorRecord>' : '</QualifierRecord>').length - 1
      expect(records.length).toBe(expected)
      expect(records.length).toBeGreaterThan(0)
    },
  )
})
