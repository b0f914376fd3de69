import { DriverAdapterError } from '@prisma/driver-adapter-utils'
import { EngineError } from './engine-error.ts'

/** Where an attempt to connect went, without its password. */
export interface Address {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

/** What `pg` throws; each part is there or not, depending on where the error comes from. */
interface ServerError {
  readonly message: string
  readonly code?: string
  readonly severity?: string
  readonly detail?: string
  readonly hint?: string
  readonly column?: string
  readonly position?: string
}

/** Codes of a server that ends a session: administrator's command, crash, start or stop under way. */
const SESSION_ENDED = ['57P01', '57P02', '57P03', '57P05']
const SOCKET_CLOSED = ['ECONNRESET', 'EPIPE', '08003', '08006']
const NOT_REACHED = [
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT', 'EACCES', 'ETIMEDOUT'],
  ...SOCKET_CLOSED,
]
const NO_CODE = 'XX000'
const TLS = /SSL|TLS|certificate|altnames/i

/** A failure to connect, with Prisma's code for it. The server's own words say more than Prisma's. */
export function connectError(error: unknown, address: Address): EngineError {
  const { code = '', message } = serverError(error)
  const database = `database \`${address.database}\``
  const server = `\`${address.host}:${address.port}\``
  const said = message === '' ? code : message
  if (code === '3D000') {
    return new EngineError('P1003', `Database \`${address.database}\` does not exist`, {
      database_name: address.database,
    })
  }
  const roleMissing = code === '28000' && /^role /.test(message)
  // The driver's own words where the server asks for a password and there is none.
  if (code === '28P01' || roleMissing || /^SASL/.test(message)) {
    const credentials = `the provided database credentials for \`${address.user}\` are not valid`
    const why = /^SASL/.test(message) && /password must be/.test(message) ? 'it asks for a password' : said
    return new EngineError('P1000', `Authentication failed against the database server, ${credentials}: ${why}`)
  }
  if (code === '28000' || code === '42501') {
    return new EngineError('P1010', `User \`${address.user}\` was denied access on the ${database}: ${said}`)
  }
  if (code === '53300') return new EngineError('P2037', `Too many connections are open at ${server}: ${said}`)
  if (SESSION_ENDED.includes(code)) return new EngineError('P1001', `${server} takes no connections now: ${said}`)
  if (/timeout expired/.test(message)) {
    return new EngineError('P1002', `The database server at ${server} was reached, but did not answer in time.`)
  }
  if (NOT_REACHED.includes(code)) return new EngineError('P1001', `Can't reach database server at ${server}: ${said}`)
  if (TLS.test(message) || TLS.test(code)) {
    return new EngineError('P1011', `Error opening a TLS connection to ${server}: ${said}`)
  }
  if (/^Connection terminated/.test(message)) return new EngineError('P1001', `${server} closed the connection.`)
  return new EngineError('P1001', `Can't use the ${database} at ${server}: ${said}`)
}

/** A failed statement as the engine knows errors; `script` shows the line that the server points at. */
export function statementError(error: unknown, script?: string): Error {
  const { code = '', severity, message, detail, hint, column, position } = serverError(error)
  if (
    SESSION_ENDED.includes(code) ||
    SOCKET_CLOSED.includes(code) ||
    /^Connection terminated|not queryable|^Client was closed/.test(message)
  ) {
    return new EngineError('P1017', `The server has closed the connection: ${message || code}`)
  }
  if (code === '' || severity === undefined) return error instanceof Error ? error : new Error(String(error))
  const words = [
    message,
    ...(detail === undefined ? [] : [`DETAIL: ${detail}`]),
    ...(hint === undefined ? [] : [`HINT: ${hint}`]),
    ...(script === undefined || position === undefined ? [] : [placeIn(script, Number(position))]),
  ].join('\n')
  return new DriverAdapterError({
    kind: 'postgres',
    // For codes that it knows the engine has words of its own, which say nothing of the script.
    code: script === undefined ? code : NO_CODE,
    ...{ severity, message: words, detail, column, hint },
    originalCode: code,
    originalMessage: `${severity}: ${words}`,
  })
}

/** Positions count characters, from 1. */
function placeIn(script: string, position: number): string {
  const before = [...script].slice(0, position - 1).join('')
  const number = before.split('\n').length
  return `at line ${number}: ${script.split('\n')[number - 1]?.trim() ?? ''}`
}

function serverError(error: unknown): ServerError {
  if (typeof error !== 'object' || error === null) return { message: String(error) }
  // Where a name has several addresses, one error each is wrapped in one without words.
  const { errors } = error as { errors?: unknown }
  const inner: unknown = Array.isArray(errors) ? errors[0] : error
  return { ...(inner as ServerError), message: inner instanceof Error ? inner.message : String(inner) }
}
