import type { Client, ClientConfig } from 'pg'
import { databaseLocation, type PostgresqlLocation } from '../../src/db/database-url.ts'
import { driverConfig } from '../../src/db/postgresql/driver-config.ts'
import { EngineError } from './engine-error.ts'
import { type Address, connectError, statementError } from './postgresql-error.ts'

/** Databases that a server has from the start, to make and drop others from. */
const MAINTENANCE = ['postgres', 'template1'] as const

type Work = (client: Client) => Promise<unknown>

/** A way to a server, by a URL. */
export class Server {
  readonly location: PostgresqlLocation
  readonly address: Address

  constructor(url: string) {
    this.location = locationOf(url)
    const { hostname, port, username, pathname, searchParams } = new URL(this.location.url)
    this.address = {
      host: searchParams.get('host') ?? hostname.replace(/^\[|\]$/g, ''),
      port: Number(port),
      user: decodeURIComponent(username) || (process.env.PGUSER ?? process.env.USER ?? ''),
      database: decodeURIComponent(pathname.slice(1)),
    }
  }

  /** @throws EngineError with Prisma's code for what hinders */
  async connect(database = this.address.database): Promise<Client> {
    let client: Client | undefined
    try {
      const { Client } = await driver()
      client = new Client(this.#config(database))
      // A connection that breaks while nothing is asked: the next question will say so.
      client.on('error', () => undefined)
      await client.connect()
      return client
    } catch (error) {
      // What was begun would keep the program from ending; it may not end in an orderly way any more.
      client?.end().catch(() => undefined)
      throw connectError(error, { ...this.address, database })
    }
  }

  async use(work: Work): Promise<void> {
    await withClient(await this.connect(), work)
  }

  /** Over a database that is there in any case, since the one that is meant may not be. */
  async useMaintenance(work: Work): Promise<void> {
    const [first, second] = MAINTENANCE
    // The words of the first refusal are those that matter.
    const client = await this.connect(first).catch((refusal) =>
      this.connect(second).catch(() => Promise.reject(refusal)),
    )
    await withClient(client, work)
  }

  #config(database: string): ClientConfig {
    const url = new URL(this.location.url)
    url.pathname = `/${encodeURI(database)}`
    return { ...driverConfig({ ...this.location, url: url.href }), application_name: 'schema engine' }
  }
}

function locationOf(url: string): PostgresqlLocation {
  let reason = 'expected postgresql://…'
  try {
    const location = databaseLocation(url, '/')
    if (location.engine === 'postgresql') return location
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error)
  }
  throw new EngineError('P1013', reason)
}

async function withClient(client: Client, work: Work): Promise<void> {
  try {
    await work(client)
  } catch (error) {
    throw error instanceof EngineError ? error : statementError(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Loaded only where it is needed: each start of the engine counts. */
export const driver = async () => (await import('pg')).default
