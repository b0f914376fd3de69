import {
  type ColumnType,
  ColumnTypeEnum,
  type ConnectionInfo,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils'
import type { Client } from 'pg'
import { statementError } from './postgresql-error.ts'

/**
 * The engine's connection: one session. Prisma's own adapter, made for applications, doesn't know the catalogue's
 * "char" columns, cuts scripts at each semicolon, also within function bodies, and spreads statements over a pool, while
 * the engine's lock belongs to a session.
 */
export class PostgresqlConnection implements SqlDriverAdapter {
  readonly provider = 'postgres'
  readonly adapterName = '@prisma/adapter-pg'

  constructor(
    private readonly client: Client,
    private readonly types: TypeParsers,
    private readonly schema: string,
    private readonly afterwards: () => Promise<void> = async () => {},
  ) {}

  async queryRaw({ sql, args }: SqlQuery): Promise<SqlResultSet> {
    const { fields, rows } = await this.#run(sql, args)
    return {
      columnNames: fields.map(({ name }) => name),
      columnTypes: fields.map(({ dataTypeID }) => columnType(dataTypeID)),
      rows,
    }
  }

  async executeRaw({ sql, args }: SqlQuery): Promise<number> {
    return (await this.#run(sql, args)).rowCount ?? 0
  }

  /** As one message, which the server takes for one transaction unless the script ends it itself. */
  async executeScript(script: string): Promise<void> {
    try {
      await this.client.query(script)
    } catch (error) {
      throw statementError(error, script)
    }
  }

  async startTransaction(): Promise<Transaction> {
    throw new Error('the schema engine uses no transactions')
  }

  getConnectionInfo(): ConnectionInfo {
    return { schemaName: this.schema, supportsRelationJoins: true }
  }

  async dispose(): Promise<void> {
    await this.client.end()
    await this.afterwards()
  }

  #reader(oid: number): Reader {
    const list = LISTS[oid]
    if (list === undefined) return SCALARS[oid]?.[1] ?? asText
    const elementsOf = this.types.getTypeParser(TEXT_LIST)
    return (value) => {
      const elements = elementsOf(value) as (string | null)[]
      return elements.map((element) => (element === null ? null : list[1](element)))
    }
  }

  async #run(text: string, values: unknown[]) {
    try {
      const types = { getTypeParser: (oid: number) => this.#reader(oid) }
      return await this.client.query<SqlResultSet['rows'][number]>({ text, values, rowMode: 'array', types })
    } catch (error) {
      throw statementError(error)
    }
  }
}

/** The driver's own readers, by the numbers of the types. */
interface TypeParsers {
  getTypeParser(oid: number): (value: string) => unknown
}
type Reader = (value: string) => SqlResultSet['rows'][number][number]

const TEXT_LIST = 1009

const asText: Reader = (value) => value
const asNumber: Reader = Number
const asBoolean: Reader = (value) => value === 't' || value === 'true'
/** In the server's time zone, with its offset as +02 or +05:30; or without one. */
const asTime: Reader = (value) => {
  const [, day, time, hours = '+00', minutes = ':00'] = /^(\S+) ([\d:.]+)([+-]\d\d)?(:\d\d)?$/.exec(value) ?? []
  return new Date(`${day}T${time}${hours}${minutes}`).toISOString().replace('Z', '+00:00')
}

/** What the catalogue's columns are made of, and the timestamps of migrations. */
const SCALARS: Readonly<Record<number, readonly [ColumnType, Reader]>> = {
  16: [ColumnTypeEnum.Boolean, asBoolean],
  18: [ColumnTypeEnum.Character, asText],
  20: [ColumnTypeEnum.Int64, asText],
  21: [ColumnTypeEnum.Int32, asNumber],
  23: [ColumnTypeEnum.Int32, asNumber],
  26: [ColumnTypeEnum.Int64, asNumber],
  114: [ColumnTypeEnum.Json, asText],
  700: [ColumnTypeEnum.Float, asNumber],
  701: [ColumnTypeEnum.Double, asNumber],
  1082: [ColumnTypeEnum.Date, asText],
  1114: [ColumnTypeEnum.DateTime, asTime],
  1184: [ColumnTypeEnum.DateTime, asTime],
  1700: [ColumnTypeEnum.Numeric, asText],
  3802: [ColumnTypeEnum.Json, asText],
}

/** Lists, with the reader of their elements. */
const LISTS: Readonly<Record<number, readonly [ColumnType, Reader]>> = {
  1000: [ColumnTypeEnum.BooleanArray, asBoolean],
  1002: [ColumnTypeEnum.CharacterArray, asText],
  1003: [ColumnTypeEnum.TextArray, asText],
  1005: [ColumnTypeEnum.Int32Array, asNumber],
  1007: [ColumnTypeEnum.Int32Array, asNumber],
  [TEXT_LIST]: [ColumnTypeEnum.TextArray, asText],
  1015: [ColumnTypeEnum.TextArray, asText],
  1016: [ColumnTypeEnum.Int64Array, asText],
  1028: [ColumnTypeEnum.Int64Array, asNumber],
}

const columnType = (oid: number): ColumnType => (SCALARS[oid] ?? LISTS[oid])?.[0] ?? ColumnTypeEnum.Text
