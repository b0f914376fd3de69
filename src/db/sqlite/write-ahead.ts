import type { Database } from '../database.ts'

const done = new WeakSet<Database>()

/**
 * Lets readers read while something is written: from now on the file is in write-ahead mode, also when it is closed.
 * Where a reader is in the way right now, a later write tries again.
 */
export async function writeAhead(db: Database): Promise<void> {
  if (done.has(db)) return
  const [row] = await db.$queryRawUnsafe<{ journal_mode: string }[]>('PRAGMA journal_mode = WAL').catch(() => [])
  if (row?.journal_mode === 'wal') done.add(db)
}
