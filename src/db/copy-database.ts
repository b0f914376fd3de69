import { EvidenceError } from '../errors.ts'
import type { Database, Transaction } from './database.ts'
import { engineOf } from './engine.ts'
import { continueNumbers } from './postgresql/continue-numbers.ts'
import { readRows } from './read-rows.ts'
import { inSnapshot } from './snapshot.ts'
import { type TableContent, TableDigest, tableContent } from './table-digest.ts'
import { ALL_TABLES, sqlName, type TableRule } from './tables.ts'
import { pointingAtNone, type Row, writeRows } from './write-rows.ts'
import { inWriteTransaction } from './write-transaction.ts'

export interface CopiedTable extends TableContent {
  readonly table: string
}

/**
 * Copies all rows of one database into an empty one, on whichever engines: as of one moment, whole or not at all, and
 * read again to compare counts and content before it stays. Memory is bounded by a page of rows.
 *
 * @param onRows  told how many rows have come or been read again, after each page
 * @throws EvidenceError DATABASE_NOT_EMPTY  the target has rows
 * @throws EvidenceError COPY_DIFFERS        what arrived is not what was sent
 */
export const copyDatabase = (
  from: Database,
  to: Database,
  onRows: (rows: number) => void = () => undefined,
): Promise<readonly CopiedTable[]> =>
  inSnapshot(from, (source) =>
    inWriteTransaction(to, 'the copy', [], async (target) => {
      await requireEmpty(target)
      const copied: CopiedTable[] = []
      for (const [table, rule] of ALL_TABLES)
        copied.push({ table: sqlName(table), ...(await copyTable(source, target, table, rule, onRows)) })
      for (const [index, [table, rule]] of ALL_TABLES.entries()) {
        const arrived = await tableContent(target, table, rule)
        const sent = copied[index]
        if (sent === undefined || arrived.rows !== sent.rows || arrived.sha256 !== sent.sha256)
          throw new EvidenceError(
            'COPY_DIFFERS',
            `Of the table ${sqlName(table)} ${sent?.rows} rows were sent, and ${arrived.rows} read again: they are not the same. Nothing was kept. Is another program writing to the target?`,
          )
        onRows(arrived.rows)
      }
      return copied
    }),
  )

async function copyTable(
  source: Transaction,
  target: Transaction,
  table: string,
  rule: TableRule,
  onRows: (rows: number) => void,
): Promise<TableContent> {
  const digest = new TableDigest(table)
  const { within, ...alone } = rule
  for await (const rows of readRows(source, table, rule)) {
    digest.add(rows)
    await writeRows(target, table, alone, within === undefined ? rows : rows.map((row) => pointingAtNone(row, within)))
    onRows(rows.length)
  }
  if (within !== undefined)
    // Rows that point at others of their table come once more, when all of those are there.
    for await (const rows of readRows(source, table, rule))
      await writeRows(
        target,
        table,
        alone,
        rows.filter((row: Row) => within.some((field) => row[field] !== null)),
      )
  if (rule.counted && engineOf(target) === 'postgresql') await continueNumbers(target, sqlName(table))
  return digest.content()
}

/** @throws EvidenceError DATABASE_NOT_EMPTY */
async function requireEmpty(tx: Transaction): Promise<void> {
  const table = await firstFilledTable(tx)
  if (table === undefined) return
  throw new EvidenceError(
    'DATABASE_NOT_EMPTY',
    `The target is not empty: its table ${table} has rows. Name a new database, or empty this one with \`evibase db reset\`.`,
    { table },
  )
}

/** The first table that has a row; undefined in an empty database. */
export async function firstFilledTable(tx: Transaction): Promise<string | undefined> {
  for (const [table] of ALL_TABLES) {
    const rows = await tx.$queryRawUnsafe<unknown[]>(`SELECT 1 AS one FROM "${sqlName(table)}" LIMIT 1`)
    if (rows.length > 0) return sqlName(table)
  }
  return undefined
}
