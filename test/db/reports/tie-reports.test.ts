import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergePublications, separateRecords } from '../../../src/db/imports/merge-publications.ts'
import { namesOfStudy, saveStudyWithin } from '../../../src/db/save-study.ts'
import { inWriteTransaction } from '../../../src/db/write-transaction.ts'
import type { Database } from '../../../src/index.ts'
import { checkStudies } from '../../../src/queries/check-studies.ts'
import { findStudies } from '../../../src/queries/find-studies.ts'
import { reportsOfStudies } from '../../../src/queries/reports-of-studies.ts'
import { empty, STUDY, saveFile } from '../../queries/seeded.ts'
import { scratchDatabase } from '../../scratch.ts'
import { importLines, readAgain } from '../imports/json-records.ts'
import { open } from '../saving.ts'
import { entry, ORIGIN, seedFile, variant } from '../study-variants.ts'
import { importReports, importTrial, report, told, trial } from './reporting.ts'

const ONE = 'NCT00000001'
const TWO = 'NCT00000002'

describe('a publication that names the number of a study', () => {
  test.each(['after', 'before'] as const)(
    'reports it, which is told with how it is known: imported %s it',
    async (when) => {
      const db = await empty()
      if (when === 'after') await importTrial(db, trial(ONE))
      await importReports(db, report('1', [ONE]))
      if (when === 'before') await importTrial(db, trial(ONE))
      expect(await reportsOfStudies(db, { studies: [ONE] })).toEqual([
        {
          study: ONE,
          publication: 'pmid-1',
          pmid: '1',
          year: null,
          title: 'The publication 1',
          role: 'not_stated',
          tied_by: 'registration',
          how: `pubmed:1 names ${ONE}`,
          left_open: null,
        },
      ])
      const found = await findStudies(db, { pmid: '1' })
      expect(found.rows.map(({ study }) => study)).toEqual([ONE])
    },
  )

  test('and says that it was retracted is found by the checks of the study', async () => {
    const db = await empty()
    await importTrial(db, trial(ONE))
    await importReports(db, report('1', [ONE], ['Retracted Publication']))
    const { rows } = await checkStudies(db)
    expect(rows.filter(({ rule }) => rule === 'publication-status')).toMatchObject([{ study: ONE, row: 'pmid-1' }])
  })

  test('is a protocol or a correction where it is indexed so', async () => {
    const db = await empty()
    await importTrial(db, trial(ONE))
    await importReports(db, report('1', [ONE], ['Published Erratum']), report('2', [ONE], ['Clinical Trial Protocol']))
    expect(await told(db)).toEqual([
      `${ONE} | pmid-1 | correction | registration`,
      `${ONE} | pmid-2 | protocol | registration`,
    ])
  })

  test('of other data banks, of a sponsor or of a related trial is nothing to it', async () => {
    const db = await empty()
    const numbers = {
      orgStudyIdInfo: { id: 'ISRCTN00000001' },
      secondaryIdInfos: [{ id: TWO, type: 'REGISTRY', domain: 'Extension of' }],
    }
    await importTrial(db, trial(ONE, [], numbers))
    const dryad = { ...report('3', []), registrations: [{ registry: 'dryad', value: ONE }] }
    await importReports(db, report('1', ['ISRCTN00000001']), report('2', [TWO]), dryad)
    expect(await told(db)).toEqual([])
  })

  test('reports it also where it names another number of the same study', async () => {
    const db = await empty()
    const numbers = { secondaryIdInfos: [{ id: 'ISRCTN00000001', type: 'REGISTRY', domain: 'ISRCTN registry' }] }
    await importTrial(db, trial(ONE, [], numbers))
    await importReports(db, report('1', [ONE, 'ISRCTN00000001']))
    expect(await told(db)).toEqual([`${ONE} | pmid-1 | not_stated | registration`])
  })
})

