import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'

/** What the engine must know about a kind of database beyond SQL: how to reach it, and how to mend its defects there. */
export interface EngineDatabase {
  /** Opens the database, and an empty shadow one to replay the migrations on. */
  connections(): Promise<SqlMigrationAwareDriverAdapterFactory>

  /** @throws EngineError P1003 when there is no such database */
  canConnect(): Promise<void>

  /** Makes an empty database, and answers with its name; one that exists is left as it is. */
  create(): Promise<string>

  drop(): Promise<void>

  /** Whether a driver's error says that the table which was read doesn't exist. */
  isMissingTable(error: unknown): boolean

  /** One row, one column: how many tables are named `_prisma_migrations`. */
  readonly countMigrationsTables: string
  readonly createMigrationsTable: string

  /** A statement of the engine as this database must be given it. */
  reworded?(sql: string): string

  /** A driver's error as one that the engine knows. */
  translated?(error: unknown): unknown

  /** Present where the engine's own reset leaves something behind. */
  reset?(connection: SqlDriverAdapter): Promise<void>

  /** Removes what must not outlive the program, for example a shadow database on a server. */
  close(): Promise<void>
}
