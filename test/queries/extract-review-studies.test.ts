import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Database,
  extractReviewStudies,
  openEvidenceBase,
  REVIEW_STUDY_COLUMNS,
  saveReview,
} from '../../src/index.ts'
import { reviewFile, reviewVariant } from '../db/review-variants.ts'
import { ORIGIN, SEED_SLUG } from '../db/study-variants.ts'
import { seededDatabase } from '../scratch.ts'

let db: Database
beforeAll(async () => {
  db = await openEvidenceBase((await seededDatabase()).url)
  await saveReview(db, reviewVariant(), ORIGIN)
  await saveReview(db, reviewVariant(undefined, reviewFile(SEED_SLUG, 'second', '12')), ORIGIN)
})
afterAll(() => db.$disconnect())

test('one row per study that a review looked at, in its order', async () => {
  const rows = await extractReviewStudies(db, { review: 'a-review' })
  expect(rows).toEqual([
    {
      review: 'a-review',
      study: SEED_SLUG,
      label: 'Rosenberg 1993',
      decision: 'included',
      reason: null,
      covariates: 'latitude = 39 degrees; allocation = random; paid by industry = not_reported',
      results: 'Response: complete-response, overall, assessable; Survival: survival, melanoma, 24-months',
      citation: null,
      note: null,
    },
    expect.objectContaining({
      study: null,
      label: 'Smith 1950',
      decision: 'excluded',
      reason: 'In children',
      covariates: 'latitude = 52 degrees',
      results: null,
      citation: 'Invented J 1950;1:1',
    }),
    expect.objectContaining({ label: 'Later', decision: 'ongoing', note: 'Ask again.' }),
    expect.objectContaining({ label: 'Unread', decision: 'awaiting' }),
  ])
  expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(REVIEW_STUDY_COLUMNS))
})

test('all reviews, or those of a study', async () => {
  const reviews = (rows: readonly { readonly review: string }[]) => rows.map(({ review }) => review)
  expect(new Set(reviews(await extractReviewStudies(db)))).toEqual(new Set(['a-review', 'second']))
  expect(reviews(await extractReviewStudies(db, { studies: [SEED_SLUG] }))).toEqual(['a-review', 'second'])
})

test('a review that is not there is said, with those that are', async () => {
  await expect(extractReviewStudies(db, { review: 'third' })).rejects.toMatchObject({
    code: 'REVIEW_NOT_FOUND',
    message: 'The database has no review "third". It has a-review, second.',
  })
})
