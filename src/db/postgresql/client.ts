import { PrismaPg } from '@prisma/adapter-pg'
import type { IsolationLevel, Transaction } from '@prisma/driver-adapter-utils'
import type { PoolClient } from 'pg'
import { PrismaClient } from '../../generated/postgresql/client.ts'
import type { Database } from '../database.ts'
import type { PostgresqlLocation } from '../database-url.ts'
import { knowingTexts, withTexts } from '../parked-texts.ts'
import { driverConfig } from './driver-config.ts'

export function postgresqlClient(location: PostgresqlLocation): Database {
  const adapter = new Adapter(driverConfig(location), { schema: location.schema })
  // The one place where the two clients are taken for each other: made from the same models, they differ in what
  // SQLite can't do.
  return knowingTexts(new PrismaClient({ adapter })) as unknown as Database
}

class Adapter extends PrismaPg {
  override async connect() {
    const connection = await super.connect()
    connection.underlyingDriver().on('connect', heardAlways)
    const startTransaction = connection.startTransaction.bind(connection)
    connection.startTransaction = async (level?: IsolationLevel) => withTexts(oneAtATime(await startTransaction(level)))
    return withTexts(connection)
  }
}

/**
 * A server may end a connection by the packet in which it lets us in, before anybody listens: the process would end,
 * where the next question is told the same.
 */
const heardAlways = (client: PoolClient) => client.on('error', () => undefined)

/** Prisma asks for related rows at the same time, which one connection can't; the driver warns that it won't queue them. */
function oneAtATime(transaction: Transaction): Transaction {
  let last: Promise<unknown> = Promise.resolve()
  const afterLast = <Asked, Answer>(ask: (asked: Asked) => Promise<Answer>) => {
    return (asked: Asked): Promise<Answer> => {
      const answer = last.then(() => ask(asked))
      last = answer.catch(() => undefined)
      return answer
    }
  }
  transaction.queryRaw = afterLast(transaction.queryRaw.bind(transaction))
  transaction.executeRaw = afterLast(transaction.executeRaw.bind(transaction))
  return transaction
}
