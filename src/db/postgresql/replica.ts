import { readReplicas } from '@prisma/extension-read-replicas'
import { EvidenceError } from '../../errors.ts'
import type { Database, Replica } from '../database.ts'
import type { PostgresqlLocation } from '../database-url.ts'
import { postgresqlClient } from './client.ts'
import { postgresqlError } from './error.ts'
import { inspectPostgresql, usePostgresql } from './inspect.ts'

/** A client whose questions go to a replica, and whose writes and transactions go to the primary. */
type Replicated = Database & {
  readonly $replica: () => Database
  readonly $primary: () => Database
  readonly $replicaFailed: (error: unknown) => void
}

/**
 * Sends what is only read to a streaming replica, by Prisma's own extension. A replica that is down, behind with its
 * migrations, or none of this database's is passed over with a warning: a number from another database would be worse
 * than none.
 */
export async function withReplica(
  primary: Database,
  location: PostgresqlLocation,
  { location: replicaLocation, warn }: Replica,
): Promise<Database> {
  let warned = false
  const failed = (reason: unknown) => {
    if (!warned) warn(`The replica is passed over, and the primary read instead: ${wordsOf(reason, replicaLocation)}`)
    warned = true
  }
  try {
    await requireReplicaOf(location, replicaLocation)
  } catch (error) {
    failed(error)
    return primary
  }
  const extended = primary
    .$extends({
      client: { $replicaFailed: failed },
      query: {
        // The outermost: what comes back from the replica comes by here.
        async $allOperations({ model, operation, args, query, ...internal }) {
          try {
            return await query(args)
          } catch (error) {
            const { transaction } =
              (internal as { __internalParams?: { transaction?: unknown } }).__internalParams ?? {}
            if (transaction || model === undefined || !READS.test(operation) || !isLost(error)) throw error
            failed(error)
            return ask(primary, model, operation, args)
          }
        },
      },
    })
    .$extends(readReplicas({ replicas: [postgresqlClient(replicaLocation)] }))
  return extended as unknown as Database
}

/** Asks a replica where there is one, and the primary where that fails. Only for what writes nothing. */
export async function readFromReplica<Result>(
  db: Database,
  read: (from: Database) => Promise<Result>,
): Promise<Result> {
  if (!('$replica' in db)) return read(db)
  const { $replica, $primary, $replicaFailed } = db as Replicated
  try {
    return await read($replica.call(db))
  } catch (error) {
    if (!isLost(error)) throw error
    $replicaFailed(error)
    return read($primary.call(db))
  }
}

const READS = /^(find|count|groupBy|aggregate)/

const ask = (db: Database, model: string, operation: string, args: unknown): Promise<unknown> =>
  (db as unknown as Record<string, Record<string, (args: unknown) => Promise<unknown>>>)[
    `${model[0]?.toLowerCase()}${model.slice(1)}`
  ]?.[operation]?.(args) ?? Promise.reject(new Error(`no ${operation} of ${model}`))

/** Lost on the way, refused, or broken off because the replica had to go on: the primary may well answer. */
const isLost = (error: unknown): boolean => {
  const code = (error instanceof EvidenceError ? error : postgresqlError(error, ''))?.code
  return code === 'DATABASE_NOT_REACHABLE' || code === 'DATABASE_ACCESS_DENIED' || code === 'DATABASE_BUSY'
}

const wordsOf = (reason: unknown, location: PostgresqlLocation): string =>
  reason instanceof EvidenceError
    ? reason.message
    : (postgresqlError(reason, 'the question', location)?.message ?? String(reason))

async function requireReplicaOf(primary: PostgresqlLocation, replica: PostgresqlLocation): Promise<void> {
  const { migrations } = await inspectPostgresql(replica)
  const there = await inspectPostgresql(primary)
  if (migrations.length < there.migrations.length)
    throw new EvidenceError('SCHEMA_OUTDATED', `${replica.shown} has not all migrations of the primary yet.`)
  const [one, other] = [await clusterOf(primary), await clusterOf(replica)]
  if (!other.follows)
    throw new EvidenceError(
      'DATABASE_URL_UNSUPPORTED',
      `${replica.shown} follows no primary: it is no streaming replica.`,
    )
  if (one.cluster !== other.cluster || one.database !== other.database)
    throw new EvidenceError('DATABASE_URL_UNSUPPORTED', `${replica.shown} is no replica of ${primary.shown}.`)
}

interface Cluster {
  /** A number that a server and all its replicas have in common. */
  readonly cluster: string
  readonly database: string
  readonly follows: boolean
}

const clusterOf = (location: PostgresqlLocation): Promise<Cluster> =>
  usePostgresql(location, async (client) => {
    const { rows } = await client.query<Cluster>(
      `SELECT system_identifier::text AS cluster, current_database() AS database, pg_is_in_recovery() AS follows
       FROM pg_control_system()`,
    )
    const [cluster] = rows
    if (cluster === undefined) throw new Error('pg_control_system() has no row')
    return cluster
  })
