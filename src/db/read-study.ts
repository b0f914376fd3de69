import { byKey } from '../model/byte-order.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { PublicationRows, StudyRecord, StudyRows, VocabularyRows } from '../model/study-record.ts'
import type { Transaction } from './database.ts'
import { fieldsOf } from './read-rows.ts'
import { rowsOfStudies } from './rows-of-studies.ts'
import { PUBLICATION_TABLES, STUDY_TABLES, type TableRule, VOCABULARY_TABLES } from './tables.ts'
import type { Row } from './write-rows.ts'

/** So many whole studies are in memory at once. */
const STUDIES_AT_ONCE = 25

/** The tables of a record with all their columns, but for those that say where a vocabulary came from. */
const EVERYTHING = {
  ...needsOf([...Object.keys(STUDY_TABLES), ...Object.keys(PUBLICATION_TABLES), ...Object.keys(VOCABULARY_TABLES)]),
  studyPublication: { fields: ['studyId', 'publicationId', 'position', 'role', 'code'], where: `"tied_by" = 'study'` },
  meshDescriptor: { fields: ['ui', 'name', 'scopeNote'] },
  meshQualifier: { fields: ['ui', 'name'] },
} as const

/** The same with publications that registrations and people tie to the study. */
const WITH_TIED = { ...EVERYTHING, studyPublication: { fields: EVERYTHING.studyPublication.fields } } as const

function needsOf(tables: readonly string[]): Readonly<Record<string, { readonly fields: readonly string[] }>> {
  return Object.fromEntries(tables.map((table) => [table, { fields: fieldsOf(table) }]))
}

/**
 * Reads a study back as the record that was saved: its rows in the order of their places and keys, its publications in
 * the order in which it names them, and the terms, authors and appraisal tools that they use.
 *
 * @returns nothing where no study has that key
 */
export async function readStudy(tx: Transaction, slug: string): Promise<StudyRecord | undefined> {
  const { value } = await readStudies(tx, [slug]).next()
  return value
}

/**
 * Reads studies one after the other, in the order given; those that aren't there are passed over.
 *
 * @param tied  whether with publications that the study itself doesn't name, which its file could not hold
 */
export async function* readStudies(
  tx: Transaction,
  slugs: readonly string[],
  { tied = false }: { readonly tied?: boolean } = {},
): AsyncGenerator<StudyRecord, undefined> {
  for (let from = 0; from < slugs.length; from += STUDIES_AT_ONCE) {
    const page = slugs.slice(from, from + STUDIES_AT_ONCE)
    const record = recordsOf(await rowsOfStudies(tx, tied ? WITH_TIED : EVERYTHING, page))
    for (const slug of page) {
      const found = record(slug)
      if (found !== undefined) yield found
    }
  }
}

/** The record of each study of a page. */
function recordsOf(page: ReadonlyMap<string, readonly Row[]>): (slug: string) => StudyRecord | undefined {
  const ofStudy = ownedBy(page, STUDY_TABLES, 'study', 'studyId')
  const ofPublication = ownedBy(page, PUBLICATION_TABLES, 'publication', 'publicationId')
  const known = Object.fromEntries(Object.keys(VOCABULARY_TABLES).map((table) => [table, page.get(table) ?? []]))
  return (slug) => {
    const rows = ofStudy(slug) as unknown as StudyRows
    if (rows.study.length === 0) return undefined
    const publications = rows.studyPublication.map(
      ({ publicationId }) => ofPublication(publicationId) as unknown as PublicationRows,
    )
    const named = [...rows.studyCondition, ...rows.intervention, ...rows.subgroup, ...rows.adverseEventTerm]
    const lines = publications.flatMap(({ publicationMesh }) => publicationMesh)
    const descriptors = new Set([...lines, ...named].map(({ descriptorUi }) => descriptorUi))
    const qualifiers = new Set(lines.map(({ qualifierUi }) => qualifierUi))
    const authors = new Set(publications.flatMap(({ authorship }) => authorship.map(({ authorId }) => authorId)))
    const tools = new Set(rows.riskOfBias.map(({ toolId }) => toolId))
    const { meshDescriptor, meshQualifier, author, appraisalTool, appraisalDomain, appraisalJudgement } =
      known as unknown as VocabularyRows
    const inOrderOfTools = (one: InTool, other: InTool) =>
      byKey(one.toolId, other.toolId) || one.position - other.position
    const vocabulary: VocabularyRows = {
      meshDescriptor: meshDescriptor.filter(({ ui }) => descriptors.has(ui)),
      meshQualifier: meshQualifier.filter(({ ui }) => qualifiers.has(ui)),
      author: author.filter(({ id }) => authors.has(id)),
      appraisalTool: appraisalTool.filter(({ id }) => tools.has(id)),
      appraisalDomain: appraisalDomain.filter(({ toolId }) => tools.has(toolId)).sort(inOrderOfTools),
      appraisalJudgement: appraisalJudgement.filter(({ toolId }) => tools.has(toolId)).sort(inOrderOfTools),
    }
    return { slug, vocabulary, publications, rows }
  }
}

interface InTool {
  readonly toolId: string
  readonly position: number
}

/** The rows that belong to each owner, table by table, in the order of their places and keys. */
function ownedBy(
  page: ReadonlyMap<string, readonly Row[]>,
  rules: Readonly<Record<string, TableRule>>,
  owner: string,
  by: string,
): (id: string) => Readonly<Record<string, readonly Row[]>> {
  const tables = Object.entries(rules).map(([table, rule]) => {
    const lists = groupedBy(page.get(table) ?? [], (row) => String(row[table === owner ? 'id' : by]))
    const order = inOrder(rule)
    return [table, (id: string) => (lists.get(id) ?? []).toSorted(order)] as const
  })
  return (id) => Object.fromEntries(tables.map(([table, of]) => [table, of(id)]))
}

/** By place where rows have one, else by key, byte by byte. */
export const inOrder =
  ({ key }: TableRule) =>
  (one: Row, other: Row): number => {
    for (const field of ['position', ...key]) {
      const [left, right] = [one[field] ?? null, other[field] ?? null]
      if (left === right || left === null || right === null) continue
      if (typeof left === 'number' && typeof right === 'number') return left - right
      const order = byKey(String(left), String(right))
      if (order !== 0) return order
    }
    return 0
  }
