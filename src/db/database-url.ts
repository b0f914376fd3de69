import path from 'node:path'
import { EvidenceError } from '../errors.ts'
import { isLocalServer, type PostgresqlLocation, postgresqlLocation } from './postgresql/location.ts'

/** The database when none is named. */
export const DEFAULT_DATABASE_URL = 'file:./data/evidence.db'

export type { PostgresqlLocation }

export type DatabaseLocation = SqliteLocation | PostgresqlLocation

export interface SqliteLocation {
  readonly engine: 'sqlite'
  /** Absolute path. */
  readonly file: string
  /**
   * The same for Prisma: `file://` and the path as it is. Prisma and its Studio take nothing in it for percent-encoded,
   * so it isn't a value for DATABASE_URL where the path holds a percent sign; `file:` and the path is.
   */
  readonly url: string
  /** The place for a person: the path. */
  readonly shown: string
}

/** Parameters that change what SQLite does with the file; none of them would take effect here. */
const SQLITE_PARAMETERS = ['cache', 'immutable', 'mode', 'nolock', 'psow', 'vfs']

/**
 * Where the database lies. A `postgresql://` URL is read as libpq does. `file:` and a path is taken literally, a
 * `file:///` URL is percent-decoded; Prisma's `?connection_limit=…` and the like mean nothing for a file, and are left
 * out.
 *
 * @param given  the value of DATABASE_URL; undefined or blank means {@link DEFAULT_DATABASE_URL}
 * @param root   absolute folder that relative paths start from: the project's, never the current one
 * @throws EvidenceError DATABASE_URL_UNSUPPORTED  another kind of database, or no name of a file or database
 */
export function databaseLocation(given: string | undefined, root: string): DatabaseLocation {
  const text = given?.trim() || DEFAULT_DATABASE_URL
  const refuse = (reason: string): never => {
    const shown = withoutSecrets(text)
    throw new EvidenceError('DATABASE_URL_UNSUPPORTED', `The database URL is \`${shown}\`: ${reason}`, { given: shown })
  }

  if (/^(file:)?(\/\/)?:memory:/i.test(text) || /^file:.*[?&]mode=memory(&|$)/is.test(text)) {
    return refuse('a database in memory is gone when the command ends. Name a file: file:./data/evidence.db.')
  }
  if (/^postgres(ql)?:/i.test(text)) return postgresqlLocation(text, refuse)
  if (!/^file:/i.test(text)) return refuse(expectation(text))

  const [address = '', query = ''] = splitOnce(text.slice('file:'.length), '?')
  const parameters = [...new URLSearchParams(query).keys()]
  const ofSqlite = parameters.filter((name) => SQLITE_PARAMETERS.includes(name.toLowerCase()))
  if (ofSqlite.length > 0) {
    return refuse(`SQLite's parameter ${ofSqlite.join(', ')} has no effect here. Leave out what follows the "?".`)
  }
  const named = address.startsWith('//') ? pathOfUrl(address, refuse) : address
  if (named.trim() === '') return refuse(`it names no file. Expected for example ${DEFAULT_DATABASE_URL}.`)
  if (/[/\\]\.{0,2}$/.test(named) || /^\.{1,2}$/.test(named)) {
    return refuse(`it names a folder. Name the file in it, for example ${DEFAULT_DATABASE_URL}.`)
  }
  const file = path.resolve(root, named)
  if (/[?\0]/.test(file)) {
    return refuse(`a path with a question mark or a null character can't be handed to Prisma. Choose another path.`)
  }
  return { engine: 'sqlite', file, url: `file://${slashed(file)}`, shown: file }
}

/** The path of `///folder/file`, decoded; `//localhost/…` is this computer as well. */
function pathOfUrl(address: string, refuse: (reason: string) => never): string {
  const [, host = '', encoded = ''] = /^\/\/([^/]*)(.*)$/s.exec(address) ?? []
  if (host !== '' && host.toLowerCase() !== 'localhost') {
    return refuse(
      `"${host}" after file:// would be the name of a computer. ` +
        'Write file:./… for a path within the project, or file:///… for an absolute one.',
    )
  }
  let decoded: string
  try {
    decoded = decodeURIComponent(encoded)
  } catch {
    return refuse('it holds a "%" that starts no percent-encoded character. Write %25 for a percent sign.')
  }
  return process.platform === 'win32' ? decoded.replace(/^\/(?=[a-z]:)/i, '') : decoded
}

function expectation(text: string): string {
  const use = `Expected a SQLite file, for example ${DEFAULT_DATABASE_URL}, or postgresql://….`
  // One letter is a drive of Windows.
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined)
    return `a path needs file: before it. Write file:${relativeOrAbsolute(withoutSecrets(text))}.`
  if (scheme === 'sqlite' || scheme === 'sqlite3') return `${scheme}: isn't how Prisma names a SQLite file. ${use}`
  return `Evibase doesn't speak ${scheme}. ${use}`
}

function relativeOrAbsolute(given: string): string {
  return /^(\.{0,2}[/\\]|[a-z]:[/\\])/i.test(given) ? given : `./${given}`
}

/** What may be shown of a URL: no user and password, and nothing after the address, where some drivers have them too. */
function withoutSecrets(text: string): string {
  return text
    .replace(/^([a-z][a-z0-9+.-]*:(?:\/\/)?).*@/is, '$1***@')
    .replace(/^((?!file:)[a-z][a-z0-9+.-]+:[^?;]*)[?;].*$/is, '$1')
    .replace(/\b(password|pwd)\s*=\s*\S+/gi, '$1=***')
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)]
}

/** Windows paths as Prisma reads them: /C:/folder/file. */
function slashed(file: string): string {
  return file.startsWith('/') ? file : `/${file.replaceAll('\\', '/')}`
}

/** A database's address as DATABASE_URL names it, for a program that is started. */
export const addressOf = (location: DatabaseLocation): string =>
  location.engine === 'sqlite' ? `file:${location.file}` : location.url

/** Whether a database is on this computer. */
export const isLocal = (location: DatabaseLocation): boolean => location.engine === 'sqlite' || isLocalServer(location)
