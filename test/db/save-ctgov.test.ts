import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { readStudy } from '../../src/db/read-study.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { studyFileOf } from '../../src/export/study-file/study-file-of.ts'
import { readCtgovStudy } from '../../src/import/ctgov/read-study.ts'
import { extractDichotomous } from '../../src/queries/extract-dichotomous.ts'
import { ENGINE } from '../engines.ts'
import { describeFixtures, fixtures } from '../import/ctgov/fixtures.ts'
import { scratchDatabase } from '../scratch.ts'
import { open } from './saving.ts'
import { ORIGIN } from './study-variants.ts'

describeFixtures('the records of a registry', () => {
  let db: Database
  beforeAll(async () => {
    db = await open(await scratchDatabase())
  })
  afterAll(() => db.$disconnect())

  test('are saved under all rules of the database, and a second time change nothing', async () => {
    const all = fixtures('v2', '.json').filter(({ name }) => !/NCT(?:55555555|87654321)/.test(name))
    const some = ENGINE === 'sqlite' ? all : all.slice(0, 5)
    for (const [number, { bytes, name }] of some.entries()) {
      const { record } = readCtgovStudy({ number, line: 1, bytes })
      const origin = { ...ORIGIN, fileName: name }
      expect(await saveStudy(db, record, origin), name).toBe('created')
      expect(await saveStudy(db, record, origin), name).toBe('unchanged')
    }
    expect(some).toHaveLength(ENGINE === 'sqlite' ? 89 : 5)
  }, 300_000)

  test('give 2×2 tables by the roles of their arms', async () => {
    // Read by eye in the record: 13 of 18 and 9 of 19.
    const rows = await extractDichotomous(db, { studies: ['NCT00179517'], arms: 'all pairs' })
    expect(rows[0]).toMatchObject({
      experimental: 'Depotestosterone Plus Anastrozole (T-A)',
      control: 'Depotestosterone Plus Placebo (T-P)',
      ...{ ai: 13, bi: 5, n1i: 18, ci: 9, di: 10, n2i: 19 },
    })
    expect(await extractDichotomous(db, { studies: ['NCT00179517'] })).toEqual([])
  })

  test('make no study file', async () => {
    const record = await db.$transaction((tx) => readStudy(tx, 'NCT00179517'))
    expect(() => record && studyFileOf(record)).toThrow(expect.objectContaining({ code: 'STUDY_FROM_REGISTRY' }))
    expect(record?.rows.outcomeMeasurement.length).toBeGreaterThan(0)
  })
})
