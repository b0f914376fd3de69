import type { Database, Transaction } from './database.ts'
import { engineOf, isClient } from './engine.ts'
import { stateOf } from './sqlite/direct-reads.ts'

/** Prisma asks for a limit; a question over a whole registry may take its time. A day, in milliseconds. */
const SNAPSHOT_TIMEOUT = 86_400_000

/**
 * Reads everything as of one moment, so that a study that is being loaded meanwhile is seen as it was before, and never
 * by halves: from the replica, where the database was opened with one. Within a transaction, reads as that does.
 */
export async function inSnapshot<Result>(db: Transaction, read: (tx: Transaction) => Promise<Result>): Promise<Result> {
  if (!isClient(db)) return read(db)
  if (engineOf(db) === 'sqlite') return snapshotOf(db as Database, read, {})
  const { readFromReplica } = await import('./postgresql/replica.ts')
  // The types are those of SQLite's client, whose transactions are snapshots anyway and which knows no other level.
  const level = { isolationLevel: 'RepeatableRead' as 'Serializable' }
  return readFromReplica(db as Database, (from) => snapshotOf(from, read, level))
}

/**
 * Reads what one statement tells, which is of one moment by itself: a transaction would take longer than many a statement.
 * From the replica, where the database was opened with one; within a transaction, reads as that does.
 */
export async function inOneStatement<Result>(
  db: Transaction,
  read: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  if (!isClient(db) || engineOf(db) === 'sqlite') return read(db)
  const { readFromReplica } = await import('./postgresql/replica.ts')
  return readFromReplica(db as Database, read)
}

/**
 * The same for a few quick statements: on SQLite they are asked without a transaction, which would take longer than they
 * do, and asked again within one if somebody wrote meanwhile.
 */
export async function inFewStatements<Result>(
  db: Transaction,
  read: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  if (!isClient(db) || engineOf(db) === 'postgresql') return inSnapshot(db, read)
  const before = stateOf(db)
  if (before === undefined) return inSnapshot(db, read)
  const result = await read(db)
  return stateOf(db) === before ? result : inSnapshot(db, read)
}

const snapshotOf = <Result>(
  db: Database,
  read: (tx: Transaction) => Promise<Result>,
  level: { readonly isolationLevel?: 'Serializable' },
): Promise<Result> => db.$transaction(read, { timeout: SNAPSHOT_TIMEOUT, maxWait: SNAPSHOT_TIMEOUT, ...level })
