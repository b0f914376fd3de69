import { readFileSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseLocation } from '../../../src/db/database-url.ts'
import { traces } from '../../cli/traces.ts'
import { maintenance, ownPostgres, type ScratchRole, scratchPostgres, scratchRole, urlOf } from '../../engines.ts'
import { evibase, MIGRATIONS, ROOT, SEED_FILE, scratchPath, seededDatabase } from '../../scratch.ts'
import { type FakeServer, fakeServer, refusing } from './fake-server.ts'

/** All that is special in a URL, and a word that would be seen wherever it stood. */
const PASSWORD = 'S3cret pä/ss?#@:%&'
const COMMANDS = [
  ['extract', 'arms'],
  ['load', SEED_FILE],
  ['db', 'status'],
  ['db', 'migrate'],
]
const changedStudy = scratchPath('changed.yaml')

let database: string
let role: ScratchRole
beforeAll(async () => {
  database = nameOf((await seededDatabase()).url)
  role = await scratchRole(PASSWORD)
  const file = readFileSync(SEED_FILE, 'utf8')
  const changed = file.replace('label: Rosenberg 1993', 'label: Rosenberg 1994')
  expect(changed).not.toBe(file)
  writeFileSync(changedStudy, changed)
})

const servers: FakeServer[] = []
afterAll(async () => {
  for (const server of servers) await server.close()
})

const nameOf = (url: string) => new URL(url).pathname.slice(1)

/** The seeded database's address for the role, changed. */
async function address(change: (url: URL) => void = () => undefined): Promise<string> {
  const url = new URL(await urlOf(database, role))
  change(url)
  return url.href
}

const elsewhere = (port: number) =>
  address((url) => {
    url.hostname = '127.0.0.1'
    url.port = String(port)
  })

async function listening(answer: (socket: Socket) => void): Promise<string> {
  const server = await fakeServer(answer)
  servers.push(server)
  return elsewhere(server.port)
}

async function nothingListens(): Promise<string> {
  const server = await fakeServer(() => undefined)
  await server.close()
  return elsewhere(server.port)
}

/** Runs a command, with PLACE for the address in what it said, which never holds the password. */
async function run(args: readonly string[], db: string) {
  const { code, stdout, stderr } = await evibase(args, { db })
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), new URL(db).password, 'S3cret'].filter(Boolean))
    expect(stdout + stderr).not.toContain(secret)
  return { code, stdout, said: stderr.replaceAll(databaseLocation(db, ROOT).shown, 'PLACE') }
}

interface Refused {
  readonly what: string
  readonly make: () => Promise<string>
  readonly says: string
}

/** Where the server is the tests' own, it is known whom it lets in and how. */
const OF_OUR_SERVER: readonly Refused[] = [
  {
    what: 'a wrong password',
    make: () => urlOf(database, { ...role, password: `${PASSWORD}!` }),
    says: 'The server refuses the user or the password for PLACE. Correct them in DATABASE_URL.',
  },
  {
    what: 'no password where one is asked for',
    make: () =>
      address((url) => {
        url.password = ''
      }),
    says: "The server doesn't let this user into PLACE (SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string). Correct the user, or give a password, in DATABASE_URL.",
  },
  {
    what: 'an unknown user',
    make: () =>
      address((url) => {
        url.username = 'evibase_test_nobody'
      }),
    says: 'The server doesn\'t let this user into PLACE (role "evibase_test_nobody" does not exist). Correct the user, or give a password, in DATABASE_URL.',
  },
  {
    what: 'a server without encryption where it is asked for',
    make: () => address((url) => url.searchParams.set('sslmode', 'require')),
    says: 'No encrypted connection to PLACE comes about (The server does not support SSL connections). See sslmode and sslrootcert in DATABASE_URL.',
  },
]

