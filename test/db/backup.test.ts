import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/connect.ts'
import { tableContent } from '../../src/db/table-digest.ts'
import { ALL_TABLES } from '../../src/db/tables.ts'
import { ENGINE, scratchPostgres } from '../engines.ts'
import {
  evibase,
  ROOT,
  type ScratchDatabase,
  scratchDatabase,
  scratchPath,
  seededDatabase,
  seededFile,
} from '../scratch.ts'
import { fillDatabase } from './full-database.ts'

const INVENTED = path.join(ROOT, 'test/fixtures/study-files/invented-2001.yaml')

let full: ScratchDatabase
let folder: string
beforeAll(async () => {
  full = await scratchDatabase()
  await fillDatabase(full)
  folder = scratchPath('backups')
  mkdirSync(folder)
})
let made = 0
const newFile = () => path.join(folder, `${++made}.backup`)

/** A digest of every table. */
async function content({ location }: ScratchDatabase): Promise<object> {
  const db = await openDatabase(location, ROOT)
  try {
    const tables: Record<string, object> = {}
    for (const [table, rule] of ALL_TABLES) tables[table] = await tableContent(db, table, rule)
    return tables
  } finally {
    await db.$disconnect()
  }
}
async function backup(of: ScratchDatabase): Promise<string> {
  const file = newFile()
  expect(await evibase(['db', 'backup', file], { db: of.url })).toEqual({
    code: 0,
    stdout: '',
    stderr: `Backed up ${of.location.shown} to ${file}.\n`,
  })
  return file
}
const restore = (file: string, { url }: { url: string }, ...more: readonly string[]) =>
  evibase(['db', 'restore', file, ...more], { db: url })

describe('a backup', () => {
  test('comes back whole, into a migrated database without rows, and leaves nothing beside it', async () => {
    const before = await content(full)
    const file = await backup(full)
    expect(readdirSync(folder)).toEqual([path.basename(file)])
    const target = await scratchDatabase()
    expect(await restore(file, target)).toEqual({
      code: 0,
      stdout: '',
      stderr: `Restored ${target.location.shown} from ${file}.\n`,
    })
    expect(await content(target)).toEqual(before)
    expect(await evibase(['db', 'verify'], { db: target.url })).toMatchObject({
      code: 0,
      stderr: 'Everything is as it should be.\n',
    })
    // What came back is written to like any other.
    expect(await evibase(['load', INVENTED], { db: target.url })).toMatchObject({ code: 0 })
  })

  test('comes back where there is no table yet', async () => {
    const file = await backup(full)
    const target =
      ENGINE === 'sqlite' ? { url: `file:${path.join(folder, 'new folder', 'new.db')}` } : await scratchPostgres()
    expect(await restore(file, target)).toMatchObject({ code: 0 })
    const run = await evibase(['db', 'status', '--json'], { db: target.url })
    expect(JSON.parse(run.stdout)).toContainEqual({ what: 'studies', value: 2 })
  })

  test('goes into a database that holds something only with --replace, and then nothing else is there', async () => {
    const file = await backup(full)
    const target = await seededDatabase()
    const before = await content(target)
    expect(await restore(file, target)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/holds something already.*--replace to let that go\.\n$/),
    })
    expect(await content(target)).toEqual(before)
    expect(await restore(file, target, '--replace')).toMatchObject({ code: 0 })
    expect(await content(target)).toEqual(await content(full))
  })

  test('is never written over', async () => {
    const file = await backup(full)
    const bytes = readFileSync(file)
    expect(await evibase(['db', 'backup', file], { db: full.url })).toMatchObject({
      code: 1,
      stderr: `${file} is there already. Name another file, or move this one away.\n`,
    })
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  test('into a folder that is not there is refused, and one of a database that is not there as well', async () => {
    const nowhere = path.join(folder, 'nowhere', 'a.backup')
    const run = await evibase(['db', 'backup', nowhere], { db: full.url })
    expect(run.code).toBe(1)
    expect(run.stderr).toMatch(/nowhere.*(can't be written: no such file or directory|there is no such folder)/)
    const missing = ENGINE === 'sqlite' ? `file:${folder}/none.db` : (await scratchPostgres('nothing')).url
    const file = newFile()
    expect(await evibase(['db', 'backup', file], { db: missing })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^There is no database/),
    })
    expect(existsSync(file)).toBe(false)
  })

  test('taken while studies are loaded holds each of them complete or not at all', async () => {
    const source = await seededDatabase()
    const files = Array.from({ length: 6 }, (_, at) => {
      const file = path.join(folder, `study-${at}.yaml`)
      const text = readFileSync(INVENTED, 'utf8')
      writeFileSync(
        file,
        text.replaceAll('invented-2001-honey', `invented-2001-honey-${at}`).replace(/^ *(pmid|doi): .*\n/gm, ''),
      )
      return file
    })
    const loading = evibase(['load', ...files], { db: source.url })
    const backups: string[] = []
    let loaded = false
    loading.then(() => {
      loaded = true
    })
    while (!loaded) backups.push(await backup(source))
    expect((await loading).stderr).toContain('invented-2001-honey-5: created')
    expect(backups.length).toBeGreaterThan(1)
    const complete = (await source.rows<{ n: number }>('SELECT count(*) AS n FROM fact GROUP BY study_id')).map(
      ({ n }) => n,
    )
    // The first, which is of few studies, the last, and two from between.
    const some = new Set([0, 1 / 3, 2 / 3, 1].map((share) => backups[Math.round((backups.length - 1) * share)] ?? ''))
    for (const file of some) {
      const target = await scratchDatabase()
      expect(await restore(file, target)).toMatchObject({ code: 0 })
      const counts = await target.rows<{ n: number }>('SELECT count(*) AS n FROM fact GROUP BY study_id')
      expect(counts.filter(({ n }) => !complete.includes(n))).toEqual([])
      expect(await evibase(['db', 'verify'], { db: target.url })).toMatchObject({ code: 0 })
    }
  }, 200_000)
})

