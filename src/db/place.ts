import { closeSync, openSync } from 'node:fs'
import path from 'node:path'
import { EvidenceError, reasonOf } from '../errors.ts'
import type { DatabaseLocation } from './database-url.ts'
import { makeFolder } from './make-folder.ts'

/**
 * Says so where a database can't be written, before anything is done to it. A server says it by itself.
 *
 * @throws EvidenceError DATABASE_NOT_WRITABLE
 */
export async function requireWritablePlace(location: DatabaseLocation): Promise<void> {
  if (location.engine === 'sqlite') (await import('./sqlite/inspect.ts')).requireWritable(location.file)
}

/**
 * Makes what a new database needs: its folder, and the file, empty. For a file that isn't there Prisma starts its schema
 * engine twice more, once to look and once to make it.
 *
 * @throws EvidenceError DATABASE_NOT_WRITABLE
 */
export async function preparePlace(location: DatabaseLocation): Promise<void> {
  await requireWritablePlace(location)
  if (location.engine !== 'sqlite') return
  const folder = path.dirname(location.file)
  try {
    makeFolder(folder)
    closeSync(openSync(location.file, 'a'))
  } catch (cause) {
    throw new EvidenceError(
      'DATABASE_NOT_WRITABLE',
      `${location.file} can't be made: ${reasonOf(cause)}. Name another place in DATABASE_URL.`,
      {},
      { cause },
    )
  }
}
