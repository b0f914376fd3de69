import type { ReviewFile } from '../../model/review-file.ts'
import type { StudyFile } from '../../model/study-file.ts'
import { writeYaml } from './write-yaml.ts'

/** The formats of a study file that can be written, which are also their files' endings. */
export type StudyFileKind = 'yaml' | 'json'

/**
 * The text of a study file or a review. Its keys are written in the order in which they stand: `studyFileOf` and
 * `reviewFileOf` make that of the schema.
 */
export const writeStudyFile = (file: StudyFile | ReviewFile, kind: StudyFileKind = 'yaml'): string =>
  kind === 'yaml' ? writeYaml(file) : `${JSON.stringify(file, null, 2)}\n`
