import { EvidenceError } from '../errors.ts'
import type { VocabularyRows } from '../model/study-record.ts'
import type { Transaction } from './database.ts'
import { rowChanges } from './row-changes.ts'
import { reader, tablesOf } from './table-changes.ts'
import { type TableRule, VOCABULARY_TABLES } from './tables.ts'
import { type Row, writeRows } from './write-rows.ts'
import { lockAlso } from './write-transaction.ts'

/**
 * Adds the terms, authors and tools that aren't there yet. What is there belongs to everybody, and stays as it is.
 *
 * @returns whether something was added
 * @throws EvidenceError SHARED_ROW_CONFLICT  a term or tool stands there with another content
 */
export async function saveVocabulary(tx: Transaction, vocabulary: VocabularyRows, alone = false): Promise<boolean> {
  let added = false
  for (const [table, rule] of tablesOf<VocabularyRows>(VOCABULARY_TABLES)) {
    const wanted = vocabulary[table] as unknown as readonly Row[]
    const key = rule.key[0] ?? 'id'
    const named = table === 'meshDescriptor' || table === 'meshQualifier'
    const alternatives = [
      { [key]: { in: wanted.map((row) => row[key]) } },
      ...(named ? [{ name: { in: wanted.map(({ name }) => name) } }] : []),
      // A tool stands in the database whole: what it has there beyond the file is another content.
      ...('toolId' in (wanted[0] ?? {}) ? [{ toolId: { in: wanted.map(({ toolId }) => toolId) } }] : []),
    ]
    const standing = await reader(tx, table).findMany({ where: { OR: alternatives } })
    if (named) refuseOtherTerms(await underPresentNames(tx, table, wanted, standing), standing)
    if (table.startsWith('appraisal')) refuseOtherTools(rule, wanted, standing)
    const known = new Set(standing.map((row) => row[key]))
    const missing = wanted.filter((row) => !known.has(row[key] ?? null))
    // Nearly every study shares terms with others: only who adds some waits, and then looks again.
    if (missing.length > 0 && !alone && (await lockAlso(tx, ['vocabulary'])))
      return saveVocabulary(tx, vocabulary, true)
    await writeRows(tx, table, rule, missing)
    added ||= missing.length > 0
  }
  return added
}

/** What a file calls by a synonym, or by the name of an earlier year, is called as the database has it. */
async function underPresentNames(
  tx: Transaction,
  table: string,
  wanted: readonly Row[],
  standing: readonly Row[],
): Promise<readonly Row[]> {
  const present = new Map(standing.map(({ ui, name }) => [ui, name]))
  const renamed = wanted.filter(({ ui, name }) => present.has(ui ?? null) && present.get(ui ?? null) !== name)
  if (renamed.length === 0 || table !== 'meshDescriptor') return wanted
  const synonyms = await tx.meshEntryTerm.findMany({
    where: { OR: renamed.map(({ ui, name }) => ({ descriptorUi: String(ui), term: String(name) })) },
  })
  return wanted.map((row) =>
    synonyms.some(({ descriptorUi, term }) => descriptorUi === row.ui && term === row.name)
      ? { ...row, name: present.get(row.ui ?? null) ?? null }
      : row,
  )
}

function refuseOtherTerms(wanted: readonly Row[], standing: readonly Row[]): void {
  for (const row of wanted) {
    const other = standing.find((old) => (old.ui === row.ui) !== (old.name === row.name))
    if (other)
      throw new EvidenceError(
        'SHARED_ROW_CONFLICT',
        `The file calls MeSH ${row.ui} "${row.name}", but the database has ${other.ui} as "${other.name}". Correct the one that is wrong.`,
      )
  }
}

/** A version of a tool never changes: judgements that were made by it would mean something else. */
function refuseOtherTools(rule: TableRule, wanted: readonly Row[], standing: readonly Row[]): void {
  const toolOf = (row: Row) => row.toolId ?? row.id
  const there = new Set(standing.map(toolOf))
  const { added, changed, removed } = rowChanges(
    rule,
    standing,
    wanted.filter((row) => there.has(toolOf(row))),
  )
  const other = [...added, ...changed.map(({ after }) => after), ...removed][0]
  if (other)
    throw new EvidenceError(
      'SHARED_ROW_CONFLICT',
      `The vocabulary's ${toolOf(other)} has another content than the database's (${other.id}). Give the changed vocabulary a version of its own.`,
    )
}
