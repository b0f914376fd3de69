import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Database } from '../../src/db/connect.ts'
import { readReview } from '../../src/db/read-review.ts'
import { saveReview } from '../../src/db/save-review.ts'
import { REVIEW_TABLES } from '../../src/db/tables.ts'
import { reviewFileOf } from '../../src/export/review-file/review-file-of.ts'
import { writeStudyFile } from '../../src/export/study-file/write-study-file.ts'
import { readReviewFile } from '../../src/import/review-file/read-review-file.ts'
import { reviewFileSchema } from '../../src/model/review-file.ts'
import type { ReviewRecord } from '../../src/model/review-record.ts'
import { optionalKeys } from '../arbitrary/optional-keys.ts'
import { anyReviewFile, type Choosable } from '../arbitrary/review-file.ts'
import { ENGINE } from '../engines.ts'
import { type ScratchDatabase, seededDatabase } from '../scratch.ts'
import { sorted, sortedPublications } from '../sorted-record.ts'
import { reviewFile } from './review-variants.ts'
import { open } from './saving.ts'
import { ORIGIN, SEED_SLUG, seedFile } from './study-variants.ts'

const seed = seedFile()
const codesOf = (list: readonly { readonly code: string }[] = []) => list.map(({ code }) => code)
const SEED: Choosable = {
  study: SEED_SLUG,
  outcomes: codesOf(seed.outcomes),
  comparisons: codesOf(seed.comparisons),
  timepoints: codesOf(seed.timepoints),
  sets: codesOf(seed.analysis_sets),
}

let scratch: ScratchDatabase
let db: Database
beforeAll(async () => {
  scratch = await seededDatabase()
  db = await open(scratch)
  // The terms of the first study would be in the way of invented ones with the same identifiers.
  const named = ['study_condition', 'intervention', 'subgroup', 'adverse_event_term']
  await scratch.exec(named.map((table) => `UPDATE ${table} SET descriptor_ui = NULL`).join('; '))
  await scratch.exec('DELETE FROM publication_mesh')
})
afterAll(() => db.$disconnect())

const read = (text: string): ReviewRecord => readReviewFile(Buffer.from(text), 'review.yaml')
const sortedReview = ({ slug, vocabulary, publications, rows }: ReviewRecord) => ({
  slug,
  ...sortedPublications({ vocabulary, publications }),
  rows: sorted({ ...rows }, REVIEW_TABLES),
})

test('any review is the record of its own file, and the file of its own record', () => {
  fc.assert(
    fc.property(fc.gen(), (g) => {
      const file = anyReviewFile(g, [SEED, { ...SEED, study: 'another-study' }])
      const record = read(JSON.stringify(file))
      const written = reviewFileOf(record)
      expect(reviewFileSchema.parse(written)).toEqual(written)
      const text = writeStudyFile(written)
      expect(parse(text)).toEqual(JSON.parse(JSON.stringify(written)))
      expect(sortedReview(read(text))).toEqual(sortedReview(record))
      expect(writeStudyFile(reviewFileOf(read(text)))).toBe(text)
      expect(writeStudyFile(reviewFileOf(read(writeStudyFile(written, 'json'))))).toBe(text)
    }),
    { numRuns: ENGINE === 'sqlite' ? 100 : 10 },
  )
})

test('any review is read back from the database as it was saved, and its file changes nothing', async () => {
  const slugs = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      await scratch.exec(
        `DELETE FROM review; DELETE FROM publication WHERE id NOT IN (SELECT publication_id FROM study_publication);
         DELETE FROM author; DELETE FROM mesh_descriptor; DELETE FROM mesh_qualifier`,
      )
      const record = read(JSON.stringify(anyReviewFile(g, [SEED])))
      slugs.add(record.slug)
      expect(await saveReview(db, record, ORIGIN)).toBe('created')
      const back = await readReview(db, record.slug)
      if (!back) throw new Error('the review is not there')
      expect(sortedReview(back)).toEqual(sortedReview(record))
      const text = writeStudyFile(reviewFileOf(back))
      expect(text).toBe(writeStudyFile(reviewFileOf(record)))
      expect(await saveReview(db, read(text), ORIGIN)).toBe('unchanged')
    }),
    { numRuns: ENGINE === 'sqlite' ? 15 : 8, endOnFailure: true },
  )
  expect(slugs.size).toBeGreaterThan(1)
})

test('the files that are made have, and lack, every key that may be left out', () => {
  const seen = new Map<string, Set<boolean>>()
  for (const file of fc.sample(fc.gen(), 200).map((g) => anyReviewFile(g, [SEED])))
    for (const { key, given } of optionalKeys(reviewFileSchema, file))
      seen.set(key, (seen.get(key) ?? new Set()).add(given))
  expect([...seen].filter(([, both]) => both.size < 2).map(([key]) => key)).toEqual([])
  expect(seen.size).toBeGreaterThan(20)
})

test('a file in its canonical form is written as it is', () => {
  const text = writeStudyFile(reviewFile())
  const canonical = writeStudyFile(reviewFileOf(read(text)))
  expect(canonical).toBe(text)
})
