import { reviewFileSchema } from '../../model/review-file.ts'
import type { ReviewRecord } from '../../model/review-record.ts'
import { invalidFile } from '../study-file/invalid-file.ts'
import { readShape } from '../study-file/shape.ts'
import { readYaml, type YamlDocument } from '../study-file/yaml-document.ts'
import { reviewIssues } from './review-issues.ts'
import { reviewRecord } from './review-rows.ts'

/**
 * Reads a review file: checks everything that can be told from the file alone, and makes the database's rows. Whether
 * the studies that it names are there is told when it is saved.
 *
 * @param bytes  the file's content
 * @param file   the file's name, as messages should give it
 * @throws EvidenceError STUDY_FILE_INVALID  with every mistake of the file, each with line and column
 */
export const readReviewFile = (bytes: Uint8Array, file: string): ReviewRecord =>
  reviewOf(readYaml(bytes, file, 'review'), file)

/** The same of a file that has been parsed. */
export function reviewOf(document: YamlDocument, file: string): ReviewRecord {
  const shape = readShape(reviewFileSchema, document.value)
  const issues = [...shape.issues, ...reviewIssues('file' in shape ? shape.file : shape.draft)]
  if (issues.length > 0 || !('file' in shape)) throw invalidFile(file, document.place(issues))
  return reviewRecord(shape.file)
}
