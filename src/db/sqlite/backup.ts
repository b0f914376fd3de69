import Driver from 'better-sqlite3'
import { EvidenceError } from '../../errors.ts'
import type { OnProgress } from '../on-progress.ts'
import { BUSY_TIMEOUT } from './busy-timeout.ts'
import { sqliteError } from './error.ts'

/** Pages between two looks at the progress: some tens of milliseconds. */
const PAGES_AT_ONCE = 2_000

/** Copies a database into a new file by SQLite's backup, as of one moment. The file needs none beside it to be read. */
export async function backupSqlite(file: string, target: string, onProgress: OnProgress): Promise<void> {
  const source = new Driver(file, { fileMustExist: true, timeout: BUSY_TIMEOUT })
  try {
    // Within a transaction what others write is not seen: without it each of their writes would start the copy anew.
    source.exec('BEGIN')
    source.prepare('SELECT count(*) FROM sqlite_master').get()
    await transferAll(source, target, onProgress)
    source.exec('COMMIT')
  } catch (error) {
    throw sqliteError(error, 'the backup') ?? error
  } finally {
    source.close()
  }
  const copy = new Driver(target)
  try {
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
}

/** Milliseconds without a page: another program keeps the target to itself. */
const NO_PAGE_FOR = BUSY_TIMEOUT

/**
 * Lets a file become the same, page by page, as one transaction: a crash in between leaves it as it was.
 *
 * @throws EvidenceError DATABASE_BUSY
 */
export async function transferAll(source: Driver.Database, target: string, onProgress: OnProgress): Promise<void> {
  let last = { remaining: -1, at: Date.now() }
  await source.backup(target, {
    progress: ({ totalPages, remainingPages }) => {
      onProgress(totalPages - remainingPages, 'pages', totalPages)
      if (remainingPages !== last.remaining) last = { remaining: remainingPages, at: Date.now() }
      else if (Date.now() - last.at > NO_PAGE_FOR)
        throw new EvidenceError(
          'DATABASE_BUSY',
          `Another program has been using ${target} for too long, and nothing was changed in it. Try again when it is done.`,
        )
      return PAGES_AT_ONCE
    },
  })
}
