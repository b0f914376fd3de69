import type { Transaction } from '../database.ts'

/** Lets a table that numbers its rows go on after rows that came with their numbers; SQLite does so by itself. */
export async function continueNumbers(tx: Transaction, table: string): Promise<void> {
  await tx.$queryRawUnsafe(
    `SELECT setval(pg_get_serial_sequence('"${table}"', 'id'), max("id"))::text AS last FROM "${table}" HAVING max("id") IS NOT NULL`,
  )
}
