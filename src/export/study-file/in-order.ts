import type { StudyRows } from '../../model/study-record.ts'

/** Rows in the order of their positions. */
export const inOrder = <T extends { readonly position: number }>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((one, other) => one.position - other.position)

/** Rows whose keys are numbered, in the order of their numbers: a longer key is a larger number. */
export const inNumberOrder = <T extends { readonly id: string }>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((one, other) => one.id.length - other.id.length || (one.id < other.id ? -1 : 1))

/** Sizes have neither number nor position: they stand in the order of their groups, and then of their analysis sets. */
export function enrolmentInOrder({ enrolment, studyGroup, analysisSet }: StudyRows): StudyRows['enrolment'] {
  const groups = placesOf(studyGroup)
  const sets = placesOf(analysisSet)
  return [...enrolment].sort(
    (one, other) =>
      place(groups, one.studyGroupId) - place(groups, other.studyGroupId) ||
      place(sets, one.analysisSetId) - place(sets, other.analysisSetId),
  )
}

/** What rows point at, in its own order, for lists that the database keeps without one. */
export function inOrderOf<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  targets: readonly { readonly id: string; readonly position: number }[],
): readonly T[] {
  const places = placesOf(targets)
  return [...rows].sort((one, other) => place(places, keyOf(one)) - place(places, keyOf(other)))
}

const placesOf = (rows: readonly { readonly id: string; readonly position: number }[]): ReadonlyMap<string, number> =>
  new Map(rows.map(({ id, position }) => [id, position]))
const place = (places: ReadonlyMap<string, number>, key: string) => places.get(key) ?? 0
