import type { ImportedRecord } from '../../generated/prisma/client.ts'
import type { Reading } from '../../model/reading.ts'
import { NO_CHANGES, type RowChanges, rowChanges } from '../row-changes.ts'
import { sqlName, type TableRule } from '../tables.ts'
import type { Row } from '../write-rows.ts'

/** A kept record that was read again. */
export interface ReadAgainRecord {
  readonly row: ImportedRecord
  readonly reading: Reading
}

/** Where a row that stands here isn't what its kept record gives. */
export interface Difference {
  /** The key of the record; of a publication that several describe, of all of them. */
  readonly record: string
  readonly table: string
  readonly row: string
  /** Null where the whole row is missing here, or isn't in the record. */
  readonly field: string | null
  readonly here: Row[string]
  readonly inRecord: Row[string]
}

/** Each field of a table's rows that stands here otherwise than in a record. */
export function differencesOf(
  record: string,
  table: string,
  rule: TableRule,
  standing: readonly Row[],
  wanted: readonly Row[],
): readonly Difference[] {
  return changedFields(record, table, rule, rowChanges(rule, standing, wanted))
}

/** The same of changes that were found already. */
export function changedFields(
  record: string,
  table: string,
  rule: TableRule,
  { added, changed, removed }: RowChanges = NO_CHANGES,
): readonly Difference[] {
  const at = (row: Row) => ({
    record,
    table: sqlName(table),
    row: rule.key.map((field) => row[field]).join('/'),
  })
  return [
    ...changed.flatMap(({ before, after }) =>
      Object.entries(after).flatMap(([field, value]) =>
        value === before[field]
          ? []
          : [{ ...at(after), field: sqlName(field), here: before[field] ?? null, inRecord: value }],
      ),
    ),
    ...added.map((row) => ({ ...at(row), field: null, here: null, inRecord: 'a row' })),
    ...removed.map((row) => ({ ...at(row), field: null, here: 'a row', inRecord: null })),
  ]
}

/** A kept record that isn't as it came, or that can't be read. */
export const recordDamaged = (key: string, message: string): Difference => ({
  record: key,
  table: 'imported_record',
  row: key,
  field: 'content',
  here: message,
  inRecord: 'the record as it came',
})
