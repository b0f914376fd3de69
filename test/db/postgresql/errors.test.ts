import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { Database } from '../../../src/db/connect.ts'
import { databaseLocation } from '../../../src/db/database-url.ts'
import { postgresqlClient } from '../../../src/db/postgresql/client.ts'
import { saveStudy } from '../../../src/db/save-study.ts'
import type { StudyFile } from '../../../src/model/study-file.ts'
import { scratchRole, urlOf } from '../../engines.ts'
import { evibase, ROOT, type ScratchDatabase, scratchPath, seededDatabase } from '../../scratch.ts'
import { environment } from '../../scripts/prisma-project.ts'
import { contents, type Dump, dump } from '../dump.ts'
import { expectReadable } from '../readable.ts'
import { loadedAnew, open, thrownBy } from '../saving.ts'
import { fillEveryTable, ORIGIN, SEED_SLUG, seedFile, variant } from '../study-variants.ts'
import { endingAtOnce, fakeServer } from './fake-server.ts'

const PASSWORD = 'hush-hush'
const THIS_STUDY = `the study ${SEED_SLUG}`
/** Another version, whose label another person may be writing just now. */
const makeLater = (file: StudyFile): void => {
  fillEveryTable(file)
  file.study.label = 'Later'
}
const later = () => variant(makeLater)

/** Lets a save of that version come half-way: publication and study are written by then. */
const HALF_WAY = 'BEGIN; SELECT 1 FROM arm_intervention FOR UPDATE'

let scratch: ScratchDatabase
let before: Dump
let db: Database | undefined
let other: pg.Client
beforeEach(async () => {
  scratch = await seededDatabase()
  before = await dump(scratch)
  other = new pg.Client(scratch.url)
  await other.connect()
})
afterEach(async () => {
  await db?.$disconnect()
  db = undefined
  await other.end()
})

/** A client of the scratch database by way of another URL. */
async function opened(change: (url: URL) => void = () => undefined): Promise<Database> {
  const url = new URL(scratch.url)
  url.password = PASSWORD
  change(url)
  db = await open({ location: databaseLocation(url.href, ROOT) })
  return db
}
/** Settings of the session, as libpq takes them from a URL. */
const set = (setting: string) => (url: URL) => {
  url.search = `options=-c%20${setting}`
}

function expectRefused(error: unknown, code: string, says: RegExp): void {
  expect(error).toMatchObject({ code, message: expect.stringMatching(says) })
  expect((error as Error).message).not.toContain(PASSWORD)
  expectReadable(error)
}

const HELD = [
  {
    what: 'the lock of the study',
    sql: `SELECT pg_advisory_xact_lock(hashtextextended('evibase study ${SEED_SLUG}', 0))`,
  },
  { what: 'a row of the study', sql: 'SELECT 1 FROM study FOR UPDATE' },
  { what: 'a table', sql: 'LOCK TABLE quote_link' },
]

