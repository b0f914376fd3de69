import { createHash, randomUUID } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { openDatabase } from '../src/db/connect.ts'
import { type DatabaseLocation, databaseLocation } from '../src/db/database-url.ts'
import { saveStudy } from '../src/db/save-study.ts'
import { readStudyFile } from '../src/import/study-file/read-study-file.ts'
import { ENGINE, maintenance, postgresNamed, type ScratchPostgres, scratchPostgres } from './engines.ts'
import { environment, finished } from './scripts/prisma-project.ts'

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url))

/** How many migrations a new database gets, by the folders that hold one each. */
export const MIGRATIONS = readdirSync(path.join(ROOT, 'prisma', 'migrations'), { withFileTypes: true }).filter(
  (entry) => entry.isDirectory(),
).length
/** The studies and reviews that come with Evibase, by the names of their files and folders, in the order of loading. */
export const SEEDS = {
  studies: readdirSync(path.join(ROOT, 'seeds', 'studies'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort(),
  reviews: readdirSync(path.join(ROOT, 'seeds', 'reviews')).sort(),
}

/** What loading all that comes with Evibase says. */
export const seeding = (result: string) => {
  const all = [...SEEDS.studies, ...SEEDS.reviews]
  return `${all.map((slug) => `${slug}: ${result}\n`).join('')}${all.length} files: ${all.length} ${result}.\n`
}

/** The first study, as it lies in the repository. */
export const SEED_FILE = path.join(ROOT, 'seeds/studies/rosenberg-1993-il2-lak.yaml')

/** A database of a test's own, on the engine of this run. All of them go when the test file has ended. */
export interface ScratchDatabase {
  readonly url: string
  readonly location: DatabaseLocation
  /** Statements that no program of ours has looked at: an edit by hand. */
  readonly exec: (sql: string) => Promise<void>
  /** Rows as the database gives them, counts as numbers. Truth values are 1 and 0 on SQLite. */
  readonly rows: <Row = Readonly<Record<string, unknown>>>(sql: string) => Promise<Row[]>
  /** The same as lists of values, with truth values as 1 and 0 on both engines. */
  readonly lists: (sql: string) => Promise<unknown[][]>
}

/** One of SQLite's, with its file; `remove` lets it go earlier. */
export interface ScratchFile extends ScratchDatabase {
  readonly file: string
  readonly remove: () => void
}

// The name has a space and a letter beyond ASCII: paths of real people have both.
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'evibase schätze ')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let made = 0
const newFile = (): string => path.join(folder, `scratch-${++made}.db`)

/** A place below a folder that is removed when the test file has ended. */
export const scratchPath = (name: string): string => path.join(folder, `${++made}-${name}`)

/** A folder of a test's own, which is removed as well. */
export function scratchFolder(name: string): string {
  const place = scratchPath(name)
  mkdirSync(place)
  return place
}

/** A migrated database without a study. */
export const scratchDatabase = (): Promise<ScratchDatabase> =>
  ENGINE === 'sqlite' ? scratchFile() : templateOf('migrated').then(copyOfPostgres)

/** A database with the first study, read and saved as `evibase db seed` does it. */
export const seededDatabase = (): Promise<ScratchDatabase> =>
  ENGINE === 'sqlite' ? seededFile() : templateOf('seeded').then(copyOfPostgres)

type Kind = 'migrated' | 'seeded'
const templateFolder = inject('templates')

export const scratchFile = async (): Promise<ScratchFile> => copyOf(await templateFile('migrated'))

export const seededFile = async (): Promise<ScratchFile> => copyOf(await templateFile('seeded'))

/** Made by the first who needs it, for all test files of the run; two who come at once both make one. */
async function templateFile(kind: Kind): Promise<string> {
  const template = path.join(templateFolder, `${kind}.db`)
  if (existsSync(template)) return template
  const file = kind === 'migrated' ? migrate(newFile()) : copyOf(await templateFile('migrated')).file
  if (kind === 'seeded') await seed(databaseLocation(`file:${file}`, ROOT))
  renameSync(file, template)
  return template
}

const templates = new Map<Kind, Promise<ScratchPostgres>>()

/** The same on PostgreSQL. Nobody stays connected, so that it can be copied. */
function templateOf(kind: Kind): Promise<ScratchPostgres> {
  const found = templates.get(kind) ?? findTemplate(kind)
  templates.set(kind, found)
  return found
}

async function findTemplate(kind: Kind): Promise<ScratchPostgres> {
  const name = `${path.basename(templateFolder)}_${kind}`
  const known = await maintenance(`SELECT 1 FROM pg_database WHERE datname = '${name}'`)
  if (known.length > 0) return postgresNamed(name)
  const made = await makeTemplate(kind)
  try {
    await maintenance(`ALTER DATABASE ${made.name} RENAME TO "${name}"`)
  } catch {
    // Another test file was quicker.
    return made
  }
  return postgresNamed(name)
}

async function makeTemplate(kind: Kind): Promise<ScratchPostgres> {
  if (kind === 'migrated') {
    const scratch = await scratchPostgres()
    await scratch.rows(migrationSql('prisma/postgresql/migrations', POSTGRESQL_MIGRATIONS_TABLE, 'now()'))
    return scratch
  }
  const scratch = await scratchPostgres({ template: await templateOf('migrated') })
  await seed(databaseLocation(scratch.url, ROOT))
  return scratch
}

async function copyOfPostgres(template: ScratchPostgres): Promise<ScratchDatabase> {
  const { url } = await scratchPostgres({ template })
  return {
    url,
    location: databaseLocation(url, ROOT),
    exec: async (sql) => void (await askPostgres(url, (client) => client.query(sql))),
    rows: async <Row>(sql: string) =>
      (await askPostgres(url, (client) => client.query({ text: sql, types: NUMBERS_AS_NUMBERS }))).rows as Row[],
    lists: async (sql) => {
      const query = { text: sql, types: NUMBERS_AS_NUMBERS, rowMode: 'array' } as const
      const { rows } = await askPostgres(url, (client) => client.query<unknown[]>(query))
      return rows.map((row) => row.map((value) => (typeof value === 'boolean' ? Number(value) : value)))
    },
  }
}

const INT8 = 20
const NUMERIC = 1700
const NUMBERS_AS_NUMBERS: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as 'text'),
}

