import type { StudyPart, YEARS } from './study-part.ts'

/** The year of a study: that of its first primary publication; of others it has none here. */
export function yearOf(part: Pick<StudyPart<typeof YEARS>, 'studyPublication' | 'publication'>): number | null {
  let first: number | null = null
  for (const { publicationId } of part.studyPublication) {
    const year = part.publication.get(publicationId)?.year ?? null
    if (year !== null && (first === null || year < first)) first = year
  }
  return first
}
