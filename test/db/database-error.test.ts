import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { databaseError } from '../../src/db/database-error.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { EvidenceError } from '../../src/errors.ts'
import type { StudyRecord } from '../../src/model/study-record.ts'
import { ENGINE } from '../engines.ts'
import { type ScratchDatabase, seededDatabase } from '../scratch.ts'
import { dump } from './dump.ts'
import { expectReadable } from './readable.ts'
import { open, thrownBy } from './saving.ts'
import { ORIGIN, SEED_SLUG, variant } from './study-variants.ts'

let scratch: ScratchDatabase
let db: Database
beforeAll(async () => {
  scratch = await seededDatabase()
  db = await open(scratch)
})
afterAll(() => db.$disconnect())

const refused = (sql: string) => thrownBy(() => db.$executeRawUnsafe(sql))

describe('what the driver throws becomes a sentence', () => {
  const POINTED_AT =
    "The database refused the study x: a row points at one that isn't there, or one that would go is still pointed at. Nothing was saved."
  test.each([
    {
      kind: 'a broken rule',
      sql: `UPDATE enrolment SET missing_reason = 'not_reported'`,
      message: 'The database refused the study x: a row breaks its rule enrolment_number_or_reason. Nothing was saved.',
      details: { constraint: 'enrolment_number_or_reason' },
    },
    {
      kind: 'a word that is none of those that the column knows',
      sql: `UPDATE arm SET role = 'bogus'`,
      // Where the type of a column knows its words, there is no rule to name.
      ...{
        sqlite: {
          message: 'The database refused the study x: a row breaks its rule arm_role_known. Nothing was saved.',
          details: { constraint: 'arm_role_known' },
        },
        postgresql: {
          message:
            'The database refused the study x: a value is none that its column can hold (bogus). Nothing was saved.',
          details: {},
        },
      }[ENGINE],
    },
    {
      kind: 'nothing where something must be',
      sql: 'UPDATE arm SET label = NULL',
      message: expect.stringMatching(
        /^The database refused the study x: a value is none that its column can hold \((arm\.)?label\)\. Nothing was saved\.$/,
      ),
      details: {},
    },
    {
      kind: 'a dangling key',
      sql: `UPDATE quote_link SET quote_id = '${SEED_SLUG}/none'`,
      message: POINTED_AT,
      details: {},
    },
    { kind: 'a row that is still pointed at', sql: 'DELETE FROM quote', message: POINTED_AT, details: {} },
    {
      kind: 'a second row with the same key',
      sql: `UPDATE subgroup SET level = 'melanoma'`,
      message: expect.stringMatching(
        /^The database refused the study x: it has such a row already \([\w., ]+\)\. Nothing was saved\.$/,
      ),
      details: {},
    },
  ])('$kind', async ({ sql, message, details }) => {
    const before = await dump(scratch)
    const error = databaseError(await refused(sql), 'the study x', ENGINE)
    expect(error).toBeInstanceOf(EvidenceError)
    expect(error).toMatchObject({ code: 'CONSTRAINT_VIOLATED', message })
    expect((error as EvidenceError).details).toEqual(details)
    expectReadable(error)
    expect((error as Error).cause, 'what it was stays').toBeDefined()
    expect(await dump(scratch)).toEqual(before)
  })

  test("a second row through the client's own functions", async () => {
    const data = { id: SEED_SLUG, label: 'a', title: 'b', type: 'interventional' } as const
    const error = databaseError(await thrownBy(() => db.study.create({ data })), 'the study x', ENGINE)
    expect(error).toMatchObject({ code: 'CONSTRAINT_VIOLATED', message: expect.stringContaining('such a row already') })
    expectReadable(error)
  })

  test("a dangling key through the client's own functions", async () => {
    const data = { id: 'none/a', studyId: 'none', position: 1, label: 'a', role: 'other' } as const
    const error = databaseError(await thrownBy(() => db.arm.create({ data })), 'the study x', ENGINE)
    expect(error).toMatchObject({ code: 'CONSTRAINT_VIOLATED', message: expect.stringContaining('points at one') })
    expectReadable(error)
  })

  test('an error of our own stays as it is, and so does one that nobody knows', () => {
    const own = new EvidenceError('STUDY_IN_USE', 'A waiver.')
    const unknown = new TypeError('x is not a function')
    expect(databaseError(own, 'the study x', ENGINE)).toBe(own)
    expect(databaseError(unknown, 'the study x', ENGINE)).toBe(unknown)
    expect(databaseError(undefined, 'the study x', ENGINE)).toBe(undefined)
  })
})

describe('saving a study says', () => {
  const failing = async (change: (record: StudyRecord) => void) => {
    const record = variant()
    change(record)
    return thrownBy(() => saveStudy(db, record, ORIGIN))
  }

  test('which rule a record breaks that no importer should have made, and saves nothing of it', async () => {
    const before = await dump(scratch)
    const error = await failing(({ rows }) => {
      rows.arm = rows.arm.map((arm) => ({ ...arm, label: 'changed before' }))
      rows.enrolment = rows.enrolment.map((row) => ({ ...row, missingReason: 'not_reported' as const }))
    })
    expect(error).toMatchObject({
      code: 'CONSTRAINT_VIOLATED',
      details: { constraint: 'enrolment_number_or_reason' },
      message: expect.stringContaining(`the study ${SEED_SLUG}`),
    })
    expectReadable(error)
    expect(await dump(scratch)).toEqual(before)
  })

  test('that a word is none of those that a column knows, and saves nothing of it', async () => {
    const before = await dump(scratch)
    const error = await failing(({ rows }) => {
      rows.arm = rows.arm.map((arm) => ({ ...arm, role: 'bogus' as 'other', label: 'changed before' }))
    })
    expect(error).toMatchObject({
      code: 'CONSTRAINT_VIOLATED',
      message: expect.stringContaining(`the study ${SEED_SLUG}`),
    })
    expectReadable(error)
    expect(await dump(scratch)).toEqual(before)
  })

  test("that a row of another study's is no place for a number", async () => {
    const error = await failing(({ rows }) => {
      rows.outcomeMeasurement = rows.outcomeMeasurement.map((row) => ({ ...row, studyGroupId: 'other/il2' }))
    })
    expect(error).toMatchObject({ details: { constraint: 'outcome_measurement_study_group_id_in_study' } })
  })
})
