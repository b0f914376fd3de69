import { describe, expect, test } from 'vitest'
import { type OpenedMesh, saveMesh } from '../../../src/db/save-mesh.ts'
import type { Database } from '../../../src/index.ts'
import { empty, saveFile } from '../../queries/seeded.ts'
import { asOtherStudy, seedFile } from '../study-variants.ts'
import { importLines } from './json-records.ts'

// The first study names D008545 Melanoma and Q000628 therapy; records of another year call them otherwise.
const MELANOMA = { descriptor: 'Melanomata', ui: 'D008545' }
const RECORD = {
  key: '1',
  publication: {
    title: 'A record of another year',
    pmid: '1',
    mesh: [{ ...MELANOMA, qualifier: { name: 'treatment', ui: 'Q000628' } }],
  },
}

const names = async (db: Database) => [
  ...(await db.meshDescriptor.findMany({ where: { ui: 'D008545' } })).map(({ name }) => name),
  ...(await db.meshQualifier.findMany({ where: { ui: 'Q000628' } })).map(({ name }) => name),
]
const importMesh = (db: Database, name: string, entryTerms: readonly string[] = []) =>
  saveMesh(db, { fileName: 'd2024.bin', now: () => new Date(0) }, async () => mesh(name, entryTerms))
const mesh = (name: string, entryTerms: readonly string[]): OpenedMesh => ({
  content: 'descriptors',
  year: 2024,
  batches: (async function* () {
    yield [{ ui: 'D008545', name, scopeNote: null, treeNumbers: [], entryTerms: [...entryTerms] }]
  })(),
  sha256: () => 'f'.repeat(64),
})

describe('a heading that records call by the name of another year', () => {
  test('goes by the name of a study’s file, whichever comes first', async () => {
    const [before, after] = [await empty(), await empty()]
    await saveFile(before, seedFile())
    expect(await importLines(before, 'pubmed_xml', [RECORD])).toMatchObject({ saved: 1, failed: 0 })
    await importLines(after, 'pubmed_xml', [RECORD])
    expect(await names(after)).toEqual(['Melanomata', 'treatment'])
    expect(await saveFile(after, seedFile())).toBe('created')
    expect(await names(after)).toEqual(await names(before))
    expect(await names(after)).toEqual(['Melanoma', 'therapy'])
    expect(await saveFile(after, seedFile())).toBe('unchanged')
  })

  test('is refused under two names by two files, also where records have a third', async () => {
    const db = await empty()
    await importLines(db, 'pubmed_xml', [RECORD])
    await saveFile(db, seedFile())
    const other = seedFile()
    asOtherStudy(other, 'other-1999', '7')
    const renamed = JSON.parse(JSON.stringify(other).replaceAll('"Melanoma"', '"Melanomas"'))
    await expect(saveFile(db, renamed)).rejects.toMatchObject({
      code: 'SHARED_ROW_CONFLICT',
      message: expect.stringContaining('D008545 "Melanomas", but the database has D008545 as "Melanoma"'),
    })
    expect(await names(db)).toEqual(['Melanoma', 'therapy'])
  })

  test('is not taken for another heading whose name the file has for it', async () => {
    const db = await empty()
    const other = {
      ...RECORD,
      publication: { ...RECORD.publication, mesh: [{ descriptor: 'Melanoma', ui: 'D000001' }] },
    }
    await importLines(db, 'pubmed_xml', [
      RECORD,
      { ...other, key: '2', publication: { ...other.publication, pmid: '2' } },
    ])
    await expect(saveFile(db, seedFile())).rejects.toMatchObject({ code: 'SHARED_ROW_CONFLICT' })
  })

  test('goes by MeSH’s name once that is imported, which a file may call by a former one, and by no other', async () => {
    const db = await empty()
    await importMesh(db, 'Melanomas, Malignant')
    await expect(saveFile(db, seedFile())).rejects.toMatchObject({
      code: 'SHARED_ROW_CONFLICT',
      message: expect.stringContaining("That is MeSH 2024: if the file's name"),
    })
    await importMesh(db, 'Melanomas, Malignant', ['Melanoma'])
    expect(await saveFile(db, seedFile())).toBe('created')
    expect((await names(db))[0]).toBe('Melanomas, Malignant')
  })
})
