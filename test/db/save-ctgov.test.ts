import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkStudy } from '../../src/checks/check-study.ts'
import type { Database } from '../../src/db/connect.ts'
import { readStudy } from '../../src/db/read-study.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { readCtgovStudy } from '../../src/import/ctgov/read-study.ts'
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

  test('are saved under all rules of the database, and come back as they were', async () => {
    const all = fixtures('v2', '.json').filter(({ name }) => !/NCT(?:55555555|87654321)/.test(name))
    const some = ENGINE === 'sqlite' ? all : all.slice(0, 5)
    for (const [number, { bytes, name }] of some.entries()) {
      const { record } = readCtgovStudy({ number, line: 1, bytes })
      const origin = { ...ORIGIN, fileName: name }
      expect(await saveStudy(db, record, origin), name).toBe('created')
      expect(await saveStudy(db, record, origin), name).toBe('unchanged')
      const back = await db.$transaction((tx) => readStudy(tx, record.slug))
      expect(back?.rows.outcomeMeasurement.length).toBe(record.rows.outcomeMeasurement.length)
      checkStudy(record)
    }
    expect(some.length).toBeGreaterThan(4)
  }, 300_000)
})
