import type { Transaction } from '../database.ts'

/** SQLite has one writer at a time. A reader that turns writer later can't wait for another one: the place is taken first. */
export async function takeWritersPlace(tx: Transaction): Promise<void> {
  await tx.$executeRawUnsafe('UPDATE "import_run" SET "id" = "id" WHERE false')
}
