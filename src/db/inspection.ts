/** What stands in a database before anything is done to it. */
export interface Inspection {
  readonly state: 'missing' | 'empty' | 'migrated'
  /** Migrations as the database remembers them, in the order of their names. */
  readonly migrations: readonly { readonly name: string; readonly state: 'applied' | 'failed' }[]
}

/** A row of Prisma's list of migrations; nulls where that didn't happen. */
export interface RememberedMigration {
  readonly name: string
  readonly finished_at: unknown
  readonly rolled_back_at: unknown
}

export const migrationsOf = (rows: readonly RememberedMigration[]): Inspection['migrations'] =>
  rows
    .filter((row) => row.rolled_back_at === null)
    .map((row) => ({ name: row.name, state: row.finished_at === null ? 'failed' : 'applied' }))
