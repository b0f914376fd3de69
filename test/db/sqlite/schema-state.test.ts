import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import Driver from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../../src/db/connect.ts'
import { databaseLocation } from '../../../src/db/database-url.ts'
import { schemaState } from '../../../src/db/schema-state.ts'
import { ROOT, scratchFile, scratchPath } from '../../scratch.ts'
import { sha256 } from '../../scripts/prisma-project.ts'
import { thrownBy } from '../saving.ts'

const MIGRATIONS = readdirSync(path.join(ROOT, 'prisma/migrations')).filter((name) => name !== 'migration_lock.toml')
const [FIRST = '', SECOND = ''] = MIGRATIONS
const locationOf = (file: string) => databaseLocation(`file:${file}`, ROOT)

/** A folder of its own, so that whatever is left beside a database is seen. */
function newFile(): string {
  const folder = scratchPath('folder')
  mkdirSync(folder)
  return path.join(folder, 'a.db')
}

async function migrated(...statements: readonly string[]): Promise<string> {
  const file = newFile()
  copyFileSync((await scratchFile()).file, file)
  return written(file, ...statements)
}

function written(file: string, ...statements: readonly string[]): string {
  const db = new Driver(file)
  for (const statement of statements) db.exec(statement)
  db.close()
  return file
}

const remembered = (name: string, finished: string, rolledBack = 'NULL') =>
  `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, rolled_back_at)
   VALUES ('${name}${rolledBack}', 'x', '${name}', ${finished}, ${rolledBack})`

const OF_PRISMA = `CREATE TABLE _prisma_migrations (id TEXT PRIMARY KEY, checksum TEXT, finished_at DATETIME,
  migration_name TEXT NOT NULL, logs TEXT, rolled_back_at DATETIME, started_at DATETIME DEFAULT current_timestamp)`

interface Case {
  readonly database: string
  readonly make: () => string | Promise<string>
  /** The state, or the error. */
  readonly found: object
  /** What opening it says, where that is another thing. */
  readonly opened?: object
}

const state = (database: string, applied: readonly string[]) => ({
  database,
  applied,
  pending: MIGRATIONS.filter((name) => !applied.includes(name)),
})
const refusal = (code: string, ...says: readonly string[]) => ({
  code,
  message: expect.stringMatching(new RegExp(says.map((part) => `(?=.*${part})`).join(''))),
})
const notFound = refusal('DATABASE_NOT_FOUND', 'evibase db migrate')

