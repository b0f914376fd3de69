import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { databaseLocation } from '../../src/db/database-url.ts'
import { ENGINE, scratchPostgres } from '../engines.ts'
import { evibase, MIGRATIONS, ROOT, SEED_FILE, scratchPath, seededDatabase } from '../scratch.ts'
import { traces } from './traces.ts'

/** Files and servers go by other words, and the two engines' refusals differ in nothing else. */
const [ANOTHER, ANOTHER_ONE] = { sqlite: ['file', 'file'], postgresql: ['database', 'one'] }[ENGINE]

const REMEMBER = 'INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES'
const VIEWS = ['study_overview', 'outcome_table', 'analysis_table', 'adverse_event_table', 'provenance_table']
const COMMANDS = [
  ['extract', 'arms'],
  ['load', SEED_FILE],
  ['db', 'seed'],
  ['db', 'status'],
  ['db', 'migrate'],
]

async function edited(sql: string): Promise<string> {
  const { url, exec } = await seededDatabase()
  await exec(sql)
  return url
}

async function nowhere(): Promise<string> {
  if (ENGINE === 'postgresql') return (await scratchPostgres('nothing')).url
  return `file:${scratchPath('nowhere')}/evidence.db`
}

async function empty(): Promise<string> {
  if (ENGINE === 'postgresql') return (await scratchPostgres('empty')).url
  const file = scratchPath('empty.db')
  writeFileSync(file, '')
  return `file:${file}`
}

const shownOf = (url: string) => databaseLocation(url, ROOT).shown

/** Runs a command, with PLACE for the database's address in what it said. */
async function run(args: readonly string[], db: string) {
  const { code, stdout, stderr } = await evibase(args, { db })
  return { code, stdout, said: stderr.replaceAll(shownOf(db), 'PLACE') }
}

describe('a database that is not as it should be is told in a sentence, and not touched', () => {
  test.each([
    {
      what: 'a database of something else',
      sql: 'DROP TABLE _prisma_migrations',
      says: `PLACE is a database of something else: it has tables, but none of Evibase's. Name another ${ANOTHER_ONE} in DATABASE_URL.`,
    },
    {
      what: 'a database of another program with Prisma',
      sql: `DELETE FROM _prisma_migrations; ${REMEMBER} ('a', 'b', '20200101000000_init', CURRENT_TIMESTAMP)`,
      says: `PLACE is a database of another program that uses Prisma. Name another ${ANOTHER} in DATABASE_URL.`,
    },
    {
      what: 'a newer schema',
      sql: `${REMEMBER} ('a', 'b', '20991231000000_add_more', CURRENT_TIMESTAMP)`,
      says: `PLACE was migrated by a newer Evibase (20991231000000_add_more). Update Evibase, or name another ${ANOTHER} in DATABASE_URL.`,
    },
    {
      what: 'a migration that was left half-way',
      sql: `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%create_views'`,
      says: 'The migration 20261123000008_create_views was left half-way in PLACE. See `npx prisma migrate status`, then settle it with `npx prisma migrate resolve`.',
    },
  ])('$what', async ({ sql, says }) => {
    const url = await edited(sql)
    const before = await traces(url)
    for (const args of COMMANDS)
      expect(await run(args, url), args.join(' ')).toEqual({ code: 1, stdout: '', said: `${says}\n` })
    expect(await traces(url)).toBe(before)
  })

  test('nor is one emptied that is something else', async () => {
    const url = await edited('DROP TABLE _prisma_migrations')
    const before = await traces(url)
    expect(await run(['db', 'reset', '--yes'], url)).toMatchObject({
      code: 1,
      said: expect.stringContaining('is a database of something else'),
    })
    expect(await traces(url)).toBe(before)
  })
})

describe('a database that waits for migrations says so, and is not touched until it gets them', () => {
  test.each([
    {
      what: 'no database',
      make: nowhere,
      says: 'There is no database at PLACE yet. Make it with `evibase db migrate`, then `evibase db seed`.',
      status: 'There is no database yet. Make it with `evibase db migrate`.',
    },
    {
      what: 'an empty one',
      make: empty,
      says: 'There is no database at PLACE yet. Make it with `evibase db migrate`, then `evibase db seed`.',
      status: 'There is no database yet. Make it with `evibase db migrate`.',
    },
    {
      what: 'one that lacks the last migration',
      make: () =>
        edited(
          [
            ...VIEWS.map((view) => `DROP VIEW ${view}`),
            `DELETE FROM _prisma_migrations WHERE migration_name LIKE '%create_views'`,
          ].join('; '),
        ),
      says: 'PLACE is older than this Evibase: it lacks 20261123000008_create_views. Apply what is missing with `evibase db migrate`.',
      status: 'Migrations are pending: 20261123000008_create_views. Apply them with `evibase db migrate`.',
      applied: 'Applied 1 migration to PLACE.',
    },
  ])('$what', async ({ make, says, status, applied }) => {
    const url = await make()
    const before = await traces(url)
    for (const args of COMMANDS.slice(0, 3))
      expect(await run(args, url), args.join(' ')).toEqual({ code: 1, stdout: '', said: `${says}\n` })
    expect(await run(['db', 'status'], url)).toEqual({
      code: 1,
      stdout: expect.stringContaining('migrations pending'),
      said: `${status}\n`,
    })
    expect(await traces(url)).toBe(before)

    expect(await run(['db', 'migrate'], url)).toEqual({
      code: 0,
      stdout: '',
      said: `${applied ?? `Applied ${MIGRATIONS} migrations to PLACE.`}\n`,
    })
    expect(await run(['extract', 'arms', '--json'], url)).toMatchObject({ code: 0 })
  })
})

describe('where the database is', () => {
  test('--db is asked before DATABASE_URL', async () => {
    const { url } = await seededDatabase()
    const { code, stdout } = await evibase(['extract', 'arms', '--db', url, '--json'], {
      db: 'file:/nowhere/at-all.db',
    })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toHaveLength(6)
  })

  test('of another kind is refused without showing its password', async () => {
    const { code, stdout, stderr } = await evibase(['extract', 'arms'], { db: 'mysql://user:secret@host/evidence' })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain("Evibase doesn't speak mysql")
    expect(stderr).not.toContain('secret')
  })
})
