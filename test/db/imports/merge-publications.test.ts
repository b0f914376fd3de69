import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { mergePublications, separateRecords } from '../../../src/db/imports/merge-publications.ts'
import { saveStudy } from '../../../src/db/save-study.ts'
import { duplicates, mergedRecords } from '../../../src/queries/duplicates.ts'
import { type ScratchDatabase, scratchDatabase } from '../../scratch.ts'
import { open, thrownBy } from '../saving.ts'
import { asOtherStudy, ORIGIN, variant } from '../study-variants.ts'
import { type Hit, importLines, readAgain } from './json-records.ts'

let db: Database
let scratch: ScratchDatabase
beforeEach(async () => {
  scratch = await scratchDatabase()
  db = await open(scratch)
})
afterEach(() => db.$disconnect())

const TITLE = 'Interleukin-2 with or without activated killer cells'
const hit = (key: string, publication: Partial<Hit['publication']>): Hit => ({
  key,
  publication: { title: TITLE, published: '1993', ...publication },
})
const state = async () => ({
  publications: await scratch.rows('SELECT * FROM publication ORDER BY id'),
  records: await scratch.rows('SELECT key, publication_id FROM imported_record ORDER BY key'),
})

describe('what may be the same', () => {
  test('is shown with what it has in common, the likeliest first', async () => {
    await importLines(db, 'pubmed_xml', [
      hit('1', { pmid: '1', pages: '622-32' }),
      hit('2', { pmid: '2', pages: '622-32' }),
    ])
    await importLines(db, 'ris', [
      hit('a', { doi: '10.1000/a' }),
      hit('b', { title: `${TITLE.replace('cells', 'cell')}.`, pages: '622', published: '1994' }),
      hit('c', { title: 'Editorial', pages: '622' }),
      hit('d', { title: 'Cells with or without interleukin-2, activated to kill', pages: '622' }),
    ])
    // Of title 0.5, year 0.2 and page 0.3: one without pages has a third of the last; one year apart is half of the second.
    expect(await duplicates(db, 0.5)).toMatchObject([
      { one: 'doi-10.1000/a', other: 'pmid-1', score: 0.8, matched: 'title, year' },
      { one: 'doi-10.1000/a', other: 'pmid-2', score: 0.8, matched: 'title, year' },
    ])
  })

  test('is shown where a record names a number of another publication', async () => {
    await importLines(db, 'pubmed_xml', [hit('1', { pmid: '1', doi: '10.1000/a' })])
    await importLines(db, 'ris', [hit('x', { title: 'An erratum', pmid: '2', doi: '10.1000/a' })])
    expect(await duplicates(db)).toMatchObject([
      { one: 'pmid-1', other: 'pmid-2', score: 1, matched: "a record names the other's DOI, 10.1000/a" },
    ])
  })

  test('are studies that a registry knows by one number', async () => {
    for (const [slug, pmid] of [
      ['one-1999', '11'],
      ['two-1999', '12'],
    ] as const)
      await saveStudy(
        db,
        variant((file) => {
          asOtherStudy(file, slug, pmid)
          Object.assign(file.study, { identifiers: [{ registry: 'clinicaltrials.gov', value: 'NCT00000001' }] })
        }),
        ORIGIN,
      )
    const studies = (await duplicates(db)).filter(({ kind }) => kind === 'study')
    expect(studies).toMatchObject([{ one: 'one-1999', other: 'two-1999', matched: 'clinicaltrials.gov NCT00000001' }])
  })
})

describe('a person', () => {
  test('makes one publication of two, with a reason, and undoes it', async () => {
    await importLines(db, 'pubmed_xml', [hit('1', { pmid: '1', pages: '622-32' })])
    await importLines(db, 'ris', [hit('a', { doi: '10.1000/a', title: 'Interleukine 2', volume: '85' })])
    const before = await state()
    expect(await mergePublications(db, 'doi-10.1000/a', 'pmid-1', 'the same in French', readAgain)).toBe('pmid-1')
    expect(await state()).toMatchObject({
      publications: [{ id: 'pmid-1', title: TITLE, doi: '10.1000/a', volume: '85' }],
      records: [
        { key: 'pubmed:1', publication_id: 'pmid-1' },
        { key: 'ris:a', publication_id: 'pmid-1' },
      ],
    })
    expect(await mergedRecords(db)).toMatchObject([
      { record: 'pubmed:1', matched_by: 'person', reason: 'the same as doi-10.1000/a: the same in French' },
      { record: 'ris:a', matched_by: 'none' },
    ])
    expect(await separateRecords(db, ['ris:a'], 'it is another paper', readAgain)).toBe('doi-10.1000/a')
    expect(await state()).toEqual(before)
  })

  test('keeps records apart that a number made one, also when they come again', async () => {
    await importLines(db, 'pubmed_xml', [hit('1', { pmid: '1', doi: '10.1000/a' })])
    const other = hit('x', { title: 'A supplement of the same issue', doi: '10.1000/a' })
    await importLines(db, 'ris', [other])
    expect(await separateRecords(db, ['ris:x'], 'a supplement', readAgain)).toBe('ris:x')
    expect(await state()).toMatchObject({
      publications: [
        { id: 'pmid-1', doi: '10.1000/a' },
        { id: 'ris:x', doi: null },
      ],
    })
    await importLines(db, 'ris', [{ ...other, publication: { ...other.publication, volume: '3' } }])
    expect(await state()).toMatchObject({ publications: [{ id: 'pmid-1' }, { id: 'ris:x', doi: null, volume: '3' }] })
  })

  test("adds records to what a study's file describes, which stays as that says", async () => {
    await saveStudy(db, variant(), ORIGIN)
    const [study] = await scratch.rows('SELECT * FROM publication')
    await importLines(db, 'ris', [hit('a', { doi: '10.1000/a' })])
    expect(await mergePublications(db, 'doi-10.1000/a', 'pmid-8468720', 'seen', readAgain)).toBe('pmid-8468720')
    expect(await state()).toEqual({
      publications: [study],
      records: [{ key: 'ris:a', publication_id: 'pmid-8468720' }],
    })
    expect(await separateRecords(db, ['ris:a'], 'an error', readAgain)).toBe('doi-10.1000/a')
    expect((await state()).publications).toHaveLength(2)
  })

  test.each([
    { what: 'two that files describe', keys: ['pmid-8468720', 'pmid-12'], code: 'MERGE_REFUSED', says: 'both' },
    { what: 'one with itself', keys: ['pmid-12', 'pmid-12'], code: 'MERGE_REFUSED', says: 'one publication already' },
    { what: 'one that is not there', keys: ['pmid-12', 'pmid-13'], code: 'RECORD_NOT_FOUND', says: 'pmid-13' },
  ])('may not merge $what', async ({ keys: [one = '', other = ''], code, says }) => {
    await saveStudy(db, variant(), ORIGIN)
    const second = variant((file) => asOtherStudy(file, 'other-study', '12'))
    await saveStudy(db, second, ORIGIN)
    const before = await state()
    const error = await thrownBy(() => mergePublications(db, one, other, 'why not', readAgain))
    expect(error).toMatchObject({ code, message: expect.stringContaining(says) })
    expect(await state()).toEqual(before)
  })
})
