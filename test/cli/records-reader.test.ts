import { afterEach, describe, expect, test } from 'vitest'
import { type ClosableReader, recordsReader } from '../../src/cli/reading/records-reader.ts'
import { formatOfRecords, recordsOfParts } from '../../src/import/record-formats.ts'
import type { RawRecord, RecordFormat } from '../../src/model/reading.ts'
import { chunks } from '../import/chunks.ts'
import { realFiles } from '../import/real-files.ts'

let reader: ClosableReader | undefined
afterEach(() => reader?.close())

const recordsOf = async (format: RecordFormat, bytes: string | Uint8Array): Promise<readonly RawRecord[]> => {
  const records: RawRecord[] = []
  const parts = (async function* () {
    yield { name: undefined, bytes: chunks(bytes) }
  })()
  for await (const batch of recordsOfParts(parts, formatOfRecords(format), 'a file')) records.push(...batch)
  return records
}

const article = (pmid: number, title: string) =>
  `<PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID><Article><ArticleTitle>${title}</ArticleTitle></Article></MedlineCitation></PubmedArticle>`
const set = (...articles: readonly string[]) => `<PubmedArticleSet>\n${articles.join('\n')}\n</PubmedArticleSet>\n`

describe('records that a second thread reads', () => {
  test('are read as by the first one, good and bad, in their order, and stay with their owner', async () => {
    const records = await recordsOf('pubmed_xml', set(article(1, 'Óne'), article(2, 'Bad <b>markup'), article(3, '')))
    reader = recordsReader('pubmed_xml')
    const [here, there, again] = [await reader.read(records), await reader.read(records), await reader.read(records)]
    expect(there).toEqual(here)
    expect(again).toEqual(here)
    expect(here).toMatchObject([
      { reading: { kind: 'publication', key: '1', record: { publication: { title: 'Óne' } } } },
      { reading: undefined, refusal: expect.stringContaining('line 1') },
      { reading: undefined, refusal: 'the record has no title' },
    ])
    expect(Buffer.from(records[0]?.bytes ?? []).toString()).toContain('Óne')
  })

  test('are answered in the order in which they were sent', async () => {
    reader = recordsReader('pubmed_xml')
    const files = [[], [1], Array.from({ length: 300 }, (_, index) => index + 10), [2], []]
    const given = await Promise.all(
      files.map((pmids) => recordsOf('pubmed_xml', set(...pmids.map((pmid) => article(pmid, 'Title'))))),
    )
    const read = await Promise.all(given.map((records) => reader?.read(records)))
    expect(read.map((all) => all?.map(({ reading }) => reading?.kind === 'publication' && reading.key))).toEqual(
      files.map((pmids) => pmids.map(String)),
    )
  })

  test('and its own end are told to whoever waits', async () => {
    reader = recordsReader('pubmed_xml')
    await reader.read([])
    // What is no record at all: nobody's file, but a mistake of the program.
    const broken = reader.read([{ number: 1, line: 1, bytes: undefined as unknown as Uint8Array }])
    await expect(broken).rejects.toThrow(TypeError)
  })

  const real = (['pubmed', 'medline', 'ris', 'ctgov/v2', 'revman'] as const).flatMap((folder) => {
    const format = {
      pubmed: 'pubmed_xml',
      medline: 'medline',
      ris: 'ris',
      'ctgov/v2': 'ctgov_json',
      revman: 'revman',
    } as const
    return realFiles(folder)
      .slice(0, 3)
      .map(({ name, bytes }) => ({ file: `${folder}/${name}`, bytes, format: format[folder] }))
  })
  test.skipIf(real.length === 0)('are those of real files, of every format', { timeout: 120_000 }, async () => {
    let compared = 0
    for (const { file, bytes, format } of real) {
      const records = await recordsOf(format, bytes).catch(() => [])
      reader = recordsReader(format)
      const here = await reader.read(records)
      expect(await reader.read(records), file).toEqual(here)
      reader.close()
      compared += records.length
    }
    expect(compared).toBeGreaterThan(50)
  })
})