describe('while another session holds', () => {
  test.each(HELD)('$what, a save says so, and goes through when that is gone', async ({ sql }) => {
    const client = await opened(set('lock_timeout=100ms'))
    await other.query(`BEGIN; ${sql}`)
    const error = await thrownBy(() => saveStudy(client, later(), ORIGIN))
    expectRefused(error, 'DATABASE_BUSY', new RegExp(`^Another program .*${THIS_STUDY} was left undone\\. Try again`))
    await other.query('ROLLBACK')
    expect(await dump(scratch)).toEqual(before)
    expect(await saveStudy(client, later(), ORIGIN)).toBe('updated')
  })

  test.each(HELD)('$what for a second, a save waits', async ({ sql }) => {
    const client = await opened()
    await other.query(`BEGIN; ${sql}`)
    const saved = saveStudy(client, later(), ORIGIN)
    expect(await Promise.race([saved, delay(1_000, 'waits')])).toBe('waits')
    await other.query('ROLLBACK')
    expect(await saved).toBe('updated')
    expect(await contents(scratch)).toEqual(await loadedAnew(later()))
  })

  test('what a save waits for longer than the server lets it, the save says so', async () => {
    const client = await opened(set('statement_timeout=500ms'))
    await other.query('BEGIN; LOCK TABLE quote_link')
    const error = await thrownBy(() => saveStudy(client, later(), ORIGIN))
    expectRefused(error, 'DATABASE_BUSY', new RegExp(`time limit.*${THIS_STUDY} was left undone\\. Try again`))
    await other.query('ROLLBACK')
    expect(await dump(scratch)).toEqual(before)
  })

  test('what a save waits for, and waits for the save, the save steps back and does its work again', async () => {
    // Who looks for a deadlock first is the one to step back.
    const client = await opened(set('deadlock_timeout=2s'))
    await other.query(`SET deadlock_timeout = '60s'; ${HALF_WAY}`)
    const saved = saveStudy(client, later(), ORIGIN)
    await waiting()
    await other.query('UPDATE study SET note = note')
    await other.query('COMMIT')
    expect(await saved).toBe('updated')
    const [deadlocks] = await eventually(() =>
      scratch.rows<{ count: number }>(
        'SELECT deadlocks AS count FROM pg_stat_database WHERE datname = current_database() AND deadlocks > 0',
      ),
    )
    expect(deadlocks).toEqual({ count: 1 })
    expect(await contents(scratch)).toEqual(await loadedAnew(later()))
  })
})

const SESSIONS = `FROM pg_stat_activity WHERE application_name = 'evibase' AND datname = current_database()`

/** Resolves when a save waits for the other session. */
const waiting = () => eventually(() => scratch.rows(`SELECT pid ${SESSIONS} AND wait_event_type = 'Lock'`))

async function eventually<Row>(ask: () => Promise<Row[]>): Promise<Row[]> {
  for (;;) {
    const rows = await ask()
    if (rows.length > 0) return rows
    await delay(20)
  }
}

describe('when the server ends the connection', () => {
  const killed = () => scratch.rows(`SELECT pg_terminate_backend(pid) ${SESSIONS}`)

  test('half-way through a save, the save says so, nothing of it is there, and the same save is done when run again', async () => {
    const client = await opened()
    await other.query(HALF_WAY)
    const saved = thrownBy(() => saveStudy(client, later(), ORIGIN))
    await waiting()
    await killed()
    expectRefused(
      await saved,
      'DATABASE_NOT_REACHABLE',
      new RegExp(`broke, and ${THIS_STUDY} was left undone\\. Run it again`),
    )
    await other.query('ROLLBACK')
    expect(await dump(scratch)).toEqual(before)
    expect(await saveStudy(client, later(), ORIGIN), 'the client goes on').toBe('updated')
    expect(await contents(scratch)).toEqual(await loadedAnew(later()))
  })

  test('in the moment in which it lets us in, the save says so', async () => {
    const server = await fakeServer(endingAtOnce('57P01', 'terminating connection due to administrator command'))
    const location = databaseLocation(`postgresql://somebody:${PASSWORD}@127.0.0.1:${server.port}/base`, ROOT)
    if (location.engine !== 'postgresql') throw new Error('this is a URL of PostgreSQL')
    const client = postgresqlClient(location)
    db = client
    const error = await thrownBy(() => saveStudy(client, later(), ORIGIN))
    expectRefused(error, 'DATABASE_NOT_REACHABLE', /broke, and/)
    await server.close()
  })

  test('at any moment, the study is there as it was or as it should be', async () => {
    const client = await opened()
    const versions = [variant(), later()] as const
    const wholes = [await loadedAnew(versions[0]), await loadedAnew(versions[1])]
    let broken = 0
    for (let round = 0; round < 12; round++) {
      const saved = thrownBy(() => saveStudy(client, versions[round % 2 === 0 ? 1 : 0], ORIGIN))
      await delay(Math.random() * 80)
      await killed()
      const result = await saved
      if (typeof result !== 'string') {
        expectRefused(result, 'DATABASE_NOT_REACHABLE', /broke, and/)
        broken++
      }
      expect(wholes).toContainEqual(await contents(scratch))
    }
    expect(broken, 'some saves were under way').toBeGreaterThan(0)
    await saveStudy(client, versions[1], ORIGIN)
    expect(await contents(scratch)).toEqual(wholes[1])
  })
})

