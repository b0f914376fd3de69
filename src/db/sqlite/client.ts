import { setImmediate } from 'node:timers/promises'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { PrismaClient } from '../../generated/prisma/client.ts'
import type { SqliteLocation } from '../database-url.ts'
import { knowingTexts, withTexts } from '../parked-texts.ts'
import { BUSY_TIMEOUT } from './busy-timeout.ts'
import { readOnlyCopy } from './read-only-copy.ts'

export const sqliteClient = ({ file }: SqliteLocation): PrismaClient =>
  knowingTexts(new PrismaClient({ adapter: new Adapter(file) }))

class Adapter extends PrismaBetterSqlite3 {
  constructor(private readonly file: string) {
    super({ url: file, timeout: BUSY_TIMEOUT })
  }

  override async connect() {
    const connection = await this.opened()
    const startTransaction = connection.startTransaction.bind(connection)
    connection.startTransaction = async (level) => withTexts(heard(await startTransaction(level)))
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

/** Milliseconds after which an interrupt is heard. */
const DEAF = 50
let lastHeard = 0

/**
 * This driver never waits: a long reading would go on to its end before Node hears of Ctrl-C, or of anything else. So it is
 * given a turn between two questions now and then.
 */
function heard<Asked extends SqlQueryable>(transaction: Asked): Asked {
  const queryRaw = transaction.queryRaw.bind(transaction)
  transaction.queryRaw = async (query) => {
    if (performance.now() - lastHeard > DEAF) {
      await setImmediate()
      lastHeard = performance.now()
    }
    return queryRaw(query)
  }
  return transaction
}
