import type { ReviewRecord, ReviewRows } from '../model/review-record.ts'
import type { Transaction } from './database.ts'
import { publicationsOf, rowsOf, vocabularyOf } from './read-study.ts'
import { REVIEW_TABLES } from './tables.ts'

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
  const vocabulary = await vocabularyOf(tx, { descriptors: [], tools: [] }, publications)
  return { slug, vocabulary, publications, rows }
}
