import { EvidenceError } from '../../errors.ts'

/** Where in a file; both count from 1. Without a column it is the line as a whole. */
export interface FilePlace {
  readonly line: number
  readonly column?: number
}

/** A file from elsewhere that isn't what it should be: its place, what is wrong, and what was expected. */
export function invalidImport(file: string, place: FilePlace | undefined, message: string): EvidenceError {
  const at = place === undefined ? '' : `:${place.line}${place.column === undefined ? '' : `:${place.column}`}`
  return new EvidenceError(
    'IMPORT_FILE_INVALID',
    `${file}${at}: ${message}. Nothing of the file was kept.`,
    place === undefined ? {} : { issues: [{ file, line: place.line, column: place.column ?? 1, message }] },
  )
}
