import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Finished, ScratchProject, sha256 } from './prisma-project.ts'

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

describe('a project that grows by migrate dev', () => {
  let project: ScratchProject
  beforeAll(() => {
    project = new ScratchProject(FIRST_MODELS)
  })
  afterAll(() => project.remove())

  test('status says that there is no database, by the engine that the config chose', async () => {
    const run = await project.prismaWith({}, 'migrate', 'status')
    expect(run.output).toContain('P1003: Database `evidence.db` does not exist')
    expect(run.status).toBe(1)
    expect(existsSync(project.databaseFile)).toBe(false)
  })

  test('the first migration is written, applied and noted with the checksum of its file', async () => {
    succeeded(await project.prisma('migrate', 'dev', '--name', 'first'))
    const [name = '', ...others] = project.migrations()
    expect(name).toMatch(/^\d{14}_first$/)
    expect(others).toEqual([])
    expect(project.rows('SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations')).toEqual([
      [name, sha256(project.readMigration(name)), 1],
    ])
    // The native engine writes milliseconds, and reads nothing else.
    expect(project.rows('SELECT typeof(started_at), typeof(finished_at) FROM _prisma_migrations')).toEqual([
      ['integer', 'integer'],
    ])
    expect(tables(project)).toEqual(['Arm', 'Study', '_prisma_migrations'])
  })

  test('a parent table that is built anew keeps the rows that would vanish with its own', async () => {
    project.database((database) =>
      database.exec(`INSERT INTO Study VALUES ('s', 'Title'); INSERT INTO Arm VALUES ('s/a', 's'), ('s/b', 's')`),
    )
    project.writeModels(SECOND_MODELS)
    succeeded(await project.prisma('migrate', 'dev', '--name', 'second'))
    const [, second = ''] = project.migrations()
    expect(second).toMatch(/_second$/)
    expect(project.readMigration(second)).toContain('DROP TABLE "Study"')
    expect(project.rows('SELECT id, title FROM Study')).toEqual([['s', 'Title']])
    expect(project.rows('SELECT id FROM Arm ORDER BY id')).toEqual([['s/a'], ['s/b']])
    expect(project.database((database) => database.pragma('foreign_key_check'))).toEqual([])
  })

  test('with nothing to do, nothing is written', async () => {
    const before = project.digest()
    const run = succeeded(await project.prisma('migrate', 'dev'))
    expect(run.output).toContain('Already in sync')
    expect(project.migrations()).toHaveLength(2)
    expect(project.digest()).toBe(before)
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
      `CREATE VIEW title AS SELECT title FROM Study; ALTER TABLE Arm ADD COLUMN by_hand TEXT;`,
    )
    succeeded(await project.prisma('db', 'execute', '--file', 'script.sql'))
    expect(project.rows('SELECT * FROM title')).toEqual([['Title']])
  })

  test('diff of the altered database with the schema shows what differs', async () => {
    const run = await project.prisma(
      ...['migrate', 'diff', '--exit-code', '--script', '--from-schema', 'prisma/schema', '--to-config-datasource'],
    )
    expect(run.stdout).toContain('ALTER TABLE "Arm" ADD COLUMN "by_hand" TEXT;')
    expect(run.status).toBe(2)
  })

  test('migrate dev sees the drift, asks for a reset and touches nothing', async () => {
    const before = project.digest()
    const run = await project.prisma('migrate', 'dev', '--name', 'third')
    expect(run.output).toContain('Drift detected')
    expect(run.output).toContain('by_hand')
    expect(run.status).not.toBe(0)
    expect(project.migrations()).toHaveLength(2)
    expect(project.digest()).toBe(before)
  })

  test('reset drops tables, views and rows, and applies all migrations to a usable file', async () => {
    project.database((database) =>
      database.exec(`CREATE VIRTUAL TABLE word USING fts5(text); INSERT INTO word VALUES ('x');
        CREATE VIEW second_title AS SELECT * FROM title; CREATE TABLE "od""d" (id INTEGER PRIMARY KEY AUTOINCREMENT);
        INSERT INTO "od""d" DEFAULT VALUES; PRAGMA application_id = 7; PRAGMA user_version = 7;`),
    )
    const run = succeeded(await project.prisma('migrate', 'reset', '--force'))
    expect(run.output).toContain('Database reset successful')
    expect(tables(project)).toEqual(['Arm', 'Study', '_prisma_migrations'])
    expect(project.rows(`SELECT name FROM sqlite_master WHERE type IN ('view', 'trigger')`)).toEqual([])
    expect(project.rows('SELECT count(*) FROM Study')).toEqual([[0]])
    expect(project.rows('SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL')).toEqual([[2]])
    expect(project.rows('PRAGMA integrity_check')).toEqual([['ok']])
    expect(project.rows('PRAGMA application_id')).toEqual([[0]])
    project.database((database) => database.exec(`INSERT INTO Study VALUES ('s', NULL)`))
  })
})

