import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Driver from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { evibase, ROOT, SEED_FILE, scratchPath, seededDatabase } from '../scratch.ts'

/** A database in a folder of its own, so that nothing that is left beside it goes unseen. */
async function database(sql: string): Promise<string> {
  const made = scratchPath('folder')
  mkdirSync(made)
  const file = path.join(made, 'evidence.db')
  writeFileSync(file, readFileSync((await seededDatabase()).file))
  const db = new Driver(file)
  db.exec(sql)
  db.close()
  return file
}
function plain(content: string): string {
  const made = scratchPath('folder')
  mkdirSync(made)
  const file = path.join(made, 'evidence.db')
  writeFileSync(file, content)
  return file
}
function folderWithin(file: string): string {
  const made = `${file}.folder`
  mkdirSync(made)
  return made
}
const REMEMBER = 'INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES'

describe('a database that is not as it should be is told in a sentence, and not touched', () => {
  test.concurrent.each([
    {
      what: 'no database',
      make: async () => path.join(scratchPath('nowhere'), 'evidence.db'),
      says: 'There is no database at FILE yet. Make it with `evibase db migrate`, then `evibase db seed`.',
    },
    {
      what: 'an empty file',
      make: async () => plain(''),
      says: 'There is no database at FILE yet. Make it with `evibase db migrate`, then `evibase db seed`.',
    },
    {
      what: 'a text file',
      make: async () => plain('study,n\nrosenberg,85\n'),
      says: 'FILE is not a SQLite database. Name another file in DATABASE_URL, or move this one away.',
    },
    {
      what: 'a folder',
      make: async () => folderWithin(plain('')),
      says: 'FILE is a folder. Let DATABASE_URL name a file in it, such as file:FILE/evidence.db.',
    },
    {
      what: 'a database of something else',
      make: () => database('DROP TABLE _prisma_migrations'),
      says: "FILE is a database of something else: it has tables, but none of Evibase's. Name another file in DATABASE_URL.",
    },
    {
      what: 'a database of another program with Prisma',
      make: () => database(`DELETE FROM _prisma_migrations; ${REMEMBER} ('a', 'b', '20200101000000_init', 1)`),
      says: 'FILE is a database of another program that uses Prisma. Name another file in DATABASE_URL.',
    },
    {
      what: 'a newer schema',
      make: () => database(`${REMEMBER} ('a', 'b', '20991231000000_add_more', 1)`),
      says: 'FILE was migrated by a newer Evibase (20991231000000_add_more). Update Evibase, or name another file in DATABASE_URL.',
    },
    {
      what: 'a migration that was left half-way',
      make: () =>
        database(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%create_views'`),
      says: 'The migration 20261123000008_create_views was left half-way in FILE. See `npx prisma migrate status`, then settle it with `npx prisma migrate resolve`.',
    },
    {
      what: 'a file that was cut off',
      make: async () => {
        const file = await database('SELECT 1')
        writeFileSync(file, readFileSync(file).subarray(0, 5_000))
        return file
      },
      says: /^FILE is not a SQLite database|^FILE .*damaged/,
    },
  ])('$what', async ({ make, says }) => {
    const file = await make()
    const content = () => {
      try {
        return readFileSync(file).toString('base64')
      } catch (error) {
        return (error as NodeJS.ErrnoException).code
      }
    }
    const beside = () => {
      try {
        return readdirSync(path.dirname(file)).sort()
      } catch {
        return 'no folder'
      }
    }
    const before = [content(), beside()]
    for (const args of [
      ['extract', 'arms'],
      ['load', SEED_FILE],
    ]) {
      const run = await evibase(args, { db: `file:${file}` })
      expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 1, stdout: '' })
      const said = run.stderr.replaceAll(file, 'FILE').trimEnd()
      if (typeof says === 'string') expect(said).toBe(says)
      else expect(said).toMatch(says)
    }
    expect([content(), beside()]).toEqual(before)
  })

  test('nor is one touched that is to be emptied, or migrated, and is something else', async () => {
    const file = await database('DROP TABLE _prisma_migrations')
    const before = readFileSync(file)
    for (const args of [
      ['db', 'reset', '--yes'],
      ['db', 'migrate'],
      ['db', 'seed'],
      ['db', 'status'],
    ])
      expect(await evibase(args, { db: `file:${file}` }), args.join(' ')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('is a database of something else'),
      })
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})

describe('where the database is', () => {
  test('--db is asked before DATABASE_URL', async () => {
    const { url } = await seededDatabase()
    const run = await evibase(['extract', 'arms', '--db', url, '--json'], { db: 'file:/nowhere/at-all.db' })
    expect(run.code).toBe(0)
    expect(JSON.parse(run.stdout)).toHaveLength(6)
  })

  test.each([
    { what: 'a relative path', env: 'file:./no-such-folder/a.db', at: 'no-such-folder/a.db' },
    { what: 'nothing', env: '', at: 'data/evidence.db' },
  ])('$what is meant from the project’s folder, not the current one', async ({ env, at }) => {
    const cwd = scratchPath('folder')
    mkdirSync(cwd)
    const run = await evibase(['db', 'status', '--json'], { db: env, cwd })
    const rows = JSON.parse(run.stdout) as { what: string; value: unknown }[]
    expect(rows.find(({ what }) => what === 'database')?.value).toBe(path.join(ROOT, at))
    expect(readdirSync(cwd)).toEqual([])
  })

  test('of another kind is refused without showing its password', async () => {
    const run = await evibase(['extract', 'arms'], { db: 'mysql://user:secret@host/evidence' })
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toContain("Evibase doesn't speak mysql")
    expect(run.stderr).not.toContain('secret')
  })
})
