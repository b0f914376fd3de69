import { createHash, randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll } from 'vitest'
import { openDatabase } from '../src/db/connect.ts'
import { databaseLocation } from '../src/db/database-url.ts'
import { saveStudy } from '../src/db/save-study.ts'
import { readStudyFile } from '../src/import/study-file/read-study-file.ts'
import { environment, finished } from './scripts/prisma-project.ts'

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url))
/** The first study, as it lies in the repository. */
export const SEED_FILE = path.join(ROOT, 'seeds/studies/rosenberg-1993-il2-lak.yaml')

/** A database of a test's own. All of them go when the test file has ended; `remove` lets one go earlier. */
export interface ScratchDatabase {
  readonly file: string
  readonly url: string
  readonly remove: () => void
}
export type SeededDatabase = ScratchDatabase

// The name has a space and a letter beyond ASCII: paths of real people have both.
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'evibase schätze ')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let made = 0
const newFile = (): string => path.join(folder, `scratch-${++made}.db`)

/** A place below a folder that is removed when the test file has ended. */
export const scratchPath = (name: string): string => path.join(folder, `${++made}-${name}`)

let migrated: string | undefined
let seeded: Promise<string> | undefined

/** A migrated database without a study. */
export async function scratchDatabase(): Promise<ScratchDatabase> {
  migrated ??= migrate(newFile())
  return copyOf(migrated)
}

/** A database with the first study, read and saved as `evibase db seed` does it. */
export async function seededDatabase(): Promise<SeededDatabase> {
  seeded ??= scratchDatabase().then(({ file }) => seed(file))
  return copyOf(await seeded)
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

function copyOf(original: string): ScratchDatabase {
  const file = newFile()
  copyFileSync(original, file)
  return { file, url: `file:${file}`, remove: () => rmSync(file, { force: true }) }
}

/** What `prisma migrate deploy` leaves behind, without its three seconds. */
function migrate(file: string): string {
  const db = new Database(file)
  db.pragma('synchronous = OFF')
  db.exec(`CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`)
  const remember = db.prepare(
    `INSERT INTO _prisma_migrations (id, checksum, started_at, finished_at, migration_name, applied_steps_count)
     VALUES (?, ?, ?, ?, ?, 1)`,
  )
  const migrations = path.join(ROOT, 'prisma/migrations')
  for (const entry of readdirSync(migrations, { withFileTypes: true }).sort((one, other) =>
    one.name < other.name ? -1 : 1,
  )) {
    if (!entry.isDirectory()) continue
    const sql = readFileSync(path.join(migrations, entry.name, 'migration.sql'), 'utf8')
    const now = Date.now()
    db.exec(sql)
    remember.run(randomUUID(), createHash('sha256').update(sql).digest('hex'), now, now, entry.name)
  }
  db.close()
  return file
}

async function seed(file: string): Promise<string> {
  const bytes = readFileSync(SEED_FILE)
  const db = openDatabase(databaseLocation(`file:${file}`, ROOT), ROOT)
  const result = await saveStudy(db, readStudyFile(bytes, 'rosenberg-1993-il2-lak.yaml'), {
    format: 'study-file',
    fileName: 'seeds/studies/rosenberg-1993-il2-lak.yaml',
    fileSha256: createHash('sha256').update(bytes).digest('hex'),
    now: new Date('2026-11-23T12:00:00Z'),
  })
  await db.$disconnect()
  if (result !== 'created') throw new Error(`the first study was ${result}`)
  return file
}
