import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, describe, inject } from 'vitest'
import type { DatabaseLocation } from '../src/db/database-url.ts'
import { PASSWORD_REQUIRED } from './postgres-server.ts'

export type Engine = DatabaseLocation['engine']

/** The engine that this run of a test file is on. */
export const ENGINE = inject('engine')

const told = inject('postgres')

/** Why nothing can be tested on PostgreSQL here; undefined where it can. */
const missing: string | undefined = 'missing' in told ? told.missing : undefined

/** Whether the server belongs to the tests: then `PASSWORD_REQUIRED` is there, and the tests are its superuser. */
export const ownPostgres = 'askAt' in told

/** Declares a suite once for each engine, whose name stands in the title. */
export function describeEngines(title: string, suite: (engine: Engine) => void): void {
  describe(`${title} on sqlite`, () => suite('sqlite'))
  describePostgres(`${title} on postgresql`, () => suite('postgresql'))
}

/** Declares a suite that needs PostgreSQL. Where there is none, its title says why it is skipped. */
export function describePostgres(title: string, suite: () => void): void {
  if (missing === undefined) describe(title, suite)
  else describe.skip(`${title} (${missing})`, suite)
}

/** A database of a test's own. All of them go when the test file has ended. */
export interface ScratchPostgres {
  readonly name: string
  readonly url: string
  /** Rows as lists of values, of the last statement where there are several. */
  readonly rows: (sql: string) => Promise<unknown[][]>
}

let server: Promise<string> | undefined
let asked: Promise<pg.Client> | undefined
const made: string[] = []
const roles: string[] = []

/**
 * @param from  `template`: a scratch database to copy, which nobody may be connected to; `nothing`: a name that no
 *              database has yet
 */
export async function scratchPostgres(from: { template: ScratchPostgres } | 'nothing' | 'empty' = 'empty') {
  const name = `evibase_test_${randomUUID().replaceAll('-', '')}`
  made.push(name)
  if (from === 'empty') await maintenance(`CREATE DATABASE ${name}`)
  else if (from !== 'nothing') await maintenance(`CREATE DATABASE ${name} TEMPLATE "${from.template.name}"`)
  return postgresNamed(name)
}

/** A database on the server of the tests, whoever made it. */
export async function postgresNamed(name: string): Promise<ScratchPostgres> {
  const url = await urlOf(name)
  return {
    name,
    url,
    rows: async (sql) => {
      const client = new pg.Client(url)
      await client.connect()
      try {
        const results: unknown = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
        const last: pg.QueryResult<unknown[]> = Array.isArray(results) ? results.at(-1) : results
        return last.rows
      } finally {
        await client.end()
      }
    },
  }
}

/** Somebody who may log in, and nothing else. Where the server belongs to the tests, the password is asked for. */
export interface ScratchRole {
  readonly name: string
  readonly password: string
}

export async function scratchRole(password: string): Promise<ScratchRole> {
  const name = `evibase_test_${randomUUID().replaceAll('-', '')}`
  const group = ownPostgres ? ` IN ROLE ${PASSWORD_REQUIRED}` : ''
  await maintenance(`CREATE ROLE ${name} LOGIN PASSWORD ${pg.escapeLiteral(password)}${group}`)
  roles.push(name)
  return { name, password }
}

/** Runs a statement as superuser, within no database of a test. */
export async function maintenance(sql: string): Promise<unknown[][]> {
  const client = await maintenanceClient()
  return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows
}

/** The URL of a database on the server of the tests, by default as superuser. */
export async function urlOf(database: string, user?: ScratchRole): Promise<string> {
  server ??= serverUrl()
  const url = new URL(await server)
  url.pathname = `/${database}`
  if (user !== undefined) {
    url.username = user.name
    url.password = encodeURIComponent(user.password)
  }
  return url.href
}

async function serverUrl(): Promise<string> {
  if ('url' in told) return told.url
  if ('missing' in told) throw new Error(told.missing)
  const response = await fetch(told.askAt)
  const words = await response.text()
  if (!response.ok) throw new Error(words)
  return words
}

function maintenanceClient(): Promise<pg.Client> {
  asked ??= (async () => {
    server ??= serverUrl()
    const client = new pg.Client(await server)
    await client.connect()
    return client
  })()
  return asked
}

afterAll(async () => {
  for (const name of made) await maintenance(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  for (const name of roles) await maintenance(`DROP ROLE ${name}`)
  const client = await asked
  await client?.end()
})
