import type { Transaction } from '../db/connect.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { reportedPart } from './reported-part.ts'
import {
  byKey,
  type Columns,
  type DerivedSelection,
  GROUP_WITH_SUBGROUPS,
  ofStudies,
  subgroupLabel,
  yearsOf,
} from './selection.ts'

export interface DichotomousRow {
  readonly study: string
  readonly year: number | null
  readonly outcome: string
  readonly analysis_set: string | null
  readonly subgroup: string | null
  readonly timepoint: string | null
  readonly experimental: string
  readonly control: string
  readonly ai: number
  readonly bi: number
  readonly ci: number
  readonly di: number
  readonly n1i: number
  readonly n2i: number
  readonly derived: boolean
}

export const DICHOTOMOUS_COLUMNS: Columns<DichotomousRow> = {
  study: "the study's key",
  year: 'of its first primary publication',
  outcome: 'the event that is counted',
  analysis_set: 'which participants count; empty where not stated',
  subgroup: 'the part of the participants that the groups are limited to',
  timepoint: 'when; empty where not stated',
  experimental: 'group 1, by its role and never by its place',
  control: 'group 2, the reference group',
  ai: 'group 1: participants with the event',
  bi: 'group 1: participants without it',
  ci: 'group 2: participants with the event',
  di: 'group 2: participants without it',
  n1i: 'group 1: participants',
  n2i: 'group 2: participants',
  derived: 'true where our formula made a number of the row, and not the study',
}

/**
 * One row per 2×2 table, with metafor's names: group 1 is a comparison's experimental group, group 2 its reference
 * group. A table is there only where both groups give events and total, of the same participants at the same time.
 */
export const extractDichotomous = (db: Transaction, selection: DerivedSelection = {}): Promise<DichotomousRow[]> =>
  inSnapshot(db, (tx) => dichotomousRows(tx, selection))

async function dichotomousRows(db: Transaction, selection: DerivedSelection): Promise<DichotomousRow[]> {
  const where = await ofStudies(db, selection)
  const years = await yearsOf(db, where)
  const stored = await db.outcomeMeasurement.findMany({
    where: { ...where, events: { not: null }, total: { not: null } },
    include: { outcome: true, analysisSet: true, timepoint: true, studyGroup: GROUP_WITH_SUBGROUPS },
  })
  const measurements = selection.derived ? stored : await reportedPart(db, where, 'outcomeMeasurementId', stored)
  const comparisons = await db.comparison.findMany({ where })
  const references = new Map<string, string[]>()
  for (const { experimentalGroupId, referenceGroupId } of comparisons)
    references.set(experimentalGroupId, [...(references.get(experimentalGroupId) ?? []), referenceGroupId])

  measurements.sort((one, other) => byKey(one.id, other.id))
  // What two measurements must share to be the two rows of one table, and the group that makes them differ.
  const place = (measurement: (typeof measurements)[number], groupId: string) =>
    JSON.stringify([measurement.outcomeId, measurement.analysisSetId, measurement.timepointId, groupId])
  const byPlace = new Map<string, (typeof measurements)[number][]>()
  for (const measurement of measurements) {
    const key = place(measurement, measurement.studyGroupId)
    byPlace.set(key, [...(byPlace.get(key) ?? []), measurement])
  }
  return measurements.flatMap((one) =>
    (references.get(one.studyGroupId) ?? []).sort(byKey).flatMap((reference) =>
      (byPlace.get(place(one, reference)) ?? []).flatMap((other): DichotomousRow[] => {
        const [ai, n1i, ci, n2i] = [one.events, one.total, other.events, other.total]
        if (ai === null || n1i === null || ci === null || n2i === null) return []
        return [
          {
            study: one.studyId,
            year: years.get(one.studyId) ?? null,
            outcome: one.outcome.label,
            analysis_set: one.analysisSet?.label ?? null,
            subgroup: subgroupLabel(one.studyGroup),
            timepoint: one.timepoint?.label ?? null,
            experimental: one.studyGroup.label,
            control: other.studyGroup.label,
            ai,
            bi: n1i - ai,
            ci,
            di: n2i - ci,
            n1i,
            n2i,
            derived: one.derived || other.derived,
          },
        ]
      }),
    ),
  )
}
