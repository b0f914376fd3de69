import type { StudyRecord } from '../../src/model/study-record.ts'

export const SLUG_TO_NUMBER = 'study-to-number'
export const PMID_TO_NUMBER = '99999999'

export const slugOf = (number: number): string => `study-${number}`
export const pmidOf = (number: number): string => String(1_000 + number)

/**
 * One of as many studies as one likes, each with a publication of its own.
 *
 * @param text  a record as JSON, with the slug and the PMID above
 */
export const numberedStudy = (text: string, number: number): StudyRecord =>
  JSON.parse(text.replaceAll(SLUG_TO_NUMBER, slugOf(number)).replaceAll(PMID_TO_NUMBER, pmidOf(number))) as StudyRecord
