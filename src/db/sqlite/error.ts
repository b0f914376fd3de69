import { EvidenceError } from '../../errors.ts'
import { driverMessages } from '../driver-messages.ts'
import { type Refusals, refusals } from '../refusals.ts'

/** What SQLite's driver or Prisma threw as our own error; undefined where nobody knows it. */
export function sqliteError(error: unknown, doing: string): EvidenceError | undefined {
  const { codes, text } = driverMessages(error)
  const all = [...codes, text].join('\n')
  const say: Refusals = refusals(error, doing)
  const check = /CHECK constraint failed: (\w+)/.exec(text)?.[1]
  if (check) return say.brokenRule(check)
  if (/FOREIGN KEY constraint failed|foreign key constraint|\bP2003\b/i.test(all)) return say.danglingKey()
  const unique = /UNIQUE constraint failed: ([^\n)`]+)/i.exec(text)?.[1]
  if (unique || codes.includes('P2002')) return say.secondRow(unique?.trim())
  const missing = /NOT NULL constraint failed: ([\w.]+)/i.exec(text)?.[1]
  if (missing || codes.includes('P2011')) return say.unfitValue(missing)
  if (/database is locked|SQLITE_BUSY|SocketTimeout|\bP1008\b|\bP2028\b/i.test(all)) return say.busy()
  if (/database disk image is malformed|SQLITE_CORRUPT|SQLITE_NOTADB/i.test(all))
    return new EvidenceError(
      'NOT_A_DATABASE',
      `The database file is damaged, and ${doing} was left undone. Put back an undamaged copy of it.`,
      {},
      { cause: error },
    )
  if (/readonly database|SQLITE_READONLY|SQLITE_FULL|disk is full|disk I\/O error/i.test(all))
    return new EvidenceError(
      'DATABASE_NOT_WRITABLE',
      `The database can't be written to, so ${doing} was not saved. Look at its permissions and the room on the disk.`,
      {},
      { cause: error },
    )
  return undefined
}
