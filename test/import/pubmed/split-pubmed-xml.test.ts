import { describe, expect, test } from 'vitest'
import { splitPubmedXml } from '../../../src/import/pubmed/split-pubmed-xml.ts'
import { chunks, split, textOfRecord } from '../chunks.ts'
import { realFiles } from '../real-files.ts'

const A = '<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle>'
const B = '<PubmedBookArticle>b</PubmedBookArticle>'
const D = '<DeleteCitation><PMID>3</PMID></DeleteCitation>'
const HEAD = '<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://dtd.nlm.nih.gov/x.dtd">\n'
const set = (...parts: string[]) => `${HEAD}<PubmedArticleSet>\n${parts.join('\n')}\n</PubmedArticleSet>\n`

async function given(content: string | Uint8Array, size?: number) {
  const { records, error } = await split(splitPubmedXml, chunks(content, size))
  return { records, texts: records.map(textOfRecord), error: error instanceof Error ? error.message : error }
}

test('records come in order, each with its number and line, however the bytes come', async () => {
  const file = set(A, B, `${A}\n\n${D}`)
  for (const size of [1, 2, 3, 7, 31, 32, 33, 100, 64_000]) {
    const { records, texts, error } = await given(file, size)
    expect(error).toBeUndefined()
    expect(texts).toEqual([A, B, A, D])
    expect(records.map(({ number, line }) => [number, line])).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
      [4, 8],
    ])
  }
})

test.each([
  {
    what: 'comments, instructions and CDATA hide what looks like tags',
    parts: [
      '<PubmedArticle><!-- </PubmedArticle> --><![CDATA[</PubmedArticle>]]><?x </PubmedArticle>?></PubmedArticle>',
    ],
  },
  { what: 'a tag has space and attributes', parts: ['<PubmedArticle\n a="1">x</PubmedArticle\n >'] },
  {
    what: 'a citation lies within an article',
    parts: ['<PubmedArticle><MedlineCitation></MedlineCitation></PubmedArticle>'],
  },
  { what: 'a record lacks its end', parts: ['<PubmedArticle>x\n', A] },
  { what: 'the last record lacks its end', parts: [A, '<PubmedArticle>x\n'] },
  { what: 'a record lacks its beginning', parts: ['<MedlineCitation/></PubmedArticle>', A] },
  { what: 'a tag is misspelt', parts: ['<PubmedArticl><MedlineCitation/></PubmedArticle>', A] },
  { what: 'words stand between', parts: ['words\n', A] },
  { what: 'a record is closed as another', parts: ['<PubmedArticle>x</PubmedBookArticle>', A] },
])('where $what', async ({ parts }) => {
  for (const size of [1, 5, 64_000]) {
    const { texts, error } = await given(`<PubmedArticleSet>${parts.join('')}</PubmedArticleSet>`, size)
    expect(error).toBeUndefined()
    expect(texts).toEqual(parts)
  }
})

test('comments between records are none, whatever they say', async () => {
  const { texts, error } = await given(`<!-- a -->${set(A, `<!-- ${A} -->`, '<?x ?>', B)}<!-- the end -->\n`, 5)
  expect({ texts, error }).toEqual({ texts: [A, B], error: undefined })
})

test.each([
  { root: 'MedlineCitationSet', record: '<MedlineCitation Owner="NLM"><PMID>1</PMID></MedlineCitation>' },
  { root: 'PubMedArticleSet', record: '<PubMedArticle>x</PubMedArticle>' },
  { root: 'somebody.s-own', record: A },
  { root: 'x'.repeat(150), record: '<MedlineCitation>x</MedlineCitation>' },
])('a root $root', async ({ root, record }) => {
  for (const size of [1, 64_000]) {
    const { texts, error } = await given(`<${root}>${record}\n${record}</${root}>`, size)
    expect({ texts, error }).toEqual({ texts: [record, record], error: undefined })
  }
})

test('a record may be the root, and then nothing may follow it', async () => {
  expect(await given(`${HEAD}${A}\n`)).toMatchObject({ texts: [A], error: undefined })
  const several = await given(`${HEAD}${A}\n\n${A}\n`)
  expect(several.texts).toEqual([])
  expect(several.error).toMatch(/^file:5: something follows the root element PubmedArticle: .* PubmedArticleSet\.$/)
})

test('an empty set has no records', async () => {
  expect(await given('<PubmedArticleSet/>')).toMatchObject({ texts: [], error: undefined })
  expect(await given(set())).toMatchObject({ texts: [], error: undefined })
})

test('a document type with entities is passed over, and a record that uses them stays as it is', async () => {
  const doctype = `<!DOCTYPE PubmedArticleSet [<!ENTITY a "]>'<PubmedArticle>"><!-- ' ]> --><!ENTITY b SYSTEM "file:///etc/passwd"><?x ]> ?>]>`
  for (const size of [1, 64_000])
    expect(
      await given(`${doctype}<PubmedArticleSet><PubmedArticle>&a;&b;</PubmedArticle></PubmedArticleSet>`, size),
    ).toMatchObject({
      texts: ['<PubmedArticle>&a;&b;</PubmedArticle>'],
      error: undefined,
    })
})

