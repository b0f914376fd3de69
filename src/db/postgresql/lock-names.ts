import type { Transaction } from '../database.ts'

/** Milliseconds to wait for whoever has a name; then the whole is tried again. */
const LOCK_TIMEOUT = 20_000

/**
 * Keeps names to this transaction until its end; waits for whoever has one of them. All come in one order, so that two
 * transactions that take several don't wait for each other. Two names may, by chance, be one lock: that only waits.
 */
export async function lockNames(tx: Transaction, names: readonly string[]): Promise<void> {
  // One that never ends is given up like on SQLite, unless the server or the URL has a limit of its own.
  await tx.$executeRawUnsafe(
    `SELECT set_config('lock_timeout', '${LOCK_TIMEOUT}', true) WHERE current_setting('lock_timeout') = '0'`,
  )
  if (names.length === 0) return
  await tx.$executeRawUnsafe(
    `SELECT pg_advisory_xact_lock(key) FROM (
       SELECT DISTINCT hashtextextended(name, 0) AS key FROM jsonb_array_elements_text($1::jsonb) AS name ORDER BY key
     ) AS ordered`,
    JSON.stringify(names.map((name) => `evibase ${name}`)),
  )
}
