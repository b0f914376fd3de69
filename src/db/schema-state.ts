import { readdirSync } from 'node:fs'
import path from 'node:path'
import { EvidenceError } from '../errors.ts'
import type { DatabaseLocation } from './database-url.ts'
import { type Inspection, inspectSqlite } from './sqlite/inspect.ts'

/** How a database stands to the migrations of this Evibase. */
export interface SchemaState {
  readonly database: 'missing' | 'empty' | 'migrated'
  readonly applied: readonly string[]
  readonly pending: readonly string[]
}

/**
 * Compares a database's migrations with those of this Evibase. Reads only.
 *
 * @throws EvidenceError NOT_A_DATABASE, NOT_EVIBASE  the file is something else
 * @throws EvidenceError SCHEMA_NEWER                 a migration that this Evibase doesn't know
 * @throws EvidenceError MIGRATION_FAILED             a migration that was left half-way
 */
export function schemaState(location: DatabaseLocation, root: string): SchemaState {
  const inspection = inspect(location)
  const known = migrationNames(root)
  const unknown = inspection.migrations.filter(({ name }) => !known.includes(name))
  if (unknown.length > 0 && unknown.length === inspection.migrations.length)
    throw new EvidenceError(
      'NOT_EVIBASE',
      `${location.shown} is a database of another program that uses Prisma. Name another file in DATABASE_URL.`,
    )
  if (unknown.length > 0)
    throw new EvidenceError(
      'SCHEMA_NEWER',
      `${location.shown} was migrated by a newer Evibase (${unknown.map(({ name }) => name).join(', ')}). Update Evibase, or name another file in DATABASE_URL.`,
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

function inspect(location: DatabaseLocation): Inspection {
  if (location.engine === 'sqlite') return inspectSqlite(location.file)
  throw new EvidenceError(
    'DATABASE_URL_UNSUPPORTED',
    `This version only migrates PostgreSQL, with \`npx prisma migrate …\`: it can't load or query ${location.shown} yet. Use a SQLite file.`,
  )
}

/** The migrations of this Evibase, in the order in which they are applied. */
const migrationNames = (root: string): readonly string[] =>
  readdirSync(path.join(root, 'prisma', 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()

/**
 * Says so unless a database is there and has every migration.
 *
 * @throws EvidenceError DATABASE_NOT_FOUND  no file, or an empty one
 * @throws EvidenceError SCHEMA_OUTDATED     migrations are pending
 */
export function requireCurrentSchema(location: DatabaseLocation, root: string): void {
  const state = schemaState(location, root)
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
