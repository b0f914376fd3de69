import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { saveStudy } from '../../../src/db/save-study.ts'
import { EvidenceError } from '../../../src/errors.ts'
import { type ScratchDatabase, scratchDatabase, seededDatabase } from '../../scratch.ts'
import { open } from '../saving.ts'
import { ORIGIN, SEED_SLUG, variant } from '../study-variants.ts'
import { type Hit, importLines } from './json-records.ts'

let db: Database
let scratch: ScratchDatabase
beforeEach(async () => {
  scratch = await scratchDatabase()
  db = await open(scratch)
})
afterEach(() => db.$disconnect())

const TITLE = 'Interleukin-2 with or without activated cells'
const hit = (key: string, publication: Partial<Hit['publication']> = {}, more: Partial<Hit> = {}): Hit => ({
  key,
  publication: { title: `${TITLE} ${key}`, ...publication },
  ...more,
})

const publications = () =>
  scratch.rows('SELECT id, pmid, doi, title, pages, year FROM publication ORDER BY id') as Promise<{ id: string }[]>
const records = () =>
  scratch.rows('SELECT key, publication_id, matched_by, reason FROM imported_record ORDER BY key') as Promise<object[]>
const lastRun = async () =>
  (await scratch.rows('SELECT status, read, saved, unchanged, failed, file_sha256 FROM import_run ORDER BY id')).at(-1)

describe('a file of records', () => {
  test('is saved, and changes nothing when it comes again', async () => {
    const lines = [hit('1', { pmid: '1', published: '1993-04' }, { abstract: 'Words.' }), hit('2', { pmid: '2' })]
    const first = await importLines(db, 'pubmed_xml', lines)
    expect(first).toMatchObject({ status: 'done', read: 2, saved: 2, unchanged: 0, failed: 0, issues: [] })
    expect(await publications()).toMatchObject([
      { id: 'pmid-1', title: `${TITLE} 1`, year: 1993 },
      { id: 'pmid-2', title: `${TITLE} 2`, year: null },
    ])
    expect(await scratch.rows('SELECT id, body FROM publication_text')).toEqual([
      { id: 'pmid-1/abstract', body: 'Words.' },
    ])
    expect(await scratch.rows('SELECT * FROM record_identifier'), 'a DOI that none has is nobody’s').toEqual([])
    expect(await importLines(db, 'pubmed_xml', lines)).toMatchObject({ read: 2, saved: 0, unchanged: 2 })
    expect(await lastRun()).toMatchObject({ status: 'done', read: 2, saved: 0, unchanged: 2, failed: 0 })
    expect((await lastRun())?.file_sha256).toHaveLength(64)
  })

  test('with bad records among good ones saves those, and says of the others where and why', async () => {
    const upperCase = hit('2', { doi: '10.1000/UPPER' })
    const lines = [hit('1', { pmid: '1' }), 'nonsense', upperCase, hit('3', { pmid: '3' })]
    const result = await importLines(db, 'ris', lines)
    expect(result).toMatchObject({ status: 'done', read: 4, saved: 2, failed: 2 })
    expect(result.issues).toEqual([
      { record: 2, line: 2, kind: 'failed', message: 'these words are no record' },
      { record: 3, line: 3, kind: 'failed', key: '2', message: expect.stringContaining('publication_doi_lower_case') },
    ])
    expect((await publications()).map(({ id }) => id)).toEqual(['pmid-1', 'pmid-3'])
    expect(await importLines(db, 'ris', lines)).toMatchObject({ saved: 0, unchanged: 2, failed: 2 })
  })

  test('that breaks off keeps what was whole, and goes on when it comes whole', async () => {
    const lines = [hit('1', { pmid: '1' }), hit('2', { pmid: '2' }), hit('3', { pmid: '3' })]
    const fault = new EvidenceError('IMPORT_FILE_INVALID', 'a.xml:3: the file ends too early.')
    const broken = await importLines(db, 'pubmed_xml', lines.slice(0, 2), { fault })
    expect(broken).toMatchObject({ status: 'failed', read: 2, saved: 2, error: fault })
    expect(await lastRun()).toMatchObject({ status: 'failed', read: 2, saved: 2, file_sha256: null })
    expect(await importLines(db, 'pubmed_xml', lines)).toMatchObject({ status: 'done', saved: 1, unchanged: 2 })
  })

  test('is stopped between batches, and goes on from there', async () => {
    const lines = Array.from({ length: 600 }, (_, index) => hit(String(index + 1), { pmid: String(index + 1) }))
    let asked = 0
    const result = await importLines(db, 'pubmed_xml', lines, { stopped: () => ++asked === 2 })
    expect(result).toMatchObject({ status: 'stopped', read: 500, saved: 500 })
    expect(await publications()).toHaveLength(500)
    expect(await importLines(db, 'pubmed_xml', lines)).toMatchObject({ status: 'done', saved: 100, unchanged: 500 })
  })

  test('counts the leaves without a place', async () => {
    const lines = [
      hit('1', { pmid: '1' }, { unmapped: ['GrantList/Grant[]', 'GrantList/Grant[]', '__proto__'] }),
      hit('2', { pmid: '2' }, { unmapped: ['GrantList/Grant[]'] }),
    ]
    await importLines(db, 'pubmed_xml', lines)
    const [run] = await scratch.rows<{ unmapped: string }>('SELECT unmapped FROM import_run')
    expect(run?.unmapped).toBe('{"GrantList/Grant[]":3,"__proto__":1}')
  })
})