async function askPostgres<Answer>(url: string, ask: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await ask(client)
  } finally {
    await client.end()
  }
}

/** Runs the command line as a person does. Without `db` there is no database, so that no test meets a real one. */
export async function evibase(
  args: readonly string[],
  { db, cwd, env = {} }: { db?: string; cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const { status, stdout, stderr } = await finished(
    process.execPath,
    [path.join(ROOT, 'scripts/evibase.mjs'), ...args],
    {
      cwd: cwd ?? folder,
      env: environment({ DATABASE_URL: db ?? `file:${path.join(folder, 'nowhere.db')}`, ...env }),
    },
  )
  return { code: status, stdout, stderr }
}

function copyOf(original: string): ScratchFile {
  const file = newFile()
  copyFileSync(original, file)
  const ask = <Answer>(use: (db: Database.Database) => Answer): Answer => {
    const db = new Database(file)
    try {
      return use(db)
    } finally {
      db.close()
    }
  }
  return {
    file,
    url: `file:${file}`,
    location: databaseLocation(`file:${file}`, ROOT),
    exec: async (sql) => void ask((db) => db.exec(sql)),
    rows: async <Row>(sql: string) => ask((db) => db.prepare(sql).all() as Row[]),
    lists: async (sql) => ask((db) => db.prepare(sql).raw().all() as unknown[][]),
    remove: () => rmSync(file, { force: true }),
  }
}

const SQLITE_MIGRATIONS_TABLE = `CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
);`
const POSTGRESQL_MIGRATIONS_TABLE = `CREATE TABLE _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
);`

/** What `prisma migrate deploy` leaves behind, without its three seconds. */
function migrate(file: string): string {
  const db = new Database(file)
  db.pragma('synchronous = OFF')
  db.exec(migrationSql('prisma/migrations', SQLITE_MIGRATIONS_TABLE, String(Date.now())))
  db.close()
  return file
}

function migrationSql(folder: string, table: string, now: string): string {
  const migrations = readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, sql: readFileSync(path.join(ROOT, folder, name, 'migration.sql'), 'utf8') }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
  const remembered = migrations.map(({ name, sql }) => {
    const checksum = createHash('sha256').update(sql).digest('hex')
    return `('${randomUUID()}', '${checksum}', ${now}, ${now}, '${name}', 1)`
  })
  return [
    table,
    ...migrations.map(({ sql }) => sql),
    'INSERT INTO _prisma_migrations (id, checksum, started_at, finished_at, migration_name, applied_steps_count)',
    `VALUES ${remembered.join(', ')};`,
  ].join('\n')
}

async function seed(location: DatabaseLocation): Promise<void> {
  const bytes = readFileSync(SEED_FILE)
  const db = await openDatabase(location, ROOT)
  const result = await saveStudy(db, readStudyFile(bytes, 'rosenberg-1993-il2-lak.yaml'), {
    format: 'study-file',
    fileName: 'seeds/studies/rosenberg-1993-il2-lak.yaml',
    fileSha256: createHash('sha256').update(bytes).digest('hex'),
    now: new Date('2026-11-23T12:00:00Z'),
  })
  await db.$disconnect()
  if (result !== 'created') throw new Error(`the first study was ${result}`)
}
