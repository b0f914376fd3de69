import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter, SqlQueryable } from '@prisma/driver-adapter-utils'
import type Driver from 'better-sqlite3'
import { PrismaClient } from '../../generated/prisma/client.ts'
import type { SqliteLocation } from '../database-url.ts'
import { knowingTexts } from '../parked-texts.ts'
import { BUSY_TIMEOUT } from './busy-timeout.ts'
import { readDirectly, turnForOthers } from './direct-reads.ts'
import { keepStatements } from './kept-statements.ts'
import { readOnlyCopy } from './read-only-copy.ts'

export function sqliteClient({ file }: SqliteLocation): PrismaClient {
  const adapter = new Adapter(file)
  return readDirectly(knowingTexts(new PrismaClient({ adapter })), () => adapter.driver)
}

class Adapter extends PrismaBetterSqlite3 {
  driver: Driver.Database | undefined

  constructor(private readonly file: string) {
    super({ url: file, timeout: BUSY_TIMEOUT })
  }

  override async connect() {
    const connection = await this.opened()
    this.driver = driverOf(connection)
    keepStatements(this.driver)
    const startTransaction = connection.startTransaction.bind(connection)
    connection.startTransaction = async (level) => heard(await startTransaction(level))
    return connection
  }

  private async opened() {
    const connection = await super.connect()
    try {
      // In write-ahead mode this driver would leave the last commits to the operating system: a power cut takes them.
      await connection.executeScript('PRAGMA synchronous = FULL')
      return connection
    } catch (error) {
      await connection.dispose()
      const copy = readOnlyCopy(this.file, error)
      if (copy === undefined) throw error
      return new PrismaBetterSqlite3({ url: copy, readonly: true }).connect()
    }
  }
}

/** Prisma's adapter shows its driver to nobody; a test sees it when that changes. */
const driverOf = (connection: SqlDriverAdapter): Driver.Database =>
  (connection as unknown as { readonly client: Driver.Database }).client

function heard<Asked extends SqlQueryable>(transaction: Asked): Asked {
  const queryRaw = transaction.queryRaw.bind(transaction)
  transaction.queryRaw = async (query) => {
    await turnForOthers()
    return queryRaw(query)
  }
  return transaction
}
