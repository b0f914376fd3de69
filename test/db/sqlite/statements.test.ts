import Driver from 'better-sqlite3'
import { expect, test } from 'vitest'
import { executeWithText } from '../../../src/db/parked-texts.ts'
import { valuesOf } from '../../../src/db/rows-as-json.ts'
import { inFewStatements } from '../../../src/db/snapshot.ts'
import { sql } from '../../../src/db/sql.ts'
import { keepStatements } from '../../../src/db/sqlite/kept-statements.ts'
import { type Database, openEvidenceBase } from '../../../src/index.ts'
import { empty } from '../../queries/seeded.ts'
import { scratchDatabase } from '../../scratch.ts'

const LABELS = sql`SELECT "label" FROM "study" ORDER BY "id"`
const ADD = `INSERT INTO study (id, label, title, type) VALUES ('a', ?, 'A', 'interventional')`

test('a kept statement is bound anew, and follows the tables it is about', async () => {
  const db = await empty()
  const ask = () => db.$queryRawUnsafe('SELECT *, ? AS asked FROM kept_here', 'x')
  await db.$executeRawUnsafe('CREATE TABLE kept_here (one TEXT)')
  for (const value of ['first', 'second', null])
    await db.$executeRawUnsafe('INSERT INTO kept_here (one) VALUES (?)', value)
  expect(await ask()).toEqual(['first', 'second', null].map((one) => ({ one, asked: 'x' })))
  await db.$executeRawUnsafe(`ALTER TABLE kept_here ADD COLUMN two TEXT DEFAULT 'more'`)
  expect(await ask()).toContainEqual({ one: 'first', two: 'more', asked: 'x' })
  await db.$executeRawUnsafe('DROP TABLE kept_here')
  await expect(ask()).rejects.toThrow('no such table: kept_here')
})

test('what was asked last is kept, and the rest is let go', () => {
  const driver = new Driver(':memory:')
  let compiled = 0
  const prepare = driver.prepare.bind(driver)
  Object.assign(driver, {
    prepare: (statement: string) => {
      compiled++
      return prepare(statement)
    },
  })
  keepStatements(driver)
  const ask = (number: number) => driver.prepare(`SELECT ${number}`).raw().all()
  for (let round = 0; round < 3; round++)
    for (let number = 0; number < 300; number++) expect(ask(number)).toEqual([[number]])
  expect(compiled).toBe(300)
  ask(0)
  ask(300)
  ask(0)
  expect(compiled).toBe(301)
  ask(1)
  expect(compiled).toBe(302)
  driver.close()
})

test('a text that is parked for a statement is what the statement stores', async () => {
  const db = await empty()
  await executeWithText(db, ADD, 'a long text')
  expect(await valuesOf(db, ['label'], LABELS)).toEqual([['a long text']])
})

test('values are read without Prisma, as its transactions see them', async () => {
  const db = await empty()
  const without = Object.create(db, { $queryRaw: { value: () => Promise.reject(new Error('Prisma was asked')) } })
  await db
    .$transaction(async (tx) => {
      await tx.$executeRawUnsafe(ADD, 'in it')
      expect(await valuesOf(tx, ['label'], LABELS)).toEqual([['in it']])
      throw new Error('undone')
    })
    .catch(() => undefined)
  expect(await valuesOf(without, ['label'], LABELS)).toEqual([])
  expect(await valuesOf(without, ['a', 'b', 'c'], sql`SELECT ${1.5} AS a, ${true} AS b, ${null} AS c`)).toEqual([
    [1.5, 1, null],
  ])
})

test.each<readonly [string, (db: Database) => Promise<Database> | Database]>([
  [
    'a client that is used again after it was closed',
    async (db) => {
      await db.$disconnect()
      return db
    },
  ],
  ['a client that was never asked', (db) => db],
])('%s reads values as well', async (_, made) => {
  const db = await made(await empty())
  expect(await valuesOf(db, ['label'], LABELS)).toEqual([])
})

test('what an extension watches, it is told', async () => {
  const db = await empty()
  const heard: string[] = []
  const watched = db.$extends({
    query: {
      $allOperations: ({ operation, args, query }) => {
        heard.push(operation)
        return query(args)
      },
    },
  }) as unknown as Database
  await valuesOf(watched, ['label'], LABELS)
  await watched.$transaction((tx) => valuesOf(tx, ['label'], LABELS))
  expect(heard).toEqual(['$queryRaw', '$queryRaw'])
})

test('an error is told as Prisma tells it', async () => {
  const db = await empty()
  await db.study.count()
  await expect(valuesOf(db, ['label'], sql`SELECT "label" FROM "nowhere"`)).rejects.toMatchObject({ code: 'P2010' })
})

test.each(['another connection', 'this connection'])(
  'a few statements are asked again when %s wrote between them',
  async (who) => {
    const { url, exec } = await scratchDatabase()
    const db = await openEvidenceBase(url)
    await db.study.count()
    const asked: number[][] = []
    const read = () =>
      inFewStatements(db, async (tx) => {
        const before = await valuesOf(tx, ['label'], LABELS)
        if (asked.length === 0)
          await (who === 'this connection' ? db.$executeRawUnsafe(ADD, 'new') : exec(ADD.replace('?', "'new'")))
        asked.push([before.length, (await valuesOf(tx, ['label'], LABELS)).length])
      })
    await read()
    expect(asked).toEqual([
      [0, 1],
      [1, 1],
    ])
    await read()
    expect(asked).toHaveLength(3)
    await db.$disconnect()
  },
)
