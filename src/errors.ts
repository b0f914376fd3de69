/**
 * Every error that Evibase reports, by code: what it means and what the reader can do. The README's list is
 * held equal to this table by a test.
 */
export const ERROR_CODES = {
  DATABASE_URL_UNSUPPORTED: 'DATABASE_URL names a kind of database that Evibase does not speak',
  DATABASE_NOT_WRITABLE: 'the database cannot be written: the file or its folder, a read-only server, a full disk',
  DATABASE_NOT_FOUND: 'there is no database at the given place yet',
  DATABASE_NOT_REACHABLE: 'no server answers at the given place, or it went away amid the work',
  DATABASE_ACCESS_DENIED: 'the server refuses the user, the password, or what the user asked for',
  SERVER_TOO_OLD: 'the server is older than PostgreSQL 15',
  DATABASE_NOT_EMPTY: 'the database holds something already, where an empty one is needed',
  COPY_DIFFERS: 'what arrived is not what was sent; nothing of it was kept',
  PROGRAM_MISSING: 'a program is not installed here: one of PostgreSQL, or what draws PNG and PDF',
  NOT_A_DATABASE: 'the file is not a SQLite database',
  NOT_EVIBASE: 'the database belongs to something else',
  SCHEMA_OUTDATED: 'migrations are pending',
  SCHEMA_NEWER: 'the database was migrated by a newer Evibase than this one',
  MIGRATION_FAILED: 'a migration failed or was left half-way',
  DATABASE_BUSY: 'another program is writing to the database',
  CONSTRAINT_VIOLATED: 'the database refused a row',
  FILE_EXISTS: 'a file is there already, and was left as it is',
  NOT_A_BACKUP: 'the file is no backup that can be restored here',
  FILE_NOT_READABLE: 'a file could not be read or written',
  STUDY_FILE_INVALID: 'a study file, review or vocabulary has mistakes; each is listed with its place',
  STUDY_GIVEN_TWICE: 'two files of one load hold the same study and say different things of it',
  RECORD_INVALID: 'a bibliographic record from elsewhere cannot be read',
  IMPORT_FILE_INVALID: 'a file from elsewhere is malformed, or of another kind than was expected; its place is given',
  VOCABULARY_OLDER: 'a vocabulary of an older year than the one that the database has',
  VOCABULARY_MISSING: 'the database has no imported MeSH, which is needed for what was asked',
  FILTER_INVALID: 'what was asked of find is no filter; its place is given',
  HEADING_NOT_FOUND: 'no MeSH heading goes by that name, or several do',
  STUDY_NOT_FOUND: 'no study has that key',
  STUDY_FROM_REGISTRY:
    "a study was read from a registry's record, which no study file can hold: the record is its source",
  STUDY_IN_USE: 'a review holds a row that the study file no longer has, or that is about something else in it',
  REVIEW_NOT_FOUND: 'no review has that key',
  REVIEW_STUDY_MISSING: 'a review names a study, or a result of one, that the database does not have',
  RECORD_NOT_FOUND: 'no publication or record from elsewhere has that key',
  MERGE_REFUSED: 'publications that cannot be made one, or records that cannot be taken apart',
  REPORT_REFUSED:
    "a decision about a study's publication that its own file or record makes, or that no record could keep",
  SHARED_ROW_CONFLICT: 'two files describe the same publication, MeSH term or appraisal tool differently',
  CHOICE_UNKNOWN: 'a choice names an outcome, arm or analysis set that there is not',
  POOL_AMBIGUOUS: 'rows that one pool must not take together: a study twice, or several outcomes; they are named',
  NOTHING_TO_DRAW: 'no study has what the picture would show; the reason is given, and no file is written',
  EFFECT_INPUT_INVALID: 'numbers that no data can have, or an option that an effect measure does not have',
  USAGE: 'the command line was not understood',
} as const

export type ErrorCode = keyof typeof ERROR_CODES

/** One mistake in a file, at a place that an editor can jump to. Lines and columns count from 1. */
export interface FileIssue {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
}

export interface ErrorDetails {
  readonly issues?: readonly FileIssue[]
  readonly [key: string]: unknown
}

/** The one error class. `message` says what was wrong, where, what was expected and what to do. */
export class EvidenceError extends Error {
  override readonly name = 'EvidenceError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}

/** The operating system's own word for what went wrong, without its code and path. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? (/^\w+: ([^,]+)/.exec(error.message)?.[1] ?? error.message) : String(error)
