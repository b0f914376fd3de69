import { PLAIN_CHOICES } from './extraction/choices.ts'
import { type Columns, integer, text } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { MEASURED_NEEDS, measuredOf } from './extraction/measured.ts'
import { CORRECTION, DERIVED, SET, STUDY, SUBGROUP, TIMEPOINT } from './extraction/pair-columns.ts'
import { all, LABELS, those } from './extraction/study-part.ts'

export interface OrdinalRow {
  readonly study: string
  readonly outcome: string
  readonly analysis_set: string | null
  readonly subgroup: string | null
  readonly timepoint: string | null
  readonly group: string
  readonly position: number
  readonly category: string
  readonly count: number
  readonly total: number | null
  readonly derived: boolean
  readonly correction: string | null
}

export const ORDINAL_COLUMNS: Columns<OrdinalRow> = {
  study: STUDY,
  outcome: text('outcome.label', 'the ordinal outcome'),
  analysis_set: SET,
  subgroup: SUBGROUP,
  timepoint: TIMEPOINT,
  group: text('study_group.label', "the group's label"),
  position: integer(
    'outcome.position',
    'rank',
    'of the category among those of its outcome, from 1, in the study’s order',
  ),
  category: text('outcome.label', 'the category: an outcome within the ordinal one'),
  count: integer('outcome_measurement.events', 'participants', 'participants in the category'),
  total: integer('outcome_measurement.total', 'participants', 'participants in all categories'),
  derived: DERIVED,
  correction: CORRECTION,
}

export const ORDINAL = extractionByStudy({
  table: 'ordinal',
  about: 'category of an ordinal outcome and group',
  columns: ORDINAL_COLUMNS,
  heeds: PLAIN_CHOICES,
  needs: {
    ...MEASURED_NEEDS,
    // Nearly every time has counts: to pick them would take longer than to read all.
    ...LABELS,
    outcome: all(...LABELS.outcome.fields, 'position'),
    outcomeMeasurement: those(
      '"events" IS NOT NULL',
      ...(['id', 'studyId', 'outcomeId', 'studyGroupId', 'analysisSetId', 'timepointId'] as const),
      ...(['events', 'total', 'derived'] as const),
    ),
  },
  rows: (study, part, run) => {
    const wholes = new Map(part.outcome.flatMap((one) => (one.kind === 'ordinal' ? [[one.id, one.label]] : [])))
    const ranks = new Map<string, number>()
    for (const whole of wholes.keys())
      part.outcome
        .filter(({ parentId }) => parentId === whole)
        .sort((one, other) => one.position - other.position)
        .forEach(({ id }, index) => {
          ranks.set(id, index + 1)
        })
    return measuredOf(study, part, part.outcomeMeasurement, run, (_, { id }) => ranks.has(id)).flatMap(
      ({ row, correction, outcome, group, setLabel, time }): OrdinalRow[] =>
        row.events === null
          ? []
          : [
              {
                study,
                outcome: wholes.get(outcome.parentId ?? '') ?? '',
                analysis_set: setLabel,
                subgroup: group.subgroup,
                timepoint: time?.label ?? null,
                group: group.label,
                position: ranks.get(outcome.id) ?? 0,
                category: outcome.label,
                count: row.events,
                total: row.total,
                derived: row.derived,
                correction,
              },
            ],
    )
  },
})

/** One row per group and category of an ordinal outcome: each category is an outcome within it, in the study's order. */
export const extractOrdinal = ORDINAL.extract
