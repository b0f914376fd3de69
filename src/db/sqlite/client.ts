import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaClient } from '../../generated/prisma/client.ts'
import type { SqliteLocation } from '../database-url.ts'
import { BUSY_TIMEOUT } from './busy-timeout.ts'
import { readOnlyCopy } from './read-only-copy.ts'

export const sqliteClient = ({ file }: SqliteLocation): PrismaClient => new PrismaClient({ adapter: new Adapter(file) })

class Adapter extends PrismaBetterSqlite3 {
  constructor(private readonly file: string) {
    super({ url: file, timeout: BUSY_TIMEOUT })
  }

  override async connect() {
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
