import { readdirSync } from 'node:fs'
import path from 'node:path'
import { EvidenceError } from '../errors.ts'
import type { DatabaseLocation } from './database-url.ts'
import type { Inspection } from './inspection.ts'

/** How a database stands to the migrations of this Evibase. */
export interface SchemaState {
  readonly database: 'missing' | 'empty' | 'migrated'
  readonly applied: readonly string[]
  readonly pending: readonly string[]
}

/**
 * Compares a database's migrations with those of this Evibase. Reads only.
 *
 * @throws EvidenceError NOT_A_DATABASE, NOT_EVIBASE  the database is something else
 * @throws EvidenceError SCHEMA_NEWER                 a migration that this Evibase doesn't know
 * @throws EvidenceError MIGRATION_FAILED             a migration that was left half-way
 * @throws EvidenceError DATABASE_NOT_REACHABLE, DATABASE_ACCESS_DENIED, SERVER_TOO_OLD  on PostgreSQL
 */
export async function schemaState(location: DatabaseLocation, root: string): Promise<SchemaState> {
  const inspection = await inspect(location)
  const known = migrationNames(location, root)
  const unknown = inspection.migrations.filter(({ name }) => !known.includes(name))
  if (unknown.length > 0 && unknown.length === inspection.migrations.length)
    throw new EvidenceError(
      'NOT_EVIBASE',
      `${location.shown} is a database of another program that uses Prisma. Name another ${place(location)} in DATABASE_URL.`,
    )
  if (unknown.length > 0)
    throw new EvidenceError(
      'SCHEMA_NEWER',
      `${location.shown} was migrated by a newer Evibase (${unknown.map(({ name }) => name).join(', ')}). Update Evibase, or name another ${place(location)} in DATABASE_URL.`,
    )
  const failed = inspection.migrations.find(({ state }) => state === 'failed')
  if (failed)
    throw new EvidenceError(
      'MIGRATION_FAILED',
      `The migration ${failed.name} was left half-way in ${location.shown}. See \`npx prisma migrate status\`, then settle it with \`npx prisma migrate resolve\`.`,
    )
  const applied = inspection.migrations.map(({ name }) => name)
  return { database: inspection.state, applied, pending: known.filter((name) => !applied.includes(name)) }
}

/** What another address would name. */
const place = ({ engine }: DatabaseLocation) => (engine === 'sqlite' ? 'file' : 'database')

async function inspect(location: DatabaseLocation): Promise<Inspection> {
  if (location.engine === 'sqlite') return (await import('./sqlite/inspect.ts')).inspectSqlite(location.file)
  return (await import('./postgresql/inspect.ts')).inspectPostgresql(location)
}

/** Where an engine's migrations lie in Evibase's own folder. */
export const migrationsFolder = (engine: DatabaseLocation['engine'], root: string): string =>
  path.join(root, engine === 'sqlite' ? 'prisma' : 'prisma/postgresql', 'migrations')

/** The migrations of this Evibase for an engine, in the order in which they are applied. */
const migrationNames = ({ engine }: DatabaseLocation, root: string): readonly string[] =>
  readdirSync(migrationsFolder(engine, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()

/**
 * Says so unless a database is there and has every migration.
 *
 * @throws EvidenceError DATABASE_NOT_FOUND  no file, or an empty one
 * @throws EvidenceError SCHEMA_OUTDATED     migrations are pending
 */
export async function requireCurrentSchema(location: DatabaseLocation, root: string): Promise<void> {
  const state = await schemaState(location, root)
  if (state.database !== 'migrated')
    throw new EvidenceError(
      'DATABASE_NOT_FOUND',
      `There is no database at ${location.shown} yet. Make it with \`evibase db migrate\`, then \`evibase db seed\`.`,
    )
  if (state.pending.length > 0)
    throw new EvidenceError(
      'SCHEMA_OUTDATED',
      `${location.shown} is older than this Evibase: it lacks ${state.pending.join(', ')}. Apply what is missing with \`evibase db migrate\`.`,
    )
}
