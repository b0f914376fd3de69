import type { Transaction } from './database.ts'
import type { DatabaseLocation } from './database-url.ts'

export type Engine = DatabaseLocation['engine']

/** Which engine a client or a transaction speaks to, also one that a program made by itself. */
export function engineOf(db: Transaction): Engine {
  // Prisma tells nobody else; a test sees it when that changes.
  const provider = (db as unknown as { _activeProvider?: unknown })._activeProvider
  if (provider === 'sqlite' || provider === 'postgresql') return provider
  throw new TypeError(`a Prisma client for ${String(provider)} is none of Evibase's`)
}

/** What a client and its transactions have in common, and two clients don't: for what is remembered of a database. */
export const identityOf = (db: Transaction): object => (db as unknown as { _engineConfig?: object })._engineConfig ?? db

/** The same, but of a client that an extension made of another it is another. */
export const extendedIdentityOf = (db: Transaction): object =>
  (db as unknown as { _extensions?: object })._extensions ?? db

/** A transaction has no connection to open. */
export const isClient = (db: Transaction): boolean => '$connect' in db
