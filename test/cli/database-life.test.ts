import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { databaseLocation } from '../../src/db/database-url.ts'
import { openEvidenceBase } from '../../src/index.ts'
import { ENGINE, scratchPostgres } from '../engines.ts'
import { evibase, MIGRATIONS, ROOT, SEEDS, scratchPath, seededDatabase, seeding } from '../scratch.ts'
import { environment, finished } from '../scripts/prisma-project.ts'
import { traces } from './traces.ts'

const prisma = (url: string, ...args: readonly string[]) =>
  finished(path.join(ROOT, 'node_modules/.bin/prisma'), args, { cwd: ROOT, env: environment({ DATABASE_URL: url }) })

/** The address of a database that isn't there yet; a file's folders aren't, either. */
async function nowhere(): Promise<string> {
  if (ENGINE === 'postgresql') return (await scratchPostgres('nothing')).url
  return `file:${path.join(scratchPath('new folder'), 'deeper', 'evidence.db')}`
}

async function studies(url: string): Promise<string[]> {
  const db = await openEvidenceBase(url)
  const rows = await db.study.findMany({ select: { id: true }, orderBy: { id: 'asc' } })
  await db.$disconnect()
  return rows.map(({ id }) => id)
}

describe('a database from its first to its last day', () => {
  test('evibase db migrate makes the database, and a file’s folders; seed fills it, and both change nothing when run again', async () => {
    const db = await nowhere()
    const location = databaseLocation(db, ROOT)
    expect(await evibase(['db', 'status'], { db })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no database yet'),
    })
    expect(await traces(db)).toBeUndefined()
    if (location.engine === 'sqlite') expect(existsSync(path.dirname(location.file))).toBe(false)

    expect(await evibase(['db', 'migrate'], { db })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: `Applied ${MIGRATIONS} migrations to ${location.shown}.\n`,
    })
    expect(await evibase(['db', 'seed'], { db })).toMatchObject({
      code: 0,
      stderr: seeding('created'),
    })
    const before = await traces(db)
    expect(await evibase(['db', 'migrate'], { db })).toMatchObject({ code: 0, stderr: 'The database is up to date.\n' })
    expect(await evibase(['db', 'seed'], { db })).toMatchObject({
      code: 0,
      stderr: seeding('unchanged'),
    })
    expect(await traces(db)).toBe(before)

    const status = await evibase(['db', 'status', '--json'], { db })
    expect(status.code).toBe(0)
    expect(JSON.parse(status.stdout)).toContainEqual({ what: 'studies', value: SEEDS.studies.length })
  })

  test('evibase db reset asks first, empties it when told, and loads the studies again only with --seed', async () => {
    const { url: db } = await seededDatabase()
    expect(await evibase(['db', 'reset'], { db })).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    expect(await studies(db)).toEqual(['rosenberg-1993-il2-lak'])
    expect(await evibase(['db', 'reset', '--yes'], { db })).toMatchObject({ code: 0 })
    expect(await studies(db)).toEqual([])
    expect(await evibase(['db', 'reset', '--yes', '--seed'], { db })).toMatchObject({ code: 0 })
    expect(await studies(db)).toEqual(SEEDS.studies)
  })

  test("Prisma's own commands do the same: deploy, seed; and a reset leaves it empty, as the README says", async () => {
    const url = await nowhere()
    expect(await prisma(url, 'migrate', 'deploy')).toMatchObject({ status: 0 })
    expect((await prisma(url, 'db', 'seed')).output).toContain('rosenberg-1993-il2-lak: created')
    expect(await prisma(url, 'migrate', 'reset', '--force')).toMatchObject({ status: 0 })
    expect(await studies(url)).toEqual([])
  })
})
