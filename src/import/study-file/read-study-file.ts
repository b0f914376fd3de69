import type { StudyRecord } from '../../model/study-record.ts'
import { codeIssues } from './codes.ts'
import { plausibilityIssues } from './plausibility.ts'
import { quoteIssues } from './quotes.ts'
import { readShape } from './shape.ts'
import { studyRecord } from './study-record.ts'
import { invalidFile, readYaml } from './yaml-document.ts'

/**
 * Reads a study file: checks everything that can be told from the file alone, finds every quote in its text, and makes
 * the database's rows.
 *
 * @param bytes  the file's content
 * @param file   the file's name, as messages should give it
 * @throws EvidenceError STUDY_FILE_INVALID  with every mistake of the file, each with line and column
 */
export function readStudyFile(bytes: Uint8Array, file: string): StudyRecord {
  const document = readYaml(bytes, file)
  const shape = readShape(document.value)
  const draft = 'file' in shape ? shape.file : shape.draft
  const issues = [...shape.issues, ...codeIssues(draft), ...quoteIssues(draft), ...plausibilityIssues(draft)]
  if (issues.length > 0 || !('file' in shape)) throw invalidFile(file, document.place(issues))
  return studyRecord(shape.file)
}
