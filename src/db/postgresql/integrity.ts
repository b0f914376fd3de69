import type { Transaction } from '../database.ts'
import type { IntegrityFinding } from '../integrity-finding.ts'
import { TEXT_INDEXES, textIndexFaults } from './text-index-faults.ts'

interface Rule {
  readonly table: string
  readonly name: string
  readonly kind: 'c' | 'f'
  /** A CHECK's condition; of a foreign key null. */
  readonly condition: string | null
  readonly columns: readonly string[]
  readonly parent: string | null
  readonly parent_columns: readonly string[] | null
}

/**
 * Every rule that the catalogue holds, asked of every row again; indexes that are not in use, because making one broke
 * off. Damaged pages show as errors while all tables are read.
 */
export async function postgresqlIntegrity(tx: Transaction): Promise<readonly IntegrityFinding[]> {
  const unused = await tx.$queryRawUnsafe<{ name: string }[]>(
    `SELECT relname::text AS name FROM pg_index JOIN pg_class ON oid = indexrelid
     WHERE relnamespace = current_schema()::regnamespace AND NOT (indisvalid AND indisready)
       AND relname NOT IN (${TEXT_INDEXES.map(({ index }) => `'${index}'`).join(', ')})`,
  )
  const unindexed = await textIndexFaults(tx)
  const broken: string[] = []
  const dangling: string[] = []
  let brokenRows = 0
  let danglingRows = 0
  for (const rule of await rulesOf(tx)) {
    const rows = await rowsAgainst(tx, rule)
    if (rows === 0) continue
    if (rule.kind === 'c') {
      brokenRows += rows
      broken.push(`a row of ${rule.table} breaks its rule ${rule.name}`)
    } else {
      danglingRows += rows
      dangling.push(`a row of ${rule.table} points at a row of ${rule.parent} that isn't there`)
    }
  }
  return [
    {
      check: 'integrity',
      of: 'database',
      problems: unused.length,
      detail: unused[0] ? `the index ${unused[0].name} is not in use` : null,
    },
    { check: 'integrity', of: 'text_index', problems: unindexed.length, detail: unindexed[0] ?? null },
    { check: 'rules', of: 'database', problems: brokenRows, detail: broken[0] ?? null },
    { check: 'foreign keys', of: 'database', problems: danglingRows, detail: dangling[0] ?? null },
  ]
}

const rulesOf = (tx: Transaction): Promise<Rule[]> =>
  tx.$queryRawUnsafe<Rule[]>(
    `SELECT conrelid::regclass::text AS "table", conname::text AS name, contype::text AS kind,
       CASE contype WHEN 'c' THEN pg_get_expr(conbin, conrelid) END AS condition,
       ARRAY(SELECT quote_ident(attname) FROM unnest(conkey) WITH ORDINALITY AS k(n, i)
             JOIN pg_attribute ON attrelid = conrelid AND attnum = n ORDER BY i) AS columns,
       CASE contype WHEN 'f' THEN confrelid::regclass::text END AS parent,
       ARRAY(SELECT quote_ident(attname) FROM unnest(confkey) WITH ORDINALITY AS k(n, i)
             JOIN pg_attribute ON attrelid = confrelid AND attnum = n ORDER BY i) AS parent_columns
     FROM pg_constraint WHERE contype IN ('c', 'f') AND connamespace = current_schema()::regnamespace
     ORDER BY conrelid::regclass::text, conname`,
  )

async function rowsAgainst(tx: Transaction, rule: Rule): Promise<number> {
  const { table, condition, columns, parent, parent_columns: parentColumns } = rule
  const where =
    rule.kind === 'c'
      ? `NOT (${condition})`
      : `${columns.map((column) => `child.${column} IS NOT NULL`).join(' AND ')} AND NOT EXISTS (
          SELECT FROM ${parent} AS parent
          WHERE ${columns.map((column, index) => `parent.${parentColumns?.[index]} = child.${column}`).join(' AND ')})`
  const [row] = await tx.$queryRawUnsafe<{ rows: number }[]>(
    `SELECT count(*)::integer AS rows FROM ${table} AS child WHERE ${where}`,
  )
  return row?.rows ?? 0
}
