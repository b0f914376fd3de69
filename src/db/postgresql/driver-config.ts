import type { ClientConfig } from 'pg'
import type { PostgresqlLocation } from '../database-url.ts'

/** Milliseconds, unless the URL says connect_timeout in seconds. */
const CONNECT_TIMEOUT = 10_000

/** How the driver gets into a database. */
export function driverConfig({ url }: PostgresqlLocation): ClientConfig {
  const seconds = Number(new URL(url).searchParams.get('connect_timeout'))
  return {
    connectionString: url,
    connectionTimeoutMillis: seconds > 0 ? seconds * 1000 : CONNECT_TIMEOUT,
    application_name: 'evibase',
    // A host that is gone without a word is noticed, also amid a long statement.
    keepAlive: true,
  }
}
