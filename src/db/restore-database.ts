import { closeSync, openSync, readSync } from 'node:fs'
import { EvidenceError, reasonOf } from '../errors.ts'
import { openDatabase } from './connect.ts'
import { firstFilledTable } from './copy-database.ts'
import type { Database } from './database.ts'
import { type DatabaseLocation, databaseLocation } from './database-url.ts'
import type { OnProgress } from './on-progress.ts'
import { type SchemaState, schemaState } from './schema-state.ts'

export interface RestoreOptions {
  /** Whether what the database holds may go. */
  readonly replace: boolean
  readonly onProgress?: OnProgress
}

/**
 * Brings a backup back, whole or not at all, into a database that holds nothing, or whose content is to go.
 *
 * @param file  absolute path of what `backupDatabase` made
 * @throws EvidenceError NOT_A_BACKUP        the file is something else, or damaged
 * @throws EvidenceError DATABASE_NOT_EMPTY  the database has rows, and `replace` wasn't said
 * @throws EvidenceError SCHEMA_NEWER, NOT_EVIBASE, and what opening a database throws
 */
export async function restoreDatabase(
  location: DatabaseLocation,
  root: string,
  file: string,
  { replace, onProgress = () => undefined }: RestoreOptions,
): Promise<void> {
  requireBackupOf(location, file)
  const target = await stateOfTarget(location, root, replace)
  if (!replace) await requireNoRows(location, root, target)
  if (location.engine === 'sqlite') {
    // Refuses what is not Evibase's, and what is newer.
    await requireEvidenceBase(file, root)
    await (await import('./sqlite/restore.ts')).restoreSqlite(file, location.file, onProgress)
  } else {
    if (target.database === 'missing')
      throw new EvidenceError(
        'DATABASE_NOT_FOUND',
        `There is no database at ${location.shown} yet. Make it with \`evibase db migrate\`, then restore again.`,
      )
    await (await import('./postgresql/restore.ts')).restorePostgresql(location, file, onProgress)
  }
}

/** A migration that was left half-way is one reason to restore; another program's database is none. */
async function stateOfTarget(location: DatabaseLocation, root: string, replace: boolean): Promise<SchemaState> {
  try {
    return await schemaState(location, root)
  } catch (error) {
    if (replace && error instanceof EvidenceError && error.code === 'MIGRATION_FAILED')
      return { database: 'migrated', applied: [], pending: [] }
    throw error
  }
}

async function requireEvidenceBase(file: string, root: string): Promise<void> {
  try {
    await schemaState(databaseLocation(`file:${file}`, root), root)
  } catch (error) {
    if (!(error instanceof EvidenceError) || error.code !== 'NOT_A_DATABASE') throw error
    throw new EvidenceError('NOT_A_BACKUP', `${file} is damaged, and was not restored.`, {}, { cause: error })
  }
}

async function requireNoRows(location: DatabaseLocation, root: string, target: SchemaState): Promise<void> {
  if (target.database !== 'migrated') return
  const db: Database = await openDatabase(location, root)
  try {
    const table = await firstFilledTable(db)
    if (table === undefined) return
    throw new EvidenceError(
      'DATABASE_NOT_EMPTY',
      `${location.shown} holds something already (in the table ${table}). Name another database, or say --replace to let that go.`,
      { table },
    )
  } finally {
    await db.$disconnect()
  }
}

/** The first bytes of each kind of backup: https://www.sqlite.org/fileformat2.html; pg_dump writes its own name. */
const BEGINNINGS = { sqlite: 'SQLite format 3\0', postgresql: 'PGDMP' } as const

function requireBackupOf({ engine }: DatabaseLocation, file: string): void {
  const begins = firstBytes(file)
  if (begins.startsWith(BEGINNINGS[engine])) return
  const hint = begins.startsWith(BEGINNINGS.sqlite)
    ? `is a SQLite database, and the target is on PostgreSQL. Use \`evibase db copy --from "file:${file}" --to …\`.`
    : begins.startsWith(BEGINNINGS.postgresql)
      ? 'is a backup of PostgreSQL. Restore it into a database there, then `evibase db copy` that into a file.'
      : 'is no backup of an evidence base. Name a file that `evibase db backup` made.'
  throw new EvidenceError('NOT_A_BACKUP', `${file} ${hint}`)
}

function firstBytes(file: string): string {
  const bytes = Buffer.alloc(16)
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    readSync(descriptor, bytes, 0, bytes.length, 0)
  } catch (cause) {
    throw new EvidenceError('FILE_NOT_READABLE', `${file} can't be read: ${reasonOf(cause)}.`, {}, { cause })
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
  return bytes.toString('latin1')
}
