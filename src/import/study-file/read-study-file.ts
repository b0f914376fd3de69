import type { AppraisalVocabulary } from '../../model/appraisal-vocabulary.ts'
import { studyFileSchema } from '../../model/study-file.ts'
import type { StudyRecord } from '../../model/study-record.ts'
import { codeIssues } from './codes.ts'
import { invalidFile } from './invalid-file.ts'
import { inTodaysFormat } from './older-formats.ts'
import { plausibilityIssues } from './plausibility.ts'
import { quoteIssues } from './quotes.ts'
import { riskOfBiasIssues } from './risk-of-bias.ts'
import { readShape } from './shape.ts'
import { studyRecord } from './study-record.ts'
import { readYaml, type YamlDocument } from './yaml-document.ts'

/**
 * Reads a study file, YAML or JSON, in today's format or an older one: checks everything that can be told from the file
 * alone, finds every quote in its text, and makes the database's rows.
 *
 * @param bytes  the file's content
 * @param file   the file's name, as messages should give it
 * @param vocabularies  the appraisal tools that a file may use; one that judges no risk of bias needs none
 * @throws EvidenceError STUDY_FILE_INVALID  with every mistake of the file, each with line and column
 */
export const readStudyFile = (
  bytes: Uint8Array,
  file: string,
  vocabularies: readonly AppraisalVocabulary[] = [],
): StudyRecord => studyOf(readYaml(bytes, file), file, vocabularies)

/** The same of a file that has been parsed. */
export function studyOf(
  document: YamlDocument,
  file: string,
  vocabularies: readonly AppraisalVocabulary[],
): StudyRecord {
  const today = inTodaysFormat(document.value)
  if ('issue' in today) throw invalidFile(file, document.place([today.issue]))
  const shape = readShape(studyFileSchema, today.value)
  const draft = 'file' in shape ? shape.file : shape.draft
  const issues = [
    ...shape.issues,
    ...codeIssues(draft),
    ...quoteIssues(draft),
    ...plausibilityIssues(draft),
    ...riskOfBiasIssues(draft, vocabularies),
  ]
  if (issues.length > 0 || !('file' in shape)) throw invalidFile(file, document.place(issues))
  return studyRecord(shape.file, vocabularies)
}
