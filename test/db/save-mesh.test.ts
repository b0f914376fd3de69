import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { type MeshOptions, type OpenedMesh, saveMesh } from '../../src/db/save-mesh.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import type { MeshDescriptorRecord } from '../../src/model/mesh-record.ts'
import { seededDatabase } from '../scratch.ts'
import { open } from './saving.ts'
import { ORIGIN, variant } from './study-variants.ts'

let db: Database
beforeEach(async () => {
  db = await open(await seededDatabase())
})
afterEach(() => db.$disconnect())

const now = () => new Date('2026-11-24T12:00:00Z')
async function* one<T>(records: readonly T[]) {
  yield records
}
const save = (
  content: OpenedMesh['content'],
  year: number | null,
  records: readonly unknown[],
  options?: MeshOptions,
) =>
  saveMesh(
    db,
    { fileName: `${content}.bin`, now },
    async () => ({ content, year, batches: one(records), sha256: () => 'f'.repeat(64) }) as unknown as OpenedMesh,
    options,
  )
const descriptor = (ui: string, name: string, treeNumbers: string[] = [], entryTerms: string[] = []) =>
  ({ ui, name, scopeNote: null, treeNumbers, entryTerms }) satisfies MeshDescriptorRecord
/** All that is held of MeSH, and not what is noted of imports. */
const held = async () => ({
  descriptors: await db.meshDescriptor.findMany({ orderBy: { ui: 'asc' } }),
  places: await db.meshTreeNumber.findMany({ orderBy: { treeNumber: 'asc' } }),
  terms: await db.meshEntryTerm.findMany({ orderBy: [{ descriptorUi: 'asc' }, { term: 'asc' }] }),
})
const placesOf = async (descriptorUi: string) =>
  (await db.meshTreeNumber.findMany({ where: { descriptorUi } })).map(({ treeNumber }) => treeNumber).sort()

const NEOPLASMS = descriptor('D009369', 'Neoplasms', ['C04'], ['Cancer'])
const KIDNEY = descriptor('D007680', 'Kidney Neoplasms', ['C04.588', 'C12.758'], ['Kidney Cancer'])

describe('MeSH is saved', () => {
  test('and saved again changes nothing; each run is noted', async () => {
    const first = await save('descriptors', 2024, [NEOPLASMS, KIDNEY])
    // Neoplasms was there already, as the study names it.
    expect(first).toMatchObject({ read: 2, saved: 2, unchanged: 0, gone: [] })
    expect(first.unknownInUse.map(({ name }) => name)).toContain('Female')
    expect(first.unknownInUse.map(({ name }) => name)).not.toContain('Neoplasms')
    const after = await held()
    expect(await placesOf('D007680')).toEqual(['C04.588', 'C12.758'])
    expect(await save('descriptors', 2024, [NEOPLASMS, KIDNEY])).toMatchObject({ read: 2, saved: 0, unchanged: 2 })
    expect(await held()).toEqual(after)
    expect(
      await db.importRun.findMany({ where: { format: 'mesh-descriptors' }, orderBy: { id: 'asc' } }),
    ).toMatchObject([
      { status: 'done', read: 2, saved: 2, unchanged: 0, fileName: 'descriptors.bin' },
      { status: 'done', read: 2, saved: 0, unchanged: 2 },
    ])
  })

  test('a newer year changes names and places, and keeps identifiers and former names', async () => {
    await save('descriptors', 2024, [NEOPLASMS, KIDNEY])
    const renamed = descriptor('D009369', 'Tumours', ['C05'], [])
    // Its place and its name go to others, whatever their order.
    const others = [
      descriptor('D000001', 'Neoplasms', ['C04']),
      descriptor('D007680', 'Kidney Neoplasms', ['C05.588'], ['Kidney Cancer']),
    ]
    for (const [year, records] of [
      [2025, [...others, renamed]],
      [2026, [renamed, ...others]],
    ] as const) {
      expect(await save('descriptors', year, records)).toMatchObject({ saved: year === 2025 ? 3 : 0, gone: [] })
      expect(await db.meshDescriptor.findUnique({ where: { ui: 'D009369' } })).toMatchObject({ name: 'Tumours', year })
      expect(await db.meshDescriptor.findUnique({ where: { ui: 'D000001' } })).toMatchObject({ name: 'Neoplasms' })
      expect([await placesOf('D009369'), await placesOf('D000001'), await placesOf('D007680')]).toEqual([
        ['C05'],
        ['C04'],
        ['C05.588'],
      ])
      expect(await db.meshEntryTerm.findMany({ where: { descriptorUi: 'D009369' } })).toEqual([
        { descriptorUi: 'D009369', term: 'Neoplasms', former: true },
      ])
    }
  })

  test('a study file may go on using a name that a heading had before', async () => {
    const [first] = await db.meshDescriptor.findMany({ where: { name: 'Neoplasms' } })
    await save('descriptors', 2024, [descriptor(first?.ui ?? '', 'Tumours', ['C04'])])
    expect(await saveStudy(db, variant(), ORIGIN)).toBe('unchanged')
    await db.meshEntryTerm.deleteMany()
    await expect(saveStudy(db, variant(), ORIGIN)).rejects.toMatchObject({ code: 'SHARED_ROW_CONFLICT' })
  })

  test('what a newer year has no more is named and kept, without its places', async () => {
    const leaving = descriptor('D000005', 'Leaving', ['C04.100'])
    await save('descriptors', 2024, [NEOPLASMS, KIDNEY, leaving])
    expect(await save('descriptors', 2025, [NEOPLASMS, KIDNEY])).toMatchObject({
      saved: 0,
      gone: [{ ui: 'D000005', name: 'Leaving' }],
    })
    expect(await placesOf('D000005')).toEqual([])
    expect(await db.meshDescriptor.findUnique({ where: { ui: 'D000005' } })).toMatchObject({
      name: 'Leaving',
      year: null,
    })
  })

  test('the tree alone places the descriptors that it names, and no others', async () => {
    await save('descriptors', 2024, [NEOPLASMS, KIDNEY])
    const places = [
      { name: 'Neoplasms', treeNumber: 'C04' },
      { name: 'Kidney Neoplasms', treeNumber: 'C04.999' },
      { name: 'Unheard Of', treeNumber: 'Z99' },
    ]
    expect(await save('trees', 2024, places)).toMatchObject({
      read: 3,
      saved: 1,
      unchanged: 1,
      failed: 1,
      removed: 2,
      unplaced: ['Unheard Of'],
    })
    expect(await placesOf('D007680')).toEqual(['C04.999'])
  })
})

