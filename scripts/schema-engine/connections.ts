import type {
  ConnectionInfo,
  IsolationLevel,
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  SqlResultSet,
  Transaction,
} from '@prisma/driver-adapter-utils'
import type { EngineDatabase } from './database.ts'

export interface FailedScript {
  readonly script: string
  readonly error: unknown
}

/** The connections that the engine opens, mended, and kept so that the program can use the first and close them all. */
export class Connections implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider: SqlMigrationAwareDriverAdapterFactory['provider']
  readonly adapterName: string
  readonly #open = new Set<SqlDriverAdapter>()
  readonly #shadows = new Set<SqlDriverAdapter>()
  #first: SqlDriverAdapter | undefined
  #failedScript: FailedScript | undefined

  constructor(
    private readonly inner: SqlMigrationAwareDriverAdapterFactory,
    private readonly database: EngineDatabase,
  ) {
    this.provider = inner.provider
    this.adapterName = inner.adapterName
  }

  async connect(): Promise<SqlDriverAdapter> {
    const connection = this.#mended(await this.inner.connect())
    this.#first ??= connection
    return connection
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const shadow = this.#mended(await this.inner.connectToShadowDb())
    this.#shadows.add(shadow)
    return shadow
  }

  /** The engine's own connection to the database, since a second one would wait for the locks of the first. */
  async first(): Promise<SqlDriverAdapter> {
    return this.#first ?? (await this.connect())
  }

  /** The engine asks for a new one each time, so that what it left open is of no more use. */
  async closeShadows(): Promise<void> {
    for (const shadow of this.#shadows) {
      this.#shadows.delete(shadow)
      this.#open.delete(shadow)
      await shadow.dispose()
    }
  }

  async close(): Promise<void> {
    await this.closeShadows()
    for (const connection of this.#open) await connection.dispose()
    this.#open.clear()
  }

  /** The script that failed last, once. */
  takeFailedScript(): FailedScript | undefined {
    const failed = this.#failedScript
    this.#failedScript = undefined
    return failed
  }

  #mended(inner: SqlDriverAdapter): SqlDriverAdapter {
    const connection = new MendedConnection(inner, this.database, (failed) => {
      this.#failedScript = failed
    })
    this.#open.add(connection)
    return connection
  }
}

const NO_ROWS: SqlResultSet = { columnNames: [], columnTypes: [], rows: [] }
const READS_MIGRATIONS = /^\s*SELECT\b[^;]*\bFROM\s+(?:[`"][^`"]+[`"]\.)?[`"]?_prisma_migrations\b/i

/** A connection without the defects that the engine has with it. */
class MendedConnection implements SqlDriverAdapter {
  readonly provider: SqlDriverAdapter['provider']
  readonly adapterName: string
  readonly getConnectionInfo: () => ConnectionInfo
  #disposed: Promise<void> | undefined

  constructor(
    private readonly inner: SqlDriverAdapter,
    private readonly database: EngineDatabase,
    private readonly onFailedScript: (failed: FailedScript) => void,
  ) {
    this.provider = inner.provider
    this.adapterName = inner.adapterName
    this.getConnectionInfo = () => inner.getConnectionInfo?.() ?? { supportsRelationJoins: false }
  }

  async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
    return this.#translated(() => this.inner.startTransaction(isolationLevel))
  }

  async executeScript(script: string): Promise<void> {
    try {
      await this.#translated(() => this.inner.executeScript(script))
    } catch (error) {
      this.onFailedScript({ script, error })
      await this.#rollBack()
      throw error
    }
  }

  // Whole migrations arrive here, and a driver prepares the first statement only, or refuses several.
  async executeRaw(query: SqlQuery): Promise<number> {
    if (query.args.length > 0) return this.#translated(() => this.inner.executeRaw(query))
    await this.executeScript(this.database.reworded?.(query.sql) ?? query.sql)
    return 0
  }

  // The missing table of migrations fails the engine (P1014) where the native one takes it for "none applied yet".
  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    try {
      return await this.#translated(() => this.inner.queryRaw(query))
    } catch (error) {
      if (this.database.isMissingTable(error) && READS_MIGRATIONS.test(query.sql)) return NO_ROWS
      throw error
    }
  }

  dispose(): Promise<void> {
    // The engine does it itself in most cases, but not in all.
    this.#disposed ??= this.inner.dispose()
    return this.#disposed
  }

  /** A transaction that the script began and didn't come to end would swallow the engine's note of the failure. */
  async #rollBack(): Promise<void> {
    try {
      await this.inner.executeScript('ROLLBACK')
    } catch {
      // There was none.
    }
  }

  async #translated<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      throw this.database.translated?.(error) ?? error
    }
  }
}
