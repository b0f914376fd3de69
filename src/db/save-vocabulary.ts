import { EvidenceError } from '../errors.ts'
import type { VocabularyRows } from '../model/study-record.ts'
import type { Transaction } from './database.ts'
import { termsOfFiles } from './mesh/headings-of-files.ts'
import { rowChanges } from './row-changes.ts'
import { reader, tablesOf } from './table-changes.ts'
import { type TableRule, VOCABULARY_TABLES } from './tables.ts'
import { type Row, writeRows } from './write-rows.ts'
import { lockAlso } from './write-transaction.ts'

/**
 * Adds the terms, authors and tools that aren't there yet. What is there belongs to everybody, and stays as it is; only what
 * records alone call a term gives way to a file's name of it.
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
    const given = named ? await underPresentNames(tx, table, wanted, standing) : wanted
    const renamed = named ? await namedByFiles(tx, table, given, standing) : []
    if (named) refuseOtherTerms(given, withNames(standing, renamed))
    if (table.startsWith('appraisal')) refuseOtherTools(rule, wanted, standing)
    const known = new Set(standing.map((row) => row[key]))
    const missing = wanted.filter((row) => !known.has(row[key] ?? null))
    // Nearly every study shares terms with others: only who adds some waits, and then looks again.
    if (missing.length + renamed.length > 0 && !alone && (await lockAlso(tx, ['vocabulary'])))
      return saveVocabulary(tx, vocabulary, true)
    await writeRows(tx, table, rule, missing)
    await writeRows(tx, table, rule, renamed)
    added ||= missing.length + renamed.length > 0
  }
  return added
}

/** What a file calls by a synonym, or by the name of an earlier year, is called as the database has it. */
async function underPresentNames(
  tx: Transaction,
  table: 'meshDescriptor' | 'meshQualifier',
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

/**
 * Terms that go by the file's name from now on: what calls them otherwise is no MeSH and no other file, but records, whose
 * names are of the year in which they were indexed. A file's word counts more, whichever comes first.
 */
async function namedByFiles(
  tx: Transaction,
  table: 'meshDescriptor' | 'meshQualifier',
  wanted: readonly Row[],
  standing: readonly Row[],
): Promise<readonly Row[]> {
  const others = wanted.filter(
    ({ ui, name }) =>
      standing.some((old) => old.ui === ui && old.name !== name && old.year === null) &&
      !standing.some((old) => old.ui !== ui && old.name === name),
  )
  const ofFiles = await termsOfFiles(
    tx,
    table,
    others.map(({ ui }) => String(ui)),
  )
  return others.flatMap(({ ui, name }) =>
    ui === undefined || name === undefined || ofFiles.has(String(ui)) ? [] : [{ ui, name }],
  )
}

const withNames = (standing: readonly Row[], renamed: readonly Row[]): readonly Row[] =>
  standing.map((row) => ({ ...row, ...renamed.find(({ ui }) => ui === row.ui) }))

function refuseOtherTerms(wanted: readonly Row[], standing: readonly Row[]): void {
  for (const row of wanted) {
    const other = standing.find((old) => (old.ui === row.ui) !== (old.name === row.name))
    if (other)
      throw new EvidenceError(
        'SHARED_ROW_CONFLICT',
        `The file calls MeSH ${row.ui} "${row.name}", but the database has ${other.ui} as "${other.name}". ${
          typeof other.year === 'number'
            ? `That is MeSH ${other.year}: if the file's name is of another year, import that year's MeSH, which keeps the former names; else correct the file.`
            : 'Correct the one that is wrong.'
        }`,
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
