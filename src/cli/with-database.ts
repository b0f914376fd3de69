import type { Database } from '../db/connect.ts'
import { type Context, locationOf } from './context.ts'

/** Opens the database, hands it over, and closes it whatever happens. */
export async function useDatabase<T>(
  context: Context,
  url: string | undefined,
  use: (db: Database) => Promise<T>,
): Promise<T> {
  const { openDatabase } = await import('../db/connect.ts')
  const { databaseError } = await import('../db/database-error.ts')
  const db = openDatabase(locationOf(context, url), context.root)
  try {
    return await use(db)
  } catch (error) {
    throw databaseError(error, 'what was asked')
  } finally {
    await db.$disconnect()
  }
}