describe('migrations written by hand, applied by migrate deploy', () => {
  let project: ScratchProject
  beforeAll(() => {
    project = new ScratchProject('')
    project.writeMigration(
      '20260101000000_whole',
      `-- One table with a hand-written CHECK; a semicolon in a string; a trigger of several statements.
CREATE TABLE "study" (
    "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
    "note" TEXT NOT NULL DEFAULT 'a; b'
);
CREATE TABLE "log" ("text" TEXT NOT NULL);
CREATE TRIGGER "study_log" AFTER INSERT ON "study" WHEN new."id" <> 'silent' BEGIN
    INSERT INTO "log" VALUES ('first; ' || new."id");
    INSERT INTO "log" VALUES ('second');
END;
CREATE INDEX "study_note" ON "study"("note");
CREATE VIEW "study_view" AS SELECT "id", "note" FROM "study";
INSERT INTO "study" ("id") VALUES ('s');
`,
    )
  })
  afterAll(() => project.remove())

  test('deploy makes the database and applies the script whole', async () => {
    succeeded(await project.prisma('migrate', 'deploy'))
    expect(project.rows(`SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name`)).toEqual([
      ['index', 'study_note'],
      ['table', '_prisma_migrations'],
      ['table', 'log'],
      ['table', 'study'],
      ['trigger', 'study_log'],
      ['view', 'study_view'],
    ])
    expect(project.rows('SELECT * FROM study_view')).toEqual([['s', 'a; b']])
    expect(project.rows('SELECT * FROM log')).toEqual([['first; s'], ['second']])
    expect(() => project.database((database) => database.exec(`INSERT INTO study (id) VALUES ('')`))).toThrow(/CHECK/)
  })

  test('status names what is pending', async () => {
    project.writeMigration(
      '20260102000000_bad',
      `CREATE TABLE "half" ("id" TEXT);\nINSERT INTO "nowhere" VALUES (1);\n`,
    )
    const run = await project.prisma('migrate', 'status')
    expect(run.output).toContain('have not yet been applied')
    expect(run.output).toContain('20260102000000_bad')
    expect(run.status).toBe(1)
  })

  test('a script that fails stops deploy with its name and reason', async () => {
    const run = await project.prisma('migrate', 'deploy')
    expect(run.output).toContain('P3018')
    expect(run.output).toContain('20260102000000_bad')
    expect(run.output).toContain('nowhere')
    expect(run.status).toBe(1)
  })

  test('status says failed, and deploy refuses to go on', async () => {
    const status = await project.prisma('migrate', 'status')
    expect(status.output).toContain('have failed')
    expect(status.output).toContain('20260102000000_bad')
    expect(status.status).toBe(1)
    const deploy = await project.prisma('migrate', 'deploy')
    expect(deploy.output).toContain('P3009')
    expect(deploy.status).toBe(1)
  })

  test('resolved as rolled back and mended, it is applied', async () => {
    succeeded(await project.prisma('migrate', 'resolve', '--rolled-back', '20260102000000_bad'))
    // SQLite keeps what came before the failing statement.
    project.writeMigration('20260102000000_bad', `DROP TABLE "half";\nCREATE TABLE "whole" ("id" TEXT);\n`)
    succeeded(await project.prisma('migrate', 'deploy'))
    expect(tables(project)).toEqual(['_prisma_migrations', 'log', 'study', 'whole'])
    expect(
      project.rows(
        `SELECT finished_at IS NOT NULL, rolled_back_at IS NOT NULL FROM _prisma_migrations
         WHERE migration_name LIKE '%_bad' ORDER BY started_at`,
      ),
    ).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  test('resolved as applied on a database without history, migrations are noted and not run', async () => {
    project.database((database) => database.exec('DROP TABLE _prisma_migrations'))
    for (const name of project.migrations()) {
      succeeded(await project.prisma('migrate', 'resolve', '--applied', name))
    }
    expect(project.rows('SELECT migration_name, checksum FROM _prisma_migrations ORDER BY 1')).toEqual(
      project.migrations().map((name) => [name, sha256(project.readMigration(name))]),
    )
    const status = succeeded(await project.prisma('migrate', 'status'))
    expect(status.output).toContain('Database schema is up to date!')
  })
})

/** Fails with everything that the command said. */
function succeeded(run: Finished): Finished {
  expect(run.status, run.output).toBe(0)
  return run
}

function tables(project: ScratchProject): unknown[] {
  return project
    .rows(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`)
    .flat()
}
