type Value = string | number | boolean | null | undefined
type Rows = readonly Readonly<Record<string, Value>>[]
/** The rows of a record, table by table. */
type Tables = Readonly<Record<string, Rows>>

/** Some rows of a table as text, of which a statement's parameter is made. */
export interface PackedRows extends PackedTable {
  /** Of each row a JSON list of the fields' values, with commas between them; empty where there is no row. */
  readonly text: string
}

interface PackedTable {
  /** All that a row has, in its order. */
  readonly columns: readonly string[]
  /** Those that some row has a value in. */
  readonly fields: readonly string[]
}

/** The rows of several records, each table as one text a record. */
export interface PackedTables {
  readonly tables: Readonly<Record<string, PackedTable>>
  readonly records: readonly Readonly<Record<string, string>>[]
}

/**
 * Packs the rows of records with the same tables. From one thread to another a text goes in a tenth of the time that rows
 * take, and there it is what the database is told.
 */
export function packTables(all: readonly object[]): PackedTables {
  const records = all as readonly Tables[]
  const names = Object.keys(records[0] ?? {})
  const tables = Object.fromEntries(
    names.map((name) => [name, tableOf(records.flatMap((record) => record[name] ?? []))]),
  )
  return {
    tables,
    records: records.map((record) =>
      Object.fromEntries(names.map((name) => [name, textOf(record[name] ?? [], tables[name]?.fields ?? [])])),
    ),
  }
}

function tableOf(rows: Rows): PackedTable {
  const columns = Object.keys(rows[0] ?? {})
  return { columns, fields: columns.filter((column) => isUsed(column, rows)) }
}

/**
 * Whether some row has a value in a column. Half of the values of registries' records are none, and a fourth of their columns:
 * what no row has needn't travel.
 */
export const isUsed = (column: string, rows: readonly Readonly<Record<string, unknown>>[]): boolean =>
  rows.some((row) => (row[column] ?? null) !== null)

const textOf = (rows: Rows, fields: readonly string[]): string =>
  JSON.stringify(rows.map((row) => fields.map((field) => row[field]))).slice(1, -1)

const PACKED = Symbol('the same rows, packed')

/** The records' rows, each table of which is made when it is first asked for. */
export const unpackTables = <T extends object>({ tables, records }: PackedTables): readonly T[] =>
  records.map((texts) => {
    const unpacked = Object.defineProperty({}, PACKED, {
      value: (name: string): PackedRows => ({ ...(tables[name] ?? NONE), text: texts[name] ?? '' }),
    })
    for (const [name, table] of Object.entries(tables)) {
      let rows: Rows | undefined
      const get = () => {
        rows ??= rowsOf({ ...table, text: texts[name] ?? '' })
        return rows
      }
      Object.defineProperty(unpacked, name, { enumerable: true, get })
    }
    return unpacked as T
  })

const NONE: PackedTable = { columns: [], fields: [] }

function rowsOf({ columns, fields, text }: PackedRows): Rows {
  const lists = JSON.parse(`[${text}]`) as readonly (readonly Value[])[]
  const places = columns.map((column) => fields.indexOf(column))
  return lists.map((list) =>
    Object.fromEntries(columns.map((column, index) => [column, list[places[index] ?? -1] ?? null])),
  )
}

/** What a table's rows were unpacked from; undefined where they weren't. */
export const packedRows = (rows: object, table: string): PackedRows | undefined =>
  (rows as { readonly [PACKED]?: (table: string) => PackedRows })[PACKED]?.(table)
