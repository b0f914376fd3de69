import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import Driver from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { openDatabase } from '../../src/db/connect.ts'
import { databaseLocation } from '../../src/db/database-url.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { PUBLICATION_TABLES, STUDY_TABLES, sqlName } from '../../src/db/tables.ts'
import type { StudyRecord } from '../../src/model/study-record.ts'
import { evibase, ROOT, type ScratchDatabase, scratchDatabase, scratchPath, seededDatabase } from '../scratch.ts'
import { environment, sha256 } from '../scripts/prisma-project.ts'
import { dump } from './dump.ts'
import { numberedStudy, pmidOf } from './numbered-study.ts'
import { asOtherStudy, ORIGIN, STUDY_TO_NUMBER, seedFile, variant } from './study-variants.ts'

const locationOf = ({ file }: ScratchDatabase) => databaseLocation(`file:${file}`, ROOT)
const open = (scratch: ScratchDatabase) => openDatabase(locationOf(scratch), ROOT)
const node = (...args: readonly string[]) =>
  spawn(process.execPath, args, { cwd: ROOT, env: environment(), stdio: ['ignore', 'pipe', 'inherit'] })

function withDriver<Result>({ file }: ScratchDatabase, use: (db: Driver.Database) => Result): Result {
  const db = new Driver(file)
  try {
    return use(db)
  } finally {
    db.close()
  }
}

describe('a program that is killed amid saving', () => {
  const KILLS = 16
  const counts = ({ rows, publications: [publication] }: StudyRecord) =>
    Object.fromEntries(
      Object.entries({ ...rows, ...publication }).map(([table, { length }]) => [sqlName(table), length]),
    )
  const stored = (db: Driver.Database, slug: string) => {
    const publication = `pmid-${pmidOf(Number(slug.replace('study-', '')))}`
    const count = (table: string, key: string, value: string) =>
      db.prepare(`SELECT count(*) FROM "${table}" WHERE "${key}" = ?`).pluck().get(value)
    return Object.fromEntries([
      ...Object.keys(STUDY_TABLES).map((table) => [
        sqlName(table),
        count(sqlName(table), table === 'study' ? 'id' : 'study_id', slug),
      ]),
      ...Object.keys(PUBLICATION_TABLES).map((table) => [
        sqlName(table),
        count(sqlName(table), table === 'publication' ? 'id' : 'publication_id', publication),
      ]),
    ])
  }

  /** Lets the program save for a while, and kills it at any moment. @returns the studies that it said it had saved */
  async function killed(
    scratch: ScratchDatabase,
    first: number,
    versions: readonly string[],
  ): Promise<readonly string[]> {
    const program = fileURLToPath(new URL('./endless-saves.ts', import.meta.url))
    const child = node('--import', 'tsx', program, scratch.file, ROOT, String(first), ...versions)
    const ended = once(child, 'close')
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    await Promise.race([once(child.stdout, 'data'), ended])
    await delay(Math.random() * 300)
    child.kill('SIGKILL')
    const [, signal] = await ended
    expect(signal, 'the program was saving when it was killed').toBe('SIGKILL')
    return said.trim().split('\n')
  }

  test(`leaves each study complete or absent, ${KILLS} times`, { timeout: 120_000 }, async () => {
    const texts = [STUDY_TO_NUMBER.short(), STUDY_TO_NUMBER.long()]
    const versions = texts.map((text, index) => {
      const file = scratchPath(`version-${index}.json`)
      writeFileSync(file, text)
      return file
    })
    const complete = texts.map((text) => counts(numberedStudy(text, 0)))
    expect(complete[0]).not.toEqual(complete[1])
    const killAll = async (scratch: ScratchDatabase) => {
      const saved = new Set<string>()
      for (let round = 0; round < KILLS / 2; round++) {
        for (const slug of await killed(scratch, 1 + round * 1_000, versions)) saved.add(slug)
        await open(scratch).$disconnect()
        withDriver(scratch, (db) => {
          expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
          expect(db.pragma('foreign_key_check')).toEqual([])
          const studies = db.prepare('SELECT id FROM study').pluck().all() as string[]
          expect(studies).toEqual(expect.arrayContaining([...saved]))
          // What was being saved may just have come in, unsaid.
          expect(studies.length).toBeLessThanOrEqual(saved.size + round + 1)
          for (const slug of studies) expect(complete, slug).toContainEqual(stored(db, slug))
        })
      }
    }
    await Promise.all([killAll(await scratchDatabase()), killAll(await scratchDatabase())])
  })

  test('half-way through the file itself, is taken back by whoever opens it next', async () => {
    const scratch = await seededDatabase()
    const before = dump(scratch.file)
    const child = node(
      '-e',
      `const db = new (require('better-sqlite3'))(process.argv[1])
      db.pragma('cache_size = 5')
      db.exec("BEGIN IMMEDIATE; UPDATE study SET title = 'half'; DELETE FROM quote_link")
      const insert = db.prepare("INSERT INTO mesh_descriptor (ui, name, scope_note) VALUES (?, ?, ?)")
      for (let i = 0; i < 500; i++) insert.run('X' + i, 'X' + i, 'x'.repeat(3000))
      process.kill(process.pid, 'SIGKILL')`,
      scratch.file,
    )
    const [, signal] = await once(child, 'close')
    expect(signal).toBe('SIGKILL')
    expect(statSync(`${scratch.file}-journal`).size, 'the write is half done').toBeGreaterThan(0)
    const db = open(scratch)
    expect(await saveStudy(db, variant(), ORIGIN)).toBe('unchanged')
    await db.$disconnect()
    expect(existsSync(`${scratch.file}-journal`)).toBe(false)
    expect(dump(scratch.file)).toEqual(before)
  })
})

