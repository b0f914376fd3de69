import { describe, expect, test } from 'vitest'
import { mergePublications, separateRecords } from '../../../src/db/imports/merge-publications.ts'
import type { ReadAgain } from '../../../src/db/imports/read-record.ts'
import { readAgain as readKept } from '../../../src/import/record-formats.ts'
import type { Database } from '../../../src/index.ts'
import { review, study } from '../../import/revman/a-review.ts'
import { empty, STUDY, saveFile, withVariants } from '../../queries/seeded.ts'
import { seedFile } from '../study-variants.ts'
import { importFile } from './import-file.ts'
import { type Hit, importLines, readAgain } from './json-records.ts'

const TITLE = 'Interleukin-2 with or without activated cells'

/** A reference of RevMan; what tells it from others is up to the test. */
const reference = (numbers: Readonly<Record<string, string>>, title = TITLE) =>
  `<REFERENCE TYPE="JOURNAL_ARTICLE" PRIMARY="NO"><AU>Rosenberg SA</AU><TI>${title}</TI><SO>JNCI</SO><YR>1993</YR><PG>622-32</PG>
   <IDENTIFIERS>${Object.entries(numbers)
     .map(([type, value]) => `<IDENTIFIER TYPE="${type}" VALUE="${value}"/>`)
     .join('')}</IDENTIFIERS></REFERENCE>`
const citing = (...references: readonly string[]) => review([study('ID="STD-A"', { study: references.join('\n') })])

const RECORD: Hit = {
  key: '7',
  publication: {
    pmid: '7',
    doi: '10.1000/seven',
    title: `${TITLE}, as PubMed has it`,
    published: '1993-04-21',
    pages: '622-32',
    volume: '85',
  },
  abstract: 'Indexed.',
}

/** Records of PubMed are these tests' own, reviews are RevMan's. */
const readers: ReadAgain = (format, content) => (format === 'revman' ? readKept : readAgain)(format, content)

const state = async (db: Database) => ({
  publications: await db.publication.findMany({ orderBy: { id: 'asc' } }),
  texts: (await db.publicationText.findMany({ orderBy: { id: 'asc' } })).map(({ id, body }) => [id, body]),
  authors: (await db.authorship.findMany({ orderBy: [{ publicationId: 'asc' }, { position: 'asc' }] })).length,
  reports: await db.studyPublication.findMany({ orderBy: [{ studyId: 'asc' }, { publicationId: 'asc' }] }),
  records: await db.importedRecord.findMany({
    where: { publicationId: { not: null } },
    select: { key: true, publicationId: true },
    orderBy: { key: 'asc' },
  }),
})

