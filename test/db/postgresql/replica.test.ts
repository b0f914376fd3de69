import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveStudy } from '../../../src/db/save-study.ts'
import { type Database, extractArms, openEvidenceBase } from '../../../src/index.ts'
import { scratchPostgres } from '../../engines.ts'
import { type PostgresServer, serverPrograms, startPostgres } from '../../postgres-server.ts'
import { evibase, ROOT, SEED_FILE, seededFile } from '../../scratch.ts'
import { asOtherStudy, ORIGIN, SEED_SLUG, variant } from '../study-variants.ts'

const INVENTED = path.join(ROOT, 'test/fixtures/study-files/invented-2001.yaml')
const programs = serverPrograms()
const other = (slug: string, pmid: string) => variant((file) => asOtherStudy(file, slug, pmid))

// The server of the other tests may be one that a person lent: a primary of one's own is what may be followed.
describe.skipIf(programs === undefined)('a streaming replica', () => {
  let primary: PostgresServer
  let replica: PostgresServer
  let stopped = false
  const urlOn = (server: PostgresServer, database: string) => server.url.replace(/\/postgres$/, `/${database}`)
  const primaryUrl = () => urlOn(primary, 'evidence')
  const replicaUrl = () => urlOn(replica, 'evidence')

  beforeAll(async () => {
    primary = await startPostgres(programs ?? '')
    const db = primaryUrl()
    for (const verb of [
      ['db', 'migrate'],
      ['load', SEED_FILE],
    ])
      expect(await evibase(verb, { db })).toMatchObject({ code: 0 })
    replica = await startPostgres(programs ?? '', primary)
  })
  afterAll(async () => {
    if (!stopped) await replica?.stop()
    await primary?.stop()
  })

  async function ask<Row>(url: string, sql: string): Promise<Row[]> {
    const client = new pg.Client(url)
    await client.connect()
    try {
      return (await client.query(sql)).rows as Row[]
    } finally {
      await client.end()
    }
  }

  /** Holds the replica where it is: what comes to the primary from now on is not seen there. */
  const paused = async <Result>(use: () => Promise<Result>): Promise<Result> => {
    await ask(replicaUrl(), 'SELECT pg_wal_replay_pause()')
    try {
      return await use()
    } finally {
      await ask(replicaUrl(), 'SELECT pg_wal_replay_resume()')
    }
  }

  async function caughtUp(): Promise<void> {
    const [{ lsn } = { lsn: '' }] = await ask<{ lsn: string }>(
      primaryUrl(),
      'SELECT pg_current_wal_insert_lsn()::text AS lsn',
    )
    for (let tries = 0; tries < 200; tries++) {
      const [row] = await ask<{ there: boolean }>(replicaUrl(), `SELECT pg_last_wal_replay_lsn() >= '${lsn}' AS there`)
      if (row?.there) return
      await delay(50)
    }
    throw new Error('the replica does not catch up')
  }

  async function opened<Result>(use: (db: Database, warnings: string[]) => Promise<Result>, to?: string) {
    const warnings: string[] = []
    const db = await openEvidenceBase(primaryUrl(), {
      replica: to ?? replicaUrl(),
      warn: (words) => void warnings.push(words),
    })
    try {
      return await use(db, warnings)
    } finally {
      await db.$disconnect()
    }
  }
  const studiesOf = async (db: Database) => [...new Set((await extractArms(db)).map(({ study }) => study))]

  test('is asked every question, and is written nothing', async () => {
    await paused(() =>
      opened(async (db, warnings) => {
        expect(await saveStudy(db, other('written-while-paused', '71'), ORIGIN)).toBe('created')
        expect(await studiesOf(db), 'in a snapshot').toEqual([SEED_SLUG])
        expect(await db.study.count(), "by the client's own functions").toBe(1)
        expect(await db.$transaction((tx) => tx.study.count()), 'a transaction is the primary’s').toBe(2)
        expect(warnings).toEqual([])
      }),
    )
    await caughtUp()
    expect(await opened(studiesOf)).toEqual([SEED_SLUG, 'written-while-paused'])
  })

  test('is asked by the command line, for the database of DATABASE_URL only', async () => {
    const env = { DATABASE_REPLICA_URL: replicaUrl() }
    const arms = (...args: readonly string[]) =>
      evibase(['extract', 'arms', '-f', 'csv', ...args], { db: primaryUrl(), env })
    await caughtUp()
    const [before] = [await arms()]
    const [during, trace, named] = await paused(async () => {
      await opened((db) => saveStudy(db, other('z-later', '72'), ORIGIN))
      const traced = await evibase(['trace', 'z-later'], { db: primaryUrl(), env })
      return [await arms(), traced, await arms('--db', primaryUrl())] as const
    })
    expect(during).toEqual(before)
    expect(trace, 'a question as well').toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no study "z-later"'),
    })
    expect(named.stdout).toContain('z-later')
    // What is loaded goes to the primary.
    expect(await evibase(['load', SEED_FILE], { db: primaryUrl(), env })).toMatchObject({
      code: 0,
      stderr: `${SEED_SLUG}: unchanged\n`,
    })
  })

  test('is no place to load into, and says so', async () => {
    await caughtUp()
    const run = await evibase(['load', INVENTED], { db: replicaUrl() })
    expect(run.code).toBe(1)
    expect(run.stderr).toMatch(/may only be read, so the study invented-2001-honey was not saved.*Name the primary/)
  })

  test.each([
    {
      what: 'nothing that answers',
      url: async () => 'postgresql://127.0.0.1:1/evidence',
      says: /No server answers at/,
    },
    { what: 'another database of the server', url: async () => urlOn(replica, 'postgres'), says: /not all migrations/ },
    { what: 'the primary itself', url: async () => primaryUrl(), says: /follows no primary/ },
    {
      what: 'another server',
      url: async () => (await scratchPostgres()).url,
      says: /not all migrations/,
    },
  ])('that is $what is passed over with a warning', async ({ url, says }) => {
    const address = await url()
    await opened(async (db, warnings) => {
      expect(await studiesOf(db)).toContain(SEED_SLUG)
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatch(/^The replica is passed over, and the primary read instead: /)
      expect(warnings[0]).toMatch(says)
    }, address)
    const run = await evibase(['extract', 'arms', '--json'], {
      db: primaryUrl(),
      env: { DATABASE_REPLICA_URL: address },
    })
    expect(run.code).toBe(0)
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(run.stderr).toMatch(says)
  })

  test('beside a SQLite file is a mistake', async () => {
    const { url } = await seededFile()
    const run = await evibase(['extract', 'arms'], { db: url, env: { DATABASE_REPLICA_URL: replicaUrl() } })
    expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('SQLite has none') })
  })

  test('that goes down amid the work is passed over with one warning, and nothing is lost', async () => {
    await caughtUp()
    await opened(async (db, warnings) => {
      expect(await db.study.count()).toBe(3)
      const whole = await studiesOf(db)
      expect(warnings).toEqual([])
      await replica.stop()
      stopped = true
      expect(await studiesOf(db)).toEqual(whole)
      expect(await db.study.count()).toBe(3)
      expect(await db.study.findMany({ where: { id: SEED_SLUG }, select: { id: true } })).toEqual([{ id: SEED_SLUG }])
      expect(await saveStudy(db, other('after-the-fall', '73'), ORIGIN)).toBe('created')
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatch(/^The replica is passed over, and the primary read instead: /)
    })
  })
})
