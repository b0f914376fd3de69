import { createHash } from 'node:crypto'
import type { Transaction } from './database.ts'
import { fieldsOf, readRows } from './read-rows.ts'
import type { TableRule } from './tables.ts'
import type { Row } from './write-rows.ts'

/** How much a table holds, and what: two tables with the same digest hold the same, on whichever engines. */
export interface TableContent {
  readonly rows: number
  /** SHA-256 over the rows in the order of their keys, in hexadecimal. */
  readonly sha256: string
}

/** Rows must come in the order of their keys. */
export class TableDigest {
  readonly #hash = createHash('sha256')
  readonly #fields: readonly string[]
  #rows = 0

  constructor(table: string) {
    this.#fields = fieldsOf(table)
    this.#hash.update(`${JSON.stringify(this.#fields)}\n`)
  }

  add(rows: readonly Row[]): void {
    for (const row of rows) this.#hash.update(`${JSON.stringify(this.#fields.map((field) => row[field] ?? null))}\n`)
    this.#rows += rows.length
  }

  content(): TableContent {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') }
  }
}

/** What stands in a table now. */
export async function tableContent(tx: Transaction, table: string, rule: TableRule): Promise<TableContent> {
  const digest = new TableDigest(table)
  for await (const rows of readRows(tx, table, rule)) digest.add(rows)
  return digest.content()
}