describe('refused is', () => {
  test.each([
    { what: 'nothing', file: '', says: 'file:1: the file is empty; expected XML of PubMed.' },
    {
      what: 'another format',
      file: '\nPMID- 1\n',
      says: 'file:2: expected XML of PubMed; found "PMID- 1" at its beginning.',
    },
    {
      what: 'XML within a JSON text',
      file: '"<?xml version=\\"1.0\\"?>',
      says: /^file:1: expected XML of PubMed; found .* at its beginning\.$/,
    },
    {
      what: 'HTML',
      file: '<!DOCTYPE html>\n<html><head/></html>',
      says: /^file:2: the root element is html; expected PubmedArticleSet or/,
    },
    { what: 'another root without records', file: '<a></a>', says: /^file:1: the root element is a; expected/ },
    { what: 'another root, empty', file: '<a/>', says: /^file:1: the root element is a; expected/ },
    {
      what: 'a second set',
      file: `${set(A)}${set(B)}`,
      given: 1,
      says: /^file:7: something follows <\/PubmedArticleSet>, .*<!DOCTYPE/,
    },
    {
      what: 'words after the root',
      file: `${set(A)}words`,
      given: 1,
      says: 'file:6: something follows </PubmedArticleSet>, with which the file should end: "words".',
    },
    {
      what: 'a file cut off between records',
      file: set(A, B).slice(0, -20),
      given: 2,
      says: /^file:6: the file ends before <\/PubmedArticleSet>/,
    },
    {
      what: 'a file cut off within a record',
      file: set(A, B).slice(0, -60),
      given: 1,
      says: /^file:5: the file ends within the record that begins here/,
    },
    {
      what: 'a file cut off within its document type',
      file: '<!DOCTYPE a [',
      says: /^file:1: the file ends within "<!DOCTYPE a \["/,
    },
    { what: 'a comment that never ends', file: `${set(A)}<!-- `, given: 1, says: /^file:6: the file ends before -->/ },
    {
      what: 'an encoding that nobody knows',
      file: '<?xml version="1.0" encoding="klingon"?><a/>',
      says: /its encoding is klingon/,
    },
  ])('$what', async ({ file, says, given: expected = 0 }) => {
    for (const size of [1, 64_000]) {
      const { texts, error } = await given(file, size)
      expect(error).toMatch(says)
      expect(texts.length).toBe(expected)
    }
  })
})

test('an instruction after the root is XML all the same', async () => {
  expect(await given(`${set(A)}<?x y?>`)).toMatchObject({ texts: [A], error: undefined })
})

test.each(['utf16le', 'latin1'] as const)('a file in %s says so and is read as UTF-8', async (encoding) => {
  const record = '<PubmedArticle>Müller</PubmedArticle>'
  const file =
    encoding === 'utf16le'
      ? `\uFEFF<?xml version="1.0" encoding="UTF-16"?><PubmedArticleSet>${record}</PubmedArticleSet>`
      : `<?xml version="1.0" encoding="ISO-8859-1"?><PubmedArticleSet>${record}</PubmedArticleSet>`
  for (const size of [1, 3, 64_000])
    expect(await given(Buffer.from(file, encoding), size)).toMatchObject({ texts: [record], error: undefined })
})

test('a line of two gigabytes is refused before it fills the memory', async () => {
  const piece = Buffer.alloc(1_000_000, 'x')
  let pieces = 0
  async function* endless() {
    yield Buffer.from(`<PubmedArticleSet>${A}<PubmedArticle>`)
    for (; pieces < 2_000; pieces++) yield piece
  }
  const { records, error } = await split(splitPubmedXml, endless())
  expect(records.length).toBe(1)
  expect(error).toMatchObject({
    code: 'IMPORT_FILE_INVALID',
    message: expect.stringContaining('longer than 16 million'),
  })
  expect(pieces).toBeLessThan(64)
})

test('records that came whole before the stream fails are given, and it is closed when nobody wants more', async () => {
  let isClosed = false
  async function* failing() {
    try {
      yield* chunks(set(A, B, A), 10)
      throw new Error('unexpected end of file')
    } finally {
      isClosed = true
    }
  }
  async function* broken() {
    yield* chunks(set(A, B, A).slice(0, -30), 10)
    throw new Error('unexpected end of file')
  }
  const { records, error } = await split(splitPubmedXml, broken())
  expect(records.map(textOfRecord)).toEqual([A, B])
  expect(error).toMatchObject({ message: 'unexpected end of file' })
  for await (const batch of splitPubmedXml(failing(), 'file')) if (batch.length > 0) break
  expect(isClosed).toBe(true)
})

const REAL = realFiles('pubmed')

test.skipIf(REAL.length === 0)(
  'the real files have as many records as closing tags, but for two that are no XML',
  async () => {
    const refused: Readonly<Record<string, RegExp>> = {
      // XML within a JSON text.
      'jmjamison__pubmedExtracts__output.xml': /^file:1: expected XML of PubMed; found "\\"<\?xml/,
      // Ten articles one after the other.
      'piratevax__m22_web_semantic__pubmed_result.xml': /^file:256: something follows the root element PubmedArticle/,
    }
    // Counted independently: in no comment or CDATA of these files is there a record's closing tag.
    const closed = (text: string) =>
      text.match(
        text.includes('</MedlineCitationSet>')
          ? /<\/(MedlineCitation|DeleteCitation)>/g
          : /<\/(Pub[Mm]edArticle|DeleteCitation)>/g,
      )?.length
    for (const { name, bytes } of REAL) {
      const { records, error } = await given(bytes, 10_007)
      const why = refused[name]
      if (why === undefined) expect(error, name).toBeUndefined()
      else expect(error, name).toMatch(why)
      expect(records.length, name).toBe(why === undefined ? closed(bytes.toString('latin1')) : 0)
    }
  },
)