describe('programs that save at the same time', () => {
  /** A study file of one's own for the command line. */
  function studyFile(slug: string, pmid: string): string {
    const file = seedFile()
    asOtherStudy(file, slug, pmid)
    const target = scratchPath(`${slug}.yaml`)
    writeFileSync(target, stringify(file, { aliasDuplicateObjects: false }))
    return target
  }

  test('both succeed with the same study, one as the first and one as the second', async () => {
    const scratch = await scratchDatabase()
    const file = studyFile('same', '1')
    const loads = await Promise.all([1, 2].map(() => evibase(['load', file], { db: scratch.url })))
    expect(loads.map(({ code }) => code)).toEqual([0, 0])
    expect(loads.map(({ stderr }) => stderr).sort()).toEqual(['same: created\n', 'same: unchanged\n'])
  })

  test('all succeed with studies of their own', async () => {
    const scratch = await scratchDatabase()
    const files = ['1', '2', '3', '4'].map((pmid) => studyFile(`study-${pmid}`, pmid))
    const loads = await Promise.all(files.map((file) => evibase(['load', file], { db: scratch.url })))
    expect(loads.map(({ code, stderr }) => `${code} ${stderr}`)).toEqual(
      ['1', '2', '3', '4'].map((pmid) => `0 study-${pmid}: created\n`),
    )
    withDriver(scratch, (db) => {
      expect(db.pragma('foreign_key_check')).toEqual([])
      expect(db.prepare('SELECT count(*) FROM study').pluck().get()).toBe(4)
    })
  })

  test('in one process, too', async () => {
    const scratch = await scratchDatabase()
    const clients = [open(scratch), open(scratch)]
    const text = STUDY_TO_NUMBER.short()
    const records = [1, 2, 3, 4, 5, 6].map((number) => numberedStudy(text, number))
    const results = await Promise.all(
      records.map((record, index) => saveStudy(clients[index % 2] ?? open(scratch), record, ORIGIN)),
    )
    expect(results).toEqual(records.map(() => 'created'))
    await Promise.all(clients.map((client) => client.$disconnect()))
  })

  /** Another program that keeps the file to itself for a while. Resolves when it does. */
  async function hold(scratch: ScratchDatabase, kind: 'IMMEDIATE' | 'EXCLUSIVE', time: number): Promise<Worker> {
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads')
      const db = new (require(workerData.driver))(workerData.file)
      db.exec('BEGIN ' + workerData.kind + "; UPDATE study SET acronym = 'held'")
      parentPort.postMessage('held')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, workerData.time)
      db.exec('ROLLBACK')
      db.close()`,
      {
        eval: true,
        workerData: { file: scratch.file, kind, time, driver: path.join(ROOT, 'node_modules/better-sqlite3') },
      },
    )
    await once(worker, 'message')
    return worker
  }

  test.each(['IMMEDIATE', 'EXCLUSIVE'] as const)(
    'wait for a writer that holds an %s lock for two seconds',
    async (kind) => {
      const scratch = await seededDatabase()
      const holder = await hold(scratch, kind, 2_000)
      const ended = once(holder, 'exit')
      const started = performance.now()
      const db = open(scratch)
      expect(
        await saveStudy(
          db,
          variant((file) => Object.assign(file.study, { label: 'Later' })),
          ORIGIN,
        ),
      ).toBe('updated')
      expect(performance.now() - started).toBeGreaterThan(1_000)
      expect(await db.study.findMany({ select: { label: true, acronym: true } })).toEqual([
        { label: 'Later', acronym: null },
      ])
      await db.$disconnect()
      await ended
    },
  )
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
    const seeded = await seededDatabase()
    const folder = path.dirname(seeded.file)
    const scratch = { ...seeded, file: path.join(folder, 'read-only.db') }
    copyFileSync(seeded.file, scratch.file)
    const bytes = sha256(readFileSync(scratch.file))
    chmodSync(scratch.file, 0o444)
    chmodSync(folder, 0o755)
    const later = variant((file) => Object.assign(file.study, { label: 'Later' }))
    // Nobody may not even look into the project's folder, where it is private: all code and files are read before.
    const seen = open(seeded)
    await seen.study.count()
    await seen.$disconnect()
    const db = open(scratch)
    const error = await withoutPower(async () => {
      expect(() => writeFileSync(scratch.file, '')).toThrow(/EACCES/)
      expect(await db.study.count()).toBe(1)
      try {
        return await saveStudy(db, later, ORIGIN)
      } catch (refused) {
        return refused
      } finally {
        await db.$disconnect()
      }
    })
    expect(error).toMatchObject({
      code: 'DATABASE_NOT_WRITABLE',
      message: expect.stringMatching(/can't be written to.*was not saved.*permissions/),
    })
    expect(sha256(readFileSync(scratch.file))).toBe(bytes)
  })
})
