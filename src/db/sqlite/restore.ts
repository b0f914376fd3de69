import path from 'node:path'
import Driver from 'better-sqlite3'
import { EvidenceError } from '../../errors.ts'
import { makeFolder } from '../make-folder.ts'
import type { OnProgress } from '../on-progress.ts'
import { transferAll } from './backup.ts'
import { BUSY_TIMEOUT } from './busy-timeout.ts'
import { sqliteError } from './error.ts'
import { requireWritable } from './inspect.ts'

/** Lets a database become what a backup holds, in one transaction, also while other programs have it open. */
export async function restoreSqlite(backup: string, file: string, onProgress: OnProgress): Promise<void> {
  requireWritable(file)
  makeFolder(path.dirname(file))
  const source = new Driver(backup, { fileMustExist: true, timeout: BUSY_TIMEOUT })
  try {
    requireSound(source, backup)
    await transferAll(source, file, onProgress)
  } catch (error) {
    throw sqliteError(error, 'the restore') ?? error
  } finally {
    source.close()
  }
}

function requireSound(source: Driver.Database, backup: string): void {
  let faults: readonly unknown[]
  try {
    faults = [
      ...(source.pragma('integrity_check(1)') as { integrity_check: string }[])
        .map((row) => row.integrity_check)
        .filter((words) => words !== 'ok'),
      ...(source.pragma('foreign_key_check') as { table: string }[])
        .slice(0, 1)
        .map(({ table }) => `${table} points at nothing`),
    ]
  } catch (error) {
    faults = [(error as Error).message]
  }
  if (faults.length > 0)
    throw new EvidenceError('NOT_A_BACKUP', `${backup} is damaged (${faults.join('; ')}), and was not restored.`)
}