describe('a publication that several trials are tied to', () => {
  test.each([
    ['by its own numbers', [trial(ONE), trial(TWO)], [ONE, TWO], [TWO, ONE]],
    ['one of which is not here', [trial(ONE)], [ONE, TWO], [TWO]],
    [
      'by its number and the other’s reference',
      [trial(ONE), trial(TWO, [{ pmid: '1', type: 'DERIVED' }])],
      [ONE],
      [TWO, ONE],
    ],
  ])('is left to people: %s', async (_, trials, numbers, others) => {
    const db = await empty()
    await importTrial(db, ...trials)
    await importReports(db, report('1', numbers))
    expect(await told(db)).toEqual(
      others.map((other, index) => `${[ONE, TWO][index]} | pmid-1 | it is tied to ${other} as well`),
    )
    expect(await db.studyPublication.count()).toBe(0)
  })

  test('and one that is indexed as a review', async () => {
    const db = await empty()
    await importTrial(db, trial(ONE))
    await importReports(db, report('1', [ONE], ['Systematic Review']))
    expect(await told(db)).toEqual([`${ONE} | pmid-1 | it is indexed as Systematic Review`])
  })

  test('once it says so in a later version, or once another trial names it, is no report any more', async () => {
    const db = await empty()
    await importTrial(db, trial(ONE))
    await importReports(db, report('1', [ONE]), report('2', [ONE]))
    await importReports(db, report('1', [ONE, 'NCT00000009']))
    await importTrial(db, trial(TWO, [{ pmid: '2', type: 'RESULT' }]))
    expect(await told(db, [ONE])).toEqual([
      `${ONE} | pmid-1 | it is tied to NCT00000009 as well`,
      `${ONE} | pmid-2 | it is tied to ${TWO} as well`,
    ])
    await importTrial(db, trial(TWO))
    expect(await told(db), 'the other trial names it no more').toEqual([
      `${ONE} | pmid-2 | not_stated | registration`,
      `${ONE} | pmid-1 | it is tied to NCT00000009 as well`,
    ])
  })
})

describe('what a registry’s record names', () => {
  test('as a result reports the study, as background it doesn’t; what isn’t here is told', async () => {
    const db = await empty()
    await importTrial(
      db,
      trial(ONE, [
        { pmid: '1', type: 'RESULT' },
        { pmid: '2', type: 'BACKGROUND' },
        { pmid: '3', type: 'DERIVED' },
      ]),
    )
    await importReports(db, report('1', []), report('2', []))
    expect(await told(db)).toEqual([`${ONE} | pmid-1 | not_stated | registration`, `${ONE} | PMID 3 | it is not here`])
  })
})

test('ties follow publications that are merged, taken apart and deleted', async () => {
  const db = await empty()
  await importTrial(db, trial(ONE))
  await importReports(db, report('1', [ONE]))
  await importLines(db, 'ris', [{ key: 'x', publication: { title: 'Another title', doi: '10.1000/x' } }])
  await mergePublications(db, 'doi-10.1000/x', 'pmid-1', 'the same', readAgain)
  expect(await told(db)).toEqual([`${ONE} | pmid-1 | not_stated | registration`])
  await separateRecords(db, ['pubmed:1'], 'not the same', readAgain)
  expect(await told(db)).toEqual([`${ONE} | pmid-1 | not_stated | registration`])
  await importLines(db, 'pubmed_xml', [{ deletes: ['1'] }])
  expect(await told(db)).toEqual([])
  expect((await db.publication.findMany()).map(({ id }) => id)).toEqual(['doi-10.1000/x'])
})

