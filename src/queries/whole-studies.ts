import { readStudies } from '../db/read-study.ts'
import { schemaVersion } from '../db/schema-version.ts'
import type { StudyRecord } from '../model/study-record.ts'
import type { ExtractionChoices } from './extraction/choices.ts'
import { chosenResults } from './extraction/run.ts'
import { studySlugs, type Transaction } from './selection.ts'

/**
 * Everything about each study that is named, that a review includes, or of all: one after the other, in the order of their
 * keys, so that however many there are, a few are in memory.
 *
 * @throws EvidenceError STUDY_NOT_FOUND, REVIEW_NOT_FOUND
 */
export async function* wholeStudies(
  db: Transaction,
  { studies = [], review }: ExtractionChoices,
): AsyncGenerator<StudyRecord> {
  const included = review === undefined ? undefined : new Set((await chosenResults(db, review)).studies)
  const slugs = await studySlugs(db, { studies })
  yield* readStudies(db, included === undefined ? slugs : slugs.filter((study) => included.has(study)))
}

export { schemaVersion }
