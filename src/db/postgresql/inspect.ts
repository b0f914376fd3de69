import pg from 'pg'
import { EvidenceError } from '../../errors.ts'
import type { PostgresqlLocation } from '../database-url.ts'
import { type Inspection, migrationsOf, type RememberedMigration } from '../inspection.ts'
import { driverConfig } from './driver-config.ts'
import { postgresqlError } from './error.ts'

/** The oldest release that we support, as `server_version_num`. */
const OLDEST_SERVER = 150_000

/**
 * Looks into a PostgreSQL database without writing to it.
 *
 * @throws EvidenceError DATABASE_NOT_REACHABLE  no such host, nothing that answers there
 * @throws EvidenceError DATABASE_ACCESS_DENIED  wrong password, or a user who may not look
 * @throws EvidenceError SERVER_TOO_OLD          older than PostgreSQL 15
 * @throws EvidenceError NOT_EVIBASE             tables, none of them Prisma's list of migrations
 */
export async function inspectPostgresql(location: PostgresqlLocation): Promise<Inspection> {
  try {
    return await usePostgresql(location, (client) => look(client, location))
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code === NO_SUCH_DATABASE) return { state: 'missing', migrations: [] }
    if (code === NO_SUCH_COLUMN)
      throw new EvidenceError(
        'NOT_EVIBASE',
        `${location.shown} is a database of something else: its list of migrations is not Prisma's. Name another one in DATABASE_URL.`,
        {},
        { cause: error },
      )
    throw postgresqlError(error, 'what was asked', location) ?? error
  }
}

const NO_SUCH_DATABASE = '3D000'
const NO_SUCH_COLUMN = '42703'

/** One connection for a while, closed whatever happens. */
export async function usePostgresql<Result>(
  location: PostgresqlLocation,
  use: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(driverConfig(location))
  // A connection that breaks while nothing is asked: the next question will say so.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await use(client)
  } finally {
    // One that failed may not end in an orderly way any more.
    await client.end().catch(() => undefined)
  }
}

interface Look {
  readonly version: number
  readonly release: string
  /** Null where there is no such schema. */
  readonly may_look: boolean | null
  readonly tables: readonly string[]
}

async function look(client: pg.Client, { shown, schema }: PostgresqlLocation): Promise<Inspection> {
  const { rows: looks } = await client.query<Look>(
    `SELECT current_setting('server_version_num')::integer AS version, current_setting('server_version') AS release,
       has_schema_privilege(to_regnamespace($1)::oid, 'USAGE') AS may_look,
       (SELECT coalesce(json_agg(relname), '[]') FROM pg_class
        WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace($1)) AS tables`,
    [schema],
  )
  const { version = 0, release = '', may_look: mayLook = null, tables = [] } = looks[0] ?? {}
  if (version < OLDEST_SERVER)
    throw new EvidenceError(
      'SERVER_TOO_OLD',
      `The server of ${shown} is PostgreSQL ${release}. Evibase needs PostgreSQL 15 or newer.`,
      { release },
    )
  if (mayLook === false)
    throw new EvidenceError(
      'DATABASE_ACCESS_DENIED',
      `The user may not look into the schema ${schema} of ${shown}. Let its owner grant USAGE on it.`,
    )
  if (tables.length === 0) return { state: 'empty', migrations: [] }
  if (!tables.includes('_prisma_migrations'))
    throw new EvidenceError(
      'NOT_EVIBASE',
      `${shown} is a database of something else: it has tables, but none of Evibase's. Name another one in DATABASE_URL.`,
    )
  const { rows } = await client.query<RememberedMigration>(
    `SELECT migration_name AS name, finished_at, rolled_back_at FROM ${schema}._prisma_migrations
     ORDER BY migration_name, started_at`,
  )
  return { state: 'migrated', migrations: migrationsOf(rows) }
}
