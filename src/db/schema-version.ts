import type { Transaction } from './database.ts'

/** The name of the newest migration that the database has. */
export async function schemaVersion(db: Transaction): Promise<string> {
  const [newest] = await db.$queryRaw<{ migration_name: string }[]>`SELECT migration_name FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name DESC LIMIT 1`
  return newest?.migration_name ?? ''
}