test('a publication that comes while another program still saves its study waits for that, and is tied', async () => {
  const scratch = await scratchDatabase()
  const [one, other] = [await open(scratch), await open(scratch)]
  const record = variant((file) => {
    file.study.identifiers = [{ registry: 'clinicaltrials.gov', value: ONE }]
  })
  let coming: Promise<unknown> | undefined
  await inWriteTransaction(one, 'the study', namesOfStudy(record), async (tx) => {
    await saveStudyWithin(tx, record, ORIGIN)
    coming = importReports(other, report('1', [ONE]))
    // Time in which it would be saved if it didn't wait.
    await delay(1_000)
  })
  await coming
  expect(await told(one)).toContain(`${STUDY} | pmid-1 | not_stated | registration`)
  await one.$disconnect()
  await other.$disconnect()
})

test('a study’s file says of its own publications what they are, and gets others beside them', async () => {
  const db = await empty()
  const file = seedFile()
  const pmid = entry(file.publications).pmid ?? ''
  file.study.identifiers = [{ registry: 'clinicaltrials.gov', value: ONE }]
  await importReports(db, report(pmid, [ONE]), report('1', [ONE]))
  await saveFile(db, file)
  const expected = [`${STUDY} | pmid-${pmid} | primary | study`, `${STUDY} | pmid-1 | not_stated | registration`]
  expect(await told(db)).toEqual(expected)
  expect(await saveFile(db, file)).toBe('unchanged')
  file.study.title = 'Another title'
  expect(await saveFile(db, file)).toBe('updated')
  expect(await told(db)).toEqual(expected)
  file.study.identifiers = []
  await saveFile(db, file)
  expect(await told(db)).toEqual(expected.slice(0, 1))
})

test('the order in which studies and publications come makes no difference', { timeout: 120_000 }, async () => {
  const file = seedFile()
  file.study.identifiers = [{ registry: 'clinicaltrials.gov', value: ONE }]
  const own = entry(file.publications).pmid ?? ''
  const doi = '10.1000/one'
  const steps: readonly ((db: Database) => Promise<unknown>)[] = [
    (db) => importTrial(db, trial(ONE, [{ pmid: '3', type: 'RESULT' }])),
    (db) => importTrial(db, trial(TWO, [{ pmid: '4', type: 'DERIVED' }])),
    (db) => saveFile(db, file),
    (db) => importReports(db, report('1', [ONE]), report('2', [ONE, TWO]), report('3', []), report(own, [ONE])),
    (db) => importReports(db, report('4', [TWO]), report('5', [TWO], ['Review']), report('6', ['NCT00000009', TWO])),
    // A record of no number is the same publication as one that names the trial, by its DOI.
    (db) => importLines(db, 'ris', [{ key: 'a', publication: { title: 'A', doi } }]),
    (db) => importLines(db, 'medline', [{ ...report('7', [TWO]), publication: { title: 'A', pmid: '7', doi } }]),
  ]
  const all = steps.map((_, index) => index)
  const outcome = async (order: readonly number[]) => {
    const db = await empty()
    for (const index of order) await steps[index]?.(db)
    return {
      told: await told(db),
      links: await db.studyPublication.findMany({ orderBy: [{ studyId: 'asc' }, { position: 'asc' }] }),
    }
  }
  const expected = await outcome(all)
  expect(expected.told).toEqual([
    `${ONE} | pmid-1 | not_stated | registration`,
    `${ONE} | pmid-3 | not_stated | registration`,
    `${ONE} | pmid-${own} | not_stated | registration`,
    `${ONE} | pmid-2 | it is tied to ${TWO} as well`,
    `${TWO} | pmid-4 | not_stated | registration`,
    `${TWO} | pmid-7 | not_stated | registration`,
    `${TWO} | pmid-2 | it is tied to ${ONE} as well`,
    `${TWO} | pmid-5 | it is indexed as Review`,
    `${TWO} | pmid-6 | it is tied to NCT00000009 as well`,
    `${STUDY} | pmid-${own} | primary | study`,
    `${STUDY} | pmid-1 | not_stated | registration`,
    `${STUDY} | pmid-2 | it is tied to ${TWO} as well`,
  ])
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (order) => {
      expect(await outcome(order)).toEqual(expected)
    }),
    { numRuns: 10 },
  )
})