const REFUSED: readonly Refused[] = [
  ...(ownPostgres ? OF_OUR_SERVER : []),
  {
    what: 'no such host',
    make: () =>
      address((url) => {
        url.hostname = 'no-such-host.invalid'
      }),
    says: 'There is no computer by the name in PLACE. Correct it in DATABASE_URL.',
  },
  {
    what: 'nothing on the port',
    make: nothingListens,
    says: 'No server answers at PLACE. Look whether it runs, and at host and port in DATABASE_URL.',
  },
  {
    what: 'a server that never answers',
    make: async () => `${await listening(() => undefined)}?connect_timeout=1`,
    says: "The server of PLACE doesn't answer in time. Look whether it can be reached from here.",
  },
  {
    what: 'a server that hangs up',
    make: () => listening((socket) => void socket.destroy()),
    says: 'The connection to PLACE broke, and what was asked was left undone. Run it again when the server is back: what is in stays.',
  },
  {
    what: 'something that is no PostgreSQL',
    make: () => listening((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    says: 'The connection to PLACE broke, and what was asked was left undone. Run it again when the server is back: what is in stays.',
  },
  {
    what: 'a server that is starting',
    make: () => listening(refusing('57P03', 'the database system is starting up')),
    says: 'The server of PLACE is just starting or stopping. Try again in a moment.',
  },
  {
    what: 'a server without a free connection',
    make: () => listening(refusing('53300', 'sorry, too many clients already')),
    says: 'The server of PLACE has no connection left, and what was asked was left undone. Try again later.',
  },
  {
    what: 'a user who may not connect to the database',
    make: async () => {
      const { url } = await seededDatabase()
      await maintenance(`REVOKE CONNECT ON DATABASE ${nameOf(url)} FROM PUBLIC`)
      return urlOf(nameOf(url), role)
    },
    says: 'The user may not do that in PLACE, and what was asked was left undone (permission denied for database "NAME"). Let its owner grant what is missing.',
  },
  {
    what: 'a user who may not look into the schema',
    make: async () => {
      const { url, exec } = await seededDatabase()
      await exec('REVOKE USAGE ON SCHEMA public FROM PUBLIC')
      return urlOf(nameOf(url), role)
    },
    says: 'The user may not look into the schema public of PLACE. Let its owner grant USAGE on it.',
  },
  {
    what: 'a user who may not read the tables',
    make: () => address(),
    says: 'The user may not do that in PLACE, and what was asked was left undone (permission denied for table _prisma_migrations). Let its owner grant what is missing.',
  },
]

describe('whoever is not let in is told why in a sentence or two, and never shown the password', () => {
  // All commands first look at the list of migrations: one that may not be read shows it of each of them, and the
  // other reasons are asked for by one command in turn.
  test.each(REFUSED.map((refused, index) => ({ ...refused, index })))('$what', async ({ make, says, index }) => {
    const url = await make()
    const said = `${says.replace('NAME', nameOf(url))}\n`
    const commands = index === REFUSED.length - 1 ? COMMANDS : [COMMANDS[index % COMMANDS.length] ?? []]
    for (const args of commands) expect(await run(args, url), args.join(' ')).toEqual({ code: 1, stdout: '', said })
  })

  test('a URL that cannot be read', async () => {
    const url = await address((given) => {
      given.searchParams.set('port', '99999')
    })
    const { code, stdout, stderr } = await evibase(['extract', 'arms'], { db: url })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^The database URL is `[^`]*`: the port 99999 is none\.\n$/)
    expect(stderr).not.toMatch(/S3cret|pä|p%C3%A4/)
  })
})

describe('a database that this user may only read', () => {
  test('is read, found up to date, and not written to', async () => {
    const { url } = await seededDatabase()
    const user = await scratchRole(PASSWORD)
    await maintenance(`GRANT pg_read_all_data TO ${user.name}`)
    const before = await traces(url)
    const reader = await urlOf(nameOf(url), user)
    const owned = await evibase(['extract', 'arms', '-f', 'csv'], { db: url })
    expect(await run(['extract', 'arms', '-f', 'csv'], reader)).toEqual({ code: 0, stdout: owned.stdout, said: '' })
    expect(await run(['db', 'status'], reader)).toMatchObject({ code: 0, said: '' })
    expect(await run(['db', 'migrate'], reader)).toEqual({
      code: 0,
      stdout: '',
      said: 'The database is up to date.\n',
    })
    expect(await run(['load', changedStudy], reader)).toEqual({
      code: 1,
      stdout: '',
      said: 'The user may not do that in the database, and the study rosenberg-1993-il2-lak was left undone (permission denied for table study_publication). Let its owner grant what is missing.\n',
    })
    expect(await traces(url)).toBe(before)
  })

  test('because the server is set so, is read, and not written to', async () => {
    const { url } = await seededDatabase()
    await maintenance(`ALTER DATABASE ${nameOf(url)} SET default_transaction_read_only = on`)
    const before = await traces(url)
    expect(await run(['extract', 'arms'], url)).toMatchObject({ code: 0, said: '' })
    expect(await run(['load', changedStudy], url)).toEqual({
      code: 1,
      stdout: '',
      said: 'The database may only be read, so the study rosenberg-1993-il2-lak was not saved: it is a replica, or set so. Name the primary in DATABASE_URL.\n',
    })
    expect(await traces(url)).toBe(before)
  })
})

test('an ordinary user who may make databases does the whole round, and the password is never shown', async () => {
  const user = await scratchRole(PASSWORD)
  await maintenance(`ALTER ROLE ${user.name} CREATEDB`)
  const url = await urlOf((await scratchPostgres('nothing')).name, user)
  expect(await run(['db', 'migrate'], url)).toEqual({
    code: 0,
    stdout: '',
    said: `Applied ${MIGRATIONS} migrations to PLACE.\n`,
  })
  expect(await run(['load', SEED_FILE], url)).toEqual({
    code: 0,
    stdout: '',
    said: 'rosenberg-1993-il2-lak: created\n',
  })
  expect(await run(['extract', 'arms', '--json'], url)).toMatchObject({ code: 0, said: '' })
  expect(await run(['db', 'reset', '--yes'], url)).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^Emptied PLACE\.\n/),
  })
})
