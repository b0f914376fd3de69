import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import Driver from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseError } from '../../src/db/database-error.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { EvidenceError } from '../../src/errors.ts'
import { PrismaClient } from '../../src/generated/prisma/client.ts'
import type { StudyRecord } from '../../src/model/study-record.ts'
import { type ScratchDatabase, seededDatabase } from '../scratch.ts'
import { dump } from './dump.ts'
import { ORIGIN, SEED_SLUG, variant } from './study-variants.ts'

/** A client that gives up soon, so that the test needn't wait as long as a person would. */
const impatient = ({ file }: ScratchDatabase) =>
  new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: file, timeout: 50 }) })

let scratch: ScratchDatabase
let db: PrismaClient
beforeAll(async () => {
  scratch = await seededDatabase()
  db = impatient(scratch)
})
afterAll(() => db.$disconnect())

async function thrownBy(use: () => Promise<unknown>): Promise<unknown> {
  try {
    await use()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
const refused = (sql: string) => thrownBy(() => db.$executeRawUnsafe(sql))

/** A person reads it: whole sentences, no SQL, no driver, no stack. */
function expectReadable(error: unknown): void {
  const { message } = error as Error
  expect(message).toMatch(/^[A-Z].*\.$/)
  expect(message).not.toMatch(/SQL|SELECT|INSERT|UPDATE|prisma|P\d{4}|\n|`/i)
}

describe('what the driver throws becomes a sentence', () => {
  test.each([
    {
      kind: 'a broken rule',
      sql: `UPDATE arm SET role = 'bogus'`,
      code: 'CONSTRAINT_VIOLATED',
      message: 'The database refused the study x: a row breaks its rule arm_role_known. Nothing was saved.',
      details: { constraint: 'arm_role_known' },
    },
    {
      kind: 'a dangling key',
      sql: `UPDATE quote_link SET quote_id = '${SEED_SLUG}/none'`,
      code: 'CONSTRAINT_VIOLATED',
      message:
        "The database refused the study x: a row points at one that isn't there, or one that would go is still pointed at. Nothing was saved.",
      details: {},
    },
    {
      kind: 'a row that is still pointed at',
      sql: `DELETE FROM quote`,
      code: 'CONSTRAINT_VIOLATED',
      message:
        "The database refused the study x: a row points at one that isn't there, or one that would go is still pointed at. Nothing was saved.",
      details: {},
    },
    {
      kind: 'a second row with the same key',
      sql: `UPDATE subgroup SET level = 'melanoma'`,
      code: 'CONSTRAINT_VIOLATED',
      message: expect.stringMatching(
        /^The database refused the study x: it has such a row already.* Nothing was saved\.$/,
      ),
      details: {},
    },
  ])('$kind', async ({ sql, code, message, details }) => {
    const before = dump(scratch.file)
    const error = databaseError(await refused(sql), 'the study x')
    expect(error).toBeInstanceOf(EvidenceError)
    expect(error).toMatchObject({ code, message, details })
    expectReadable(error)
    expect((error as Error).cause, 'what it was stays').toBeDefined()
    expect(dump(scratch.file)).toEqual(before)
  })

  test("a second row through the client's own functions", async () => {
    const data = { id: SEED_SLUG, label: 'a', title: 'b', type: 'interventional' } as const
    const error = databaseError(await thrownBy(() => db.study.create({ data })), 'the study x')
    expect(error).toMatchObject({ code: 'CONSTRAINT_VIOLATED', message: expect.stringContaining('such a row already') })
    expectReadable(error)
  })

  test('a dangling key through the client’s own functions', async () => {
    const data = { id: 'none/a', studyId: 'none', position: 1, label: 'a', role: 'other' } as const
    const error = databaseError(await thrownBy(() => db.arm.create({ data })), 'the study x')
    expect(error).toMatchObject({ code: 'CONSTRAINT_VIOLATED', message: expect.stringContaining('points at one') })
    expectReadable(error)
  })

  test('an error of our own stays as it is, and so does one that nobody knows', () => {
    const own = new EvidenceError('STUDY_IN_USE', 'A waiver.')
    const unknown = new TypeError('x is not a function')
    expect(databaseError(own, 'the study x')).toBe(own)
    expect(databaseError(unknown, 'the study x')).toBe(unknown)
    expect(databaseError(undefined, 'the study x')).toBe(undefined)
  })
})

describe('saving a study says', () => {
  const failing = async (change: (record: StudyRecord) => void) => {
    const record = variant()
    change(record)
    return thrownBy(() => saveStudy(db, record, ORIGIN))
  }

  test('which rule a record breaks that no importer should have made, and saves nothing of it', async () => {
    const before = dump(scratch.file)
    const error = await failing(({ rows }) => {
      rows.arm = rows.arm.map((arm) => ({ ...arm, role: 'bogus' as 'other', label: 'changed before' }))
    })
    expect(error).toMatchObject({ code: 'CONSTRAINT_VIOLATED', details: { constraint: 'arm_role_known' } })
    expect((error as Error).message).toContain(`the study ${SEED_SLUG}`)
    expectReadable(error)
    expect(dump(scratch.file)).toEqual(before)
  })

  test("that a row of another study's is no place for a number", async () => {
    const error = await failing(({ rows }) => {
      rows.outcomeMeasurement = rows.outcomeMeasurement.map((row) => ({ ...row, studyGroupId: 'other/il2' }))
    })
    expect(error).toMatchObject({ details: { constraint: 'outcome_measurement_study_group_id_in_study' } })
  })

  test('that another program is writing, and to try again', async () => {
    const writer = new Driver(scratch.file)
    writer.exec('BEGIN IMMEDIATE')
    const error = await failing(({ rows }) => {
      rows.study = rows.study.map((study) => ({ ...study, label: 'Later' }))
    })
    writer.exec('ROLLBACK')
    writer.close()
    expect(error).toMatchObject({
      code: 'DATABASE_BUSY',
      message: expect.stringMatching(new RegExp(`Another program.*${SEED_SLUG} was left undone\\. Try again`)),
    })
    expectReadable(error)
    expect(await saveStudy(db, variant(), ORIGIN), 'the client goes on').toBe('unchanged')
  })

  test('that the disk is full', async () => {
    const small = await seededDatabase()
    const client = impatient(small)
    await client.$executeRawUnsafe('PRAGMA max_page_count = 1')
    const error = await thrownBy(() =>
      saveStudy(
        client,
        variant((file) => Object.assign(file.study, { note: 'x'.repeat(1_000_000) })),
        ORIGIN,
      ),
    )
    await client.$disconnect()
    expect(error).toMatchObject({ code: 'DATABASE_NOT_WRITABLE', message: expect.stringContaining('room on the disk') })
    expectReadable(error)
  })
})
