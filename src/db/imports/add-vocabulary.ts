import type { PublicationVocabulary } from '../../model/publication-of-records.ts'
import type { Transaction } from '../database.ts'
import { valuesOf } from '../rows-as-json.ts'
import { isAmong, raw, sql } from '../sql.ts'
import { reader } from '../table-changes.ts'
import { sqlName, VOCABULARY_TABLES } from '../tables.ts'
import { type Row, writeRows } from '../write-rows.ts'
import { lockAlso } from '../write-transaction.ts'

const TABLES = ['meshDescriptor', 'meshQualifier', 'author'] as const

/**
 * Adds the terms and authors that aren't there yet. Records from elsewhere change none: what a file or MeSH itself says of
 * them counts more, and names of headings change from year to year.
 */
export async function addVocabulary(
  tx: Transaction,
  vocabularies: readonly PublicationVocabulary[],
  alone = false,
): Promise<void> {
  for (const table of TABLES) {
    const rule = VOCABULARY_TABLES[table]
    const [key = 'id'] = rule.key
    const wanted = new Map(
      vocabularies.flatMap((vocabulary) => (vocabulary[table] as readonly Row[]).map((row) => [String(row[key]), row])),
    )
    if (wanted.size === 0) continue
    const there = sql`SELECT ${raw(`"${key}"`)} FROM ${raw(`"${sqlName(table)}"`)}
      WHERE ${isAmong(tx, raw(`"${key}"`), [...wanted.keys()])}`
    const standing = new Set((await valuesOf<readonly [string]>(tx, [key], there)).map(([value]) => value))
    const missing = [...wanted].flatMap(([value, row]) => (standing.has(value) ? [] : [row]))
    if (missing.length === 0) continue
    if (!alone && (await lockAlso(tx, ['vocabulary']))) return addVocabulary(tx, vocabularies, true)
    await writeRows(tx, table, rule, table === 'author' ? missing : await underFreeNames(tx, table, missing))
  }
}

/** A name that another term has today was this one's in another year: it is told apart by its identifier. */
async function underFreeNames(
  tx: Transaction,
  table: 'meshDescriptor' | 'meshQualifier',
  terms: readonly Row[],
): Promise<readonly Row[]> {
  const names = await reader(tx, table).findMany({ where: { name: { in: terms.map(({ name }) => name) } } })
  const taken = new Set(names.map(({ name }) => name))
  return terms.map((term) => {
    const free = !taken.has(term.name ?? null)
    taken.add(term.name ?? null)
    return free ? term : { ...term, name: `${term.name} (${term.ui})` }
  })
}
