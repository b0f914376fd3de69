import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DriverAdapterError, isDriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import type { Datasource } from './command-line.ts'
import type { EngineDatabase } from './database.ts'
import { EngineError } from './engine-error.ts'

const IN_MEMORY = ':memory:'

const LOCKS = /^PRAGMA main\.locking_mode\s*=\s*EXCLUSIVE$/i

/** SQLite's code for whatever has no better one; by that of a locked database the engine would drop the message. */
const SQLITE_ERROR = 1

/** Milliseconds; as long as Prisma waits for its lock on a PostgreSQL database. */
const LOCK_TIMEOUT = 10_000

/** SQLite: a file, or nothing but memory where no URL is given. The shadow database is in memory always. */
export function sqliteDatabase({ url }: Datasource): EngineDatabase {
  const file = url === undefined ? IN_MEMORY : fileOf(url)
  const name = path.basename(file)
  const canConnect = async () => {
    if (file === IN_MEMORY || existsSync(file)) return
    throw new EngineError('P1003', `Database \`${name}\` does not exist`, { database_name: name })
  }
  return {
    async connections() {
      // The driver would make an empty file.
      await canConnect()
      const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3')
      return new PrismaBetterSqlite3(
        { url: file, timeout: LOCK_TIMEOUT },
        {
          // The adapter writes timestamps as text by default, the native engine as milliseconds since 1970.
          timestampFormat: 'unixepoch-ms',
        },
      )
    },

    canConnect,

    async create() {
      mkdirSync(path.dirname(file), { recursive: true })
      closeSync(openSync(file, 'a'))
      return name
    },

    async drop() {
      for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
    },

    isMissingTable: (error) => causeOf(error)?.kind === 'TableDoesNotExist',

    countMigrationsTables: `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`,

    // As the native engine writes it, so that a database doesn't tell by which of the two it was made.
    createMigrationsTable: `CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
);`,

    // The engine's lock takes hold with the first read, as a shared one, and two engines would wait for each other's; it
    // must be had before the mode is set, since a connection in this mode gives back nothing while it waits.
    reworded: (sql) => (LOCKS.test(sql) ? `BEGIN EXCLUSIVE; ${sql}; COMMIT` : sql),

    translated,

    reset: dropEverything,

    async close() {},
  }
}

/** Reads a URL as Prisma does: what follows `file:` is a path, never percent-encoded; what follows `?` isn't its part. */
function fileOf(url: string): string {
  const given = url
    .replace(/^file:/i, '')
    .replace(/\?.*$/s, '')
    .replace(/^\/\/(?=\/)/, '')
  if (given === '')
    throw new EngineError('P1013', 'The datasource URL names no file: expected file:./data/evidence.db.')
  // On Windows an absolute path has a slash before its drive: file:///C:/data/evidence.db.
  return path.resolve(process.platform === 'win32' ? given.replace(/^\/(?=[a-z]:)/i, '') : given)
}

function causeOf(error: unknown): DriverAdapterError['cause'] | undefined {
  return error instanceof Error && isDriverAdapterError(error) ? error.cause : undefined
}

/** The adapter is younger than the engine, which breaks off at the kind of error that a locked database has. */
function translated(error: unknown): unknown {
  if (causeOf(error)?.kind !== 'SocketTimeout') return error
  const message = 'the database is locked, since another program is writing to it'
  return new DriverAdapterError({ kind: 'sqlite', extendedCode: SQLITE_ERROR, message })
}

/** The WebAssembly build's reset deletes the rows and leaves the tables, where the native one empties the file. */
async function dropEverything(connection: SqlDriverAdapter): Promise<void> {
  const statements = await readColumn(
    connection,
    // Views first, as nothing depends on them; a virtual table next, as its shadow tables vanish with it.
    `SELECT 'DROP ' || type || ' IF EXISTS "' || replace(name, '"', '""') || '";'
     FROM sqlite_master
     WHERE type IN ('view', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
     ORDER BY type = 'view' DESC, sql LIKE 'CREATE VIRTUAL%' DESC, name`,
  )
  // Foreign keys are switched outside the transaction, since SQLite ignores that inside one.
  await connection.executeScript('PRAGMA foreign_keys = OFF')
  try {
    await connection.executeScript(
      ['BEGIN IMMEDIATE;', ...statements, 'PRAGMA user_version = 0;', 'PRAGMA application_id = 0;', 'COMMIT;'].join(
        ' ',
      ),
    )
  } catch (error) {
    await connection.executeScript('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    await connection.executeScript('PRAGMA foreign_keys = ON')
  }
  await connection.executeScript('VACUUM')
}

async function readColumn(connection: SqlDriverAdapter, sql: string): Promise<string[]> {
  const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] })
  return rows.map(([value]) => String(value))
}
