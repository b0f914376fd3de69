import type { Database, Replica } from '../db/connect.ts'
import type { DatabaseLocation } from '../db/database-url.ts'
import { type Context, locationOf } from './context.ts'

type Use<T> = (db: Database) => Promise<T>

/** Opens the database of `--db` or DATABASE_URL, hands it over, and closes it whatever happens. */
export const useDatabase = <T>(context: Context, url: string | undefined, use: Use<T>): Promise<T> =>
  useDatabaseAt(context, locationOf(context, url), use)

/** The same to ask questions only: of the replica of DATABASE_URL, where DATABASE_REPLICA_URL names one. */
export async function askDatabase<T>(context: Context, url: string | undefined, use: Use<T>): Promise<T> {
  const location = locationOf(context, url)
  const { replicaOf } = await import('../db/open-evidence-base.ts')
  // Who names another database by --db doesn't mean the replica of the usual one.
  const given = url === undefined ? context.env.DATABASE_REPLICA_URL : undefined
  return useDatabaseAt(context, location, use, replicaOf(location.engine, given, context.root, context.say))
}

/** The same with a database that is known. */
export async function useDatabaseAt<T>(
  context: Context,
  location: DatabaseLocation,
  use: Use<T>,
  replica?: Replica,
): Promise<T> {
  const { openDatabase } = await import('../db/connect.ts')
  const { databaseError } = await import('../db/database-error.ts')
  const db = await openDatabase(location, context.root, replica)
  try {
    return await use(db)
  } catch (error) {
    throw databaseError(error, 'what was asked', location)
  } finally {
    await db.$disconnect()
  }
}
