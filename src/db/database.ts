import type { Prisma, PrismaClient } from '../generated/prisma/client.ts'
import type { PostgresqlLocation } from './database-url.ts'

/**
 * The typed client over the evidence base. Close it with `$disconnect()`. Its types are those of SQLite's client, on
 * PostgreSQL as well: what both can do.
 */
export type Database = PrismaClient

/** The client within a transaction; a client is one too, for whoever only reads and writes rows. */
export type Transaction = Prisma.TransactionClient

/** A streaming replica to ask instead of the database itself. */
export interface Replica {
  readonly location: PostgresqlLocation
  /** Told, once, when the replica can't be read and the primary is read instead. */
  readonly warn: (words: string) => void
}
