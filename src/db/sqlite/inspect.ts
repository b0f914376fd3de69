import { accessSync, constants, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import Driver from 'better-sqlite3'
import { EvidenceError } from '../../errors.ts'
import { type Inspection, migrationsOf, type RememberedMigration } from '../inspection.ts'
import { BUSY_TIMEOUT } from './busy-timeout.ts'
import { isWriteAhead, readOnlyCopy } from './read-only-copy.ts'

/**
 * Looks into a SQLite file without writing to it, but for taking back what a program that died had half written.
 *
 * @throws EvidenceError NOT_A_DATABASE  a folder, or bytes that SQLite can't read
 * @throws EvidenceError NOT_EVIBASE     a database with tables, none of them Prisma's list of migrations
 * @throws EvidenceError DATABASE_BUSY   another program keeps the file locked
 */
export function inspectSqlite(file: string): Inspection {
  if (!existsSync(file)) return { state: 'missing', migrations: [] }
  const stats = statSync(file)
  if (stats.isDirectory())
    throw new EvidenceError(
      'NOT_A_DATABASE',
      `${file} is a folder. Let DATABASE_URL name a file in it, such as file:${file}/evidence.db.`,
    )
  if (stats.isFile() && stats.size === 0) return { state: 'empty', migrations: [] }
  const notADatabase = (cause: unknown) =>
    new EvidenceError(
      'NOT_A_DATABASE',
      `${file} is not a SQLite database. Name another file in DATABASE_URL, or move this one away.`,
      {},
      { cause },
    )
  try {
    // Who only reads a database in write-ahead mode leaves two files beside it, which a writer takes away again.
    return look(file, { readonly: !isWriteAhead(file) })
  } catch (error) {
    if (error instanceof EvidenceError) throw error
    const code = String((error as { code?: unknown }).code)
    if (code === 'SQLITE_NOTADB') throw notADatabase(error)
    if (code.startsWith('SQLITE_CORRUPT'))
      throw new EvidenceError(
        'NOT_A_DATABASE',
        `${file} is damaged. Put an undamaged copy in its place, such as one that \`evibase db backup\` made.`,
        {},
        { cause: error },
      )
    if (code.startsWith('SQLITE_BUSY'))
      throw new EvidenceError(
        'DATABASE_BUSY',
        `Another program has been writing to ${file} for too long. Try again when it is done.`,
        {},
        { cause: error },
      )
    if (code === 'SQLITE_ERROR')
      throw new EvidenceError(
        'NOT_EVIBASE',
        `${file} is a database of something else: its list of migrations is not Prisma's. Name another file in DATABASE_URL.`,
        {},
        { cause: error },
      )
    if (/^(SQLITE_(CANTOPEN|READONLY|IOERR|PERM|AUTH)|EACCES|EPERM)/.test(code))
      throw new EvidenceError(
        'NOT_A_DATABASE',
        `${file} can't be opened. Look at its permissions and those of its folder.`,
        {},
        { cause: error },
      )
    throw error
  }
}

/** @param opened  the file itself, or a copy of it */
function look(file: string, { readonly, opened = file }: { readonly: boolean; opened?: string }): Inspection {
  const db = new Driver(opened, { readonly, fileMustExist: true, timeout: BUSY_TIMEOUT })
  try {
    const tables = db
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
      .pluck()
      .all()
    if (tables.length === 0) return { state: 'empty', migrations: [] }
    if (!tables.includes('_prisma_migrations'))
      throw new EvidenceError(
        'NOT_EVIBASE',
        `${file} is a database of something else: it has tables, but none of Evibase's. Name another file in DATABASE_URL.`,
      )
    const rows = db
      .prepare(
        'SELECT migration_name AS name, finished_at, rolled_back_at FROM _prisma_migrations ORDER BY migration_name, started_at',
      )
      .all() as RememberedMigration[]
    return { state: 'migrated', migrations: migrationsOf(rows) }
  } catch (error) {
    // A program died amid a write. Whoever opens the file next takes that write back, which is no reading.
    if (readonly && (error as { code?: unknown }).code === 'SQLITE_READONLY_ROLLBACK')
      return look(file, { readonly: false })
    const copy = readonly ? undefined : readOnlyCopy(file, error)
    if (copy !== undefined) return look(file, { readonly: true, opened: copy })
    throw error
  } finally {
    db.close()
  }
}

/**
 * Says so when the file, or the folder that SQLite keeps its journal in, can't be written. Nothing is made: a folder
 * that doesn't exist yet is judged by the nearest one that does.
 *
 * @throws EvidenceError DATABASE_NOT_WRITABLE
 */
export function requireWritable(file: string): void {
  let folder = path.dirname(file)
  while (!existsSync(folder) && path.dirname(folder) !== folder) folder = path.dirname(folder)
  if (!statSync(folder).isDirectory())
    throw new EvidenceError(
      'DATABASE_NOT_WRITABLE',
      `${folder} is a file, so ${file} can't lie below it. Name another place in DATABASE_URL.`,
    )
  const targets = [...(existsSync(file) ? [file] : []), folder]
  for (const target of targets)
    try {
      accessSync(target, constants.W_OK)
    } catch (cause) {
      const what = target === file ? 'The database' : 'The folder'
      throw new EvidenceError(
        'DATABASE_NOT_WRITABLE',
        `${what} ${target} can't be written to. Change its permissions, or name another place in DATABASE_URL.`,
        {},
        { cause },
      )
    }
}
