import { randomInt, randomUUID } from 'node:crypto'
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlResultSet,
} from '@prisma/driver-adapter-utils'
import type { Client } from 'pg'
import type { Datasource } from './command-line.ts'
import type { EngineDatabase } from './database.ts'
import { EngineError } from './engine-error.ts'
import { PostgresqlConnection } from './postgresql-connection.ts'
import { statementError } from './postgresql-error.ts'
import { driver, Server } from './postgresql-server.ts'

/** Milliseconds. The engine gives up after ten seconds, but the server would go on waiting for it. */
const LOCK_TIMEOUT = 11_000

const CODE = { duplicateDatabase: '42P04', privilege: '42501', undefinedTable: '42P01' }

const TAKES_LOCK = /^SELECT pg_advisory_lock\(\d+\)$/
const MAKES_MIGRATIONS_TABLE = /^CREATE TABLE _prisma_migrations\b/

/**
 * PostgreSQL: a database on a server.
 *
 * @param datasource    `url` may be absent where nothing but schemas is compared
 * @param untouched     whether the database stays out of it: only a shadow one may be opened
 */
export function postgresqlDatabase(datasource: Datasource, untouched = false): EngineDatabase {
  return new PostgresqlDatabase(
    datasource.url === undefined ? undefined : new Server(datasource.url),
    datasource.shadowDatabaseUrl === undefined ? undefined : new Server(datasource.shadowDatabaseUrl),
    untouched,
  )
}

class PostgresqlDatabase implements EngineDatabase {
  readonly #given: Server | undefined
  readonly #shadow: Server | undefined
  readonly #untouched: boolean
  readonly #schema: string
  /** Shadow databases that are there, each with what drops it. */
  readonly #shadows = new Map<string, () => Promise<void>>()
  #main: Client | undefined

  constructor(given: Server | undefined, shadow: Server | undefined, untouched: boolean) {
    this.#given = given
    this.#shadow = shadow
    this.#untouched = untouched
    this.#schema = given?.location.schema ?? 'public'
  }

  async connections(): Promise<SqlMigrationAwareDriverAdapterFactory> {
    // Here, since below the engine an error would lose its code.
    const main = this.#untouched ? undefined : await this.#server.connect()
    this.#main = main
    return {
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      connect: async () => (main === undefined ? untouchedConnection(this.#schema) : this.#connection(main)),
      connectToShadowDb: () => (this.#shadow === undefined ? this.#newShadow() : this.#givenShadow(this.#shadow)),
    }
  }

  async canConnect(): Promise<void> {
    await this.#server.use((client) => client.query('SELECT 1'))
  }

  async create(): Promise<string> {
    const { database } = this.#server.address
    await this.#server.useMaintenance(async (client) => {
      try {
        await client.query(`CREATE DATABASE ${quoted(database)}`)
      } catch (error) {
        const { code, message } = error as { code?: unknown; message: string }
        if (code === CODE.privilege) {
          const { user } = this.#server.address
          throw new EngineError('P1010', `User \`${user}\` may not create the database \`${database}\`: ${message}`)
        }
        if (code !== CODE.duplicateDatabase) throw statementError(error)
      }
    })
    await this.#server.use((client) => client.query(this.#createSchema))
    return database
  }

  async drop(): Promise<void> {
    await this.#server.useMaintenance((client) =>
      client.query(`DROP DATABASE IF EXISTS ${quoted(this.#server.address.database)}`),
    )
  }

  isMissingTable(error: unknown): boolean {
    return (error as { cause?: { originalCode?: unknown } }).cause?.originalCode === CODE.undefinedTable
  }

  readonly countMigrationsTables = `SELECT count(*) FROM pg_class
    WHERE relname = '_prisma_migrations' AND relkind IN ('r', 'p') AND relnamespace = to_regnamespace(current_schema())`

  // As the native engine writes it.
  get createMigrationsTable(): string {
    return this.reworded(`CREATE TABLE _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
);`)
  }

  reworded(sql: string): string {
    if (TAKES_LOCK.test(sql)) return `SET lock_timeout = ${LOCK_TIMEOUT}; ${sql}; SET lock_timeout = DEFAULT;`
    // The native engine makes the schema with the database only, which may be there before.
    if (MAKES_MIGRATIONS_TABLE.test(sql)) return `${this.#createSchema} ${sql}`
    return sql
  }

  async close(): Promise<void> {
    await this.#main?.end()
    for (const drop of this.#shadows.values()) await drop()
  }

  /** Not by IF NOT EXISTS, which asks for the privilege also where there is nothing to do. */
  get #createSchema(): string {
    return `DO $$ BEGIN
      IF to_regnamespace('${this.#schema}') IS NULL THEN CREATE SCHEMA ${this.#schema}; END IF;
    END $$;`
  }

