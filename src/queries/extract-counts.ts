import { Changes } from './extraction/changes.ts'
import { type Columns, number } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { onlyOutcomesOf } from './extraction/outcomes.ts'
import { PAIR_CHOICES, PAIR_HEAD, PAIR_TAIL } from './extraction/pair-columns.ts'
import {
  type Arithmetic,
  type Datum,
  PAIR_NEEDS,
  type PairHead,
  type PairTail,
  pairRow,
  pairsOf,
} from './extraction/pairs.ts'
import type { Run } from './extraction/run.ts'
import { type StudyPart, those } from './extraction/study-part.ts'
import { inMonths } from './extraction/time.ts'

export interface CountRow extends PairHead, PairTail {
  readonly x1i: number
  readonly t1i: number
  readonly x2i: number
  readonly t2i: number
}

export const COUNT_COLUMNS: Columns<CountRow> = {
  ...PAIR_HEAD,
  x1i: number('outcome_measurement.events', 'events', 'group 1: events'),
  t1i: number(
    'outcome_measurement.person_time',
    'person-years',
    'group 1: time at risk; a month is a twelfth of a year',
  ),
  x2i: number('outcome_measurement.events', 'events', 'group 2: events; a part where a control is split'),
  t2i: number('outcome_measurement.person_time', 'person-years', 'group 2: time at risk'),
  ...PAIR_TAIL,
}

/** Events over the time in which they happened. */
export interface Rate {
  readonly events: number
  readonly years: number
}

export const RATES: Arithmetic<Rate> = {
  merge: (all) => ({
    events: all.reduce((sum, { events }) => sum + events, 0),
    years: all.reduce((sum, { years }) => sum + years, 0),
  }),
  divide: ({ events, years }, by) => ({ events: events / by, years: years / by }),
}

export const COUNT_NEEDS = {
  ...PAIR_NEEDS,
  outcomeMeasurement: those(
    '"events" IS NOT NULL AND "person_time" IS NOT NULL',
    ...(['id', 'studyId', 'outcomeId', 'studyGroupId', 'analysisSetId', 'timepointId', 'events'] as const),
    ...(['personTime', 'personTimeUnit', 'derived'] as const),
  ),
} as const

/** What each group of a study gives: events and person-time. */
export function ratesOf(part: StudyPart<typeof COUNT_NEEDS>, run: Run): readonly Datum<Rate>[] {
  if (part.outcomeMeasurement.length === 0) return []
  const changes = new Changes(part, run)
  return part.outcomeMeasurement.flatMap((stored): readonly Datum<Rate>[] => {
    const changed = changes.of('outcome_measurement', stored)
    if (changed === undefined) return []
    const { row, correction } = changed
    if (row.events === null || row.personTime === null || row.personTimeUnit === null) return []
    const years = row.personTimeUnit === 'years' ? row.personTime : inMonths(row.personTime, row.personTimeUnit) / 12
    const { id, outcomeId, analysisSetId, timepointId, studyGroupId, derived } = row
    const numbers = { events: row.events, years }
    return [{ id, outcomeId, analysisSetId, timepointId, studyGroupId, numbers, derived, correction }]
  })
}

export const COUNTS_AND_TIME = extractionByStudy({
  table: 'counts',
  about: 'pair of event counts over person-time, with metafor’s names',
  columns: COUNT_COLUMNS,
  heeds: PAIR_CHOICES,
  needs: COUNT_NEEDS,
  only: onlyOutcomesOf('outcomeMeasurement'),
  rows: (study, part, run) =>
    pairsOf(study, part, ratesOf(part, run), RATES, run).map(
      ({ head, experimental, control, tail }): CountRow =>
        pairRow(
          head,
          {
            x1i: experimental.events,
            t1i: experimental.years,
            x2i: control.events,
            t2i: control.years,
          },
          tail,
        ),
    ),
})

/** One row per pair of groups that both give events and person-time, with metafor's names. */
export const extractCounts = COUNTS_AND_TIME.extract
