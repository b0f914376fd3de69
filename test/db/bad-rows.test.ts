import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Constraint, constraintsOf } from '../../scripts/constraints.ts'
import { databaseError } from '../../src/db/database-error.ts'
import { ENGINE } from '../engines.ts'
import { badRows, type Change, IMPLIED_BY, OWN_BAD_ROWS, ofOtherStudy } from './bad-row-changes.ts'
import { columnsOf, foreignKeysOf, SCHEMA, TABLES } from './models.ts'
import { SEED_SLUG } from './study-variants.ts'
import { type Connection, PLACE, twoStudies } from './two-studies.ts'

const constraints = constraintsOf(SCHEMA, ENGINE)

let db: Connection
beforeAll(async () => {
  db = (await twoStudies()).db
  // A table's rows without its rules, each with the place that it has there.
  for (const table of TABLES)
    await db.exec(`CREATE TEMP TABLE "bare_${table}" AS SELECT ${PLACED} FROM "${table}" WHERE false`)
})
afterAll(() => db.close())

const PLACED = `CAST(${PLACE} AS text) AS "place", *`
const checksOf = (table: string) => constraints.filter((constraint) => constraint.table === table)
const rowsOf = (table: string) => db.rows(`SELECT ${PLACED} FROM "${table}" ORDER BY ${PLACE}`)
const setting = (change: Change) =>
  Object.entries(change)
    .map(([column, value]) => `"${column}" = ${value}`)
    .join(', ')
/** An error of the driver's as a person sees it. */
const said = (error: unknown) => databaseError(error, 'the row', ENGINE)

/** The rules that each row of a table would break after a change, found without asking the table. */
async function broken(table: string, change: Change): Promise<readonly { place: string; names: readonly string[] }[]> {
  await db.exec(
    `DELETE FROM "bare_${table}";
    INSERT INTO "bare_${table}" SELECT ${PLACED} FROM "${table}";
    UPDATE "bare_${table}" SET ${setting(change)}`,
  )
  const checks = checksOf(table)
  const results = checks.map(({ check }, index) => `, (${check}) IS FALSE AS "broken_${index}"`)
  const rows = await db.rows<Record<string, unknown> & { place: string }>(
    `SELECT "place" ${results.join('')} FROM "bare_${table}" ORDER BY 1`,
  )
  return rows.map(({ place, ...result }) => ({
    place,
    names: checks.filter((_, index) => Number(result[`broken_${index}`]) === 1).map(({ name }) => name),
  }))
}

/** A good row and a change that would make it break this rule, and no other one but those that the rule implies. */
async function rowThatBreaks({ table, name }: Constraint, changes: readonly Change[]) {
  const allowed = [name, ...(IMPLIED_BY[name] ?? [])]
  for (const change of changes)
    for (const { place, names } of await broken(table, change))
      if (names.includes(name) && names.every((other) => allowed.includes(other))) return { place, change }
  throw new Error(`no row of ${table} breaks ${name} alone by ${changes.map(setting).join(' or ')}`)
}

test('each table has two rows or more to make a bad one of', async () => {
  const few: string[] = []
  for (const table of TABLES) if ((await rowsOf(table)).length < 2) few.push(table)
  expect(few).toEqual([])
})

test('the good rows break no rule', async () => {
  const bad: string[] = []
  for (const { table, name, check } of constraints)
    if ((await db.rows(`SELECT 1 FROM "${table}" WHERE (${check}) IS FALSE LIMIT 1`)).length > 0) bad.push(name)
  expect(bad).toEqual([])
})

describe('the database refuses', () => {
  test.each(constraints)('a row of $table that breaks $name', async (constraint) => {
    const { table, name } = constraint
    const before = await rowsOf(table)
    const kinds = badRows(constraint)
    expect(kinds.length).toBeGreaterThan(0)
    for (const changes of kinds) {
      const { place, change } = await rowThatBreaks(constraint, changes)
      const sql = `UPDATE "${table}" SET ${setting(change)} WHERE ${PLACE} = '${place}'`
      const refused = said(await db.tried(sql)) as { readonly details?: { readonly constraint?: string } }
      expect(refused, sql).toMatchObject({ code: 'CONSTRAINT_VIOLATED' })
      // Of two rules that the row breaks PostgreSQL names the one that comes first by name.
      expect([name, ...(IMPLIED_BY[name] ?? [])], sql).toContain(refused.details?.constraint)
    }
    expect(await rowsOf(table)).toEqual(before)
  })

  test('for no rule that is gone', () => {
    // SQLite has the rules of both, since its types enforce nothing.
    const names = constraintsOf(SCHEMA, 'sqlite').map(({ name }) => name)
    expect([...Object.keys(OWN_BAD_ROWS), ...Object.keys(IMPLIED_BY)].filter((name) => !names.includes(name))).toEqual(
      [],
    )
    expect(constraints.filter(({ name }) => !names.includes(name))).toEqual([])
  })

  // These ask the schema and not the list of rules: a rule that is missing from the list is missing here.
  const columns = SCHEMA.models.flatMap(({ table, fields }) =>
    fields
      .filter(({ attributes }) => !/@id\b/.test(attributes))
      .filter(
        ({ type }) => ['Int', 'Float', 'Boolean'].includes(type) || SCHEMA.enums.some(({ name }) => name === type),
      )
      .map(({ column, type }) => ({ table, column, type })),
  )
  test.each(columns)('a word that is no $type as $column of $table', async ({ table, column }) => {
    expect(said(await db.tried(`UPDATE "${table}" SET "${column}" = 'bogus'`))).toMatchObject({
      code: 'CONSTRAINT_VIOLATED',
    })
  })

  const numbers = columns.filter(({ type }) => ['Int', 'Float'].includes(type))
  test.each(numbers)('a number that no $type can hold as $column of $table', async ({ table, column, type }) => {
    const number = type === 'Int' ? '2147483648' : '9e999'
    expect(said(await db.tried(`UPDATE "${table}" SET "${column}" = ${number}`))).toMatchObject({
      code: 'CONSTRAINT_VIOLATED',
    })
  })

  const withinStudy = SCHEMA.models
    .filter(({ table }) => columnsOf(table).includes('study_id'))
    .flatMap(({ table }) => foreignKeysOf(table).map((key) => ({ table, ...key })))
    .filter(({ from, parent }) => from !== 'study_id' && (parent === 'study' || columnsOf(parent).includes('study_id')))
    // A review's rows lie within the review, whichever study they are about.
    .filter(({ parent }) => !columnsOf(parent).includes('review_id'))
    // A decision is about the record of a publication, which is no study's.
    .filter(({ parent }) => parent !== 'imported_record')
  test.each(withinStudy)("another study's $parent as $from of $table, though the row is there", async (key) => {
    const { table, from } = key
    const others = Object.values(ofOtherStudy(key))[0]
    expect(await db.rows(`SELECT 1 AS "there" WHERE ${others} IS NOT NULL`)).toHaveLength(1)
    const sql = `UPDATE "${table}" SET "${from}" = ${others} WHERE study_id = '${SEED_SLUG}' AND "${from}" IS NOT NULL`
    expect(said(await db.tried(sql))).toMatchObject({
      code: 'CONSTRAINT_VIOLATED',
      details: { constraint: `${table}_${from}_in_study` },
    })
  })

  test('no good row: a change that breaks nothing goes through', async () => {
    const sql = `UPDATE study SET allocation = 'non_randomised', start_date = '1985-06-30', phase = NULL`
    expect(await db.tried(sql)).toBe(undefined)
  })
})
