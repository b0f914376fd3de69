import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { schemaState } from '../../../src/db/schema-state.ts'
import { ownPostgres, scratchRole, urlOf } from '../../engines.ts'
import { ROOT } from '../../scratch.ts'
import { thrownBy } from '../saving.ts'
import { type FakeServer, fakeServer, refusing } from './fake-server.ts'
import {
  type Case,
  expectFound,
  having,
  locationOf,
  MIGRATIONS,
  migrated,
  nameOf,
  PASSWORD,
  refusal,
  state,
} from './found.ts'

const denied = (...says: readonly string[]) => refusal('DATABASE_ACCESS_DENIED', ...says)
const notReachable = (...says: readonly string[]) => refusal('DATABASE_NOT_REACHABLE', ...says)

/** The database of a URL as somebody else sees it, after statements about that one. */
const asSomebody = async (url: string, about: (role: string) => string): Promise<string> => {
  const role = await scratchRole(PASSWORD)
  const client = new pg.Client(url)
  await client.connect()
  await client.query(about(role.name))
  await client.end()
  return urlOf(nameOf(url), role)
}

describe('who may not look is told why', () => {
  const WITH_PASSWORDS: readonly Case[] = [
    {
      database: 'a wrong password',
      make: async () =>
        having(await asSomebody(await migrated(), () => ''), (url) => Object.assign(url, { password: 'other' })),
      found: denied('user or the password', 'Correct them in DATABASE_URL'),
    },
    {
      database: 'no password where one is asked for',
      make: async () => {
        const url = await asSomebody(await migrated(), () => '')
        return having(url, (parts) => {
          parts.searchParams.set('user', parts.username)
          parts.username = ''
          parts.password = ''
        })
      },
      found: denied('give a password, in DATABASE_URL'),
    },
  ]
  const ROLES: readonly Case[] = [
    {
      database: 'a setting that the server does not have',
      make: async () => having(await migrated(), (url) => url.searchParams.set('options', '-c nonsense=1')),
      found: refusal('DATABASE_URL_UNSUPPORTED', "doesn't take a setting", 'Correct options= in DATABASE_URL'),
    },
    {
      database: 'a setting with a value that it can not have',
      make: async () => having(await migrated(), (url) => url.searchParams.set('options', '-c statement_timeout=abc')),
      found: refusal('DATABASE_URL_UNSUPPORTED', 'statement_timeout', 'Correct options= in DATABASE_URL'),
    },
    {
      database: 'no such role',
      make: async () => having(await migrated(), (url) => Object.assign(url, { username: 'nobody-by-this-name' })),
      found: denied("doesn't let this user into", 'nobody-by-this-name'),
    },
    {
      database: 'a role that may not connect',
      make: async () => {
        const url = await migrated()
        return asSomebody(url, () => `REVOKE CONNECT ON DATABASE ${nameOf(url)} FROM PUBLIC`)
      },
      found: denied('permission denied', 'grant'),
    },
    {
      database: 'a role without USAGE on the schema',
      make: async () => asSomebody(await migrated(), () => 'REVOKE USAGE ON SCHEMA public FROM PUBLIC'),
      found: denied('schema public', 'grant USAGE'),
    },
    {
      database: 'a role that may not read the list of migrations',
      make: async () => asSomebody(await migrated(), (role) => `GRANT SELECT ON study TO ${role}`),
      found: denied('may not do that', 'grant'),
    },
    {
      database: 'a role that has all its connections already',
      make: async () => asSomebody(await migrated(), (role) => `ALTER ROLE ${role} CONNECTION LIMIT 0`),
      found: refusal('DATABASE_BUSY', 'no connection left', 'Try again later'),
    },
    {
      database: 'a role that may read',
      make: async () =>
        asSomebody(await migrated(), (role) => `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`),
      found: state('migrated', MIGRATIONS),
    },
  ]
  test.each(ROLES)('$database', async ({ make, ...expected }) => expectFound(expected, await make()))
  test.skipIf(!ownPostgres).each(WITH_PASSWORDS)('$database', async ({ make, ...expected }) =>
    expectFound(expected, await make()),
  )
})

describe('where no server answers, it is told', () => {
  const servers: FakeServer[] = []
  let silent: FakeServer
  beforeAll(async () => {
    silent = await fakeServer(() => undefined)
    servers.push(silent)
  })
  afterAll(() => Promise.all(servers.map(({ close }) => close())))

  const at = (place: string) => `postgresql://somebody@${place}/evidence`
  const served = async (answer: Parameters<typeof fakeServer>[0]) => {
    const server = await fakeServer(answer)
    servers.push(server)
    return at(`127.0.0.1:${server.port}`)
  }

  const PLACES: readonly Case[] = [
    {
      database: 'no such host',
      make: async () => at('no-such-host.invalid'),
      found: notReachable('no computer by the name', 'no-such-host\\.invalid', 'DATABASE_URL'),
    },
    {
      database: 'nothing that listens on the port',
      make: async () => {
        const server = await fakeServer(() => undefined)
        await server.close()
        return at(`127.0.0.1:${server.port}`)
      },
      found: notReachable('No server answers at', '127\\.0\\.0\\.1:\\d+/evidence', 'whether it runs'),
    },
    {
      database: 'no socket in the folder',
      make: async () => 'postgresql://somebody@localhost/evidence?host=/no/such/folder',
      found: notReachable('No server answers at', 'host=/no/such/folder'),
    },
    {
      database: 'a host that accepts and never answers',
      make: async () => `${at(`127.0.0.1:${silent.port}`)}?connect_timeout=1`,
      found: notReachable("doesn't answer in time"),
    },
    {
      database: 'a host that hangs up at once',
      make: () => served((socket) => socket.end()),
      found: notReachable('connection to .* broke'),
    },
    {
      database: 'a server that is just starting',
      make: () => served(refusing('57P03', 'the database system is starting up')),
      found: notReachable('just starting or stopping', 'Try again in a moment'),
    },
    {
      database: 'a server that has no connection left',
      make: () => served(refusing('53300', 'sorry, too many clients already')),
      found: refusal('DATABASE_BUSY', 'no connection left', 'Try again later'),
    },
    {
      database: 'a server that encrypts nothing, where that is asked for',
      make: async () => having(await migrated(), (url) => url.searchParams.set('sslmode', 'require')),
      found: notReachable('No encrypted connection', 'sslmode'),
    },
  ]
  test.each(PLACES)('$database', async ({ make, ...expected }) => expectFound(expected, await make()))

  test('a connect_timeout of a second is a second', async () => {
    const started = performance.now()
    const location = locationOf(`${at(`127.0.0.1:${silent.port}`)}?connect_timeout=1`)
    await thrownBy(() => schemaState(location, ROOT))
    const milliseconds = performance.now() - started
    expect(milliseconds).toBeGreaterThan(900)
    expect(milliseconds).toBeLessThan(5_000)
  })
})
