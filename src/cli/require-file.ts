import { lstatSync, readlinkSync, type Stats, statSync } from 'node:fs'
import { EvidenceError, reasonOf } from '../errors.ts'

/**
 * What a file is, looked at before it is opened: a pipe without a writer would be waited for for ever.
 *
 * @throws EvidenceError FILE_NOT_READABLE  it isn't there, or is no file but a folder, pipe or device
 */
export function requireFile(file: string, shown: string): Stats {
  let stats: Stats
  try {
    stats = statSync(file)
  } catch (cause) {
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new EvidenceError(
        'FILE_NOT_READABLE',
        `${shown} can't be read: it is a link to ${readlinkSync(file)}, which can't be reached (${reasonOf(cause)}).`,
        {},
        { cause },
      )
    throw notReadable(shown, cause)
  }
  if (stats.isFile()) return stats
  throw new EvidenceError(
    'FILE_NOT_READABLE',
    `${shown} can't be read: it is ${stats.isDirectory() ? 'a folder' : 'a pipe or a device'}; expected a file.`,
  )
}

/** The error for a file that the system refuses to read. */
export const notReadable = (shown: string, cause: unknown): EvidenceError =>
  new EvidenceError('FILE_NOT_READABLE', `${shown} can't be read: ${reasonOf(cause)}.`, {}, { cause })
