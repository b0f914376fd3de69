import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { saveStudy } from '../../../src/db/save-study.ts'
import { schemaState } from '../../../src/db/schema-state.ts'
import { maintenance, scratchPostgres, urlOf } from '../../engines.ts'
import { ROOT, scratchDatabase } from '../../scratch.ts'
import { loadedAnew, open } from '../saving.ts'
import { ORIGIN, variant } from '../study-variants.ts'
import { type Case, expectFound, having, locationOf, MIGRATIONS, migrated, nameOf, refusal, state } from './found.ts'

const [FIRST = '', SECOND = ''] = MIGRATIONS

const remembered = (name: string, finished: string, rolledBack = 'NULL') =>
  `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, rolled_back_at)
   VALUES ('${name.slice(0, 20)}${rolledBack.length}', 'x', '${name}', ${finished}, ${rolledBack})`

const OF_PRISMA = `CREATE TABLE _prisma_migrations (id VARCHAR(36) PRIMARY KEY, checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

const notFound = refusal('DATABASE_NOT_FOUND', 'evibase db migrate')

/** A database of its own, after statements by hand. */
const empty = async (...statements: readonly string[]): Promise<string> => {
  const scratch = await scratchPostgres()
  if (statements.length > 0) await scratch.rows(statements.join(';'))
  return scratch.url
}
const CASES: readonly Case[] = [
  {
    database: 'none by that name',
    make: async () => (await scratchPostgres('nothing')).url,
    found: state('missing', []),
    opened: notFound,
  },
  { database: 'an empty one', make: () => empty(), found: state('empty', []), opened: notFound },
  {
    database: "one whose tables are in other schemas than the URL's",
    make: () => empty('CREATE SCHEMA work', 'CREATE TABLE work.invoice (id INTEGER)'),
    found: state('empty', []),
    opened: notFound,
  },
  {
    database: 'one without the schema that the URL names',
    make: async () => having(await migrated(), (url) => url.searchParams.set('schema', 'nowhere')),
    found: state('empty', []),
    opened: notFound,
  },
  { database: 'a migrated one', make: () => migrated(), found: state('migrated', MIGRATIONS) },
  {
    database: 'a migrated one in a schema of its own',
    make: async () =>
      having(await migrated('ALTER SCHEMA public RENAME TO evidence'), (url) =>
        url.searchParams.set('schema', 'evidence'),
      ),
    found: state('migrated', MIGRATIONS),
  },
  {
    database: 'one that lacks the last migration',
    make: () => migrated(`DELETE FROM _prisma_migrations WHERE migration_name = '${MIGRATIONS.at(-1)}'`),
    found: state('migrated', MIGRATIONS.slice(0, -1)),
    opened: refusal('SCHEMA_OUTDATED', 'is older than this Evibase', String(MIGRATIONS.at(-1)), 'evibase db migrate'),
  },
  {
    database: 'one that lacks a migration amid others',
    make: () => migrated(`DELETE FROM _prisma_migrations WHERE migration_name = '${SECOND}'`),
    found: state(
      'migrated',
      MIGRATIONS.filter((name) => name !== SECOND),
    ),
    opened: refusal('SCHEMA_OUTDATED', `it lacks ${SECOND}\\.`),
  },
  {
    database: 'one that only remembers that a migration was rolled back',
    make: () => empty(OF_PRISMA, remembered(FIRST, 'NULL', 'now()')),
    found: state('migrated', []),
    opened: refusal('SCHEMA_OUTDATED', `it lacks ${MIGRATIONS.join(', ')}\\.`),
  },
  {
    database: 'one of a newer Evibase',
    make: () => migrated(remembered('29990101000000_add_something', 'now()')),
    found: refusal('SCHEMA_NEWER', '29990101000000_add_something', 'Update Evibase'),
  },
  {
    database: "another program's tables",
    make: () => empty('CREATE TABLE invoice (id INTEGER PRIMARY KEY)'),
    found: refusal('NOT_EVIBASE', 'something else', 'DATABASE_URL'),
  },
  {
    database: "another program's list of migrations under Prisma's name",
    make: () => empty('CREATE TABLE _prisma_migrations (x INTEGER)'),
    found: refusal('NOT_EVIBASE', 'something else', 'DATABASE_URL'),
  },
  {
    database: "another program's migrations by Prisma",
    make: () => empty(OF_PRISMA, remembered('20200101000000_init', 'now()'), 'CREATE TABLE invoice (id INTEGER)'),
    found: refusal('NOT_EVIBASE', 'another program', 'DATABASE_URL'),
  },
  {
    database: "another program's migration by Prisma, left half-way",
    make: () => empty(OF_PRISMA, remembered('20200101000000_init', 'NULL')),
    found: refusal('NOT_EVIBASE', 'another program'),
  },
  {
    database: 'one with a migration left half-way',
    make: () => migrated(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${SECOND}'`),
    found: refusal('MIGRATION_FAILED', SECOND, 'prisma migrate resolve'),
  },
  {
    database: 'one whose half-way migration was rolled back and done again',
    make: () => migrated(remembered(SECOND, 'NULL', 'now()')),
    found: state('migrated', MIGRATIONS),
  },
  {
    database: 'one on a server that says it is of release 14',
    // The server is asked by a function, which may be another one of the same name.
    make: () =>
      migrated(
        'CREATE SCHEMA older',
        `CREATE FUNCTION older.current_setting(name text) RETURNS text LANGUAGE sql AS
          $$ SELECT CASE name WHEN 'server_version_num' THEN '140011' ELSE '14.11 (Debian 14.11-1)' END $$`,
        'DO $$ BEGIN EXECUTE format($_$ ALTER DATABASE %I SET search_path = older, pg_catalog, public $_$, current_database()); END $$',
      ),
    found: refusal('SERVER_TOO_OLD', 'PostgreSQL 14\\.11', 'PostgreSQL 15'),
  },
]

