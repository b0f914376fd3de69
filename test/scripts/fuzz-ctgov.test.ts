import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ctgovOriginals, fuzzCtgov } from '../../scripts/fuzz/fuzz-ctgov.ts'
import type { Database } from '../../src/db/connect.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { open } from '../db/saving.ts'
import { ORIGIN } from '../db/study-variants.ts'
import { ROOT, scratchDatabase } from '../scratch.ts'

/** Of so many records that were read one is saved. */
const SAVED_ONE_IN = 5

describe('of 500 spoiled records', () => {
  let db: Database
  beforeAll(async () => {
    db = await open(await scratchDatabase())
  })
  afterAll(() => db.$disconnect())

  test('each is read or refused in words, and what was read a database takes', async () => {
    let records = 0
    const { read, refused, broken, failures } = await fuzzCtgov({
      seed: 3,
      first: 0,
      files: 500,
      originals: ctgovOriginals(ROOT),
      onRecord: async (record) => {
        if (records++ % SAVED_ONE_IN === 0) await saveStudy(db, record, ORIGIN)
      },
    })
    expect(failures.map(({ number, what, reason }) => `${number} (${what}): ${reason}`)).toEqual([])
    expect(read).toBeGreaterThan(100)
    expect(refused).toBeGreaterThan(100)
    expect(broken).toBeGreaterThan(25)
  }, 300_000)
})
