import type { Transaction } from '../database.ts'
import type { IntegrityFinding } from '../integrity-finding.ts'

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

/** The triggers that keep the full-text index; a test holds the list. */
const INDEX_TRIGGERS = ['publication', 'publication_text'].flatMap((table) =>
  ['indexed', 'indexed_again', 'unindexed'].map((what) => `${table}_${what}`),
)

/** Whether the full-text index has each text, no other, and the triggers that keep it so. */
async function textIndexFaults(tx: Transaction): Promise<readonly string[]> {
  const differing = await tx.$queryRawUnsafe<{ words: string }[]>(
    `WITH texts (part) AS (SELECT "id" || '/' FROM "publication" UNION ALL SELECT "id" FROM "publication_text")
     SELECT 'the full-text index lacks ' || part AS words FROM texts WHERE part NOT IN (SELECT part FROM "text_part")
     UNION ALL SELECT 'the full-text index has ' || part || ', which is gone' FROM "text_part"
     WHERE part NOT IN (SELECT part FROM texts)
     UNION ALL SELECT 'the full-text index lacks the words of ' || part FROM "text_part"
     WHERE "no" NOT IN (SELECT id FROM "text_index_docsize") LIMIT ${MOST}`,
  )
  const triggers = await tx.$queryRawUnsafe<{ name: string }[]>(`SELECT name FROM sqlite_master WHERE type = 'trigger'`)
  const missing = INDEX_TRIGGERS.filter((name) => !triggers.some((trigger) => trigger.name === name))
  return [...differing.map(({ words }) => words), ...missing.map((name) => `the trigger ${name} is missing`)]
}
