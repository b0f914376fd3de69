import { byKey } from '../model/byte-order.ts'
import type { PublicationRows, StudyRecord, StudyRows, VocabularyRows } from '../model/study-record.ts'
import type { Transaction } from './database.ts'
import { PUBLICATION_TABLES, STUDY_TABLES, type TableRule } from './tables.ts'
import type { Row } from './write-rows.ts'

type Reader = { findMany(query: { where: object }): Promise<Row[]> }

/**
 * Reads a study back as the record that was saved: its rows in the order of their places and keys, its publications in
 * the order in which it names them, and the terms, authors and appraisal tools that they use.
 *
 * @returns nothing where no study has that key
 */
export async function readStudy(tx: Transaction, slug: string): Promise<StudyRecord | undefined> {
  const rows = await rowsOf<StudyRows>(tx, STUDY_TABLES, { studyId: slug }, { study: { id: slug } })
  if (rows.study.length === 0) return undefined
  const publications = await publicationsOf(tx, rows.studyPublication)
  const descriptors = [
    ...rows.studyCondition,
    ...rows.intervention,
    ...rows.subgroup,
    ...rows.adverseEventTerm,
  ].flatMap(({ descriptorUi }) => descriptorUi ?? [])
  const tools = rows.riskOfBias.map(({ toolId }) => toolId)
  return { slug, vocabulary: await vocabularyOf(tx, { descriptors, tools }, publications), publications, rows }
}

/** Publications with their rows, in the order given. */
export async function publicationsOf(
  tx: Transaction,
  named: readonly { readonly publicationId: string }[],
): Promise<readonly PublicationRows[]> {
  const publications: PublicationRows[] = []
  for (const { publicationId } of named)
    publications.push(
      await rowsOf<PublicationRows>(tx, PUBLICATION_TABLES, { publicationId }, { publication: { id: publicationId } }),
    )
  return publications
}

/** The rows of a record's tables, each in the order of their places and keys. */
export async function rowsOf<T extends object>(
  tx: Transaction,
  rules: { readonly [K in keyof T]: TableRule },
  owner: object,
  exceptions: Readonly<Record<string, object>>,
): Promise<T> {
  const tables: Record<string, readonly Row[]> = {}
  for (const [table, rule] of Object.entries(rules) as [string, TableRule][]) {
    const reader = (tx as unknown as Record<string, Reader>)[table]
    const rows = (await reader?.findMany({ where: exceptions[table] ?? owner })) ?? []
    tables[table] = rows.sort(inOrder(rule))
  }
  return tables as T
}

/** By place where rows have one, else by key, byte by byte. */
const inOrder =
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

/** The terms, authors and tools that a record's rows and publications name. */
export async function vocabularyOf(
  tx: Transaction,
  named: { readonly descriptors: readonly string[]; readonly tools: readonly string[] },
  publications: readonly PublicationRows[],
): Promise<VocabularyRows> {
  const lines = publications.flatMap(({ publicationMesh }) => publicationMesh)
  const descriptors = [...lines.map(({ descriptorUi }) => descriptorUi), ...named.descriptors]
  const tools = [...named.tools]
  const qualifiers = lines.flatMap(({ qualifierUi }) => qualifierUi ?? [])
  const authors = publications.flatMap(({ authorship }) => authorship.map(({ authorId }) => authorId))
  return {
    meshDescriptor: await tx.meshDescriptor.findMany({
      where: { ui: { in: descriptors } },
      select: { ui: true, name: true, scopeNote: true },
      orderBy: { ui: 'asc' },
    }),
    meshQualifier: await tx.meshQualifier.findMany({
      where: { ui: { in: qualifiers } },
      select: { ui: true, name: true },
      orderBy: { ui: 'asc' },
    }),
    author: await tx.author.findMany({ where: { id: { in: authors } }, orderBy: { id: 'asc' } }),
    appraisalTool: await tx.appraisalTool.findMany({ where: { id: { in: tools } }, orderBy: { id: 'asc' } }),
    appraisalDomain: await tx.appraisalDomain.findMany({ where: { toolId: { in: tools } }, orderBy: IN_ORDER }),
    appraisalJudgement: await tx.appraisalJudgement.findMany({ where: { toolId: { in: tools } }, orderBy: IN_ORDER }),
  }
}

/** The domains and judgements of tools, in the tools' own order. */
const IN_ORDER: ({ toolId: 'asc' } | { position: 'asc' })[] = [{ toolId: 'asc' }, { position: 'asc' }]
