import type { Database, Replica, Transaction } from './database.ts'
import type { DatabaseLocation } from './database-url.ts'
import { requireCurrentSchema } from './schema-state.ts'

export type { Database, Replica, Transaction }

/**
 * Opens a database that is there and up to date.
 *
 * @param replica  a streaming replica to ask instead, on PostgreSQL; passed over with a warning where it can't be asked
 * @throws EvidenceError  NOT_A_DATABASE, NOT_EVIBASE, DATABASE_NOT_FOUND, SCHEMA_OUTDATED, SCHEMA_NEWER,
 *                        MIGRATION_FAILED; on PostgreSQL also DATABASE_NOT_REACHABLE, DATABASE_ACCESS_DENIED,
 *                        SERVER_TOO_OLD
 */
export async function openDatabase(location: DatabaseLocation, root: string, replica?: Replica): Promise<Database> {
  await requireCurrentSchema(location, root)
  // Each engine's client is loaded only where it is spoken to: start-up counts.
  if (location.engine === 'sqlite') return (await import('./sqlite/client.ts')).sqliteClient(location)
  const db = (await import('./postgresql/client.ts')).postgresqlClient(location)
  if (replica === undefined) return db
  return (await import('./postgresql/replica.ts')).withReplica(db, location, replica)
}
