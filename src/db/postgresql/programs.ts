import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { EvidenceError } from '../../errors.ts'
import type { PostgresqlLocation } from '../database-url.ts'

/** Debian keeps each release's programs in a folder of its own, off the path. */
const DEBIAN = '/usr/lib/postgresql'

/**
 * The folder of PostgreSQL's client programs, the newest where there are several: older ones refuse newer servers.
 *
 * @throws EvidenceError PROGRAM_MISSING
 */
export function clientPrograms(names: readonly string[]): string {
  const releases = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one)) : []
  const folders = [
    ...releases.map((release) => path.join(DEBIAN, release, 'bin')),
    ...(process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== ''),
  ]
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const found = folders.find((folder) => names.every((name) => existsSync(path.join(folder, name + suffix))))
  if (found !== undefined) return found
  throw new EvidenceError(
    'PROGRAM_MISSING',
    `PostgreSQL's ${names.join(' and ')} are not installed here (Debian has them in the package postgresql-client). Install them, or copy the database into a file with \`evibase db copy\`.`,
    { programs: names },
  )
}

export interface Program {
  readonly input: Writable
  readonly output: Readable
  readonly kill: () => void
  /** Resolves when it ended well; rejects with what it said on standard error. */
  readonly ended: Promise<void>
}

/**
 * Starts a client program. Its URL stands among the arguments, which everybody on the computer can read: the password
 * goes by the environment.
 */
export function startProgram(
  folder: string,
  name: string,
  args: readonly string[],
  location?: PostgresqlLocation,
): Program {
  const { url, password } = location === undefined ? { url: [], password: {} } : connection(location)
  const child = spawn(path.join(folder, name), [...args, ...url], {
    env: { ...process.env, LC_MESSAGES: 'C', ...password },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, 10_000)
  })
  // One that has ended takes no more; why it ended is said by itself.
  child.stdin.on('error', () => undefined)
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new ProgramFailed(name, said.trim()))))
  })
  return { input: child.stdin, output: child.stdout, kill: () => void child.kill('SIGKILL'), ended }
}

export class ProgramFailed extends Error {
  constructor(
    readonly program: string,
    readonly said: string,
  ) {
    super(said)
  }
}

/** What libpq takes, without what only our driver knows. */
function connection({ url }: PostgresqlLocation) {
  const given = new URL(url)
  const password = decodeURIComponent(given.password)
  given.password = ''
  for (const name of [
    'schema',
    'uselibpqcompat',
    'connection_limit',
    'pool_timeout',
    'pgbouncer',
    'statement_cache_size',
  ])
    given.searchParams.delete(name)
  // libpq takes a "+" for a plus.
  given.search = given.search.replaceAll('+', '%20')
  return {
    url: [`--dbname=${given.href}`],
    password: password === '' ? {} : { PGPASSWORD: password },
  }
}
