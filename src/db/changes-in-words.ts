import type { Changes } from './table-changes.ts'
import { sqlName } from './tables.ts'
import type { Row } from './write-rows.ts'

/** More rows of one table are counted. */
const MOST_NAMED = 3
/** Characters of a value: what differs shows, the rest is in the file. */
const LONGEST_VALUE = 60
/** Rows that say where the others come from: which of them changed says little, that they did is enough. */
const COUNTED_ONLY = new Set(['fact', 'quoteLink', 'derivation', 'derivationInput', 'analysisGroup'])

/** Changes as a person would tell them, table by table: "outcome_measurement m00001: events 11 → 10". */
export function changesInWords<T>(changes: Changes<T>): readonly string[] {
  return [...changes].flatMap(([table, { added, changed, removed }]) => {
    const name = sqlName(table)
    const told = (rows: readonly Row[], what: string): readonly string[] => {
      if (rows.length === 0) return []
      if (rows.length > MOST_NAMED || COUNTED_ONLY.has(table))
        return [`${rows.length} ${rows.length === 1 ? 'row' : 'rows'} of ${name} ${what}`]
      return rows.map((row) => `${name} ${keyOf(row)}: ${what}`)
    }
    return [
      ...told(added, 'added'),
      ...(COUNTED_ONLY.has(table)
        ? told(
            changed.map(({ after }) => after),
            'changed',
          )
        : changed.map(({ before, after }) => `${name} ${keyOf(after)}: ${differences(before, after)}`)),
      ...told(removed, 'removed'),
    ]
  })
}

const differences = (before: Row, after: Row): string =>
  Object.keys(after)
    .filter((field) => before[field] !== after[field])
    .map((field) => `${sqlName(field)} ${shown(before[field])} → ${shown(after[field])}`)
    .join(', ')

/** A row's key without its study. */
function keyOf(row: Row): string {
  if (typeof row.id === 'string') return row.id.slice(row.id.indexOf('/') + 1)
  const key = [row.position, row.registry, row.value, row.factId, row.armId, row.subgroupId, row.publicationId]
  return key
    .filter((part) => part != null)
    .map(String)
    .join(' ')
}

function shown(value: Row[string] | undefined): string {
  if (value == null) return 'nothing'
  if (typeof value !== 'string') return String(value)
  return JSON.stringify(value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE - 1)}…` : value)
}
