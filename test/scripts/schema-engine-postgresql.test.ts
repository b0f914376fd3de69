import { afterEach, beforeAll, expect, test } from 'vitest'
import {
  describePostgres,
  maintenance,
  ownPostgres,
  type ScratchRole,
  scratchPostgres,
  scratchRole,
  urlOf,
} from '../engines.ts'
import { Conversation, migrations, replies } from './engine-conversation.ts'
import { ENGINE, environment, type Finished, finished, ScratchProject, succeeded } from './prisma-project.ts'

const NAME = '20260101000000_only'

const engines: Conversation[] = []
const start = (...urls: ConstructorParameters<typeof Conversation>): Conversation => {
  const engine = new Conversation(...urls)
  engines.push(engine)
  return engine
}
const apply = (engine: Conversation, script: string) => engine.ask('applyMigrations', migrations(script, 'postgresql'))
/** Of one user, since other tests have shadow databases on the same server. */
const shadowDatabases = async ({ name }: ScratchRole) =>
  (
    await maintenance(
      `SELECT 1 FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow%' AND datdba = '${name}'::regrole`,
    )
  ).length
const databaseMaker = async (): Promise<ScratchRole> => {
  const role = await scratchRole('any')
  await maintenance(`ALTER ROLE ${role.name} CREATEDB`)
  return role
}
const database = (url: string, command: string): Promise<Finished> =>
  finished(ENGINE, ['--datasource', JSON.stringify({ url }), 'cli', command], { env: environment() })

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.end()))
})

