import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database, Transaction } from '../../src/db/connect.ts'
import { engineOf, identityOf, isClient } from '../../src/db/engine.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { PrismaClient as PostgresqlClient } from '../../src/generated/postgresql/client.ts'
import { PrismaClient as SqliteClient } from '../../src/generated/prisma/client.ts'
import { ENGINE } from '../engines.ts'
import { type ScratchDatabase, scratchDatabase } from '../scratch.ts'
import { open } from './saving.ts'
import { asOtherStudy, ORIGIN, variant } from './study-variants.ts'

let scratch: ScratchDatabase
let db: Database
let other: Database
beforeAll(async () => {
  scratch = await scratchDatabase()
  db = await open(scratch)
  other = await open(scratch)
})
afterAll(() => Promise.all([db.$disconnect(), other.$disconnect()]))

/** As a program extends a client to know more. */
const extended = () =>
  db.$extends({ model: { study: { exclaimed: () => 'a study!' } } }) as unknown as Database & {
    readonly study: { readonly exclaimed: () => string }
  }

/** Everything that a program may hold of one client. */
const FORMS: readonly { form: string; client: boolean; use: (ask: (held: Transaction) => void) => unknown }[] = [
  { form: 'a client', client: true, use: (ask) => ask(db) },
  { form: 'a transaction', client: false, use: (ask) => db.$transaction(async (tx) => ask(tx)) },
  { form: 'an extended client', client: true, use: (ask) => ask(extended()) },
  {
    form: 'a transaction of an extended client',
    client: false,
    use: (ask) => extended().$transaction(async (tx) => ask(tx)),
  },
]

describe('what speaks to a database is recognised', () => {
  test.each(FORMS)('$form', async ({ client, use }) => {
    let asked = 0
    await use((held) => {
      asked++
      expect(engineOf(held)).toBe(ENGINE)
      expect(isClient(held)).toBe(client)
      expect(identityOf(held)).toBe(identityOf(db))
      expect(identityOf(held)).not.toBe(identityOf(other))
    })
    expect(asked).toBe(1)
  })

  test('an extension is one, and so the recognised client is not the first one', () => {
    expect(extended().study.exclaimed()).toBe('a study!')
    expect(extended()).not.toBe(db)
  })

  test('one that a program made by itself, of each generated client, before it is connected', () => {
    const sqlite = new SqliteClient({ adapter: new PrismaBetterSqlite3({ url: 'file:nowhere.db' }) })
    const postgresql = new PostgresqlClient({ adapter: new PrismaPg('postgresql://nobody@nowhere.invalid/nothing') })
    expect(engineOf(sqlite)).toBe('sqlite')
    expect(engineOf(postgresql as unknown as Transaction)).toBe('postgresql')
  })

  test('and something else is said to be none', () => {
    expect(() => engineOf({ _activeProvider: 'mysql' } as unknown as Transaction)).toThrow(/mysql is none of Evibase's/)
    expect(() => engineOf({} as Transaction)).toThrow(TypeError)
  })
})

describe('a study is saved by', () => {
  const ownClient = ({ location }: ScratchDatabase): Database =>
    location.engine === 'sqlite'
      ? new SqliteClient({ adapter: new PrismaBetterSqlite3({ url: location.file }) })
      : (new PostgresqlClient({ adapter: new PrismaPg(location.url) }) as unknown as Database)

  test('an extended client', async () => {
    const record = variant((file) => asOtherStudy(file, 'by-extended', '1'))
    expect(await saveStudy(extended(), record, ORIGIN)).toBe('created')
    expect(await saveStudy(db, record, ORIGIN)).toBe('unchanged')
  })

  test('a client that a program made by itself', async () => {
    const record = variant((file) => asOtherStudy(file, 'by-own', '2'))
    const own = ownClient(scratch)
    expect(await saveStudy(own, record, ORIGIN)).toBe('created')
    await own.$disconnect()
    expect(await saveStudy(db, record, ORIGIN)).toBe('unchanged')
  })
})
