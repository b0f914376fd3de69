import { randomUUID } from 'node:crypto'
import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import type { Transaction } from './database.ts'
import { identityOf } from './engine.ts'

/** Texts that wait at the driver, by the names that travel there in their place. */
const parked = new Map<string, string>()
/** Clients whose drivers know these names. */
const knowing = new WeakSet<object>()

/**
 * Executes a statement with one long text as its parameter. Prisma writes parameters as JSON and reads them again, which
 * takes a sixth of the time of inserting what the text holds. So only a name goes through it, and the driver puts the
 * text in its place; a client that a program made by itself gets the text.
 */
export async function executeWithText(tx: Transaction, sql: string, text: string): Promise<void> {
  if (!knowing.has(identityOf(tx))) {
    await tx.$executeRawUnsafe(sql, text)
    return
  }
  const name = randomUUID()
  parked.set(name, text)
  try {
    await tx.$executeRawUnsafe(sql, name)
  } finally {
    parked.delete(name)
  }
}

/** Lets a client's driver put texts where their names are. */
export function knowingTexts<Client>(client: Client): Client {
  knowing.add(identityOf(client as Transaction))
  return client
}

/** The driver's part of it: the text that a parameter names, else the parameter itself. */
export const textOf = (parameter: unknown): unknown =>
  typeof parameter === 'string' ? (parked.get(parameter) ?? parameter) : parameter

/** Has a connection, or a transaction of its own, put texts where their names are. */
export function withTexts<Asked extends SqlQueryable>(asked: Asked): Asked {
  const executeRaw = asked.executeRaw.bind(asked)
  asked.executeRaw = (query) => executeRaw({ ...query, args: query.args.map(textOf) })
  return asked
}
