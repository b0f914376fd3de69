import { mkdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { databaseLocation } from '../../../src/db/database-url.ts'
import { traces } from '../../cli/traces.ts'
import { maintenance } from '../../engines.ts'
import { evibase, ROOT, type ScratchDatabase, scratchDatabase, scratchPath, seededDatabase } from '../../scratch.ts'
import { contents, type Dump } from '../dump.ts'
import { asOtherStudy, SEED_SLUG, seedFile } from '../study-variants.ts'

const STUDIES = 24
const slugs = Array.from({ length: STUDIES }, (_, index) => `study-${String(index + 1).padStart(2, '0')}`)
const folder = scratchPath('studies')
/** What a load that nothing disturbs makes of them. */
let undisturbed: Dump
beforeAll(async () => {
  mkdirSync(folder)
  for (const [index, slug] of slugs.entries()) {
    const file = seedFile()
    asOtherStudy(file, slug, String(1_000 + index))
    writeFileSync(path.join(folder, `${slug}.yaml`), stringify(file, { aliasDuplicateObjects: false }))
  }
  const calm = await scratchDatabase()
  expect(await evibase(['load', folder], { db: calm.url })).toMatchObject({ code: 0 })
  undisturbed = await contents(calm)
})

const loaded = async (db: ScratchDatabase) => (await db.lists('SELECT id FROM study ORDER BY id')).flat()

async function untilLoaded(db: ScratchDatabase, count: number): Promise<void> {
  while ((await loaded(db)).length < count) await delay(5)
}

/** Holds what a load said to what is in, and gives what it said last. */
async function saidLast(
  db: ScratchDatabase,
  { code, stdout, stderr }: Awaited<ReturnType<typeof evibase>>,
  url = db.url,
): Promise<string> {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  const lines = stderr.trimEnd().split('\n')
  const last = lines.pop() ?? ''
  expect(lines).toEqual(
    slugs.slice(0, lines.length).map((slug) => expect.stringMatching(`^${slug}: (created|unchanged)$`)),
  )
  // What was being saved may just have come in, unsaid.
  const studies = await loaded(db)
  expect(studies).toEqual(slugs.slice(0, studies.length))
  expect([lines.length, lines.length + 1]).toContain(studies.length)
  expect(studies.length).toBeLessThan(STUDIES)
  return last.replaceAll(databaseLocation(url, ROOT).shown, 'PLACE')
}

/** Loads once more, undisturbed. */
async function complete(db: ScratchDatabase): Promise<void> {
  const before = (await loaded(db)).length
  expect(await evibase(['load', folder], { db: db.url })).toEqual({
    code: 0,
    stdout: '',
    stderr: [
      ...slugs.map((slug, index) => `${slug}: ${index < before ? 'unchanged' : 'created'}\n`),
      `${slugs.length} files: ${slugs.length - before} created, ${before} unchanged.\n`,
    ].join(''),
  })
  expect(await contents(db)).toEqual(undisturbed)
}

const BROKE =
  /^The connection to (PLACE|the database) broke, and (the study study-\d\d|what was asked) was left undone\. Run it again when the server is back: what is in stays\.$/

describe('a load whose connection breaks says so in a sentence, and is completed by the next', () => {
  test('when the server ends it, time and again', { timeout: 180_000 }, async () => {
    const db = await scratchDatabase()
    const name = new URL(db.url).pathname.slice(1)
    for (let round = 0; round < 3; round++) {
      const before = (await loaded(db)).length
      const load = evibase(['load', folder], { db: db.url })
      let going = true
      const ended = load.finally(() => {
        going = false
      })
      await untilLoaded(db, before + 4)
      while (going) {
        await maintenance(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND application_name = 'evibase'`,
        )
        await delay(10)
      }
      expect(await saidLast(db, await ended)).toMatch(BROKE)
    }
    await complete(db)
  })

  test('when the network is cut', async () => {
    const db = await scratchDatabase()
    const proxy = await proxyTo(db.url)
    const load = evibase(['load', folder], { db: proxy.url })
    await untilLoaded(db, 5)
    proxy.cut()
    expect(await saidLast(db, await load, proxy.url)).toMatch(
      new RegExp(`${BROKE.source}|^No server answers at (PLACE|the database)\\.`),
    )
    await complete(db)
  })
})

describe('a question whose connection breaks prints nothing but a sentence', () => {
  test.each([
    { args: ['extract', 'arms'] },
    { args: ['trace', SEED_SLUG, '--format', 'csv'] },
    { args: ['db', 'status'] },
    { args: ['db', 'migrate'] },
  ])('evibase $args, wherever it breaks', async ({ args }) => {
    const db = await seededDatabase()
    const before = await traces(db.url)
    const answers: number[] = []
    for (const bytes of [1, 400, 1_000, 4_000, 16_000]) {
      const proxy = await proxyTo(db.url, bytes)
      const { code, stdout, stderr } = await evibase(args, { db: proxy.url })
      // Enough for the whole answer.
      if (code === 0) continue
      answers.push(bytes)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr.replaceAll(databaseLocation(proxy.url, ROOT).shown, 'PLACE').trimEnd()).toMatch(BROKE)
    }
    expect(answers).toEqual(expect.arrayContaining([1, 400]))
    expect(await traces(db.url)).toBe(before)
  })
})

const proxies: { close: () => void }[] = []
afterAll(() => {
  for (const proxy of proxies) proxy.close()
})

/**
 * A way to the server that can be cut.
 *
 * @param bytes  after how many of the server's a connection is cut by itself
 */
async function proxyTo(target: string, bytes = Number.POSITIVE_INFINITY) {
  const server = new URL(target)
  const sockets = new Set<Socket>()
  const proxy = createServer((near) => {
    const far = connect(Number(server.port || 5432), server.hostname)
    let left = bytes
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => other.destroy())
    }
    near.pipe(far)
    far.on('data', (chunk: Buffer) => {
      near.write(chunk.subarray(0, left))
      left -= chunk.length
      if (left <= 0) near.destroy()
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String((proxy.address() as AddressInfo).port)
  const cut = () => {
    proxy.close()
    for (const socket of sockets) socket.destroy()
  }
  proxies.push({ close: cut })
  return { url: url.href, cut }
}
