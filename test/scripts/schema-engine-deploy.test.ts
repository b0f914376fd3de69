import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeEngines, type Engine } from '../engines.ts'
import { projectOn, type ScratchProject, sha256, succeeded } from './prisma-project.ts'

/** What each engine says in a way of its own. */
const DIALECT = {
  sqlite: {
    wholeScript: `-- One table with a hand-written CHECK; a semicolon in a string; a trigger of several statements.
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
    objects: `SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL AND name <> '_prisma_migrations'
      ORDER BY type, name`,
    refused: /CHECK/,
    // SQLite keeps what came before the failing statement.
    afterFailure: ['_prisma_migrations', 'half', 'log', 'study'],
    mended: `DROP TABLE "half";\nCREATE TABLE "whole" ("id" TEXT);\n`,
    failure: 'no such table: nowhere',
    boolean: Number,
  },
  postgresql: {
    wholeScript: `-- One table with a hand-written CHECK; a semicolon in a string; functions with semicolons in their bodies.
CREATE TABLE "study" (
    "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
    "note" TEXT NOT NULL DEFAULT 'a; b'
);
CREATE TABLE "log" ("text" TEXT NOT NULL);
CREATE FUNCTION "log_study"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "log" VALUES ('first; ' || new."id");
    INSERT INTO "log" VALUES ('second');
    RETURN new;
END;
$$;
CREATE TRIGGER "study_log" AFTER INSERT ON "study" FOR EACH ROW WHEN (new."id" <> 'silent') EXECUTE FUNCTION "log_study"();
CREATE INDEX "study_note" ON "study"("note");
CREATE VIEW "study_view" AS SELECT "id", "note" FROM "study";
DO $body$ BEGIN PERFORM 1; INSERT INTO "study" ("id") VALUES ('s'); END; $body$;
`,
    objects: `SELECT CASE relkind WHEN 'i' THEN 'index' WHEN 'r' THEN 'table' ELSE 'view' END AS type, relname AS name
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'
        AND relname NOT LIKE '%pkey'
      UNION ALL SELECT 'trigger', tgname FROM pg_trigger WHERE NOT tgisinternal
      ORDER BY type, name`,
    refused: /check/,
    // One message is one transaction.
    afterFailure: ['_prisma_migrations', 'log', 'study'],
    mended: `CREATE TABLE "whole" ("id" TEXT);\n`,
    failure: 'ERROR: relation "nowhere" does not exist\nat line 2: INSERT INTO "nowhere" VALUES (1);',
    boolean: Boolean,
  },
} as const satisfies Record<Engine, object>

describeEngines('migrations written by hand, applied by migrate deploy', (engine) => {
  const dialect = DIALECT[engine]
  let project: ScratchProject
  beforeAll(async () => {
    project = await projectOn(engine, '')
    project.writeMigration('20260101000000_whole', dialect.wholeScript)
  })
  afterAll(() => project.remove())

  test('deploy makes the database and applies the script whole', async () => {
    succeeded(await project.prisma('migrate', 'deploy'))
    expect(await project.rows(dialect.objects)).toEqual([
      ['index', 'study_note'],
      ['table', 'log'],
      ['table', 'study'],
      ['trigger', 'study_log'],
      ['view', 'study_view'],
    ])
    expect(await project.rows('SELECT * FROM study_view')).toEqual([['s', 'a; b']])
    expect(await project.rows('SELECT * FROM log')).toEqual([['first; s'], ['second']])
    await expect(project.execute(`INSERT INTO study (id) VALUES ('')`)).rejects.toThrow(dialect.refused)
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

  test('a script that fails stops deploy with its name and reason, which are noted', async () => {
    const run = await project.prisma('migrate', 'deploy')
    expect(run.output).toContain('P3018')
    expect(run.output).toContain('20260102000000_bad')
    expect(run.output).toContain(dialect.failure)
    expect(run.status).toBe(1)
    expect(await project.tables()).toEqual(dialect.afterFailure)
    const [noted] = (await project.rows(
      `SELECT logs, applied_steps_count, finished_at, rolled_back_at FROM _prisma_migrations
       WHERE migration_name LIKE '%_bad'`,
    )) as [[string, ...unknown[]]]
    expect(noted).toEqual([expect.stringContaining('nowhere'), 0, null, null])
  })

  test('status says failed, and deploy refuses to go on', async () => {
    const [status, deploy] = await Promise.all([
      project.prisma('migrate', 'status'),
      project.prisma('migrate', 'deploy'),
    ])
    expect(status.output).toContain('have failed')
    expect(status.output).toContain('20260102000000_bad')
    expect(status.status).toBe(1)
    expect(deploy.output).toContain('P3009')
    expect(deploy.status).toBe(1)
  })

  test('resolved as rolled back and mended, it is applied', async () => {
    succeeded(await project.prisma('migrate', 'resolve', '--rolled-back', '20260102000000_bad'))
    project.writeMigration('20260102000000_bad', dialect.mended)
    succeeded(await project.prisma('migrate', 'deploy'))
    expect(await project.tables()).toEqual(['_prisma_migrations', 'log', 'study', 'whole'])
    const noted = await project.rows(
      `SELECT finished_at IS NOT NULL, rolled_back_at IS NOT NULL FROM _prisma_migrations
         WHERE migration_name LIKE '%_bad' ORDER BY started_at`,
    )
    expect(noted).toEqual([
      [dialect.boolean(0), dialect.boolean(1)],
      [dialect.boolean(1), dialect.boolean(0)],
    ])
  })

  // For the other engine the program is asked directly, which takes a tenth of the time.
  if (engine === 'sqlite')
    test('resolved as applied on a database without history, migrations are noted and not run', async () => {
      await project.execute('DROP TABLE _prisma_migrations')
      for (const name of project.migrations()) {
        succeeded(await project.prisma('migrate', 'resolve', '--applied', name))
      }
      expect(await project.rows('SELECT migration_name, checksum FROM _prisma_migrations ORDER BY 1')).toEqual(
        project.migrations().map((name) => [name, sha256(project.readMigration(name))]),
      )
      const status = succeeded(await project.prisma('migrate', 'status'))
      expect(status.output).toContain('Database schema is up to date!')
    })
})
