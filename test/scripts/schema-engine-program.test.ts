import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { switchSchemaEngine } from '../../scripts/schema-engine/switch.ts'
import { Conversation, migrations, replies } from './engine-conversation.ts'
import { ENGINE, environment, type Finished, finished } from './prisma-project.ts'

const MODEL = `
datasource db {
  provider = "sqlite"
}

model Study {
  id String @id
}
`

describe('the program itself', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'schema-engine-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const urlOf = (name: string) => `file:${path.join(folder, name)}`
  const emptyDatabase = (name: string) => {
    writeFileSync(path.join(folder, name), '')
    return urlOf(name)
  }
  const run = (args: readonly string[], input = '') => finished(ENGINE, args, { env: environment(), input })

  test('--version says which engine it is', async () => {
    const { stdout, stderr, status } = await run(['--version'])
    expect(stdout).toMatch(/^schema-engine-cli \d+\.\d+\.\d+-\S+ \(WebAssembly\)\n$/)
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })

  test.each([
    { args: ['--nonsense'], message: 'unknown argument --nonsense' },
    { args: ['--datasource'], message: '--datasource needs a value' },
    { args: ['--datasource', 'secret'], message: '--datasource is not JSON' },
    {
      args: ['cli', 'fly'],
      message: 'unknown command cli fly; known are can-connect-to-database, create-database, drop-database',
    },
  ])('$args is refused: $message', async ({ args, message }) => {
    const refused = await run(args)
    expect(lastLog(refused)).toMatchObject({ level: 'ERROR', fields: { message, is_panic: false } })
    expect(refused.status).toBe(1)
  })

  test('can-connect-to-database, create-database and drop-database', async () => {
    const command = (name: string) => run(['--datasource', JSON.stringify({ url: urlOf('new/a.db') }), 'cli', name])
    const missing = await command('can-connect-to-database')
    expect(lastLog(missing)).toMatchObject({
      level: 'ERROR',
      target: 'schema_engine::logger',
      fields: { error_code: 'P1003', message: 'Database `a.db` does not exist' },
    })
    expect(missing.status).toBe(1)
    expect((await command('create-database')).status).toBe(0)
    expect((await command('can-connect-to-database')).status).toBe(0)
    expect((await command('drop-database')).status).toBe(0)
    expect(existsSync(path.join(folder, 'new/a.db'))).toBe(false)
  })

  test('another kind of database is refused, and its password is not repeated', async () => {
    const url = 'mysql://me:secret@localhost/evidence'
    const refused = await run(['--datasource', JSON.stringify({ url }), 'cli', 'can-connect-to-database'])
    expect(lastLog(refused)).toMatchObject({ fields: { error_code: 'P1013' } })
    expect(refused.output).toContain('speaks SQLite and PostgreSQL only, and the datasource is mysql')
    expect(refused.output).not.toContain('secret')
    expect(refused.status).toBe(1)
  })

  test('lines that are no request get an error each, and the conversation goes on', async () => {
    const { stdout, status } = await run(
      ['--datasource', JSON.stringify({ url: emptyDatabase('b.db') })],
      `{"id":1,\n\n[]\n{"id":2}\n{"id":3,"result":{}}\n{"id":4,"method":"fly"}\n{"id":5,"method":"getDatabaseVersion"}\n`,
    )
    expect(replies(stdout)).toMatchObject([
      { id: null, error: { code: -32700, message: expect.stringContaining('not JSON') } },
      { id: null, error: { code: -32600 } },
      { id: 2, error: { code: -32600, message: 'A request names a method.' } },
      { id: 4, error: { code: -32601, message: 'Method not found: fly' } },
      { id: 5, result: expect.stringMatching(/^3\.\d+\.\d+$/) },
    ])
    expect(status).toBe(0)
  })

  test('a missing database is told, and not made; a diff of files needs none', async () => {
    const diff = {
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ path: 'a.prisma', content: MODEL }] },
    }
    const ask = (method: string, params: object) => `${JSON.stringify({ id: 1, method, params })}\n`
    const datasource = JSON.stringify({ url: urlOf('nowhere/none.db') })
    const version = await run(['--datasource', datasource], ask('getDatabaseVersion', {}))
    expect(replies(version.stdout)).toMatchObject([
      { error: { data: { error_code: 'P1003', message: 'Database `none.db` does not exist' } } },
    ])
    const { filters } = migrations('')
    const diffed = await run(
      ['--datasource', datasource],
      ask('diff', { ...diff, script: true, exitCode: true, filters }),
    )
    expect(replies(diffed.stdout)).toMatchObject([
      { method: 'print', params: { content: expect.stringContaining('CREATE TABLE "Study"') } },
      { id: 1, result: { exitCode: 2 } },
    ])
    expect(existsSync(path.join(folder, 'nowhere'))).toBe(false)
  })

  test('a file that cannot be opened is told with its reason', async () => {
    mkdirSync(path.join(folder, 'folder.db'))
    const { stdout } = await run(
      ['--datasource', JSON.stringify({ url: urlOf('folder.db') })],
      `{"id":1,"method":"getDatabaseVersion"}\n`,
    )
    expect(replies(stdout)).toMatchObject([{ error: { data: { message: expect.stringContaining('unable to open') } } }])
  })

  test('params of another shape are told, and the engine that broke off over them is not asked again', async () => {
    const { stdout, status } = await run(
      ['--datasource', JSON.stringify({ url: emptyDatabase('c.db') })],
      `{"id":1,"method":"applyMigrations","params":{"x":1}}\n{"id":2,"method":"getDatabaseVersion"}\n`,
    )
    const failed = { code: 4466, data: { message: expect.stringContaining('missing field `migrationsList`') } }
    expect(replies(stdout)).toMatchObject([
      { id: 1, error: failed },
      { id: 2, error: failed },
    ])
    expect(status).toBe(0)
  })

  test('a panic is told, and so is each request after it', async () => {
    const { stdout, status } = await run(
      ['--datasource', JSON.stringify({ url: emptyDatabase('d.db') })],
      `{"id":1,"method":"debugPanic"}\n{"id":2,"method":"getDatabaseVersion"}\n`,
    )
    const panicked = { code: 4466, data: { is_panic: true, message: expect.stringContaining('artificial panic') } }
    expect(replies(stdout)).toMatchObject([
      { id: 1, error: panicked },
      { id: 2, error: panicked },
    ])
    expect(status).toBe(0)
  })

  test('SIGTERM while idle ends it with 0', async () => {
    const engine = new Conversation(emptyDatabase('e.db'))
    await engine.ask('getDatabaseVersion')
    expect(await engine.end('SIGTERM')).toEqual({ status: 0, signal: null })
  })

  test('SIGTERM during a migration lets it be noted first', async () => {
    const engine = new Conversation(emptyDatabase('h.db'))
    await engine.ask('getDatabaseVersion')
    const long = `CREATE TABLE t (a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e6)
      INSERT INTO t SELECT i FROM n;`
    const reply = engine.ask('applyMigrations', migrations(long))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const { status } = await engine.end('SIGTERM')
    // 0 when the signal is seen only after the reply.
    expect([0, 143]).toContain(status)
    expect((await reply).result).toEqual({ appliedMigrationNames: ['20260101000000_only'] })
    const database = new Database(path.join(folder, 'h.db'))
    expect(database.prepare('SELECT finished_at IS NOT NULL FROM _prisma_migrations').raw().all()).toEqual([[1]])
    database.close()
  })

  test('a script that leaves a transaction open fails whole, and is noted', async () => {
    const engine = new Conversation(emptyDatabase('i.db'))
    const reply = await engine.ask(
      'applyMigrations',
      migrations('BEGIN; CREATE TABLE t (a); INSERT INTO nowhere VALUES (1); COMMIT;'),
    )
    expect(reply.error?.data).toMatchObject({
      error_code: 'P3018',
      message: expect.stringContaining('Migration name: 20260101000000_only'),
      meta: { database_error: 'no such table: nowhere' },
    })
    await engine.end()
    const database = new Database(path.join(folder, 'i.db'))
    expect(database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).raw().all()).toEqual([
      ['_prisma_migrations'],
    ])
    expect(
      database.prepare('SELECT finished_at IS NULL, length(logs) > 0 FROM _prisma_migrations').raw().all(),
    ).toEqual([[1, 1]])
    database.close()
  })

  test('three engines that apply the same migration at once: one does, the others see it done', async () => {
    const script = 'CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1); CREATE TABLE u (a INTEGER);'
    const url = emptyDatabase('f.db')
    const engines = [1, 2, 3].map(() => new Conversation(url))
    await Promise.all(engines.map((engine) => engine.ask('getDatabaseVersion')))
    const applied = await Promise.all(
      engines.map(async (engine) => {
        const reply = await engine.ask('applyMigrations', migrations(script))
        await engine.end()
        return reply.result
      }),
    )
    expect(applied).toHaveLength(3)
    expect(applied).toContainEqual({ appliedMigrationNames: ['20260101000000_only'] })
    expect(applied.filter((result) => JSON.stringify(result) === '{"appliedMigrationNames":[]}')).toHaveLength(2)
    const database = new Database(path.join(folder, 'f.db'))
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(database.prepare('SELECT a FROM t').raw().all()).toEqual([[1]])
    expect(database.prepare('SELECT count(*) FROM _prisma_migrations').raw().get()).toEqual([1])
    database.close()
  })

  test('a database that another program is writing to is left alone, and the error says why', async () => {
    const database = new Database(path.join(folder, 'g.db'))
    database.exec('BEGIN IMMEDIATE; CREATE TABLE mine (a)')
    const engine = new Conversation(urlOf('g.db'))
    // So that the test need not wait as long as a person would.
    await engine.ask('dbExecute', {
      datasourceType: { tag: 'url', url: urlOf('g.db') },
      script: 'PRAGMA busy_timeout = 50',
    })
    const reply = await engine.ask('applyMigrations', migrations('CREATE TABLE t (a)'))
    expect(reply.error?.data?.message).toContain('the database is locked, since another program is writing to it')
    await engine.end()
    database.exec('COMMIT')
    expect(database.prepare(`SELECT name FROM sqlite_master`).raw().all()).toEqual([['mine']])
    database.close()
  })
})

describe('the switch to the project’s engine', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'engines-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  mkdirSync(path.join(folder, 'native'))
  writeFileSync(path.join(folder, 'native/schema-engine-debian-openssl-3.0.x'), '')
  mkdirSync(path.join(folder, 'empty'))

  test.each([
    { when: 'no native engine is installed', engines: 'empty', env: {}, expected: ENGINE },
    { when: 'a native engine is installed', engines: 'native', env: {}, expected: undefined },
    {
      when: 'the environment names an engine',
      engines: 'empty',
      env: { PRISMA_SCHEMA_ENGINE_BINARY: '/opt/engine' },
      expected: '/opt/engine',
    },
    {
      when: 'the environment names one by the old variable',
      engines: 'empty',
      env: { PRISMA_MIGRATION_ENGINE_BINARY: '/opt/engine' },
      expected: undefined,
    },
  ])('when $when: $expected', ({ engines, env, expected }) => {
    const changed: NodeJS.ProcessEnv = { ...env }
    switchSchemaEngine(changed, path.join(folder, engines))
    expect(changed.PRISMA_SCHEMA_ENGINE_BINARY).toBe(expected)
  })
})

function lastLog({ stderr }: Finished): unknown {
  return JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '')
}
