import type { RawRecord, ReviewReading, StudyReading } from '../../model/reading.ts'
import { recordText } from '../stream/record-text.ts'
import { child, parseXmlElement } from '../stream/xml-element.ts'
import { readReview } from './read-review.ts'
import { readStudy } from './read-study.ts'

/**
 * Reads a record of a review of RevMan: of a study that it includes, or of the review itself.
 *
 * @throws EvidenceError RECORD_INVALID  it isn't well-formed, or its study can't be read
 * @checked test/import/revman/read-revman.test.ts
 */
export function readRevman({ bytes }: Pick<RawRecord, 'bytes'>): StudyReading | ReviewReading {
  const root = parseXmlElement(recordText(bytes))
  return child(root, 'COVER_SHEET') === undefined ? readStudy(root) : readReview(root)
}
