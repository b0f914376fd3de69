import { readFileSync } from 'node:fs'
import type {
  DriverAdapterError,
  ErrorCapturingSqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type {
  ApplyMigrationsInput,
  CreateMigrationInput,
  DiffParams,
  EvaluateDataLossInput,
  MigrationList,
  SchemaEngine,
} from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { Datasource } from './command-line.ts'
import { Connections, type FailedScript } from './connections.ts'
import type { EngineDatabase } from './database.ts'
import { databaseOf, untouchedDatabaseOf } from './database-of.ts'
import { EngineError } from './engine-error.ts'
import { log } from './log.ts'
import { EnginePanic } from './protocol.ts'
import { loadEngine, panicMessage } from './wasm.ts'

/** The engine with the database that it speaks to, made by the first request that needs them. */
interface Started {
  readonly engine: SchemaEngine
  readonly database: EngineDatabase
  readonly connections: Connections
}

type Method = (started: Started, params: never) => Promise<unknown>

/** The conversation's methods: the engine's own, and those around its defects. */
export class Methods {
  readonly #schemaFiles: readonly string[]
  readonly #datasource: Datasource
  readonly #print: (content: string) => Promise<void>
  #started: Started | undefined
  /** Known before all is started, so that what a failed start opened is closed as well. */
  #database: EngineDatabase | undefined
  #connections: Connections | undefined
  #errors: ErrorCapturingSqlMigrationAwareDriverAdapterFactory['errorRegistry'] | undefined
  #panic: EnginePanic | undefined

  constructor(
    schemaFiles: readonly string[],
    datasource: Datasource,
    /** Shows something on the CLI's stdout. */
    print: (content: string) => Promise<void>,
  ) {
    this.#schemaFiles = schemaFiles
    this.#datasource = datasource
    this.#print = print
  }

  has(name: string): boolean {
    return Object.hasOwn(METHODS, name) || name === 'createDatabase' || name === 'diff'
  }

  /** @throws EngineError, EnginePanic or another Error whose message is for the user */
  async call(name: string, params: unknown): Promise<unknown> {
    // After a panic the next call into the engine would end the program without a reply.
    if (this.#panic !== undefined) throw this.#panic
    try {
      if (name === 'createDatabase') return { databaseName: await databaseOf(this.#datasource, []).create() }
      if (name === 'diff') return await this.#diff(params as DiffParams)
      const method = METHODS[name]
      if (method === undefined) throw new Error(`Method not found: ${name}`)
      const started = await this.#start(databaseOf(this.#datasource, this.#readSchemas().map(contentOf)))
      return await withThrownAside(() => method(started, params as never))
    } catch (error) {
      throw this.#explained(error)
    } finally {
      // Before the reply: the CLI ends the engine, and maybe itself, with the last one.
      await this.#connections?.closeShadows().catch(reportLeftover)
    }
  }

  async close(): Promise<void> {
    await this.#connections?.close()
    await this.#database?.close()
  }

  async #diff(params: DiffParams): Promise<unknown> {
    const targets = [params.from, params.to]
    // The WebAssembly build connects at its start, also for what doesn't look at the database, which need not exist then.
    const looksAtDatabase = targets.some(({ tag }) => tag === 'schemaDatasource' || tag === 'url')
    const files = targets.flatMap((target) => ('files' in target ? target.files : []))
    const schemas = [...this.#readSchemas().map(contentOf), ...files.map(({ content }) => content)]
    const database = looksAtDatabase ? databaseOf : untouchedDatabaseOf
    const { engine } = await this.#start(database(this.#datasource, schemas))
    const { exitCode, stdout } = await withThrownAside(() => engine.diff(params))
    // The native engine asks the CLI to print, and the CLI looks nowhere else.
    if (stdout != null) await this.#print(stdout)
    return { exitCode }
  }

  async #start(database: EngineDatabase): Promise<Started> {
    if (this.#started !== undefined) return this.#started
    const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils')
    this.#database = database
    const connections = new Connections(await database.connections(), database)
    this.#connections = connections
    const bound = bindMigrationAwareSqlAdapterFactory(connections)
    this.#errors = bound.errorRegistry
    const { SchemaEngine } = await loadEngine()
    const schemas = this.#readSchemas()
    const engine = await SchemaEngine.new({ datamodels: schemas.length > 0 ? schemas : undefined }, writeLog, bound)
    this.#started = { engine, database, connections }
    return this.#started
  }

  #readSchemas(): [file: string, content: string][] {
    return this.#schemaFiles.map((file) => [file, readFileSync(file, 'utf8')])
  }

  #explained(error: unknown): Error {
    const panic = error instanceof EnginePanic ? error.message : panicMessage(error)
    if (panic !== undefined) {
      this.#panic = new EnginePanic(panic)
      return this.#panic
    }
    if (!(error instanceof Error)) return new Error(String(error))
    // What JavaScript code throws below the engine comes back as a number in the error's place.
    let own: EngineError | undefined
    const message = error.message.replace(/External error id#(\d+)/g, (text, id: string) => {
      const thrown = this.#errors?.consumeError(Number(id))?.error
      if (thrown instanceof EngineError) own = thrown
      return thrown === undefined ? text : thrown instanceof Error ? thrown.message : String(thrown)
    })
    if (own !== undefined) return own
    const { code, meta } = error as { code?: unknown; meta?: unknown }
    if (typeof code !== 'string') return new Error(message, { cause: error })
    return new EngineError(code, message, typeof meta === 'object' && meta !== null ? { ...meta } : {})
  }
}

const contentOf = ([, content]: readonly [file: string, content: string]): string => content

const METHODS: Readonly<Record<string, Method>> = {
  getDatabaseVersion: ({ engine }) => engine.version(null),
  getDatabaseDescription: ({ engine }) => engine.version(null),
  ensureConnectionValidity: ({ engine }, params) => engine.ensureConnectionValidity(params),
  dbExecute: ({ engine }, params) => engine.dbExecute(params),
  devDiagnostic: ({ engine }, params) => engine.devDiagnostic(params),
  markMigrationRolledBack: ({ engine }, params) => engine.markMigrationRolledBack(params),
  schemaPush: ({ engine }, params) => engine.schemaPush(params),
  introspect: ({ engine }, params) => engine.introspect(params),
  introspectSql: ({ engine }, params) => engine.introspectSql(params),
  debugPanic: async ({ engine }) => engine.debugPanic(),

  createMigration: (started, params: CreateMigrationInput) =>
    withShadowResult(started, params, () => started.engine.createMigration(params)),
  evaluateDataLoss: (started, params: EvaluateDataLossInput) =>
    withShadowResult(started, params, () => started.engine.evaluateDataLoss(params)),

  // The WebAssembly build says neither which migration failed nor, for a missing table, at what statement's fault.
  async applyMigrations({ engine, connections }, params: ApplyMigrationsInput) {
    connections.takeFailedScript()
    try {
      return await engine.applyMigrations(params)
    } catch (error) {
      throw migrationFailure(params.migrationsList, connections.takeFailedScript()) ?? error
    }
  },

  async reset({ engine, database, connections }, params) {
    if (database.reset === undefined) await engine.reset(params)
    else await database.reset(await connections.first())
  },

  // The WebAssembly build says that there is a table of migrations even where its reading was answered with no rows.
  async diagnoseMigrationHistory(started, params) {
    const diagnosis = await started.engine.diagnoseMigrationHistory(params)
    return { ...diagnosis, hasMigrationsTable: await hasMigrationsTable(started) }
  },

  // For the same reason it doesn't make the table before it writes the first row.
  async markMigrationApplied(started, params) {
    const { engine, database, connections } = started
    if (!(await hasMigrationsTable(started))) {
      await (await connections.first()).executeScript(database.createMigrationsTable)
    }
    return engine.markMigrationApplied(params)
  },
}

/** Prisma's own words for a migration whose script failed; undefined when it was another script, or none. */
function migrationFailure({ migrationDirectories }: MigrationList, failed?: FailedScript): EngineError | undefined {
  const migration = migrationDirectories.find(
    ({ migrationFile: { content } }) => content.tag === 'ok' && content.value === failed?.script,
  )
  if (failed === undefined || migration === undefined) return undefined
  const { message, cause } = failed.error as Partial<DriverAdapterError>
  const code = cause?.originalCode ?? (failed.error instanceof EngineError ? failed.error.code : 'unknown')
  const reason = cause?.originalMessage ?? message ?? String(failed.error)
  return new EngineError(
    'P3018',
    'A migration failed to apply. New migrations cannot be applied before the error is recovered from. ' +
      'Read more about how to resolve migration issues in a production database: https://pris.ly/d/migrate-resolve\n\n' +
      `Migration name: ${migration.path}\n\nDatabase error code: ${code}\n\nDatabase error:\n${reason}`,
    { migration_name: migration.path, database_error_code: code, database_error: reason },
  )
}

async function hasMigrationsTable({ database, connections }: Started): Promise<boolean> {
  const connection = await connections.first()
  const { rows } = await connection.queryRaw({ sql: database.countMigrationsTables, args: [], argTypes: [] })
  return Number(rows[0]?.[0]) > 0
}

/**
 * Both methods compare the schema with the migrations, which the WebAssembly build replays on a shadow database in
 * `devDiagnostic` only; once a migration has been applied what it remembers is out of date, so it is asked again.
 */
async function withShadowResult<Result>(
  { engine }: Started,
  { migrationsList, filters }: CreateMigrationInput | EvaluateDataLossInput,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call()
  } catch (error) {
    if (!/shadow DB must be provided through an external factory/.test(String(error))) throw error
    await engine.devDiagnostic({ migrationsList, filters })
    return await call()
  }
}

/** The engine throws at params of another shape, and its promise then waits forever while the error would end the program. */
function withThrownAside<Result>(work: () => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const thrownAside = (error: Error) => reject(new EnginePanic(error.message))
    process.once('uncaughtException', thrownAside)
    work()
      .then(resolve, reject)
      .finally(() => process.off('uncaughtException', thrownAside))
  })
}

/** No reason to hide the answer, or a failure that is the reason of this one. */
function reportLeftover(error: unknown): void {
  log('INFO', `A shadow database could not be dropped: ${error instanceof Error ? error.message : String(error)}`)
}

function writeLog(line: string): void {
  if (process.env.DEBUG) process.stderr.write(line.endsWith('\n') ? line : `${line}\n`)
}
