import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts'
import type { DatabaseLocation } from './database-url.ts'
import { requireCurrentSchema } from './schema-state.ts'
import { BUSY_TIMEOUT } from './sqlite/busy-timeout.ts'

/** The typed client over the evidence base. Close it with `$disconnect()`. */
export type Database = PrismaClient
/** The client within a transaction. */
export type Transaction = Prisma.TransactionClient

/**
 * Opens a database that is there and up to date.
 *
 * @throws EvidenceError  NOT_A_DATABASE, NOT_EVIBASE, DATABASE_NOT_FOUND, SCHEMA_OUTDATED, SCHEMA_NEWER, MIGRATION_FAILED
 */
export function openDatabase(location: DatabaseLocation, root: string): Database {
  requireCurrentSchema(location, root)
  if (location.engine !== 'sqlite') throw new Error(`no client for ${location.engine} yet`)
  return new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: location.file, timeout: BUSY_TIMEOUT }) })
}