describe('refused, with nothing kept but a note', () => {
  test.each([
    ['an identifier twice', [KIDNEY, NEOPLASMS, NEOPLASMS], /D009369 is there twice/],
    [
      'a name twice',
      [NEOPLASMS, { ...KIDNEY, name: 'Neoplasms' }],
      /"Neoplasms" is the name of D009369 and of D007680/,
    ],
    [
      'a place twice',
      [NEOPLASMS, { ...KIDNEY, treeNumbers: ['C04'] }],
      /tree number C04 belongs to D009369 and to D007680/,
    ],
  ])('%s', async (_, records, message) => {
    const before = await held()
    await expect(save('descriptors', 2024, records)).rejects.toMatchObject({ code: 'IMPORT_FILE_INVALID', message })
    expect(await held()).toEqual(before)
    expect(await db.importRun.findMany({ where: { status: 'failed' } })).toMatchObject([{ format: 'mesh-descriptors' }])
  })

  test('a file that ends in a mistake', async () => {
    const before = await held()
    const broken = async function* () {
      yield Array.from({ length: 1_000 }, (_, index) =>
        descriptor(`D1${String(index).padStart(5, '0')}`, `Name ${index}`),
      )
      throw Object.assign(new Error('the file broke off'))
    }
    const opened = async () =>
      ({ content: 'descriptors', year: 2024, batches: broken(), sha256: () => 'f'.repeat(64) }) as OpenedMesh
    await expect(saveMesh(db, { fileName: 'd2024.bin', now }, opened)).rejects.toThrow('the file broke off')
    expect(await held()).toEqual(before)
  })

  test('an older year, a part, a year that nobody says, and a tree before any descriptor, unless told', async () => {
    await expect(save('descriptors', null, [NEOPLASMS])).rejects.toMatchObject({ code: 'USAGE' })
    await save('descriptors', 2024, [NEOPLASMS, KIDNEY, descriptor('D000001', 'One')])
    await expect(save('descriptors', 2023, [NEOPLASMS])).rejects.toMatchObject({ code: 'VOCABULARY_OLDER' })
    await expect(save('descriptors', 2025, [NEOPLASMS])).rejects.toThrow(/can't be the whole vocabulary/)
    expect(await save('descriptors', 2025, [NEOPLASMS], { part: true })).toMatchObject({ unchanged: 1, gone: [] })
    expect(await save('descriptors', 2023, [KIDNEY, NEOPLASMS], { older: true })).toMatchObject({
      gone: [{ ui: 'D000001', name: 'One' }],
    })
  })
})