describe('what is no backup is refused, and the database left as it was', () => {
  let whole: string
  beforeAll(async () => {
    whole = await backup(full)
  })
  const copyOfWhole = (): string => {
    const file = newFile()
    copyFileSync(whole, file)
    return file
  }
  const refused = async (file: string, says: RegExp) => {
    const target = await seededDatabase()
    const before = await content(target)
    const run = await restore(file, target, '--replace')
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(says)
    expect(run.stderr).not.toMatch(/^\s+at /m)
    expect(await content(target)).toEqual(before)
  }

  test('a file that is not there', () => refused(path.join(folder, 'none'), /none can't be read: no such file/))
  test('a text', async () => {
    const file = newFile()
    writeFileSync(file, 'study,n\n')
    await refused(file, /is no backup of an evidence base\. Name a file that `evibase db backup` made\.\n$/)
  })
  test('an empty file', async () => {
    const file = newFile()
    writeFileSync(file, '')
    await refused(file, /is no backup of an evidence base/)
  })
  test('a folder', () => refused(folder, /can't be read/))

  test.each([0.1, 0.5, 0.9, 0.999])('a backup of which a share of %d is left', async (share) => {
    const file = copyOfWhole()
    truncateSync(file, Math.floor(readFileSync(file).length * share))
    await refused(file, /damaged|can't be read as a backup|was not restored/)
  })

  test('a backup with bytes that fell over', async () => {
    const file = copyOfWhole()
    const bytes = readFileSync(file)
    bytes.fill(0xa5, Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.6))
    writeFileSync(file, bytes)
    await refused(file, /damaged|can't be read as a backup|was not restored/)
  })

  test('a backup of the other engine', async () => {
    if (ENGINE === 'postgresql') {
      const { file } = await seededFile()
      await refused(file, /is a SQLite database, and the target is on PostgreSQL\. Use `evibase db copy/)
    } else {
      const file = newFile()
      writeFileSync(file, 'PGDMP\u0001\u000e\u0000and so on')
      await refused(file, /is a backup of PostgreSQL\. Restore it into a database there/)
    }
  })
})