describe('a publication that a review of RevMan cites', () => {
  test.each([
    ['its PMID', [reference({ PUBMED: '7' })], RECORD],
    ['its DOI alone', [reference({ DOI: '10.1000/seven' })], RECORD],
    ['its title, year and page', [reference({})], { ...RECORD, publication: { ...RECORD.publication, title: TITLE } }],
    [
      'two references by other numbers',
      [reference({ DOI: '10.1000/seven' }), reference({ PUBMED: '7' }, 'Other')],
      RECORD,
    ],
  ] as const)(
    'and PubMed has becomes what PubMed says, known by %s, whichever comes first',
    async (_, cited, record) => {
      const file = citing(...cited)
      const [before, after] = [await empty(), await empty()]
      await importLines(before, 'pubmed_xml', [record])
      expect(await importFile(before, 'revman', file)).toMatchObject({ saved: 2, failed: 0 })
      await importFile(after, 'revman', file)
      expect(await importLines(after, 'pubmed_xml', [record])).toMatchObject({ saved: 1, failed: 0 })
      const found = await state(after)
      expect(found).toEqual(await state(before))
      expect(found).toMatchObject({
        publications: [
          { id: 'pmid-7', title: record.publication.title, doi: '10.1000/seven', volume: '85', journal: null },
        ],
        texts: [['pmid-7/abstract', 'Indexed.']],
        authors: 0,
        reports: [{ studyId: 'revman-42-a', publicationId: 'pmid-7', position: 1, code: 'ref1' }],
      })
      expect(await importFile(after, 'revman', file)).toMatchObject({ saved: 0, unchanged: 2 })
      expect(await importLines(after, 'pubmed_xml', [{ deletes: ['7'] }]), 'the study names it').toMatchObject({
        issues: [{ kind: 'note', message: expect.stringContaining('pmid-7 stays, since studies or reviews name it') }],
      })
    },
  )

  test('twice without a number, by two studies, is one', async () => {
    const file = review([study('ID="STD-A"', { study: reference({}) }), study('ID="STD-B"', { study: reference({}) })])
    const db = await empty()
    await importFile(db, 'revman', file)
    expect((await state(db)).publications).toMatchObject([{ id: 'revman-42-a-ref1' }])
    await importLines(db, 'pubmed_xml', [{ ...RECORD, publication: { ...RECORD.publication, title: TITLE } }])
    expect((await state(db)).reports.map(({ studyId, publicationId }) => [studyId, publicationId])).toEqual([
      ['revman-42-a', 'pmid-7'],
      ['revman-42-b', 'pmid-7'],
    ])
  })

  test.each([
    ['revman-42-a-ref1', 'pmid-7'],
    ['pmid-7', 'revman-42-a-ref1'],
  ])('and a record are made one by a person (%s, %s), also for a later version, and two again', async (one, other) => {
    const db = await empty()
    const french = reference({}, 'Another title, in French')
    await importFile(db, 'revman', citing(french))
    await importLines(db, 'pubmed_xml', [RECORD])
    const before = await state(db)
    expect(await mergePublications(db, one, other, 'translated', readers)).toBe('pmid-7')
    const merged = await state(db)
    expect(merged.publications.map(({ id }) => id)).toEqual(['pmid-7'])
    expect(merged.reports).toMatchObject([{ studyId: 'revman-42-a', publicationId: 'pmid-7' }])
    await importFile(db, 'revman', citing(french, reference({}, 'A further reference of the study')))
    expect((await state(db)).reports).toMatchObject([
      { publicationId: 'pmid-7' },
      { publicationId: 'revman-42-a-ref2' },
    ])
    await importFile(db, 'revman', citing(french))
    expect(await state(db)).toMatchObject({ reports: merged.reports })
    expect(await separateRecords(db, ['pubmed:7'], 'another trial', readers)).toBe('pmid-7')
    expect(await state(db)).toMatchObject({ reports: before.reports })
    const own = before.publications.find(({ id }) => id === 'revman-42-a-ref1')
    expect((await state(db)).publications).toContainEqual(own)
    const refused = separateRecords(db, ['pubmed:7'], 'again', readers)
    await expect(refused).rejects.toMatchObject({ code: 'MERGE_REFUSED' })
  })
})

test('a study’s file, a review of RevMan and PubMed say the same of a publication in every order', async () => {
  const file = seedFile()
  const [publication] = file.publications
  const pmid = publication?.pmid ?? ''
  const steps: readonly ((db: Database) => Promise<unknown>)[] = [
    (db) => saveFile(db, file),
    (db) => importFile(db, 'revman', citing(reference({ PUBMED: pmid }))),
    (db) => importLines(db, 'pubmed_xml', [{ ...RECORD, key: pmid, publication: { ...RECORD.publication, pmid } }]),
  ]
  const outcome = async (order: readonly number[]) => {
    const db = await empty()
    for (const index of order) await steps[index]?.(db)
    return state(db)
  }
  const expected = await outcome([0, 1, 2])
  const own = await withVariants(() => undefined)
  expect(expected.publications, 'as the file says').toEqual((await state(own)).publications)
  expect(expected.reports.map(({ studyId }) => studyId)).toEqual(['revman-42-a', STUDY])
  for (const order of [
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ])
    expect(await outcome(order), order.join()).toEqual(expected)
})
