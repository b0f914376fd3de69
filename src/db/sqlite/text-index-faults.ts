import type { Transaction } from '../database.ts'

/** More faults than anybody reads. */
const MOST = 100

/** The triggers that keep the full-text index; a test holds the list. */
const INDEX_TRIGGERS = ['publication', 'publication_text'].flatMap((table) =>
  ['indexed', 'indexed_again', 'unindexed'].map((what) => `${table}_${what}`),
)

/**
 * Whether the full-text index has each text, no other, the words that each text has now, and the triggers that keep it
 * so. The index holds no texts: they are indexed once more beside the database, and the two are compared word by word.
 */
export async function textIndexFaults(tx: Transaction): Promise<readonly string[]> {
  const there = await tx.$queryRawUnsafe<{ name: string }[]>(
    `SELECT name FROM sqlite_master WHERE type = 'trigger' OR name IN ('text_part', 'text_index')`,
  )
  const lacks = (name: string) => !there.some((one) => one.name === name)
  const gone = ['text_part', 'text_index'].filter(lacks).map((name) => `the table ${name} is missing`)
  if (gone.length > 0) return gone
  const triggers = INDEX_TRIGGERS.filter(lacks).map((name) => `the trigger ${name} is missing`)
  const differing = await tx.$queryRawUnsafe<{ words: string }[]>(
    `WITH texts (part, publication) AS
       (SELECT "id" || '/', "id" FROM "publication" UNION ALL SELECT "id", "publication_id" FROM "publication_text")
     SELECT 'the full-text index lacks ' || part AS words FROM texts WHERE part NOT IN (SELECT part FROM "text_part")
     UNION ALL SELECT 'the full-text index has ' || part || ', which is gone' FROM "text_part"
     WHERE part NOT IN (SELECT part FROM texts)
     UNION ALL SELECT 'the full-text index has ' || part || ' under another publication' FROM "text_part"
     JOIN texts USING (part) WHERE publication <> "publication_id"
     UNION ALL SELECT 'the full-text index lacks the words of ' || part FROM "text_part"
     WHERE "no" NOT IN (SELECT id FROM "text_index_docsize") LIMIT ${MOST}`,
  )
  return [...differing.map(({ words }) => words), ...(await staleParts(tx)), ...triggers]
}

/** Of what is indexed, the texts whose words have changed since. */
async function staleParts(tx: Transaction): Promise<readonly string[]> {
  for (const statement of AGAIN) await tx.$executeRawUnsafe(statement)
  try {
    const stale = await tx.$queryRawUnsafe<{ part: string }[]>(
      `SELECT part FROM "text_part" WHERE "no" IN (
         SELECT doc FROM (SELECT term, doc, offset FROM words_then EXCEPT SELECT term, doc, offset FROM words_now)
         UNION SELECT doc FROM (SELECT term, doc, offset FROM words_now EXCEPT SELECT term, doc, offset FROM words_then)
       ) AND "no" IN (SELECT id FROM "text_index_docsize") ORDER BY part LIMIT ${MOST}`,
    )
    return stale.map(({ part }) => `the full-text index has other words than ${part}`)
  } finally {
    for (const table of ['words_then', 'words_now', 'text_again'])
      await tx.$executeRawUnsafe(`DROP TABLE IF EXISTS temp."${table}"`)
  }
}

/** The index made once more as migrations make it, among this connection's own tables, which can be made while reading. */
const AGAIN = [
  `CREATE VIRTUAL TABLE temp.text_again USING fts5("words", content = '', tokenize = "unicode61 remove_diacritics 0")`,
  `INSERT INTO temp.text_again (rowid, "words")
   SELECT "no", "title" FROM "text_part" JOIN "publication" ON "part" = "id" || '/' ORDER BY "no"`,
  `INSERT INTO temp.text_again (rowid, "words")
   SELECT "no", "body" FROM "text_part" JOIN "publication_text" ON "part" = "id" ORDER BY "no"`,
  `CREATE VIRTUAL TABLE temp.words_now USING fts5vocab(temp, text_again, instance)`,
  `CREATE VIRTUAL TABLE temp.words_then USING fts5vocab(main, text_index, instance)`,
]
