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

/** Pages, 32 MB of them; by itself the engine waits for 1,000. */
const MANY_PAGES = 8_000

/**
 * Has what is written copied into the file seldom while much of it comes: pages that change again and again, as those of
 * indexes do, are then copied once. It holds until the connection ends; what was committed is on the disc before that.
 */
export async function copySeldom(db: Database): Promise<void> {
  await db.$queryRawUnsafe(`PRAGMA wal_autocheckpoint = ${MANY_PAGES}`)
}