describePostgres('the schema engine on postgresql', () => {
  test('can-connect-to-database, create-database twice, and drop-database', async () => {
    const scratch = await scratchPostgres('nothing')
    const missing = await database(scratch.url, 'can-connect-to-database')
    expect(missing.stderr).toContain(`"message":"Database \`${scratch.name}\` does not exist"`)
    expect(missing.stderr).toContain('"error_code":"P1003"')
    expect(missing.status).toBe(1)
    expect((await database(scratch.url, 'create-database')).status).toBe(0)
    await scratch.rows('CREATE TABLE t (a int)')
    expect((await database(`${scratch.url}?schema=mine`, 'create-database')).status).toBe(0)
    expect((await database(scratch.url, 'can-connect-to-database')).status).toBe(0)
    expect(await scratch.rows(`SELECT to_regclass('t') IS NOT NULL, to_regnamespace('mine') IS NOT NULL`)).toEqual([
      [true, true],
    ])
    expect((await database(scratch.url, 'drop-database')).status).toBe(0)
    await expect(scratch.rows('SELECT 1')).rejects.toThrow('does not exist')
  })

  test.each([
    ['no server', 'postgresql://me:s3cret%21@127.0.0.1:1/x', 'P1001', "Can't reach database server at `127.0.0.1:1`"],
    ['no name of a database', 'postgresql://me:s3cret%21@127.0.0.1/', 'P1013', 'it names no database'],
    ['a URL that cannot be read', 'postgresql://me:s3cret!/x@127.0.0.1/x', 'P1013', "it can't be read"],
  ])('%s is told, without the password', async (_, url, code, words) => {
    const refused = await database(url, 'can-connect-to-database')
    expect(refused.stderr).toContain(`"error_code":"${code}"`)
    expect(refused.stderr).toContain(words)
    expect(refused.output).not.toContain('s3cret')
    expect(refused.status).toBe(1)
  })

  test('three engines that apply the same migration at once: one does, the others wait and see it done', async () => {
    const scratch = await scratchPostgres()
    const script = 'CREATE TABLE t (a int); SELECT pg_sleep(0.3); INSERT INTO t VALUES (1);'
    const three = [1, 2, 3].map(() => start(scratch.url))
    await Promise.all(three.map((engine) => engine.ask('getDatabaseVersion')))
    const applied = await Promise.all(
      three.map(async (engine) => {
        const { result } = await apply(engine, script)
        // The lock is the session's.
        await engine.end()
        return result
      }),
    )
    expect(applied).toContainEqual({ appliedMigrationNames: [NAME] })
    expect(applied.filter((result) => JSON.stringify(result) === '{"appliedMigrationNames":[]}')).toHaveLength(2)
    expect(await scratch.rows('SELECT a FROM t')).toEqual([[1]])
    expect(await scratch.rows('SELECT finished_at IS NOT NULL FROM _prisma_migrations')).toEqual([[true]])
  })

  test.each([
    ['as one transaction', 'CREATE TABLE t (a int); INSERT INTO nowhere VALUES (1);', 'at line 1: CREATE TABLE t'],
    ['in a transaction that it began', 'BEGIN; CREATE TABLE t (a int); SELECT 1/0; COMMIT;', 'division by zero'],
  ])('a script that fails %s leaves nothing but its note', async (_, script, words) => {
    const scratch = await scratchPostgres()
    const { error } = await apply(start(scratch.url), script)
    expect(error?.data).toMatchObject({
      error_code: 'P3018',
      message: expect.stringContaining(`Migration name: ${NAME}`),
      meta: { migration_name: NAME, database_error: expect.stringContaining(words) },
    })
    expect(await scratch.rows(`SELECT to_regclass('t')`)).toEqual([[null]])
    expect(
      await scratch.rows(
        `SELECT started_at IS NOT NULL, finished_at, rolled_back_at, applied_steps_count, logs LIKE '%ERROR: %'
         FROM _prisma_migrations`,
      ),
    ).toEqual([[true, null, null, 0, true]])
  })

  test('the line of a mistake is counted in characters, not in bytes', async () => {
    const scratch = await scratchPostgres()
    const { error } = await apply(start(scratch.url), `SELECT 'ü𝛼';\n-- ü\nSELECT ü𝛼;\nSELECT 1;`)
    expect(error?.data?.message).toMatch(/ERROR: column "ü𝛼" does not exist\nat line 3: SELECT ü𝛼;$/)
  })

  test('a server that goes away in the middle of a migration: an error that says so, and nothing half done', async () => {
    const scratch = await scratchPostgres()
    const engine = start(scratch.url)
    const reply = apply(engine, 'CREATE TABLE t (a int); SELECT pg_sleep(20);')
    const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = '${scratch.name}' AND query LIKE '%pg_sleep(20)%' AND pid <> pg_backend_pid()`
    while ((await scratch.rows(kill)).length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await reply).error?.data).toMatchObject({
      error_code: 'P3018',
      message: expect.stringMatching(/The server has closed the connection: terminating connection/),
    })
    expect((await engine.ask('getDatabaseVersion')).error?.data?.error_code).toBe('P1017')
    expect((await engine.end()).status).toBe(0)
    expect(await scratch.rows(`SELECT to_regclass('t')`)).toEqual([[null]])
    // As with the native engine: begun and never ended, which `migrate status` says.
    expect(await scratch.rows('SELECT finished_at, rolled_back_at FROM _prisma_migrations')).toEqual([[null, null]])
  })

  test('a migration that is marked as applied on a database without history is noted and not run', async () => {
    const scratch = await scratchPostgres()
    const engine = start(scratch.url)
    const params = migrations('CREATE TABLE t (a int);', 'postgresql')
    expect((await engine.ask('markMigrationApplied', { ...params, migrationName: NAME })).error).toBeUndefined()
    expect(
      await scratch.rows(
        `SELECT migration_name, finished_at IS NOT NULL, applied_steps_count, to_regclass('t') FROM _prisma_migrations`,
      ),
    ).toEqual([[NAME, true, 0, null]])
    expect(
      (await engine.ask('diagnoseMigrationHistory', { ...params, optInToShadowDatabase: false })).result,
    ).toMatchObject({ hasMigrationsTable: true, history: null })
  })

  test('the shadow database is gone before the reply, also after a migration that fails on it', async () => {
    const [{ name }, maker] = [await scratchPostgres(), await databaseMaker()]
    const engine = start(await urlOf(name, maker))
    for (const [script, answered] of [
      ['CREATE TABLE t (a int);', true],
      ['CREATE TABLE t (a nothing);', false],
    ] as const) {
      const reply = await engine.ask('devDiagnostic', migrations(script, 'postgresql'))
      expect(reply.error === undefined, JSON.stringify(reply)).toBe(answered)
      expect(await shadowDatabases(maker)).toBe(0)
    }
  })

  test('a shadow database that is being worked on goes with SIGTERM', async () => {
    const [{ name }, maker] = [await scratchPostgres(), await databaseMaker()]
    const engine = start(await urlOf(name, maker))
    const reply = engine.ask('devDiagnostic', migrations('SELECT pg_sleep(1);', 'postgresql'))
    while ((await shadowDatabases(maker)) === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await engine.end('SIGTERM')).status).toBe(143)
    expect((await reply).error).toBeUndefined()
    expect(await shadowDatabases(maker)).toBe(0)
  })

  test('a shadow database goes also when an administrator ends all sessions of the engine', async () => {
    const [{ name }, maker] = [await scratchPostgres(), await databaseMaker()]
    const engine = start(await urlOf(name, maker))
    const reply = engine.ask('devDiagnostic', migrations('SELECT pg_sleep(20);', 'postgresql'))
    const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${maker.name}'`
    const sleeping = `SELECT 1 FROM pg_stat_activity WHERE usename = '${maker.name}' AND query LIKE '%pg_sleep(20)%'`
    while ((await maintenance(sleeping)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    await maintenance(kill)
    expect((await reply).error?.data?.message).toContain('The server has closed the connection')
    expect(await shadowDatabases(maker)).toBe(0)
  })

  test('a shadow database that is given is emptied and used, and never the database itself', async () => {
    const [scratch, shadow] = [await scratchPostgres(), await scratchPostgres()]
    await scratch.rows('CREATE TABLE kept (a int)')
    await shadow.rows('CREATE TABLE litter (a int)')
    const script = migrations('CREATE TABLE t (a int);', 'postgresql')
    const engine = start(scratch.url, shadow.url)
    expect((await engine.ask('devDiagnostic', script)).error).toBeUndefined()
    expect(await shadow.rows(`SELECT to_regclass('litter'), to_regclass('t')::text`)).toEqual([[null, 't']])
    const itself = start(scratch.url, `${scratch.url}?application_name=other`)
    const { error } = await itself.ask('devDiagnostic', script)
    expect(error?.data).toMatchObject({ error_code: 'P1013', message: expect.stringContaining('the database itself') })
    expect(await scratch.rows(`SELECT to_regclass('kept')::text`)).toEqual([['kept']])
  })

  test('files are compared without a server', async () => {
    const content = 'datasource db {\n provider = "postgresql"\n}\nmodel Study {\n  id String @id\n}\n'
    const to = { tag: 'schemaDatamodel', files: [{ path: 'a.prisma', content }] }
    const { filters } = migrations('')
    const params = { from: { tag: 'empty' }, to, script: true, exitCode: true, filters }
    const { stdout } = await finished(
      ENGINE,
      ['--datasource', JSON.stringify({ url: 'postgresql://127.0.0.1:1/nowhere' })],
      { env: environment(), input: `${JSON.stringify({ id: 1, method: 'diff', params })}\n` },
    )
    expect(replies(stdout)).toMatchObject([
      { method: 'print', params: { content: expect.stringContaining('CREATE TABLE "Study"') } },
      { id: 1, result: { exitCode: 2 } },
    ])
  })

  test('another schema than public: made, migrated, compared and emptied, and public is left alone', async () => {
    const scratch = await scratchPostgres()
    await scratch.rows('CREATE TABLE public.kept (a int)')
    const project = new ScratchProject('model Study {\n  id String @id\n}\n', {
      ...scratch,
      url: `${scratch.url}?schema=evidence`,
    })
    project.writeMigration(
      '20260101000000_first',
      `CREATE TABLE "Study" (id text NOT NULL, CONSTRAINT "Study_pkey" PRIMARY KEY (id));`,
    )
    succeeded(await project.prisma('migrate', 'reset', '--force'))
    expect((await project.prisma('migrate', 'dev')).output).toContain('Already in sync')
    const toSchema = ['--to-schema', 'prisma/schema', '--exit-code']
    succeeded(await project.prisma('migrate', 'diff', '--from-migrations', 'prisma/migrations', ...toSchema))
    expect(
      await scratch.rows(
        `SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'evidence') ORDER BY 2`,
      ),
    ).toEqual([
      ['evidence', 'Study'],
      ['evidence', '_prisma_migrations'],
      ['public', 'kept'],
    ])
    project.remove()
  })
})

describePostgres('privileges that are missing on postgresql', () => {
  let user: ScratchRole
  beforeAll(async () => {
    user = await scratchRole('pass word/%')
  })
  const neverPrinted = ({ output }: Finished): void => expect(output).not.toMatch(/pass(%20| )word|wr0ng/)

  test.runIf(ownPostgres)('a wrong password, and none', async () => {
    const { name } = await scratchPostgres()
    for (const password of ['wr0ng', '']) {
      const refused = await database(await urlOf(name, { name: user.name, password }), 'can-connect-to-database')
      expect(refused.stderr).toContain('"error_code":"P1000"')
      neverPrinted(refused)
      expect(refused.status).toBe(1)
    }
    const right = await database(await urlOf(name, user), 'can-connect-to-database')
    expect(right.status, right.output).toBe(0)
  })

  test('no privilege to connect, and none to make a database', async () => {
    const { name } = await scratchPostgres()
    await maintenance(`REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`)
    const connect = await database(await urlOf(name, user), 'can-connect-to-database')
    expect(connect.stderr).toContain('"error_code":"P1010"')
    const create = await database(await urlOf('evibase_test_never', user), 'create-database')
    expect(create.stderr).toContain('"error_code":"P1010"')
    expect(create.stderr).toContain('may not create the database')
    neverPrinted(connect)
    neverPrinted(create)
  })

  test('no privilege to make a shadow database: the error names shadowDatabaseUrl, which helps', async () => {
    const [scratch, shadow] = [await scratchPostgres(), await scratchPostgres()]
    for (const { name } of [scratch, shadow]) await maintenance(`ALTER DATABASE ${name} OWNER TO ${user.name}`)
    const [url, shadowUrl] = [await urlOf(scratch.name, user), await urlOf(shadow.name, user)]
    const script = migrations('CREATE TABLE t (a int);', 'postgresql')
    const refused = await start(url).ask('devDiagnostic', script)
    expect(refused.error?.data).toMatchObject({
      error_code: 'P3014',
      message: expect.stringMatching(/may not create databases .* as shadowDatabaseUrl in prisma\.config\.ts/),
    })
    expect((await start(url, shadowUrl).ask('devDiagnostic', script)).error).toBeUndefined()
  })

  test('one who does not own the schema can migrate it and empty it', async () => {
    const scratch = await scratchPostgres()
    await scratch.rows(`GRANT CREATE ON SCHEMA public TO ${user.name}`)
    const engine = start(await urlOf(scratch.name, user))
    expect((await apply(engine, 'CREATE TABLE t (a int);')).error).toBeUndefined()
    expect((await engine.ask('reset', { filter: migrations('').filters })).error).toBeUndefined()
    expect(await scratch.rows(`SELECT to_regclass('t'), to_regclass('_prisma_migrations')`)).toEqual([[null, null]])
  })
})
