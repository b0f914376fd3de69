import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeEngines, type Engine } from '../engines.ts'
import { projectOn, type ScratchProject, sha256, succeeded } from './prisma-project.ts'

const FIRST_MODELS = `
model Study {
  id    String @id
  title String
  arms  Arm[]
}

model Arm {
  id       String @id
  study_id String
  study    Study  @relation(fields: [study_id], references: [id], onDelete: Cascade)
}
`
/** SQLite can't make a column optional: Prisma builds the table anew and drops the old one. */
const SECOND_MODELS = FIRST_MODELS.replace('title String', 'title String?')

/** What each engine says in a way of its own. */
const DIALECT = {
  sqlite: {
    missing: 'P1003: Database `evidence.db` does not exist',
    secondMigration: 'DROP TABLE "Study"',
    // The native engine writes milliseconds, and reads nothing else.
    notedTypes: `SELECT typeof(started_at), typeof(finished_at) FROM _prisma_migrations`,
    timeTypes: [['integer', 'integer']],
    litter: `CREATE VIRTUAL TABLE word USING fts5(text); INSERT INTO word VALUES ('x');
      CREATE VIEW second_title AS SELECT * FROM title; CREATE TABLE "od""d" (id INTEGER PRIMARY KEY AUTOINCREMENT);
      INSERT INTO "od""d" DEFAULT VALUES; PRAGMA application_id = 7; PRAGMA user_version = 7;`,
    leftovers: `SELECT name FROM sqlite_master WHERE type IN ('view', 'trigger')`,
  },
  postgresql: {
    missing: 'does not exist',
    secondMigration: 'ALTER COLUMN "title" DROP NOT NULL',
    notedTypes: `SELECT pg_typeof(started_at)::text, pg_typeof(finished_at)::text FROM _prisma_migrations`,
    timeTypes: [['timestamp with time zone', 'timestamp with time zone']],
    litter: `CREATE VIEW second_title AS SELECT * FROM title; CREATE TABLE "od""d" (id serial);
      CREATE TYPE mood AS ENUM ('good'); CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one;`,
    leftovers: `SELECT relname FROM pg_class WHERE relkind IN ('v', 'm', 'S') AND relnamespace = 'public'::regnamespace
      UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
  },
} as const satisfies Record<Engine, object>

describeEngines('a project that grows by migrate dev', (engine) => {
  const dialect = DIALECT[engine]
  let project: ScratchProject
  beforeAll(async () => {
    project = await projectOn(engine, FIRST_MODELS)
  })
  afterAll(() => project.remove())

  test('status says that there is no database, by the engine that the config chose', async () => {
    const run = await project.prismaWith({}, 'migrate', 'status')
    expect(run.output).toContain('P1003')
    expect(run.output).toContain(dialect.missing)
    expect(run.status).toBe(1)
    expect(existsSync(project.databaseFile)).toBe(false)
  })

  test('the first migration is written, applied and noted with the checksum of its file', async () => {
    succeeded(await project.prisma('migrate', 'dev', '--name', 'first'))
    const [name = '', ...others] = project.migrations()
    expect(name).toMatch(/^\d{14}_first$/)
    expect(others).toEqual([])
    expect(await project.rows('SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations')).toEqual([
      [name, sha256(project.readMigration(name)), 1],
    ])
    expect(await project.rows(dialect.notedTypes)).toEqual(dialect.timeTypes)
    expect(await project.tables()).toEqual(['Arm', 'Study', '_prisma_migrations'])
  })

  test('the second one changes a parent table, and all rows stay', async () => {
    await project.execute(
      `INSERT INTO "Study" VALUES ('s', 'Title'); INSERT INTO "Arm" VALUES ('s/a', 's'), ('s/b', 's')`,
    )
    project.writeModels(SECOND_MODELS)
    succeeded(await project.prisma('migrate', 'dev', '--name', 'second'))
    const [, second = ''] = project.migrations()
    expect(second).toMatch(/_second$/)
    expect(project.readMigration(second)).toContain(dialect.secondMigration)
    expect(await project.rows('SELECT id, title FROM "Study"')).toEqual([['s', 'Title']])
    expect(await project.rows('SELECT id FROM "Arm" ORDER BY id')).toEqual([['s/a'], ['s/b']])
    if (engine === 'sqlite') expect(project.database((database) => database.pragma('foreign_key_check'))).toEqual([])
  })

  test('with nothing to do, nothing is written', async () => {
    const before = await project.digest()
    const run = succeeded(await project.prisma('migrate', 'dev'))
    expect(run.output).toContain('Already in sync')
    expect(project.migrations()).toHaveLength(2)
    expect(await project.digest()).toBe(before)
  })

  test('status says up to date', async () => {
    const run = succeeded(await project.prisma('migrate', 'status'))
    expect(run.output).toContain('2 migrations found')
    expect(run.output).toContain('Database schema is up to date!')
  })

  test('diff of the migrations with the schema is empty', async () => {
    const run = await project.prisma(
      ...['migrate', 'diff', '--exit-code', '--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema'],
    )
    expect(run.output).toContain('No difference detected')
    expect(run.status).toBe(0)
  })

  if (engine === 'sqlite')
    test('validate and generate need no download', async () => {
      const validated = succeeded(await project.prismaWith({}, 'validate'))
      expect(validated.output).toContain('are valid')
      const generated = succeeded(await project.prismaWith({}, 'generate'))
      expect(generated.output).toContain('Generated Prisma Client')
      expect(existsSync(path.join(project.root, 'generated/client.ts'))).toBe(true)
    })

  test('db execute runs a script of several statements', async () => {
    project.write(
      'script.sql',
      `CREATE VIEW title AS SELECT title FROM "Study"; ALTER TABLE "Arm" ADD COLUMN by_hand TEXT;`,
    )
    succeeded(await project.prisma('db', 'execute', '--file', 'script.sql'))
    expect(await project.rows('SELECT * FROM title')).toEqual([['Title']])
  })

  test('diff of the altered database with the schema shows what differs', async () => {
    const run = await project.prisma(
      ...['migrate', 'diff', '--exit-code', '--script', '--from-schema', 'prisma/schema', '--to-config-datasource'],
    )
    expect(run.stdout).toMatch(/ALTER TABLE ("public"\.)?"Arm" ADD COLUMN +"by_hand" TEXT;/)
    expect(run.status).toBe(2)
  })

  test('migrate dev sees the drift, asks for a reset and touches nothing', async () => {
    const before = await project.digest()
    const run = await project.prisma('migrate', 'dev', '--name', 'third')
    expect(run.output).toContain('Drift detected')
    expect(run.output).toContain('by_hand')
    expect(run.status).not.toBe(0)
    expect(project.migrations()).toHaveLength(2)
    expect(await project.digest()).toBe(before)
  })

  test('reset drops whatever there is, and applies all migrations to a usable database', async () => {
    await project.execute(dialect.litter)
    const run = succeeded(await project.prisma('migrate', 'reset', '--force'))
    expect(run.output).toContain('Database reset successful')
    expect(await project.tables()).toEqual(['Arm', 'Study', '_prisma_migrations'])
    expect(await project.rows(dialect.leftovers)).toEqual([])
    const count = async (what: string) => Number((await project.rows(`SELECT count(*) FROM ${what}`)).flat()[0])
    expect(await count('"Study"')).toBe(0)
    expect(await count('_prisma_migrations WHERE finished_at IS NOT NULL')).toBe(2)
    if (engine === 'sqlite') {
      expect(await project.rows('PRAGMA integrity_check')).toEqual([['ok']])
      expect(await project.rows('PRAGMA application_id')).toEqual([[0]])
    }
    await project.execute(`INSERT INTO "Study" VALUES ('s', NULL)`)
  })
})