describe('a record that comes again', () => {
  test('with another content replaces what was', async () => {
    await importLines(db, 'pubmed_xml', [hit('1', { pmid: '1', pages: '1-2' }, { abstract: 'Old.' })])
    const again = await importLines(db, 'pubmed_xml', [hit('1', { pmid: '1', title: 'Another' })])
    expect(again).toMatchObject({ saved: 1, unchanged: 0 })
    expect(await publications()).toMatchObject([{ id: 'pmid-1', title: 'Another', pages: null }])
    expect(await scratch.rows('SELECT * FROM publication_text')).toEqual([])
  })

  test('is left alone where what is here is newer', async () => {
    const newer = hit('1', { pmid: '1', title: 'Newer' }, { revision: '2020-01-02' })
    const older = hit('1', { pmid: '1', title: 'Older' }, { revision: '2019-12-31' })
    expect(await importLines(db, 'pubmed_xml', [older, newer])).toMatchObject({ saved: 2, failed: 0 })
    expect(await importLines(db, 'pubmed_xml', [newer, older])).toMatchObject({ saved: 0, unchanged: 2, failed: 0 })
    expect(await publications()).toMatchObject([{ title: 'Newer' }])
  })

  test('in one file, and says neither more nor less of its age, is told', async () => {
    const lines = [hit('1', { pmid: '1', title: 'One' }), hit('1', { pmid: '1', title: 'Two' })]
    const result = await importLines(db, 'pubmed_xml', lines)
    expect(result).toMatchObject({ saved: 1, failed: 1 })
    expect(result.issues).toMatchObject([{ record: 2, key: '1', message: expect.stringContaining('before this one') }])
    expect(await publications()).toMatchObject([{ title: 'One' }])
    expect(await importLines(db, 'pubmed_xml', lines)).toMatchObject({ saved: 0, unchanged: 1, failed: 1 })
  })

  test('in one file, word for word, is nothing new', async () => {
    const lines = [hit('1', { pmid: '1' }), hit('2', { pmid: '2' }), hit('1', { pmid: '1' })]
    expect(await importLines(db, 'pubmed_xml', lines)).toMatchObject({ read: 3, saved: 2, unchanged: 1, failed: 0 })
  })

  test('comes back after its deletion in the same file, and an older one doesn’t come back', async () => {
    // More than are read ahead and saved at once stand between them.
    const others = (from: number) =>
      Array.from({ length: 260 }, (_, index) => hit(String(from + index), { pmid: String(from + index) }))
    const [gone, old, recent] = [
      hit('1', { pmid: '1' }, { revision: '2019-01-01' }),
      hit('2', { pmid: '2', title: 'Old' }, { revision: '2019-01-01' }),
      hit('2', { pmid: '2', title: 'Recent' }, { revision: '2020-01-01' }),
    ]
    const lines = [gone, old, ...others(1_000), { deletes: ['1'] }, recent, ...others(2_000), gone, old]
    const result = await importLines(db, 'pubmed_xml', lines)
    expect(result).toMatchObject({ read: 526, saved: 525, unchanged: 1, failed: 0 })
    expect(await scratch.rows(`SELECT pmid, title FROM publication WHERE pmid IN ('1', '2') ORDER BY pmid`)).toEqual([
      { pmid: '1', title: `${TITLE} 1` },
      { pmid: '2', title: 'Recent' },
    ])
  })

  test('is read again by a newer reader', async () => {
    const lines = [hit('1', { pmid: '1' })]
    await importLines(db, 'pubmed_xml', lines)
    expect(await importLines(db, 'pubmed_xml', lines, { readBy: 2 })).toMatchObject({ saved: 1, unchanged: 0 })
  })
})

