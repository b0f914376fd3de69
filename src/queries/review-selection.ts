import type { Transaction } from '../db/connect.ts'
import { EvidenceError } from '../errors.ts'
import { byKey } from '../model/byte-order.ts'
import type { Selection } from './selection.ts'

/** Which reviews and studies a query is about; all of them where none is named. */
export interface ReviewSelection extends Selection {
  readonly reviews?: readonly string[]
}

/**
 * The condition on a review's rows, after a look that every named review is there.
 *
 * @throws EvidenceError REVIEW_NOT_FOUND
 */
export const ofReviews = async (
  db: Transaction,
  { reviews = [] }: ReviewSelection,
): Promise<{ reviewId?: { in: string[] } }> =>
  reviews.length === 0 ? {} : { reviewId: { in: await reviewSlugs(db, reviews) } }

/**
 * The keys of all reviews, or of those that are named, in their order.
 *
 * @throws EvidenceError REVIEW_NOT_FOUND
 */
export async function reviewSlugs(db: Transaction, named: readonly string[]): Promise<string[]> {
  const there = (await db.review.findMany({ select: { id: true } })).map(({ id }) => id).sort(byKey)
  const missing = named.find((slug) => !there.includes(slug))
  if (missing !== undefined) throw await reviewNotFound(db, missing)
  return named.length === 0 ? there : there.filter((slug) => named.includes(slug))
}

/** Those of the keys that are reviews' and no study's. */
export async function reviewsAmong(db: Transaction, keys: readonly string[]): Promise<readonly string[]> {
  const where = { where: { id: { in: [...keys] } }, select: { id: true } }
  const studies = new Set((await db.study.findMany(where)).map(({ id }) => id))
  return (await db.review.findMany(where)).flatMap(({ id }) => (studies.has(id) ? [] : [id]))
}

export async function reviewNotFound(db: Transaction, slug: string): Promise<EvidenceError> {
  const there = (await db.review.findMany({ select: { id: true } })).map(({ id }) => id).sort(byKey)
  return new EvidenceError(
    'REVIEW_NOT_FOUND',
    `The database has no review "${slug}". ${there.length === 0 ? 'It has none yet; load one with `evibase load FILE`.' : `It has ${there.join(', ')}.`}`,
    { review: slug },
  )
}
