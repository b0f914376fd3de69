import type { AnalysisSetKind } from '../../generated/prisma/enums.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { Choices } from './choices.ts'
import { pickedTimes, type Time, timeAllowed } from './time.ts'

/** What the choices of set and time look at in a row. */
export interface Choosable {
  /** What the row is about: an outcome, in a part of the participants. */
  readonly about: string
  /** Whose it is: rows that differ only in set and time have the same. */
  readonly whose: string
  /** Null where the study states none, which counts as not_stated. */
  readonly set: AnalysisSetKind | null
  readonly time: Time | undefined
}

/**
 * The rows that the choices of time and analysis set leave, in their order: first those whose time may be taken; of
 * these, for each thing that they are about, those of the first preferred set that there is; of these, for each group or
 * pair, those of the picked time. Where no preferred set is there, no row is.
 */
export function choose<Row extends Choosable>(rows: readonly Row[], { time, analysisSets }: Choices): readonly Row[] {
  let left = rows
  if (time.at !== undefined || time.within !== undefined) left = left.filter((row) => timeAllowed(row.time, time))
  if (analysisSets.length > 0)
    left = withinEach(left, 'about', (some) => {
      const there = new Set(some.map(setOf))
      const taken = analysisSets.find((kind) => there.has(kind))
      return some.filter((row) => setOf(row) === taken)
    })
  if (time.pick !== undefined)
    left = withinEach(left, 'whose', (some) => {
      const taken = new Set(
        pickedTimes(
          some.map((row) => row.time),
          time,
        ),
      )
      return some.filter((row) => taken.has(row.time))
    })
  return left
}

const setOf = ({ set }: Choosable): AnalysisSetKind => set ?? 'not_stated'

function withinEach<Row extends Choosable>(
  rows: readonly Row[],
  by: 'about' | 'whose',
  take: (some: readonly Row[]) => readonly Row[],
): readonly Row[] {
  const taken = new Set(
    [...groupedBy(rows, (row) => (by === 'about' ? row.about : `${row.about} ${row.whose}`)).values()].flatMap(take),
  )
  return rows.filter((row) => taken.has(row))
}
