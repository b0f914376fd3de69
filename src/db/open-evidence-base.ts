import path from 'node:path'
import { EvidenceError } from '../errors.ts'
import { type Database, openDatabase, type Replica } from './connect.ts'
import { databaseLocation } from './database-url.ts'
import type { Engine } from './engine.ts'

/** Evibase's own folder, as seen from its sources: the command line, which is bundled, is told instead. */
const root = path.resolve(import.meta.dirname, '../..')

export interface OpenOptions {
  /** As DATABASE_REPLICA_URL: a streaming replica to send questions to. */
  readonly replica?: string
  /** Told when the replica can't be asked and the primary is; by default a warning of the process. */
  readonly warn?: (words: string) => void
}

/**
 * Opens an evidence base for a program of one's own. Close it with `$disconnect()`.
 *
 * @param url  as DATABASE_URL: file:./data/evidence.db by default; a relative path starts at Evibase's folder
 * @throws EvidenceError  DATABASE_URL_UNSUPPORTED, NOT_A_DATABASE, NOT_EVIBASE, DATABASE_NOT_FOUND, SCHEMA_OUTDATED,
 *                        SCHEMA_NEWER, MIGRATION_FAILED; on PostgreSQL also DATABASE_NOT_REACHABLE,
 *                        DATABASE_ACCESS_DENIED, SERVER_TOO_OLD
 */
export async function openEvidenceBase(url?: string, { replica, warn }: OpenOptions = {}): Promise<Database> {
  const location = databaseLocation(url, root)
  return openDatabase(
    location,
    root,
    replicaOf(location.engine, replica, root, warn ?? ((words) => process.emitWarning(words))),
  )
}

/**
 * The replica that an address names.
 *
 * @throws EvidenceError DATABASE_URL_UNSUPPORTED  it can't be read, or is none of PostgreSQL's
 */
export function replicaOf(
  engine: Engine,
  url: string | undefined,
  base: string,
  warn: Replica['warn'],
): Replica | undefined {
  if (url === undefined || url.trim() === '') return undefined
  const location = databaseLocation(url, base)
  if (location.engine === 'postgresql' && engine === 'postgresql') return { location, warn }
  throw new EvidenceError(
    'DATABASE_URL_UNSUPPORTED',
    'A replica is a postgresql:// address beside another one: SQLite has none. Unset DATABASE_REPLICA_URL, or correct it.',
  )
}
