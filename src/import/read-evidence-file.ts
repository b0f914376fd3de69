import type { AppraisalVocabulary } from '../model/appraisal-vocabulary.ts'
import type { ReviewRecord } from '../model/review-record.ts'
import type { StudyRecord } from '../model/study-record.ts'
import { reviewOf } from './review-file/read-review-file.ts'
import { studyOf } from './study-file/read-study-file.ts'
import { readYaml } from './study-file/yaml-document.ts'

/** What a file holds: a study, or a review. */
export type EvidenceRecord =
  | { readonly kind: 'study'; readonly record: StudyRecord }
  | { readonly kind: 'review'; readonly record: ReviewRecord }

/**
 * Reads a study file or a review file, whichever it is: a review has the key `review`.
 *
 * @param bytes         the file's content
 * @param file          the file's name, as messages should give it
 * @param vocabularies  the appraisal tools that a study file may use
 * @throws EvidenceError STUDY_FILE_INVALID  with every mistake of the file, each with line and column
 */
export function readEvidenceFile(
  bytes: Uint8Array,
  file: string,
  vocabularies: readonly AppraisalVocabulary[] = [],
): EvidenceRecord {
  const document = readYaml(bytes, file)
  const { value } = document
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'review')
    ? { kind: 'review', record: reviewOf(document, file) }
    : { kind: 'study', record: studyOf(document, file, vocabularies) }
}
