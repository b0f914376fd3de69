import type { ReviewRecord, ReviewRows } from '../model/review-record.ts'
import type { PublicationRows, VocabularyRows } from '../model/study-record.ts'
import type { Transaction } from './database.ts'
import { inOrder } from './read-study.ts'
import { PUBLICATION_TABLES, REVIEW_TABLES, type TableRule } from './tables.ts'
import type { Row } from './write-rows.ts'

type Reader = { findMany(query: { where: object }): Promise<Row[]> }

/**
 * Reads a review back as the record that was saved: its rows in the order of their places and keys, with its
 * publications and the terms and authors that they use.
 *
 * @returns nothing where no review has that key
 */
export async function readReview(tx: Transaction, slug: string): Promise<ReviewRecord | undefined> {
  const rows = await rowsOf<ReviewRows>(tx, REVIEW_TABLES, { reviewId: slug }, { review: { id: slug } })
  if (rows.review.length === 0) return undefined
  const publications = await publicationsOf(tx, rows.reviewPublication)
  const vocabulary = await vocabularyOf(tx, publications)
  return { slug, vocabulary, publications, rows }
}

/** Publications with their rows, in the order given. */
async function publicationsOf(
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
async function rowsOf<T extends object>(
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

/** The terms and authors that publications name. Reviews have no risk of bias of their own. */
async function vocabularyOf(tx: Transaction, publications: readonly PublicationRows[]): Promise<VocabularyRows> {
  const lines = publications.flatMap(({ publicationMesh }) => publicationMesh)
  const authors = publications.flatMap(({ authorship }) => authorship.map(({ authorId }) => authorId))
  return {
    meshDescriptor: await tx.meshDescriptor.findMany({
      where: { ui: { in: lines.map(({ descriptorUi }) => descriptorUi) } },
      select: { ui: true, name: true, scopeNote: true },
      orderBy: { ui: 'asc' },
    }),
    meshQualifier: await tx.meshQualifier.findMany({
      where: { ui: { in: lines.flatMap(({ qualifierUi }) => qualifierUi ?? []) } },
      select: { ui: true, name: true },
      orderBy: { ui: 'asc' },
    }),
    author: await tx.author.findMany({ where: { id: { in: authors } }, orderBy: { id: 'asc' } }),
    appraisalTool: [],
    appraisalDomain: [],
    appraisalJudgement: [],
  }
}
