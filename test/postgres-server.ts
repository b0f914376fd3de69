import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'

/** What the tests are told of PostgreSQL: why there is none, or where to ask for the URL of a superuser. */
export type PostgresForTests =
  | { readonly missing: string }
  | { readonly url: string }
  /** Answers with the URL, once the server runs. It is started by the first who asks. */
  | { readonly askAt: string }

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: PostgresForTests
    /** What the tests of a project run on. */
    engine: 'sqlite' | 'postgresql'
    /** What databases of this run are copied from: a folder for files, whose name also begins those on a server. */
    templates: string
  }
}

export interface PostgresServer {
  /** Of a superuser, who needs no password. */
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Roles that are members of this one are asked for their passwords; all others are let in. */
export const PASSWORD_REQUIRED = 'password_required'

/** Once for a whole run of the tests: a place for what databases are copied from, and a server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const templates = mkdtempSync(path.join(tmpdir(), 'evibase-templates-'))
  project.provide('templates', templates)
  const stop = await findServer(project, path.basename(templates))
  return async () => {
    rmSync(templates, { recursive: true, force: true })
    await stop?.()
  }
}

/** A server that is there, or the programs to start one. */
async function findServer(project: TestProject, templates: string): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_POSTGRES_URL
  if (given) {
    project.provide('postgres', { url: given })
    return () => dropTemplates(given, templates)
  }
  const missing = whyNoPostgres()
  const programs = serverPrograms()
  if (missing !== undefined || programs === undefined) {
    project.provide('postgres', { missing: missing ?? '' })
    return undefined
  }
  let started: Promise<PostgresServer> | undefined
  const desk = createServer((_, response) => {
    started ??= startPostgres(programs)
    started.then(
      ({ url }) => response.end(url),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  desk.unref()
  project.provide('postgres', { askAt: `http://127.0.0.1:${(desk.address() as AddressInfo).port}/` })
  return async () => {
    desk.close()
    await started?.then(
      ({ stop }) => stop(),
      () => undefined,
    )
  }
}

/** A server that isn't the tests' own keeps nothing of them. */
async function dropTemplates(url: string, templates: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [templates],
    )
    for (const { datname } of rows) await client.query(`DROP DATABASE ${pg.escapeIdentifier(datname)} WITH (FORCE)`)
  } finally {
    await client.end()
  }
}

/** Why nothing can be tested on PostgreSQL here; undefined where it can. */
export const whyNoPostgres = (): string | undefined =>
  process.env.TEST_POSTGRES_URL || serverPrograms()
    ? undefined
    : 'neither TEST_POSTGRES_URL nor server programs of PostgreSQL'

/** The folder of `initdb` and `postgres`, where there is one: Debian keeps them off the path. */
export function serverPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : []
  const folders = [
    ...output('pg_config', '--bindir'),
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ]
  return folders.find((folder) => ['initdb', 'postgres'].every((program) => existsSync(path.join(folder, program))))
}

/**
 * Starts a server of its own on a temporary folder and a free port of this computer. It ends with `stop`, and also
 * when this process is killed.
 *
 * @param programs  folder of the server's programs
 * @param follows   makes it a streaming replica of this one
 */
export async function startPostgres(programs: string, follows?: PostgresServer): Promise<PostgresServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'evibase-postgres-'))
  const owner = ordinaryUser()
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  const settings = { cwd: folder, env: { PATH: process.env.PATH ?? '', TZ: 'UTC' }, ...owner }
  const data = path.join(folder, 'data')
  const log = path.join(folder, 'log')
  try {
    // English order, where most servers have some language's: what must come in byte order has to say so.
    const locale = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-US']
    const [program, ...args] =
      follows === undefined
        ? ['initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--lc-messages=C', ...locale]
        : ['pg_basebackup', '-D', data, '-d', follows.url, '--write-recovery-conf', '--checkpoint=fast', '--no-sync']
    await ended(spawn(path.join(programs, program ?? ''), args, { ...settings, stdio: ['ignore', 'ignore', 'pipe'] }))
    if (follows === undefined) {
      const access = path.join(data, 'pg_hba.conf')
      const trusted = readFileSync(access, 'utf8')
      writeFileSync(access, `host all +${PASSWORD_REQUIRED} all scram-sha-256\n${trusted}`)
    }
    const port = await freePort()
    // Its standard input is a pipe that this process holds open: it ends with this process, however that ends.
    const script = `exec 3<&0
"$0" "$@" >log 2>&1 &
(cat <&3; kill -INT $!) >/dev/null &
wait %1
cd / && rm -rf "${folder}"`
    const options = [
      ...[`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'max_connections=200'],
      ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
      // Hundreds of databases that live a second: making and dropping one goes through all buffers, and each that is
      // there would be visited once a minute.
      ...['shared_buffers=16MB', 'autovacuum=off', 'max_wal_size=4GB', 'checkpoint_timeout=1h'],
    ].flatMap((option) => ['-c', option])
    const keeper = spawn('/bin/sh', ['-c', script, path.join(programs, 'postgres'), '-D', data, ...options], {
      ...settings,
      stdio: ['pipe', 'ignore', 'ignore'],
      // A Ctrl-C is for the tests first.
      detached: true,
    })
    const gone = new Promise<void>((resolve) => keeper.once('exit', () => resolve()))
    keeper.unref()
    const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
    await answering(url, gone, log, follows === undefined ? `CREATE ROLE ${PASSWORD_REQUIRED}` : 'SELECT 1')
    return {
      url,
      stop: () => {
        keeper.ref()
        keeper.stdin?.end()
        return gone
      },
    }
  } catch (error) {
    const words = existsSync(log) ? `\n${readFileSync(log, 'utf8')}` : ''
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`PostgreSQL could not be started for the tests: ${String(error)}${words}`, { cause: error })
  }
}

async function answering(url: string, gone: Promise<void>, log: string, first: string): Promise<void> {
  let ending = false
  gone.then(() => {
    ending = true
  })
  for (let tries = 0; tries < 600 && !ending; tries += 1) {
    const client = new pg.Client(url)
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query(first)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25))
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  throw new Error(`it doesn't answer${existsSync(log) ? '' : ', and wrote no log'}`)
}

/** The server refuses to run as root. */
function ordinaryUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const [uid] = output('id', '-u', name)
    const [gid] = output('id', '-g', name)
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error('there is neither a user postgres nor nobody to run the server as')
}

/** Lines that a program prints; none when it isn't there or fails. */
function output(program: string, ...args: readonly string[]): string[] {
  try {
    const text = execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return text.trim().split('\n')
  } catch {
    return []
  }
}

async function ended(child: ChildProcess): Promise<void> {
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words += text
  })
  const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (status !== 0) throw new Error(words.trim())
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createSocketServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
