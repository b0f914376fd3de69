import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Driver from 'better-sqlite3'

/** Copies made by this process, by the file that they are of. */
const copies = new Map<string, string>()

/**
 * A copy to read from instead, which goes with this process. A database in write-ahead mode can be read only where
 * SQLite can make two files beside it, which it can't in a folder that may only be read, such as another person's or
 * one on a disc.
 *
 * @param error  what opening the file threw
 * @returns undefined where that isn't the reason
 */
export function readOnlyCopy(file: string, error: unknown): string | undefined {
  const reasons = `${String((error as { code?: unknown }).code)} ${String((error as { message?: unknown }).message)}`
  if (!/SQLITE_READONLY|SQLITE_CANTOPEN|readonly database|unable to open/.test(reasons)) return undefined
  if (!isWriteAhead(file)) return undefined
  const copy = copies.get(file) ?? copyOf(file)
  copies.set(file, copy)
  return copy
}

function copyOf(file: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'evibase-read-only-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const copy = path.join(folder, 'copy.db')
  // What has not been brought into the file yet stands beside it.
  for (const suffix of ['', '-wal'])
    if (existsSync(file + suffix)) {
      copyFileSync(file + suffix, copy + suffix, constants.COPYFILE_FICLONE)
      // The permissions come along.
      chmodSync(copy + suffix, 0o600)
    }
  const db = new Driver(copy)
  db.pragma('journal_mode = DELETE')
  db.close()
  return copy
}

/** Two bytes of the header say so: https://www.sqlite.org/fileformat2.html, "file format version numbers". */
export function isWriteAhead(file: string): boolean {
  if (!statSync(file).isFile()) return false
  const header = Buffer.alloc(20)
  const descriptor = openSync(file, 'r')
  try {
    return readSync(descriptor, header, 0, 20, 0) === 20 && header[18] === 2
  } finally {
    closeSync(descriptor)
  }
}
