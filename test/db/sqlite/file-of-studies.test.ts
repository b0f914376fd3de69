import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import Driver from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { saveStudy } from '../../../src/db/save-study.ts'
import { ROOT, type ScratchFile, seededFile } from '../../scratch.ts'
import { environment, sha256 } from '../../scripts/prisma-project.ts'
import { dump } from '../dump.ts'
import { open } from '../saving.ts'
import { ORIGIN, variant } from '../study-variants.ts'

const later = () => variant((file) => Object.assign(file.study, { label: 'Later' }))

test('a study that is unchanged leaves the file as it is: no byte, no page is written', async () => {
  const scratch = await seededFile()
  const db = await open(scratch)
  const watcher = new Driver(scratch.file)
  const bytes = sha256(readFileSync(scratch.file))
  const version = watcher.pragma('data_version')
  expect(await saveStudy(db, variant(), ORIGIN)).toBe('unchanged')
  expect(sha256(readFileSync(scratch.file))).toBe(bytes)
  expect(watcher.pragma('data_version')).toEqual(version)
  await saveStudy(db, later(), ORIGIN)
  expect(watcher.pragma('data_version'), 'the watcher sees writes').not.toEqual(version)
  watcher.close()
  await db.$disconnect()
})

test('a write of a program that was killed half-way is taken back by whoever opens the file next', async () => {
  const scratch = await seededFile()
  const before = await dump(scratch)
  const child = spawn(
    process.execPath,
    [
      '-e',
      `const db = new (require('better-sqlite3'))(process.argv[1])
      db.pragma('cache_size = 5')
      db.exec("BEGIN IMMEDIATE; UPDATE study SET title = 'half'; DELETE FROM quote_link")
      const insert = db.prepare("INSERT INTO mesh_descriptor (ui, name, scope_note) VALUES (?, ?, ?)")
      for (let i = 0; i < 500; i++) insert.run('X' + i, 'X' + i, 'x'.repeat(3000))
      process.kill(process.pid, 'SIGKILL')`,
      scratch.file,
    ],
    { cwd: ROOT, env: environment(), stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const [, signal] = await once(child, 'close')
  expect(signal).toBe('SIGKILL')
  expect(statSync(`${scratch.file}-wal`).size, 'the write is half done').toBeGreaterThan(0)
  const db = await open(scratch)
  expect(await saveStudy(db, variant(), ORIGIN)).toBe('unchanged')
  await db.$disconnect()
  expect(existsSync(`${scratch.file}-wal`)).toBe(false)
  expect(await dump(scratch)).toEqual(before)
})

describe('a save waits', () => {
  /** Another program that keeps the file to itself for a while. Resolves when it does. */
  async function hold({ file }: ScratchFile, kind: 'IMMEDIATE' | 'EXCLUSIVE', time: number): Promise<Worker> {
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads')
      const db = new (require(workerData.driver))(workerData.file)
      db.exec('BEGIN ' + workerData.kind + "; UPDATE study SET acronym = 'held'")
      parentPort.postMessage('held')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, workerData.time)
      db.exec('ROLLBACK')
      db.close()`,
      { eval: true, workerData: { file, kind, time, driver: path.join(ROOT, 'node_modules/better-sqlite3') } },
    )
    await once(worker, 'message')
    return worker
  }

  test.each(['IMMEDIATE', 'EXCLUSIVE'] as const)('for a writer that holds an %s lock for two seconds', async (kind) => {
    const scratch = await seededFile()
    const holder = await hold(scratch, kind, 2_000)
    const ended = once(holder, 'exit')
    const started = performance.now()
    const db = await open(scratch)
    expect(await saveStudy(db, later(), ORIGIN)).toBe('updated')
    expect(performance.now() - started).toBeGreaterThan(1_000)
    expect(await db.study.findMany({ select: { label: true, acronym: true } })).toEqual([
      { label: 'Later', acronym: null },
    ])
    await db.$disconnect()
    await ended
  })
})
