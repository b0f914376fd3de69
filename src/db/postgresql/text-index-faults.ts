import type { Transaction } from '../database.ts'
import { indexedWords } from '../text-search.ts'

/** More faults than anybody reads. */
const MOST = 100

/** The indexes that texts are searched by. */
export const TEXT_INDEXES = [
  { index: 'publication_title_words', table: 'publication', column: 'title' },
  { index: 'publication_text_body_words', table: 'publication_text', column: 'body' },
] as const

/**
 * Whether the full-text indexes are there and in use, and give for each word the texts that have it. The database keeps
 * them by itself; they go wrong with damage, and where a newer system library folds letters otherwise.
 */
export async function textIndexFaults(tx: Transaction): Promise<readonly string[]> {
  const faults: string[] = []
  for (const { index, table, column } of TEXT_INDEXES) {
    const [state] = await tx.$queryRawUnsafe<{ used: boolean }[]>(
      `SELECT indisvalid AND indisready AS used FROM pg_index JOIN pg_class ON oid = indexrelid
       WHERE relnamespace = current_schema()::regnamespace AND relname = '${index}'`,
    )
    if (state === undefined) faults.push(`the index ${index} is missing`)
    else if (!state.used) faults.push(`the index ${index} is not in use`)
    else faults.push(...(await staleTexts(tx, table, column)))
  }
  return faults
}

/** The rows that the index finds by other words than they have. */
async function staleTexts(tx: Transaction, table: string, column: string): Promise<readonly string[]> {
  // Read from one end to the other, the table would be compared with itself.
  await tx.$executeRawUnsafe('SET LOCAL enable_seqscan = off')
  try {
    // Words are letters and digits alone: nothing in them is of tsquery's language.
    const stale = await tx.$queryRawUnsafe<{ id: string }[]>(
      `WITH now AS MATERIALIZED (
         SELECT "id", unnest(tsvector_to_array(${indexedWords(column)})) AS word FROM "${table}"),
       indexed AS MATERIALIZED (
         SELECT "id", word FROM (SELECT DISTINCT word FROM now) AS known
         JOIN "${table}" ON ${indexedWords(column)} @@ ('''' || word || '''')::tsquery)
       SELECT "id" FROM (TABLE now EXCEPT TABLE indexed) AS missing
       UNION SELECT "id" FROM (TABLE indexed EXCEPT TABLE now) AS stale ORDER BY "id" LIMIT ${MOST}`,
    )
    return stale.map(({ id }) => `the full-text index has other words than ${id}`)
  } finally {
    await tx.$executeRawUnsafe('SET LOCAL enable_seqscan = on')
  }
}
