import type { StudyPart, YEARS } from './study-part.ts'

/** The year of a study: that of its first primary publication. */
export function yearOf(part: Pick<StudyPart<typeof YEARS>, 'studyPublication' | 'publication'>): number | null {
  let first: number | null = null
  for (const { publicationId, role } of part.studyPublication) {
    const year = role === 'primary' ? (part.publication.get(publicationId)?.year ?? null) : null
    if (year !== null && (first === null || year < first)) first = year
  }
  return first
}
