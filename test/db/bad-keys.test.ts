import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { constraintsOf } from '../../scripts/constraints.ts'
import { databaseError } from '../../src/db/database-error.ts'
import { ENGINE } from '../engines.ts'
import type { ScratchDatabase } from '../scratch.ts'
import { foreignKeysOf, SCHEMA, TABLES, UNIQUE_KEYS } from './models.ts'
import { open, thrownBy } from './saving.ts'
import { SEED_SLUG } from './study-variants.ts'
import { type Connection, PLACE, twoStudies } from './two-studies.ts'

const FOREIGN_KEYS = TABLES.flatMap((table) => foreignKeysOf(table).map((key) => ({ table, ...key })))
const POINTS_AT = { code: 'CONSTRAINT_VIOLATED', message: expect.stringContaining('a row points at one that') }

let scratch: ScratchDatabase
let db: Connection
beforeAll(async () => {
  ;({ scratch, db } = await twoStudies())
  // Only the keys are to have a say: a key that is wrong could break a rule on how keys look as well.
  if (ENGINE === 'sqlite') await db.exec('PRAGMA ignore_check_constraints = ON')
  else
    for (const { table, name } of constraintsOf(SCHEMA, ENGINE))
      await db.exec(`ALTER TABLE "${table}" DROP CONSTRAINT "${name}"`)
})
afterAll(() => db.close())

const said = (error: unknown) => databaseError(error, 'the row', ENGINE)

test('the good rows point at rows that are there', async () => {
  const dangling: string[] = []
  for (const { table, from, parent, to } of FOREIGN_KEYS) {
    const rows = await db.rows(
      `SELECT 1 FROM "${table}" WHERE "${from}" IS NOT NULL AND "${from}" NOT IN (SELECT "${to}" FROM "${parent}")`,
    )
    if (rows.length > 0) dangling.push(`${table}.${from}`)
  }
  expect(dangling).toEqual([])
})

describe('a foreign key refuses', () => {
  test.each(FOREIGN_KEYS)('a $table whose $from is no $parent', async ({ table, from }) => {
    const dangling = from.endsWith('_run_id') ? '999' : `'no-such-row/at-all'`
    const last = `(SELECT max(${PLACE}) FROM "${table}" WHERE "${from}" IS NOT NULL)`
    expect(
      said(await db.tried(`UPDATE "${table}" SET "${from}" = ${dangling} WHERE ${PLACE} = ${last}`)),
    ).toMatchObject(POINTS_AT)
  })

  test('a row to go that others point at', async () => {
    expect(said(await db.tried(`DELETE FROM quote WHERE id = '${SEED_SLUG}/deaths'`))).toMatchObject(POINTS_AT)
    expect(said(await db.tried(`DELETE FROM publication WHERE id = 'pmid-8468720'`))).toMatchObject(POINTS_AT)
  })
})

describe('a unique key refuses', () => {
  test.each(UNIQUE_KEYS)('a second $table with the same $key', async ({ table, key }) => {
    const list = key.map((column) => `"${column}"`).join(', ')
    const given = key.map((column) => `"${column}" IS NOT NULL`).join(' AND ')
    const refused = await db.tried(
      `UPDATE "${table}" SET (${list}) = (SELECT ${list} FROM "${table}" WHERE ${given} ORDER BY ${PLACE} LIMIT 1)
       WHERE ${PLACE} = (SELECT max(${PLACE}) FROM "${table}" WHERE ${given})`,
    )
    expect(said(refused)).toMatchObject({
      code: 'CONSTRAINT_VIOLATED',
      message: expect.stringContaining('it has such a row already'),
    })
    expect(await refusingKey(refused)).toEqual({ table, key })
  })

  /** SQLite names the columns of the key that refused, PostgreSQL the key. */
  async function refusingKey(error: unknown): Promise<{ table: string | undefined; key: readonly string[] }> {
    if (ENGINE === 'sqlite') {
      const columns = String((error as Error).message)
        .replace('UNIQUE constraint failed: ', '')
        .split(', ')
      return { table: columns[0]?.split('.')[0], key: columns.map((column) => column.split('.')[1] ?? '') }
    }
    const columns = await db.rows<{ table: string; name: string }>(
      `SELECT i.indrelid::regclass::text AS "table", a.attname AS "name"
       FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indexrelid
       WHERE i.indexrelid = '"${(error as { constraint?: string }).constraint}"'::regclass ORDER BY a.attnum`,
    )
    return { table: columns[0]?.table, key: columns.map(({ name }) => name) }
  }
})

test('foreign keys are on for every connection that is opened, the first and those beside it', async () => {
  const dangling = `INSERT INTO arm (id, study_id, position, label, role) VALUES ('none/a', 'none', 1, 'A', 'other')`
  const clients = await Promise.all([1, 2, 3].map(() => open(scratch)))
  try {
    for (const client of [...clients, ...clients].reverse())
      expect(said(await thrownBy(() => client.$executeRawUnsafe(dangling)))).toMatchObject(POINTS_AT)
    for (const client of clients)
      expect(
        said(await thrownBy(() => client.$transaction((tx) => tx.$executeRawUnsafe(dangling)))),
        'within a transaction',
      ).toMatchObject(POINTS_AT)
  } finally {
    await Promise.all(clients.map((client) => client.$disconnect()))
  }
  expect(await db.rows(`SELECT id FROM arm WHERE study_id = 'none'`)).toEqual([])
})