const CASES: readonly Case[] = [
  { database: 'no file', make: newFile, found: state('missing', []), opened: notFound },
  {
    database: 'no folder',
    make: () => path.join(newFile(), 'deeper', 'a.db'),
    found: state('missing', []),
    opened: notFound,
  },
  {
    database: 'a file of no bytes',
    make: () => {
      const file = newFile()
      writeFileSync(file, '')
      return file
    },
    found: state('empty', []),
    opened: notFound,
  },
  {
    database: 'a database without a table',
    make: () => written(newFile(), 'CREATE TABLE a (b)', 'DROP TABLE a'),
    found: state('empty', []),
    opened: notFound,
  },
  { database: 'a migrated one', make: () => migrated(), found: state('migrated', MIGRATIONS) },
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
    opened: refusal('SCHEMA_OUTDATED', `it lacks ${SECOND}.`),
  },
  {
    database: 'one that only remembers that a migration was rolled back',
    make: () => written(newFile(), OF_PRISMA, remembered(FIRST, 'NULL', '1')),
    found: state('migrated', []),
    opened: refusal('SCHEMA_OUTDATED', `it lacks ${MIGRATIONS.join(', ')}.`),
  },
  {
    database: 'one of a newer Evibase',
    make: () => migrated(remembered('29990101000000_add_something', '1')),
    found: refusal('SCHEMA_NEWER', '29990101000000_add_something', 'Update Evibase'),
  },
  {
    database: "another program's tables",
    make: () => written(newFile(), 'CREATE TABLE invoice (id INTEGER PRIMARY KEY)'),
    found: refusal('NOT_EVIBASE', 'something else', 'DATABASE_URL'),
  },
  {
    database: "another program's list of migrations under Prisma's name",
    make: () => written(newFile(), 'CREATE TABLE _prisma_migrations (x)'),
    found: refusal('NOT_EVIBASE', 'something else', 'DATABASE_URL'),
  },
  {
    database: "another program's migrations by Prisma",
    make: () => written(newFile(), OF_PRISMA, remembered('20200101000000_init', '1'), 'CREATE TABLE invoice (id)'),
    found: refusal('NOT_EVIBASE', 'another program', 'DATABASE_URL'),
  },
  {
    database: "another program's migration by Prisma, left half-way",
    make: () => written(newFile(), OF_PRISMA, remembered('20200101000000_init', 'NULL'), 'CREATE TABLE invoice (id)'),
    found: refusal('NOT_EVIBASE', 'another program'),
  },
  {
    database: 'one with a migration left half-way',
    make: () => migrated(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${SECOND}'`),
    found: refusal('MIGRATION_FAILED', SECOND, 'prisma migrate resolve'),
  },
  {
    database: 'one whose half-way migration was rolled back and done again',
    make: () => migrated(remembered(SECOND, 'NULL', '1')),
    found: state('migrated', MIGRATIONS),
  },
  {
    database: 'a text',
    make: () => {
      const file = newFile()
      writeFileSync(file, 'study,year\nRosenberg,1993\n')
      return file
    },
    found: refusal('NOT_A_DATABASE', 'not a SQLite database', 'DATABASE_URL'),
  },
  {
    database: 'a database cut off',
    make: async () => {
      const file = await migrated()
      writeFileSync(file, readFileSync(file).subarray(0, 5_000))
      return file
    },
    found: refusal('NOT_A_DATABASE'),
  },
  {
    database: 'a folder',
    make: () => path.dirname(newFile()),
    found: refusal('NOT_A_DATABASE', 'is a folder', 'evidence\\.db'),
  },
]

/** A file's bytes and times, and all that lies beside it. */
function traces(file: string) {
  const folder = statSync(file, { throwIfNoEntry: false })?.isDirectory() ? file : path.dirname(file)
  if (!existsSync(folder)) return 'nothing'
  return readdirSync(folder).map((name) => {
    const { mtimeMs, size } = statSync(path.join(folder, name))
    return { name, mtimeMs, size, bytes: sha256(readFileSync(path.join(folder, name))) }
  })
}

describe('what stands in a database is told, and nothing is written', () => {
  test.each(CASES)('$database', async ({ make, found, opened = found }) => {
    const file = await make()
    // Long ago, so that a write in the same millisecond is seen.
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) utimesSync(file, 1, 1)
    const before = traces(file)
    expect(await thrownBy(() => schemaState(locationOf(file), ROOT))).toMatchObject(found)
    expect(traces(file)).toEqual(before)
    if ('pending' in opened) {
      await (await openDatabase(locationOf(file), ROOT)).$disconnect()
    } else expect(await thrownBy(() => openDatabase(locationOf(file), ROOT))).toMatchObject(opened)
    expect(traces(file)).toEqual(before)
  })

  test('a link to a database is the database', async () => {
    const file = await migrated()
    const link = newFile()
    symlinkSync(file, link)
    expect(await schemaState(locationOf(link), ROOT)).toEqual(state('migrated', MIGRATIONS))
  })

  test('a write that another program has under way is not seen, and does not disturb', async () => {
    const file = await migrated()
    const writer = new Driver(file)
    writer.exec(`BEGIN IMMEDIATE; DELETE FROM _prisma_migrations`)
    expect(await schemaState(locationOf(file), ROOT)).toEqual(state('migrated', MIGRATIONS))
    writer.exec('ROLLBACK')
    writer.close()
  })

  test('the traces would show a byte more', async () => {
    const file = await migrated()
    const before = traces(file)
    appendFileSync(file, ' ')
    expect(traces(file)).not.toEqual(before)
  })
})
