import type { StudyRows } from '../model/study-record.ts'

/** A mean month is a twelfth of a mean year of 365.25 days. */
const DAYS = { days: 1, weeks: 7, months: 365.25 / 12, years: 365.25 } as const

/** A length of time in days. */
export const lengthInDays = (value: number, unit: keyof typeof DAYS): number => value * DAYS[unit]

/** When a timepoint ends, in days; nothing where it has no number. A stretch of time isn't a point of a curve. */
export const inDays = (timepoint: StudyRows['timepoint'][number] | undefined): number | undefined =>
  timepoint?.kind === 'at' && timepoint.fromTime !== null && timepoint.unit !== null
    ? lengthInDays(timepoint.fromTime, timepoint.unit)
    : undefined
