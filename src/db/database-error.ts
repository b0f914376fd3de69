import { EvidenceError } from '../errors.ts'
import type { DatabaseLocation } from './database-url.ts'
import type { Engine } from './engine.ts'
import { postgresqlError } from './postgresql/error.ts'
import { sqliteError } from './sqlite/error.ts'

/**
 * Turns what the driver throws into our own error, with a sentence that a person can act on. What nobody knows stays
 * as it is.
 *
 * @param doing  what was being saved or read: "the study rosenberg-1993-il2-lak"
 */
export function databaseError(error: unknown, doing: string, database: Engine | DatabaseLocation): unknown {
  if (error instanceof EvidenceError) return error
  if (database === 'sqlite') return sqliteError(error, doing) ?? error
  if (database === 'postgresql') return postgresqlError(error, doing) ?? error
  return (database.engine === 'sqlite' ? sqliteError(error, doing) : postgresqlError(error, doing, database)) ?? error
}
