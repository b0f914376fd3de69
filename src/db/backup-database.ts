import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { EvidenceError, reasonOf } from '../errors.ts'
import type { DatabaseLocation } from './database-url.ts'
import type { OnProgress } from './on-progress.ts'
import { requireCurrentSchema } from './schema-state.ts'

/**
 * Keeps a database in a file as it is at this moment, while others read and write it. The file is there whole or not at
 * all: for SQLite a database of its own, for PostgreSQL pg_dump's custom format.
 *
 * @param file  absolute path
 * @throws EvidenceError FILE_EXISTS, FILE_NOT_READABLE, PROGRAM_MISSING, and what opening the database throws
 */
export async function backupDatabase(
  location: DatabaseLocation,
  root: string,
  file: string,
  onProgress: OnProgress = () => undefined,
): Promise<void> {
  await requireCurrentSchema(location, root)
  if (existsSync(file))
    throw new EvidenceError('FILE_EXISTS', `${file} is there already. Name another file, or move this one away.`)
  const unfinished = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.unfinished`)
  try {
    // Says at once where nothing can be written.
    closeSync(openSync(unfinished, 'wx'))
    if (location.engine === 'sqlite')
      await (await import('./sqlite/backup.ts')).backupSqlite(location.file, unfinished, onProgress)
    else await (await import('./postgresql/backup.ts')).backupPostgresql(location, unfinished, onProgress)
    // What a power cut right after this leaves behind is the whole file.
    const descriptor = openSync(unfinished, 'r+')
    fsyncSync(descriptor)
    closeSync(descriptor)
    renameSync(unfinished, file)
  } catch (error) {
    if (error instanceof EvidenceError) throw error
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined) throw error
    throw new EvidenceError(
      'FILE_NOT_READABLE',
      `${file} can't be written: ${reasonOf(error)}. Name another place.`,
      {},
      { cause: error },
    )
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true })
  }
}
