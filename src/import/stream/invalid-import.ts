import { EvidenceError } from '../../errors.ts'

/** Where in a file; both count from 1. Without a column it is the line as a whole. */
export interface FilePlace {
  readonly line: number
  readonly column?: number
}

/** A file from elsewhere that isn't what it should be, and of which nothing is kept then: MeSH comes whole or not at all. */
export const invalidImport = (file: string, place: FilePlace | undefined, message: string): EvidenceError =>
  importError(file, place, message, ' Nothing of the file was kept.')

/** A file whose records end with something else than they should; what becomes of those before it, the caller knows. */
export const brokenImport = (file: string, place: FilePlace | undefined, message: string): EvidenceError =>
  importError(file, place, message, '')

function importError(file: string, place: FilePlace | undefined, message: string, outcome: string): EvidenceError {
  const at = place === undefined ? '' : `:${place.line}${place.column === undefined ? '' : `:${place.column}`}`
  return new EvidenceError(
    'IMPORT_FILE_INVALID',
    `${file}${at}: ${message}.${outcome}`,
    place === undefined ? {} : { issues: [{ file, line: place.line, column: place.column ?? 1, message }] },
  )
}
