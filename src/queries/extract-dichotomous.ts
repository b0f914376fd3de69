import { Changes } from './extraction/changes.ts'
import { type Columns, number } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
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

export interface DichotomousRow extends PairHead, PairTail {
  readonly ai: number
  readonly bi: number
  readonly ci: number
  readonly di: number
  readonly n1i: number
  readonly n2i: number
}

const EVENTS = 'outcome_measurement.events'
const TOTAL = 'outcome_measurement.total'

export const DICHOTOMOUS_COLUMNS: Columns<DichotomousRow> = {
  ...PAIR_HEAD,
  ai: number(EVENTS, 'participants', 'group 1: participants with the event'),
  bi: number('outcome_measurement', 'participants', 'group 1: participants without it'),
  ci: number(EVENTS, 'participants', 'group 2: participants with the event; a part of one where a control is split'),
  di: number('outcome_measurement', 'participants', 'group 2: participants without it'),
  n1i: number(TOTAL, 'participants', 'group 1: participants'),
  n2i: number(TOTAL, 'participants', 'group 2: participants'),
  ...PAIR_TAIL,
}

/** Events among participants. */
export interface Counts {
  readonly events: number
  readonly total: number
}

/** Sums, and shares of events and participants alike, so that a risk stays what it is (Cochrane Handbook 23.3.4). */
export const COUNTS: Arithmetic<Counts> = {
  merge: (all) => ({
    events: all.reduce((sum, { events }) => sum + events, 0),
    total: all.reduce((sum, { total }) => sum + total, 0),
  }),
  divide: ({ events, total }, by) => ({ events: events / by, total: total / by }),
}

/** The kinds of outcomes that have their own tables for what looks like events and a total. */
export const DICHOTOMOUS_NEEDS = {
  ...PAIR_NEEDS,
  outcomeMeasurement: those(
    '"events" IS NOT NULL AND "total" IS NOT NULL',
    ...(['id', 'studyId', 'outcomeId', 'studyGroupId', 'analysisSetId', 'timepointId'] as const),
    ...(['events', 'total', 'derived'] as const),
  ),
} as const

/** What each group of a study gives: events and total. */
export function countsOf(part: StudyPart<typeof DICHOTOMOUS_NEEDS>, run: Run): readonly Datum<Counts>[] {
  const changes = new Changes(part, run)
  return part.outcomeMeasurement.flatMap((stored): readonly Datum<Counts>[] => {
    const changed = changes.of('outcome_measurement', stored)
    if (changed === undefined) return []
    const { row, correction } = changed
    if (row.events === null || row.total === null) return []
    const { id, outcomeId, analysisSetId, timepointId, studyGroupId, derived, events, total } = row
    const numbers = { events, total }
    return [{ id, outcomeId, analysisSetId, timepointId, studyGroupId, numbers, derived, correction }]
  })
}

export const DICHOTOMOUS = extractionByStudy({
  table: 'dichotomous',
  about: '2×2 table, with metafor’s names',
  columns: DICHOTOMOUS_COLUMNS,
  heeds: PAIR_CHOICES,
  needs: DICHOTOMOUS_NEEDS,
  rows: (study, part, run) =>
    pairsOf(study, part, countsOf(part, run), COUNTS, run).map(
      ({ head, experimental, control, tail }): DichotomousRow =>
        pairRow(
          head,
          {
            ai: experimental.events,
            bi: experimental.total - experimental.events,
            ci: control.events,
            di: control.total - control.events,
            n1i: experimental.total,
            n2i: control.total,
          },
          tail,
        ),
    ),
})

/**
 * One row per 2×2 table, with metafor's names: group 1 is a comparison's experimental group, group 2 its reference
 * group. A table is there only where both groups give events and total, of the same participants at the same time.
 */
export const extractDichotomous = DICHOTOMOUS.extract
