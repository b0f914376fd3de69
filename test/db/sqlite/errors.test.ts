import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import Driver from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { databaseLocation } from '../../../src/db/database-url.ts'
import { saveStudy } from '../../../src/db/save-study.ts'
import { PrismaClient } from '../../../src/generated/prisma/client.ts'
import { ROOT, type ScratchFile, seededFile } from '../../scratch.ts'
import { sha256 } from '../../scripts/prisma-project.ts'
import { dump } from '../dump.ts'
import { expectReadable } from '../readable.ts'
import { open, thrownBy } from '../saving.ts'
import { ORIGIN, SEED_SLUG, variant } from '../study-variants.ts'

/** A client that gives up soon, so that the test needn't wait as long as a person would. */
const impatient = ({ file }: ScratchFile) =>
  new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: file, timeout: 50 }) })

const later = () => variant((file) => Object.assign(file.study, { label: 'Later' }))

describe('saving a study says', () => {
  test('that another program is writing, and to try again', async () => {
    const scratch = await seededFile()
    const db = impatient(scratch)
    const before = await dump(scratch)
    const writer = new Driver(scratch.file)
    writer.exec('BEGIN IMMEDIATE')
    const error = await thrownBy(() => saveStudy(db, later(), ORIGIN))
    writer.exec('ROLLBACK')
    writer.close()
    expect(error).toMatchObject({
      code: 'DATABASE_BUSY',
      message: expect.stringMatching(new RegExp(`Another program.*${SEED_SLUG} was left undone\\. Try again`)),
    })
    expectReadable(error)
    expect(await dump(scratch)).toEqual(before)
    expect(await saveStudy(db, variant(), ORIGIN), 'the client goes on').toBe('unchanged')
    await db.$disconnect()
  })

  test('that the disk is full', async () => {
    const scratch = await seededFile()
    const before = await dump(scratch)
    const db = impatient(scratch)
    await db.$executeRawUnsafe('PRAGMA max_page_count = 1')
    const long = variant((file) => Object.assign(file.study, { note: 'x'.repeat(1_000_000) }))
    const error = await thrownBy(() => saveStudy(db, long, ORIGIN))
    await db.$disconnect()
    expect(error).toMatchObject({ code: 'DATABASE_NOT_WRITABLE', message: expect.stringContaining('room on the disk') })
    expectReadable(error)
    expect(await dump(scratch)).toEqual(before)
  })
})

describe('a database that may only be read', () => {
  const NOBODY = 65_534
  const asRoot = process.getuid?.() === 0

  /** Permissions don't bind the superuser: a test that runs as root is nobody for a while. */
  async function withoutPower<Result>(use: () => Promise<Result>): Promise<Result> {
    if (asRoot) process.seteuid?.(NOBODY)
    try {
      return await use()
    } finally {
      if (asRoot) process.seteuid?.(0)
    }
  }

  test.skipIf(process.platform === 'win32')('is read, and says so when something is to be saved', async () => {
    const seeded = await seededFile()
    const folder = path.dirname(seeded.file)
    const file = path.join(folder, 'read-only.db')
    copyFileSync(seeded.file, file)
    const bytes = sha256(readFileSync(file))
    chmodSync(file, 0o444)
    chmodSync(folder, 0o755)
    const record = later()
    // Nobody may not even look into the project's folder, where it is private: all code and files are read before.
    const seen = await open(seeded)
    await seen.study.count()
    await seen.$disconnect()
    const db = await open({ location: databaseLocation(`file:${file}`, ROOT) })
    const error = await withoutPower(async () => {
      expect(() => writeFileSync(file, '')).toThrow(/EACCES/)
      expect(await db.study.count()).toBe(1)
      try {
        return await thrownBy(() => saveStudy(db, record, ORIGIN))
      } finally {
        await db.$disconnect()
      }
    })
    expect(error).toMatchObject({
      code: 'DATABASE_NOT_WRITABLE',
      message: expect.stringMatching(/can't be written to.*was not saved.*permissions/),
    })
    expectReadable(error)
    expect(sha256(readFileSync(file))).toBe(bytes)
  })
})
