import { setImmediate } from 'node:timers/promises'
import type Driver from 'better-sqlite3'
import type { Transaction } from '../database.ts'
import { extendedIdentityOf } from '../engine.ts'
import type { Sql } from '../sql.ts'

/** The driver's connection of each client of ours, from when it is first asked. */
const connections = new WeakMap<object, () => Driver.Database | undefined>()

/**
 * Lets a client's statements of one value be asked of its driver. What an extension makes of the client is asked as it is,
 * since it may want to hear of each statement.
 */
export function readDirectly<Client>(client: Client, connection: () => Driver.Database | undefined): Client {
  connections.set(extendedIdentityOf(client as Transaction), connection)
  return client
}

/**
 * The one text that a statement answers with, asked of the driver itself: what Prisma does around it takes longer than many
 * a statement. The connection is the client's own, so that a transaction sees what it wrote. Undefined where the driver
 * isn't known or can't answer, and Prisma is to be asked, whose errors are those that people are told.
 */
export async function textFromDriver(tx: Transaction, { sql, values }: Sql): Promise<string | undefined> {
  const connection = connections.get(extendedIdentityOf(tx))?.()
  if (!connection?.open) return undefined
  await turnForOthers()
  try {
    const [row] = connection
      .prepare(sql)
      .bind(values.map((value) => (typeof value === 'boolean' ? Number(value) : value)))
      .raw()
      .all() as readonly (readonly unknown[])[]
    return typeof row?.[0] === 'string' ? row[0] : undefined
  } catch {
    return undefined
  }
}

/** Milliseconds after which an interrupt is heard. */
const DEAF = 50
let lastHeard = 0

/**
 * This driver never waits: a long reading would go on to its end before Node hears of Ctrl-C, or of anything else. So it is
 * given a turn between two questions now and then.
 */
export async function turnForOthers(): Promise<void> {
  if (performance.now() - lastHeard <= DEAF) return
  await setImmediate()
  lastHeard = performance.now()
}

/**
 * What changes with whatever is written to the database, by this connection or another; undefined where that isn't known, or
 * where somebody's transaction is open on it.
 */
export function stateOf(tx: Transaction): string | undefined {
  const connection = connections.get(extendedIdentityOf(tx))?.()
  if (!connection?.open || connection.inTransaction) return undefined
  const own = connection.prepare('SELECT total_changes()').raw().all()
  return `${connection.pragma('data_version', { simple: true })} ${own}`
}
