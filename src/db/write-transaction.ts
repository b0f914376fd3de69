import { setTimeout as delay } from 'node:timers/promises'
import { EvidenceError } from '../errors.ts'
import type { Database, Transaction } from './database.ts'
import { databaseError } from './database-error.ts'
import { engineOf } from './engine.ts'
import { lockNames } from './postgresql/lock-names.ts'
import { writeAhead } from './sqlite/write-ahead.ts'
import { takeWritersPlace } from './sqlite/writers-place.ts'

/** Prisma asks for a limit; a copy of a whole registry may take its time. A day, in milliseconds. */
const TRANSACTION_TIMEOUT = 86_400_000
/** How often work is done again that another program was in the way of; each try waits long by itself. */
const TRIES = 6
/** Milliseconds before the second try, doubled for each further one; the same again at random, so that two don't meet again. */
const FIRST_PAUSE = 50

/** The writes of this process to SQLite so far: its driver stands still while it waits for a lock, and two would wait for ever. */
let writes: Promise<unknown> = Promise.resolve()

/**
 * Writes whole or not at all, beside other programs that write. What is read within is what it will stand on.
 *
 * @param doing  what is written, for messages: "the study rosenberg-1993-il2-lak"
 * @param names  of what is written: no two programs write what has a name in common at the same time. On SQLite, which
 *               has one writer at a time, they mean nothing.
 * @param options  undo: nothing of it stays; what it would have done is returned all the same
 * @throws EvidenceError DATABASE_BUSY            another program was in the way for too long
 * @throws EvidenceError CONSTRAINT_VIOLATED, DATABASE_NOT_WRITABLE, DATABASE_NOT_REACHABLE, DATABASE_ACCESS_DENIED
 */
export async function inWriteTransaction<Result>(
  db: Database,
  doing: string,
  names: readonly string[],
  given: (tx: Transaction) => Promise<Result>,
  { undo = false }: { readonly undo?: boolean } = {},
): Promise<Result> {
  const work = undo
    ? async (tx: Transaction): Promise<Result> => {
        throw new Undone(await given(tx))
      }
    : given
  const engine = engineOf(db)
  const settings = { timeout: TRANSACTION_TIMEOUT, maxWait: TRANSACTION_TIMEOUT }
  const once = {
    sqlite: async () => {
      await writeAhead(db)
      return db.$transaction(async (tx) => {
        await takeWritersPlace(tx)
        return work(tx)
      }, settings)
    },
    postgresql: () =>
      db.$transaction(async (tx) => {
        await lockNames(tx, names)
        return work(tx)
      }, settings),
  }[engine]
  for (let tried = 1; ; tried++)
    try {
      return await (engine === 'sqlite' ? afterOthers(once) : once())
    } catch (thrown) {
      if (thrown instanceof Undone) return thrown.result as Result
      const error = databaseError(thrown, doing, engine)
      if (!(error instanceof EvidenceError) || error.code !== 'DATABASE_BUSY' || tried === TRIES) throw error
      await delay(FIRST_PAUSE * 2 ** (tried - 1) * (1 + Math.random()))
    }
}

/**
 * Adds a name within a write. Whoever waits for it may hold others: it must come after all of them, for everybody.
 *
 * @returns whether others may have written meanwhile
 */
export async function lockAlso(tx: Transaction, names: readonly string[]): Promise<boolean> {
  if (engineOf(tx) !== 'postgresql') return false
  await lockNames(tx, names)
  return true
}

function afterOthers<Result>(work: () => Promise<Result>): Promise<Result> {
  const done = writes.then(work)
  writes = done.catch(() => undefined)
  return done
}

/** Ends a transaction that was only to show what it would do. */
class Undone extends Error {
  constructor(readonly result: unknown) {
    super('undone')
  }
}
