/** Where a PostgreSQL database lies, and how to get into it. */
export interface PostgresqlLocation {
  readonly engine: 'postgresql'
  /**
   * For Prisma and for the driver, password included: never print it. Host, port and database stand in it even where
   * they weren't given, so that nothing in the environment changes which database is meant.
   */
  readonly url: string
  /** The schema that holds the tables; the connections of `url` look there first. */
  readonly schema: string
  /** The same for a person: user, host, port and database, never a password. */
  readonly shown: string
}

const DEFAULT_PORT = '5432'
const DEFAULT_SCHEMA = 'public'

/** Those that say what is to happen in any case; the driver can't do "encrypt if the server happens to". */
const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full']

const ENCODE = 'Percent-encode what is special in user and password: % is %25, @ %40, : %3A, / %2F, ? %3F, # %23.'

/**
 * Reads a `postgresql://` or `postgres://` URL as libpq does: user, password, host, port and dbname may also be
 * parameters, and a host that starts with a slash is the folder of a Unix socket.
 *
 * @param refuse  throws, and says of which URL the reason holds
 */
export function postgresqlLocation(text: string, refuse: (reason: string) => never): PostgresqlLocation {
  const given = partsOf(text, refuse)
  const parameters = given.parameters
  const taken = (name: string, otherwise: string): string => {
    const value = parameters.get(name)
    parameters.delete(name)
    return value === null || value === '' ? otherwise : value
  }
  const user = taken('user', given.user)
  const password = taken('password', given.password)
  const host = bracketed(taken('host', given.host) || 'localhost')
  const port = taken('port', given.port) || DEFAULT_PORT
  const database = taken('dbname', given.database)
  const schema = taken('schema', DEFAULT_SCHEMA)
  const sslMode = parameters.get('sslmode')

  if (password !== '' && user === '') return refuse('it has a password, but no user.')
  if (host.includes(',')) return refuse('it names several hosts. Name one.')
  if (!host.startsWith('/') && /[/?#@\s]/.test(host)) return refuse(`its host can't be read. ${ENCODE}`)
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535) return refuse(`the port ${port} is none.`)
  if (database === '') return refuse('it names no database. Expected for example postgresql://localhost:5432/evidence.')
  // The driver doesn't decode these.
  const special = /[/?#@:;&=+$,\0]/.exec(database)?.[0]
  if (special !== undefined) return refuse(`a database whose name holds "${special}" can't be handed to the driver.`)
  if (!/^[a-z_][a-z0-9_]*$/.test(schema)) {
    return refuse(`the schema ${schema} is not named with small letters, digits and "_" only.`)
  }
  if (sslMode !== null && !SSL_MODES.includes(sslMode)) {
    return refuse(`sslmode=${sslMode} isn't possible here. Write one of ${SSL_MODES.join(', ')}.`)
  }

  if (sslMode !== null) {
    if (sslMode === 'verify-ca' && !parameters.has('sslrootcert')) {
      return refuse('sslmode=verify-ca needs sslrootcert=FILE, the certificate to verify with.')
    }
    // The driver has meanings of its own for these words unless it is told to take them as libpq does.
    parameters.set('uselibpqcompat', 'true')
  }
  lookInto(schema, parameters, refuse)

  const socket = host.startsWith('/')
  if (socket) parameters.set('host', host)
  const named = (login: string, place: string, query: string) =>
    `postgresql://${login === '' ? '' : `${login}@`}${place}/${encodeURI(database)}${query === '' ? '' : `?${query}`}`
  const who = encodeURIComponent(user)
  const url = named(
    password === '' ? who : `${who}:${encodeURIComponent(password)}`,
    `${socket ? 'localhost' : host}:${port}`,
    [...parameters].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&'),
  )
  const shown = named(
    who,
    socket ? (port === DEFAULT_PORT ? '' : `:${port}`) : `${host}:${port}`,
    [...(socket ? [`host=${host}`] : []), ...(schema === DEFAULT_SCHEMA ? [] : [`schema=${schema}`])].join('&'),
  )
  return { engine: 'postgresql', url, schema, shown }
}

/** Whether the server is on this computer: by the computer's name for itself, or by a socket. */
export function isLocalServer({ url }: PostgresqlLocation): boolean {
  const { hostname, searchParams } = new URL(url)
  return searchParams.has('host') || /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname)
}

/** What Prisma qualifies with the schema is found anyway; what is written by hand is looked for on the search path. */
function lookInto(schema: string, parameters: URLSearchParams, refuse: (reason: string) => never): void {
  const setting = `-c search_path=${schema}`
  const given = parameters.get('options') ?? ''
  const others = given === setting ? '' : given.replace(` ${setting}`, '').trim()
  if (/search_path/i.test(others)) refuse('name the schema by schema=…, not by a search_path in options.')
  if (schema === DEFAULT_SCHEMA) return
  parameters.set('schema', schema)
  parameters.delete('options')
  parameters.set('options', others === '' ? setting : `${others} ${setting}`)
}

/** An address of IPv6 stands in brackets in a URL, and not where it is a parameter. */
const bracketed = (host: string): string => (/^[\da-f:.]*:[\da-f:.]*$/i.test(host) ? `[${host}]` : host)

interface Parts {
  readonly user: string
  readonly password: string
  readonly host: string
  readonly port: string
  readonly database: string
  readonly parameters: URLSearchParams
}

function partsOf(text: string, refuse: (reason: string) => never): Parts {
  // Node refuses a user without a host, which libpq allows where the host is a parameter.
  const whole = text.replace(/^(postgres(?:ql)?:\/\/[^/?#]*@)(?=[:/?#]|$)/i, '$1localhost')
  if (!/^postgres(ql)?:\/\//i.test(text) || !URL.canParse(whole)) {
    return refuse(`it can't be read. Expected postgresql://user:password@host:5432/database. ${ENCODE}`)
  }
  // Unlike in a form's URL a "+" is a plus.
  const url = new URL(whole.replace(/\?.*$/s, (query) => query.replaceAll('+', '%2B')))
  if (/@/.test(url.pathname + url.search)) {
    return refuse(`it has an "@" after the host, or a "/" or "?" in the password. ${ENCODE}`)
  }
  if (url.hash !== '') return refuse(`what follows the "#" isn't part of a URL. ${ENCODE}`)
  const decoded = (encoded: string): string => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return refuse(`it holds a "%" that starts no percent-encoded character. ${ENCODE}`)
    }
  }
  return {
    user: decoded(url.username),
    password: decoded(url.password),
    host: decoded(url.hostname),
    port: url.port,
    database: decoded(url.pathname.slice(1)),
    parameters: url.searchParams,
  }
}
