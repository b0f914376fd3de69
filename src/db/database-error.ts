import { EvidenceError } from '../errors.ts'

/**
 * Turns what the driver throws into our own error, with a sentence that a person can act on.
 *
 * @param doing  what was being saved or read: "the study rosenberg-1993-il2-lak"
 */
export function databaseError(error: unknown, doing: string): unknown {
  if (error instanceof EvidenceError) return error
  const text = messages(error).join('\n')
  const refuse = (
    code: 'CONSTRAINT_VIOLATED' | 'DATABASE_BUSY' | 'DATABASE_NOT_WRITABLE' | 'NOT_A_DATABASE',
    message: string,
    details = {},
  ) => new EvidenceError(code, message, details, { cause: error })
  const check = /CHECK constraint failed: (\w+)/.exec(text)?.[1]
  if (check)
    return refuse(
      'CONSTRAINT_VIOLATED',
      `The database refused ${doing}: a row breaks its rule ${check}. Nothing was saved.`,
      { constraint: check },
    )
  if (/FOREIGN KEY constraint failed|foreign key constraint|\bP2003\b/i.test(text))
    return refuse(
      'CONSTRAINT_VIOLATED',
      `The database refused ${doing}: a row points at one that isn't there, or one that would go is still pointed at. Nothing was saved.`,
    )
  const unique = /UNIQUE constraint failed: ([^\n)`]+)/i.exec(text)?.[1]
  if (unique || /\bP2002\b/.test(text))
    return refuse(
      'CONSTRAINT_VIOLATED',
      `The database refused ${doing}: it has such a row already${unique ? ` (${unique.trim()})` : ''}. Nothing was saved.`,
    )
  if (/database is locked|SQLITE_BUSY|SocketTimeout|\bP1008\b|\bP2028\b/i.test(text))
    return refuse(
      'DATABASE_BUSY',
      `Another program has been writing to the database for too long, and ${doing} was left undone. Try again when it is done.`,
    )
  if (/database disk image is malformed|SQLITE_CORRUPT|SQLITE_NOTADB/i.test(text))
    return refuse(
      'NOT_A_DATABASE',
      `The database file is damaged, and ${doing} was left undone. Put back an undamaged copy of it.`,
    )
  if (/readonly database|SQLITE_READONLY|SQLITE_FULL|disk is full|disk I\/O error/i.test(text))
    return refuse(
      'DATABASE_NOT_WRITABLE',
      `The database can't be written to, so ${doing} was not saved. Look at its permissions and the room on the disk.`,
    )
  return error
}

/** An error's message and those of what caused it; drivers hide theirs at different depths. */
function messages(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const { code, message, cause, meta, originalMessage, originalCode, kind, driverAdapterError } = error as Record<
    string,
    unknown
  >
  return [
    ...[code, message, originalMessage, originalCode, kind].filter((part) => typeof part === 'string'),
    ...[cause, meta, driverAdapterError].flatMap((inner) => messages(inner, depth + 1)),
  ]
}
