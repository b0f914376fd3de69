import { byId } from './extraction/by-id.ts'
import { Changes } from './extraction/changes.ts'
import { type Choosable, choose } from './extraction/choose.ts'
import { type Columns, integer, number, text } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { type LabelledGroup, labelledGroups } from './extraction/groups.ts'
import { CORRECTION, DERIVED, SET, STUDY, SUBGROUP } from './extraction/pair-columns.ts'
import { all, CHANGES, GROUP_LABELS, LABELS, type StudyPart } from './extraction/study-part.ts'

export interface BaselineRow {
  readonly study: string
  readonly group: string
  readonly subgroup: string | null
  readonly analysis_set: string | null
  readonly characteristic: string
  readonly category: string | null
  readonly count: number | null
  readonly total: number | null
  readonly mean: number | null
  readonly sd: number | null
  readonly median: number | null
  readonly q1: number | null
  readonly q3: number | null
  readonly minimum: number | null
  readonly maximum: number | null
  readonly unit: string | null
  readonly missing_reason: string | null
  readonly note: string | null
  readonly derived: boolean
  readonly correction: string | null
}

const spread = (column: string, meaning: string) => number(`baseline_measurement.${column}`, 'column unit', meaning)

export const BASELINE_COLUMNS: Columns<BaselineRow> = {
  study: STUDY,
  group: text('study_group.label', "the group's label"),
  subgroup: SUBGROUP,
  analysis_set: SET,
  characteristic: text('baseline_measurement.characteristic', 'age, sex, diagnosis …'),
  category: text('baseline_measurement.category', 'of a characteristic with categories'),
  count: integer('baseline_measurement.count', 'participants', 'participants in the category'),
  total: integer('baseline_measurement.total', 'participants', 'out of how many, or how many the statistics are over'),
  mean: spread('mean', 'mean'),
  sd: spread('sd', 'standard deviation'),
  median: spread('median', 'median'),
  q1: spread('q1', 'first quartile'),
  q3: spread('q3', 'third quartile'),
  minimum: spread('minimum', 'smallest value'),
  maximum: spread('maximum', 'largest value'),
  unit: text('baseline_measurement.unit', 'of the statistics'),
  missing_reason: text('baseline_measurement.missing_reason', 'why the numbers are missing'),
  note: text('baseline_measurement.note', 'what a reader of the row must know'),
  derived: DERIVED,
  correction: CORRECTION,
}

const NUMBERS = ['count', 'mean', 'sd', 'median', 'q1', 'q3', 'minimum', 'maximum'] as const

const BASELINE_NEED = all(
  ...(['id', 'studyId', 'studyGroupId', 'analysisSetId', 'characteristic', 'category', 'unit', 'total'] as const),
  ...NUMBERS,
  ...(['derived', 'missingReason', 'note'] as const),
)

interface Candidate extends Choosable {
  readonly row: StudyPart<{ baselineMeasurement: typeof BASELINE_NEED }>['baselineMeasurement'][number]
  readonly correction: string | null
  readonly group: LabelledGroup
  readonly setLabel: string | null
}

export const BASELINE = extractionByStudy({
  table: 'baseline',
  about: 'group, baseline characteristic and category',
  columns: BASELINE_COLUMNS,
  heeds: ['studies', 'review', 'analysisSets', 'derived', 'asPrinted'],
  needs: {
    ...GROUP_LABELS,
    ...CHANGES,
    analysisSet: LABELS.analysisSet,
    baselineMeasurement: BASELINE_NEED,
  },
  rows: (study, part, run) => {
    if (part.baselineMeasurement.length === 0) return []
    const [groupOf, changes] = [byId(labelledGroups(part)), new Changes(part, run)]
    const setOf = byId(part.analysisSet)
    const candidates: Candidate[] = []
    for (const stored of part.baselineMeasurement) {
      const [changed, group] = [changes.of('baseline_measurement', stored), groupOf(stored.studyGroupId)]
      if (!changed || !group) continue
      const { row, correction } = changed
      // What our formula made, and nothing else, isn't there without it.
      if (stored.derived && !row.derived && NUMBERS.every((field) => row[field] === null)) continue
      const set = setOf(stored.analysisSetId)
      candidates.push({
        row,
        correction,
        group,
        set: set?.kind ?? null,
        setLabel: set?.label ?? null,
        time: undefined,
        about: `${stored.characteristic} ${group.limits}`,
        whose: group.id,
      })
    }
    return choose(candidates, run.choices).map(
      ({ row, correction, group, setLabel }): BaselineRow => ({
        study,
        group: group.label,
        subgroup: group.subgroup,
        analysis_set: setLabel,
        characteristic: row.characteristic,
        category: row.category,
        count: row.count,
        total: row.total,
        mean: row.mean,
        sd: row.sd,
        median: row.median,
        q1: row.q1,
        q3: row.q3,
        minimum: row.minimum,
        maximum: row.maximum,
        unit: row.unit,
        missing_reason: row.missingReason,
        note: row.note,
        derived: row.derived,
        correction,
      }),
    )
  },
})

/** One row per group, baseline characteristic and category. */
export const extractBaseline = BASELINE.extract
