import type { Transaction } from '../db/connect.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { TimeUnit } from '../generated/prisma/enums.ts'
import { reportedPart } from './reported-part.ts'
import {
  byKey,
  type Columns,
  type DerivedSelection,
  GROUP_WITH_SUBGROUPS,
  ofStudies,
  subgroupLabel,
} from './selection.ts'

export interface SurvivalRow {
  readonly study: string
  readonly outcome: string
  readonly subgroup: string | null
  readonly time_months: number | null
  readonly group: string
  readonly probability: number
  readonly ci_lower: number | null
  readonly ci_upper: number | null
  readonly n: number | null
  readonly method: string | null
  readonly derived: boolean
}

export const SURVIVAL_COLUMNS: Columns<SurvivalRow> = {
  study: "the study's key",
  outcome: 'what the time runs to',
  subgroup: 'the part of the participants that the group is limited to',
  time_months: 'when, in months; a year is 12, a month 30.4375 days',
  group: "the group's label",
  probability: 'of being without the event, 0 to 1',
  ci_lower: 'lower end of its interval, 0 to 1',
  ci_upper: 'upper end of its interval, 0 to 1',
  n: 'participants that the probability is about; empty where not stated',
  method: 'how the probability was estimated, as stated',
  derived: 'true where our formula made the number, and not the study',
}

const MONTHS: Readonly<Record<TimeUnit, number>> = { days: 1 / 30.4375, weeks: 7 / 30.4375, months: 1, years: 12 }

/** One row per probability of a time-to-event outcome. No counts are made of it: the study gives none. */
export const extractSurvival = (db: Transaction, selection: DerivedSelection = {}): Promise<SurvivalRow[]> =>
  inSnapshot(db, (tx) => survivalRows(tx, selection))

async function survivalRows(db: Transaction, selection: DerivedSelection): Promise<SurvivalRow[]> {
  const where = await ofStudies(db, selection)
  const stored = await db.outcomeMeasurement.findMany({
    where: { ...where, outcome: { kind: 'time_to_event' }, proportion: { not: null } },
    include: { outcome: true, timepoint: true, studyGroup: GROUP_WITH_SUBGROUPS },
  })
  const measurements = selection.derived ? stored : await reportedPart(db, where, 'outcomeMeasurementId', stored)
  return measurements
    .sort((one, other) => byKey(one.id, other.id))
    .flatMap(
      ({
        studyId,
        outcome,
        studyGroup,
        timepoint,
        proportion,
        ciLower,
        ciUpper,
        total,
        method,
        derived,
      }): SurvivalRow[] =>
        proportion === null
          ? []
          : [
              {
                study: studyId,
                outcome: outcome.label,
                subgroup: subgroupLabel(studyGroup),
                time_months:
                  timepoint?.kind === 'at' && timepoint.fromTime !== null && timepoint.unit !== null
                    ? timepoint.fromTime * MONTHS[timepoint.unit]
                    : null,
                group: studyGroup.label,
                probability: proportion,
                ci_lower: ciLower,
                ci_upper: ciUpper,
                n: total,
                method,
                derived,
              },
            ],
    )
}