describe('a deletion', () => {
  test('counts where it stands in the file', async () => {
    const lines = [hit('1', { pmid: '1' }), { deletes: ['1', '2'] }, hit('1', { pmid: '1' }), hit('2', { pmid: '2' })]
    expect(await importLines(db, 'pubmed_xml', lines)).toMatchObject({ saved: 4, unchanged: 0, failed: 0 })
    expect((await publications()).map(({ id }) => id)).toEqual(['pmid-1', 'pmid-2'])
  })

  test('takes a record and its publication away', async () => {
    await importLines(db, 'pubmed_xml', [hit('1', { pmid: '1' }), hit('2', { pmid: '2' })])
    const lines = [{ deletes: ['1', '77'] }]
    expect(await importLines(db, 'pubmed_xml', lines)).toMatchObject({ read: 1, saved: 1, issues: [] })
    expect((await publications()).map(({ id }) => id)).toEqual(['pmid-2'])
    expect(await importLines(db, 'pubmed_xml', lines)).toMatchObject({ saved: 0, unchanged: 1 })
  })

  test('leaves what a study describes, and says so', async () => {
    await saveStudy(db, variant(), ORIGIN)
    await importLines(db, 'pubmed_xml', [hit('8468720', { pmid: '8468720' })])
    const { issues } = await importLines(db, 'pubmed_xml', [{ deletes: ['8468720'] }])
    expect(issues).toMatchObject([{ kind: 'note', message: expect.stringContaining('pmid-8468720 stays') }])
    expect((await publications()).map(({ id }) => id)).toContain('pmid-8468720')
    expect(await records()).toEqual([])
  })
})

describe('a publication that a study describes', () => {
  test('stays as its file says, and gets the record', async () => {
    const seeded = await seededDatabase()
    const base = await open(seeded)
    try {
      const before = await seeded.rows('SELECT * FROM publication ORDER BY id')
      const result = await importLines(base, 'pubmed_xml', [
        hit('8468720', { pmid: '8468720' }, { abstract: 'Other.' }),
      ])
      expect(result).toMatchObject({ saved: 1, matches: new Map([['pmid', 1]]) })
      expect(await seeded.rows('SELECT * FROM publication ORDER BY id')).toEqual(before)
      expect(await seeded.rows('SELECT publication_id, matched_by FROM imported_record')).toEqual([
        { publication_id: 'pmid-8468720', matched_by: 'pmid' },
      ])
      expect(await saveStudy(base, variant(), ORIGIN)).toBe('unchanged')
    } finally {
      await base.$disconnect()
    }
  })

  test('takes over what records said of it, also where they knew it by another number', async () => {
    const doi = '10.1093/jnci/85.8.622'
    await importLines(db, 'ris', [hit('x', { doi })])
    expect((await publications()).map(({ id }) => id)).toEqual([`doi-${doi}`])
    const file = variant((study) => {
      const [publication] = study.publications
      if (publication) publication.doi = doi
    })
    expect(await saveStudy(db, file, ORIGIN)).toBe('created')
    expect((await publications()).map(({ id }) => id)).toEqual(['pmid-8468720'])
    expect(await records()).toMatchObject([{ key: 'ris:x', publication_id: 'pmid-8468720' }])
    expect(await scratch.rows(`SELECT study_id FROM study_publication`)).toMatchObject([{ study_id: SEED_SLUG }])
  })
})

describe('the order in which files come', () => {
  const one = { title: TITLE, published: '1993', pages: '622-32' }
  const files = [
    ['pubmed_xml', hit('7', { ...one, pmid: '7', doi: '10.1000/seven' }, { abstract: 'Indexed.' })],
    ['medline', hit('7', { ...one, pmid: '7', volume: '85', title: `${TITLE}!` })],
    ['ris', hit('embase-3', { ...one, doi: '10.1000/seven', issue: '8' }, { abstract: 'Exported.' })],
    ['ris', hit('scopus-9', { ...one, pages: '622', title: TITLE.toUpperCase() })],
    ['ris', hit('doi-alone', { title: 'Another title', doi: '10.1000/seven' })],
    ['ris', hit('other', { ...one, pages: '700-1' })],
  ] as const

  test('makes no difference', { timeout: 60_000 }, async () => {
    const outcome = async (order: readonly number[]) => {
      const own = await scratchDatabase()
      const base = await open(own)
      try {
        for (const index of order) {
          const [format, line] = files[index] ?? files[0]
          await importLines(base, format, [line])
        }
      } finally {
        await base.$disconnect()
      }
      return {
        publications: await own.rows('SELECT * FROM publication ORDER BY id'),
        texts: await own.rows('SELECT * FROM publication_text ORDER BY id'),
        records: await own.rows('SELECT key, publication_id FROM imported_record ORDER BY key'),
      }
    }
    const expected = await outcome([0, 1, 2, 3, 4, 5])
    expect(expected.publications).toMatchObject([
      { id: 'pmid-7', pmid: '7', doi: '10.1000/seven', volume: '85', issue: '8', title: TITLE, pages: '622-32' },
      { id: 'ris:other', pages: '700-1' },
    ])
    expect(expected.texts).toMatchObject([{ body: 'Indexed.' }])
    expect(expected.records).toMatchObject([
      { key: 'medline:7', publication_id: 'pmid-7' },
      { key: 'pubmed:7', publication_id: 'pmid-7' },
      { key: 'ris:doi-alone', publication_id: 'pmid-7' },
      { key: 'ris:embase-3', publication_id: 'pmid-7' },
      { key: 'ris:other', publication_id: 'ris:other' },
      { key: 'ris:scopus-9', publication_id: 'pmid-7' },
    ])
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), async (order) => {
        expect(await outcome(order)).toEqual(expected)
      }),
      { numRuns: 12 },
    )
  })
})
