import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import { type Engine, type ScratchPostgres, scratchPostgres } from '../engines.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))

/** The project's schema engine. */
export const ENGINE = path.join(repository, 'scripts/schema-engine/main.mjs')

export interface Finished {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** What a person sees: both, stdout first. */
  readonly output: string
}

/** Only what a program needs to start, so that nothing in the surroundings changes what Prisma does. */
export function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const env: Record<string, string> = { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', NO_COLOR: '1' }
  for (const name of ['PATH', 'HOME', 'TMPDIR', 'SystemRoot']) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return { ...env, ...more }
}

/** A Prisma project of its own in a temporary folder, whose path has a space, with this repository's packages. */
export class ScratchProject {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), 'schema engine ')))
  readonly databaseFile = path.join(this.root, 'data/evidence.db')
  readonly #provider: string

  /** @param postgres  its database; without, it is a SQLite file in the project's folder */
  constructor(
    models: string,
    private readonly postgres?: ScratchPostgres,
  ) {
    this.#provider = postgres === undefined ? 'sqlite' : 'postgresql'
    symlinkSync(path.join(repository, 'node_modules'), path.join(this.root, 'node_modules'), 'dir')
    this.write('package.json', '{ "type": "module", "private": true }\n')
    this.write(
      'prisma.config.ts',
      `import path from 'node:path'
import { defineConfig } from 'prisma/config'
import { switchSchemaEngine } from ${JSON.stringify(path.join(repository, 'scripts/schema-engine/switch.ts'))}
import { tuneForShortRuns } from ${JSON.stringify(path.join(repository, 'scripts/short-runs.mjs'))}
import { databaseLocation } from ${JSON.stringify(path.join(repository, 'src/db/database-url.ts'))}

const root = import.meta.dirname
switchSchemaEngine()
tuneForShortRuns()
export default defineConfig({
  schema: path.join(root, 'prisma/schema'),
  migrations: { path: path.join(root, 'prisma/migrations'), seed: 'node seed.mjs' },
  datasource: {
    url: databaseLocation(process.env.DATABASE_URL, root).url,
    ...(process.env.SHADOW_DATABASE_URL ? { shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL } : {}),
  },
})
`,
    )
    this.write(
      'prisma/schema/main.prisma',
      `generator client {
  provider = "prisma-client"
  output   = "../../generated"
}

datasource db {
  provider = "${this.#provider}"
}
`,
    )
    this.write('seed.mjs', `import { writeFileSync } from 'node:fs'\nwriteFileSync('seeded', 'yes')\n`)
    this.writeModels(models)
  }

  write(file: string, content: string): void {
    const target = path.join(this.root, file)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, content)
  }

  writeModels(models: string): void {
    this.write('prisma/schema/models.prisma', models)
  }

  writeMigration(name: string, sql: string): void {
    this.write('prisma/migrations/migration_lock.toml', `provider = "${this.#provider}"\n`)
    this.write(`prisma/migrations/${name}/migration.sql`, sql)
  }

  /** Folders of migrations, in order. */
  migrations(): string[] {
    return readdirSync(path.join(this.root, 'prisma/migrations'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
  }

  readMigration(name: string): string {
    return readFileSync(path.join(this.root, 'prisma/migrations', name, 'migration.sql'), 'utf8')
  }

  /** Runs Prisma's command line with the project's engine, also where a native one is installed. */
  prisma(...args: readonly string[]): Promise<Finished> {
    return this.prismaWith({ PRISMA_SCHEMA_ENGINE_BINARY: ENGINE }, ...args)
  }

  prismaWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Finished> {
    return finished(path.join(this.root, 'node_modules/.bin/prisma'), args, {
      cwd: this.root,
      env: environment({ ...(this.postgres === undefined ? {} : { DATABASE_URL: this.postgres.url }), ...env }),
    })
  }

  /** Uses the SQLite file by another way than Prisma's. */
  database<Result>(use: (database: Database.Database) => Result): Result {
    const database = new Database(this.databaseFile)
    try {
      return use(database)
    } finally {
      database.close()
    }
  }

  /** Asks the database, by another way than Prisma's; SQLite one statement only. */
  async rows(sql: string): Promise<unknown[]> {
    if (this.postgres !== undefined) return this.postgres.rows(sql)
    return this.database((database) => database.prepare(sql).raw().all())
  }

  async execute(sql: string): Promise<void> {
    if (this.postgres !== undefined) await this.postgres.rows(sql)
    else this.database((database) => database.exec(sql))
  }

  /** Changes with whatever is written to the database. */
  async digest(): Promise<string> {
    if (this.postgres === undefined) return sha256(readFileSync(this.databaseFile))
    return sha256(JSON.stringify(await this.postgres.rows(POSTGRES_STATE)))
  }

  async tables(): Promise<unknown[]> {
    const names =
      this.postgres === undefined
        ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`
        : `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename COLLATE "C"`
    return (await this.rows(names)).flat()
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** A project whose database isn't there yet. */
export const projectOn = async (engine: Engine, models: string): Promise<ScratchProject> =>
  new ScratchProject(models, engine === 'sqlite' ? undefined : await scratchPostgres('nothing'))

/** Fails with everything that the command said. */
export function succeeded(run: Finished): Finished {
  expect(run.status, run.output).toBe(0)
  return run
}

/** Each row of the catalogue's tables of tables and columns, and of the migrations, carries who wrote it. */
const POSTGRES_STATE = ['pg_class', 'pg_attribute', '_prisma_migrations']
  .map((table) => `SELECT max(xmin::text::bigint)::text, count(*)::text FROM ${table}`)
  .join(' UNION ALL ')

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Runs a program without a terminal to its end. */
export function finished(
  program: string,
  args: readonly string[],
  { cwd, env, input = '' }: { cwd?: string; env: Record<string, string>; input?: string },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...(cwd === undefined ? {} : { cwd }), env, timeout: 80_000 })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr, output: stdout + stderr }))
    // A program that ends without reading is no failure of the test.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}