  get #server(): Server {
    if (this.#given === undefined) throw new EngineError('P1013', 'The datasource has no URL.')
    return this.#given
  }

  async #connection(client: Client, afterwards?: () => Promise<void>): Promise<SqlDriverAdapter> {
    const { types } = await driver()
    return new PostgresqlConnection(client, types, this.#schema, afterwards)
  }

  async #newShadow(): Promise<SqlDriverAdapter> {
    const name = `prisma_migrate_shadow_db_${randomUUID()}`
    await this.#onServer((client) => this.#create(client, name))
    this.#shadows.set(name, async () => {
      // By force, for the case that the connection has not ended yet.
      await this.#onServer((client) => client.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`))
      this.#shadows.delete(name)
    })
    const client = await this.#server.connect(name)
    await client.query(this.#createSchema)
    return this.#connection(client, async () => this.#shadows.get(name)?.())
  }

  async #create(client: Client, name: string): Promise<void> {
    try {
      await client.query(`CREATE DATABASE ${quoted(name)}`)
    } catch (error) {
      const { code, message } = error as { code?: unknown; message: string }
      if (code !== CODE.privilege) throw statementError(error)
      throw new EngineError(
        'P3014',
        'Prisma Migrate could not create the shadow database, which it replays the migrations on: ' +
          `user \`${this.#server.address.user}\` may not create databases (${message}). Let an administrator grant ` +
          'that (ALTER ROLE … CREATEDB), or name an empty database of its own as shadowDatabaseUrl in prisma.config.ts.',
      )
    }
  }

  /** A database that was made for this by hand, and is emptied each time. */
  async #givenShadow(shadow: Server): Promise<SqlDriverAdapter> {
    const client = await shadow.connect()
    try {
      await this.#refuseItself(client)
      for (const schema of new Set(['public', this.#schema])) {
        await client.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE; CREATE SCHEMA ${quoted(schema)}`)
      }
    } catch (error) {
      await client.end()
      throw error instanceof EngineError ? error : statementError(error)
    }
    return this.#connection(client)
  }

  /** Two URLs may name one database in different ways, but locks of one name within it meet. */
  async #refuseItself(shadow: Client): Promise<void> {
    const key = randomInt(2 ** 31)
    const take = async (client: Client) => {
      const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock($1, 0) AS taken`, [key])
      return rows[0]?.taken === true
    }
    const refuse = async (main: Client) => {
      if (!(await take(main))) throw new Error('a lock by a random number is held already')
      const apart = await take(shadow)
      for (const client of [main, shadow]) await client.query('SELECT pg_advisory_unlock_all()')
      if (apart) return
      throw new EngineError('P1013', 'shadowDatabaseUrl names the database itself, which would be emptied.')
    }
    if (this.#main !== undefined) return refuse(this.#main)
    if (this.#given === undefined) return
    let main: Client
    try {
      main = await this.#given.connect()
    } catch {
      // One that isn't there is no danger.
      return
    }
    await refuse(main).finally(() => main.end())
  }

  /** Over the session that is open, or else over one for the purpose: the database itself need not be there yet. */
  async #onServer(work: (client: Client) => Promise<unknown>): Promise<void> {
    if (this.#main === undefined) return this.#server.useMaintenance(work)
    try {
      await work(this.#main)
    } catch (error) {
      const told = error instanceof EngineError ? error : statementError(error)
      if (!(told instanceof EngineError) || told.code !== 'P1017') throw told
      // An administrator ended the session: what it left on the server is still to be put away.
      await this.#server.useMaintenance(work)
    }
  }
}

/** What the engine asks at its start, also where it then looks at no database; no answer of it is used. */
const ASKED_AT_START: SqlResultSet = {
  columnNames: ['exists', 'version', 'numeric_version'],
  columnTypes: [5, 7, 0],
  rows: [[true, 'PostgreSQL 15.0', 150_000]],
}

const untouchedConnection = (schemaName: string): SqlDriverAdapter => ({
  provider: 'postgres',
  adapterName: '@prisma/adapter-pg',
  queryRaw: async () => ASKED_AT_START,
  executeRaw: () => Promise.reject(new Error('no database is open')),
  executeScript: () => Promise.reject(new Error('no database is open')),
  startTransaction: () => Promise.reject(new Error('no database is open')),
  getConnectionInfo: () => ({ schemaName, supportsRelationJoins: true }),
  dispose: async () => {},
})

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