test('a program that is killed half-way through a save leaves nothing of it, and done again it is there', async () => {
  const file = seedFile()
  makeLater(file)
  const target = scratchPath('later.yaml')
  writeFileSync(target, stringify(file, { aliasDuplicateObjects: false }))
  await other.query(HALF_WAY)
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts/evibase.mjs'), 'load', target], {
    env: environment({ DATABASE_URL: scratch.url }),
    stdio: 'ignore',
  })
  await waiting()
  const ended = once(child, 'close')
  child.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
  await other.query('ROLLBACK')
  // The server goes on until it wants to say something to the program.
  while ((await scratch.rows(`SELECT pid ${SESSIONS}`)).length > 0) await delay(20)
  expect(await dump(scratch)).toEqual(before)
  expect(await evibase(['load', target], { db: scratch.url })).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(new RegExp(`^${SEED_SLUG}: updated\n`)),
  })
  expect(await contents(scratch)).toEqual(await loadedAnew(later()))
})

describe('saving a study says', () => {
  const asSomebody = async (grants: (name: string) => string) => {
    const role = await scratchRole(PASSWORD)
    await scratch.exec(grants(role.name))
    const url = await urlOf(new URL(scratch.url).pathname.slice(1), role)
    return opened((own) => {
      own.href = url
    })
  }

  test('that the user may only read, and what is missing', async () => {
    const client = await asSomebody((name) => `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${name}`)
    const error = await thrownBy(() => saveStudy(client, later(), ORIGIN))
    expectRefused(
      error,
      'DATABASE_ACCESS_DENIED',
      new RegExp(
        `may not do that in the database, and ${THIS_STUDY} was left undone \\(.*\\w+\\)\\. Let its owner grant`,
      ),
    )
    expect(await dump(scratch)).toEqual(before)
    expect(await saveStudy(client, variant(), ORIGIN), 'nothing has to be written for that').toBe('unchanged')
  })

  test('that the user may not write all of it, and writes nothing of it', async () => {
    const client = await asSomebody(
      (name) => `GRANT ALL ON ALL TABLES IN SCHEMA public TO ${name};
        REVOKE INSERT ON import_run FROM ${name}`,
    )
    const error = await thrownBy(() => saveStudy(client, later(), ORIGIN))
    expectRefused(error, 'DATABASE_ACCESS_DENIED', /left undone \(.*import_run.*\)/)
    expect(await dump(scratch)).toEqual(before)
  })

  test('that the database may only be read', async () => {
    const client = await opened(set('default_transaction_read_only=on'))
    const error = await thrownBy(() => saveStudy(client, later(), ORIGIN))
    expectRefused(error, 'DATABASE_NOT_WRITABLE', new RegExp(`may only be read, so ${THIS_STUDY} was not saved`))
    expect(await dump(scratch)).toEqual(before)
    expect(await client.study.count()).toBe(1)
  })

  test('that a text is too long for an index of the server, and saves nothing', async () => {
    // Letters at random, since the server compresses what repeats.
    const value = randomBytes(6_000).toString('hex')
    const record = variant((file) => Object.assign(file.study, { identifiers: [{ registry: 'sponsor', value }] }))
    const error = await thrownBy(async () => saveStudy(await opened(), record, ORIGIN))
    expect(error).toMatchObject({ code: 'CONSTRAINT_VIOLATED', message: expect.stringContaining('too long') })
    expectReadable(error)
    expect(await dump(scratch)).toEqual(before)
  })
})