/** What anybody could have written: tables and columns, what is remembered of migrations, and the databases. */
async function traces(url: string): Promise<unknown> {
  const [known] = await maintenance(`SELECT count(*) FROM pg_database WHERE datname = '${nameOf(url)}'`)
  if (String(known) === '0') return 'no database'
  const admin = new pg.Client(await urlOf(nameOf(url)))
  await admin.connect()
  try {
    const ask = async (sql: string) => (await admin.query(sql)).rows
    const lists = await ask(
      `SELECT relnamespace::regnamespace::text AS schema FROM pg_class WHERE relname = '_prisma_migrations'`,
    )
    return [
      ...(await ask('SELECT max(xmin::text::bigint), count(*) FROM pg_class')),
      ...(await ask('SELECT max(xmin::text::bigint), count(*) FROM pg_attribute')),
      ...(await Promise.all(
        lists.map(({ schema }) => ask(`SELECT ctid::text, xmin::text, * FROM ${schema}._prisma_migrations ORDER BY 1`)),
      )),
    ]
  } finally {
    await admin.end()
  }
}

describe('what stands in a database is told, and nothing is written', () => {
  test.each(CASES)('$database', async ({ make, ...expected }) => {
    const url = await make()
    const before = await traces(url)
    await expectFound(expected, url)
    expect(await traces(url)).toEqual(before)
  })

  test('the traces would show a migration more, and a table', async () => {
    const scratch = await scratchDatabase()
    const before = await traces(scratch.url)
    await scratch.exec(`UPDATE _prisma_migrations SET logs = NULL WHERE migration_name = '${FIRST}'`)
    const after = await traces(scratch.url)
    expect(after).not.toEqual(before)
    await scratch.exec('CREATE TABLE invoice (id INTEGER)')
    expect(await traces(scratch.url)).not.toEqual(after)
  })

  test('a schema of its own is written to and read from, and no other', async () => {
    const scratch = await scratchDatabase()
    const expected = await loadedAnew(variant())
    await scratch.exec(
      'ALTER SCHEMA public RENAME TO evidence; CREATE SCHEMA public; CREATE TABLE public.study (id TEXT)',
    )
    const url = having(scratch.url, (parts) => parts.searchParams.set('schema', 'evidence'))
    const db = await open({ location: locationOf(url) })
    expect(await saveStudy(db, variant(), ORIGIN)).toBe('created')
    expect(await saveStudy(db, variant(), ORIGIN)).toBe('unchanged')
    expect(await db.outcomeMeasurement.count()).toBe(expected.outcome_measurement?.length)
    await db.$disconnect()
    expect(await scratch.rows('SELECT * FROM public.study')).toEqual([])
  })

  test('a migration that another program has under way is not seen', async () => {
    const scratch = await scratchDatabase()
    const writer = new pg.Client(scratch.url)
    await writer.connect()
    await writer.query('BEGIN; DELETE FROM _prisma_migrations')
    expect(await schemaState(scratch.location, ROOT)).toEqual(state('migrated', MIGRATIONS))
    await writer.query('ROLLBACK')
    await writer.end()
  })
})
