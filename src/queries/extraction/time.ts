import type { TimepointKind, TimeUnit } from '../../generated/prisma/enums.ts'
import type { TimeChoice } from './choices.ts'

const MONTHS: Readonly<Record<TimeUnit, number>> = { days: 1 / 30.4375, weeks: 7 / 30.4375, months: 1, years: 12 }

/** A length of time in months: a year is 12 of them, and a month 30.4375 days. */
export const inMonths = (value: number, unit: TimeUnit): number => value * MONTHS[unit]

/** A timepoint as a study has it. */
export interface Time {
  readonly kind: TimepointKind
  readonly label: string
  readonly fromTime: number | null
  readonly toTime: number | null
  readonly unit: TimeUnit | null
}

/** When a single time is, in months; null for a period, and where no number is given. */
export const atMonths = (time: Time | undefined): number | null =>
  time?.kind === 'at' && time.fromTime !== null && time.unit !== null ? inMonths(time.fromTime, time.unit) : null

/** The first and last month of a time that has numbers. */
function spanOf(time: Time | undefined): readonly [from: number, to: number] | undefined {
  if (time === undefined || time.unit === null || time.fromTime === null) return undefined
  return [inMonths(time.fromTime, time.unit), inMonths(time.toTime ?? time.fromTime, time.unit)]
}

/** Whether two lengths of time are the same but for the last digits that a change of unit costs. */
const same = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-9 * Math.max(one, other, 1)

/** Whether a time is one that may be taken, whatever else there is. */
export function timeAllowed(time: Time | undefined, { at, within }: TimeChoice): boolean {
  if (at === undefined && within === undefined) return true
  const span = spanOf(time)
  if (span === undefined) return false
  if (at !== undefined && !(time?.kind === 'at' && same(span[0], inMonths(at.value, at.unit)))) return false
  if (within === undefined) return true
  const [from, to] = [inMonths(within.from, within.unit), inMonths(within.to, within.unit)]
  return (span[0] >= from || same(span[0], from)) && (span[1] <= to || same(span[1], to))
}

/**
 * How late a time is: a period by its end; the last follow-up and the time of the report after all that have a number;
 * no stated time before them.
 */
const lateness = (time: Time | undefined): number =>
  spanOf(time)?.[1] ?? (time?.kind === 'last_follow_up' || time?.kind === 'at_report' ? Infinity : -Infinity)

/**
 * Of several times the one to take. Of two that are equally near it is the earlier. Only times with a number are near
 * to anything.
 *
 * @returns the times that are taken: one, though several rows may share it; all without a `pick`
 */
export function pickedTimes<T extends Time | undefined>(times: readonly T[], { pick }: TimeChoice): readonly T[] {
  if (pick === undefined) return times
  if (pick === 'latest') {
    const latest = Math.max(...times.map(lateness))
    return times.filter((time) => lateness(time) === latest)
  }
  const goal = inMonths(pick.nearest.value, pick.nearest.unit)
  const numbered = times.flatMap((time) => {
    const end = spanOf(time)?.[1]
    return end === undefined ? [] : [{ time, end, away: Math.abs(end - goal) }]
  })
  const nearest = Math.min(...numbered.map(({ away }) => away))
  const near = numbered.filter(({ away }) => same(away, nearest))
  const earliest = Math.min(...near.map(({ end }) => end))
  return near.filter(({ end }) => same(end, earliest)).map(({ time }) => time)
}
