import { type ErrorCode, EvidenceError } from '../../errors.ts'
import type { PostgresqlLocation } from '../database-url.ts'
import { driverMessages } from '../driver-messages.ts'
import { refusals } from '../refusals.ts'

/**
 * What PostgreSQL, its driver or Prisma threw as our own error; undefined where nobody knows it. Told apart by codes,
 * since servers speak many languages.
 *
 * @param location  the database, where the caller knows it
 * @source https://www.postgresql.org/docs/15/errcodes-appendix.html
 */
export function postgresqlError(
  error: unknown,
  doing: string,
  location?: PostgresqlLocation,
): EvidenceError | undefined {
  const { codes, text } = driverMessages(error)
  const has = (...wanted: readonly string[]) => wanted.some((code) => codes.includes(code))
  const refuse = (code: ErrorCode, message: string) => new EvidenceError(code, message, {}, { cause: error })
  const say = refusals(error, doing)
  const at = location?.shown ?? 'the database'
  const At = location?.shown ?? 'The database'

  if (has('23514')) return say.brokenRule(quoted(text).at(-1))
  if (has('23503', '23001', 'P2003')) return say.danglingKey()
  if (has('23505', 'P2002')) return say.secondRow(quoted(text).at(-1))
  // Here the first is the column, and the last its table.
  if (has('23502', 'P2011')) return say.unfitValue(quoted(text)[0])
  if (has('22P02', '22003', '22021', '22P05')) return say.unfitValue(quoted(text).at(-1))
  if (has('54000')) return say.unfitValue('too long to be looked up by')
  if (has('40001', '40P01', '55P03', 'P2034', 'P2028')) return say.busy()
  if (has('57014'))
    return refuse(
      'DATABASE_BUSY',
      `The server broke off after its time limit, and ${doing} was left undone. Try again.`,
    )
  if (has('53300'))
    return refuse(
      'DATABASE_BUSY',
      `The server of ${at} has no connection left, and ${doing} was left undone. Try again later.`,
    )

  if (has('28P01', 'AuthenticationFailed'))
    return refuse(
      'DATABASE_ACCESS_DENIED',
      `The server refuses the user or the password for ${at}. Correct them in DATABASE_URL.`,
    )
  if (has('28000', 'DatabaseAccessDenied') || /\bpassword must be a string\b/.test(text))
    return refuse(
      'DATABASE_ACCESS_DENIED',
      `The server doesn't let this user into ${at}${told(text)}. Correct the user, or give a password, in DATABASE_URL.`,
    )
  if (has('42501'))
    return refuse(
      'DATABASE_ACCESS_DENIED',
      `The user may not do that in ${at}, and ${doing} was left undone${told(text)}. Let its owner grant what is missing.`,
    )
  if (has('25006'))
    return refuse(
      'DATABASE_NOT_WRITABLE',
      `${At} may only be read, so ${doing} was not saved: it is a replica, or set so. Name the primary in DATABASE_URL.`,
    )
  if (has('53100', '53200', '58030'))
    return refuse(
      'DATABASE_NOT_WRITABLE',
      `The server has no room left, so ${doing} was not saved. Look at its disk and memory.`,
    )
  if (has('42704', '22023'))
    return refuse(
      'DATABASE_URL_UNSUPPORTED',
      `The server of ${at} doesn't take a setting that the address asks for${told(text)}. Correct options= in DATABASE_URL.`,
    )
  if (has('3D000', 'DatabaseDoesNotExist'))
    return refuse('DATABASE_NOT_FOUND', `There is no database ${at}. Make it with \`evibase db migrate\`.`)
  if (has('ENOTFOUND', 'EAI_AGAIN'))
    return refuse('DATABASE_NOT_REACHABLE', `There is no computer by the name in ${at}. Correct it in DATABASE_URL.`)
  if (has('57P03'))
    return refuse('DATABASE_NOT_REACHABLE', `The server of ${at} is just starting or stopping. Try again in a moment.`)
  if (has('ECONNREFUSED', 'ENOENT', 'EACCES', 'EHOSTUNREACH', 'ENETUNREACH', 'DatabaseNotReachable', 'P1001'))
    return refuse(
      'DATABASE_NOT_REACHABLE',
      `No server answers at ${at}. Look whether it runs, and at host and port in DATABASE_URL.`,
    )
  if (/timeout expired|timeout exceeded/.test(text) || has('ETIMEDOUT', 'P1008', 'P1002'))
    return refuse(
      'DATABASE_NOT_REACHABLE',
      `The server of ${at} doesn't answer in time. Look whether it can be reached from here.`,
    )
  if (has('TlsConnectionError') || codes.some((code) => /CERT|_SSL_|^ERR_TLS/.test(code)) || /SSL/.test(text))
    return refuse(
      'DATABASE_NOT_REACHABLE',
      `No encrypted connection to ${at} comes about${told(text)}. See sslmode and sslrootcert in DATABASE_URL.`,
    )
  if (
    has('57P01', '57P02', '57P05', 'ECONNRESET', 'EPIPE', 'ConnectionClosed', 'P1017') ||
    codes.some(isConnectionState) ||
    BROKEN.test(text)
  )
    return refuse(
      'DATABASE_NOT_REACHABLE',
      `The connection to ${at} broke, and ${doing} was left undone. Run it again when the server is back: what is in stays.`,
    )
  return undefined
}

/** SQLSTATEs of class 08 are about the connection. */
const isConnectionState = (code: string) => /^08[0-9A-Z]{3}$/.test(code)
const BROKEN = /Connection terminated|not queryable|Client was closed|Cannot use a pool after calling end/

/** Names stand in quotation marks of the server's language; the last is mostly the one that the message is about. */
const quoted = (text: string): readonly (string | undefined)[] =>
  [...text.matchAll(/["«»„“”']\s?([\w.]+)\s?["«»„“”']/g)].map((match) => match[1])

/** The server's own words, on one line. */
function told(text: string): string {
  const [words] = text
    .split('\n')
    .filter((line) => line !== '' && !/^Invalid |invocation|^Raw query/.test(line))
    .slice(-1)
  return words === undefined ? '' : ` (${words})`
}
