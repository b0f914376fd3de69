import type { Transaction } from '../database.ts'
import type { IntegrityFinding } from '../integrity-finding.ts'
import { textIndexFaults } from './text-index-faults.ts'

/** More faults than anybody reads. */
const MOST = 100

/** SQLite's own look at pages and indexes, which takes in CHECKs and NOT NULLs, and the one at foreign keys. */
export async function sqliteIntegrity(tx: Transaction): Promise<readonly IntegrityFinding[]> {
  const said = await tx.$queryRawUnsafe<{ integrity_check: string }[]>(`PRAGMA integrity_check(${MOST})`)
  const faults = said.map((row) => row.integrity_check).filter((words) => words !== 'ok')
  const rules = faults.filter((words) => /^(CHECK constraint failed|NULL value|NUMERIC value|TEXT value)/.test(words))
  const damage = faults.filter((words) => !rules.includes(words))
  const dangling =
    await tx.$queryRawUnsafe<{ table: string; rowid: unknown; parent: string }[]>('PRAGMA foreign_key_check')
  const [first] = dangling
  const unindexed = await textIndexFaults(tx)
  return [
    { check: 'integrity', of: 'database', problems: damage.length, detail: damage[0] ?? null },
    { check: 'integrity', of: 'text_index', problems: unindexed.length, detail: unindexed[0] ?? null },
    { check: 'rules', of: 'database', problems: rules.length, detail: rules[0] ?? null },
    {
      check: 'foreign keys',
      of: 'database',
      problems: dangling.length,
      detail: first ? `a row of ${first.table} points at a row of ${first.parent} that isn't there` : null,
    },
  ]
}
