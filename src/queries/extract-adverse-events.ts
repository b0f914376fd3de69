import { groupedBy } from '../model/grouped-by.ts'
import { byId } from './extraction/by-id.ts'
import { Changes } from './extraction/changes.ts'
import { type Choosable, choose } from './extraction/choose.ts'
import { type Columns, integer, number, text, truth } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { type LabelledGroup, labelledGroups } from './extraction/groups.ts'
import { CORRECTION, STUDY, SUBGROUP, TIME_MONTHS } from './extraction/pair-columns.ts'
import { all, CHANGES, GROUP_LABELS, LABELS, type StudyPart } from './extraction/study-part.ts'
import { atMonths } from './extraction/time.ts'

export interface AdverseEventRow {
  readonly study: string
  readonly term: string
  readonly parent: string | null
  readonly group: string | null
  readonly affected: number | null
  readonly at_risk: number | null
  readonly events: number | null
  readonly percent: number | null
  readonly serious: boolean | null
  readonly related: boolean | null
  readonly fatal: boolean | null
  readonly narrative: string | null
  readonly missing_reason: string | null
  readonly organ_system: string | null
  readonly analysis_set: string | null
  readonly timepoint: string | null
  readonly note: string | null
  readonly vocabulary: string | null
  readonly subgroup: string | null
  readonly time_months: number | null
  readonly derived: boolean
  readonly correction: string | null
}

export const ADVERSE_EVENT_COLUMNS: Columns<AdverseEventRow> = {
  study: STUDY,
  term: text('adverse_event_term.term', 'the harm'),
  parent: text('adverse_event_term.parent_id', 'the wider harm whose counts include this one'),
  group: text('study_group.label', 'whose counts they are; empty for a harm that is told without counts'),
  affected: integer('adverse_event_count.affected', 'participants', 'participants with at least one such event'),
  at_risk: integer(
    'adverse_event_count.at_risk',
    'participants',
    'participants who could have had one; empty where not printed',
  ),
  events: integer('adverse_event_count.events', 'events', 'events, which may be more than participants'),
  percent: number('adverse_event_count.percent', 'per cent', 'as printed, 0 to 100; never computed'),
  serious: truth('adverse_event_term.serious', 'empty where the study does not say'),
  related: truth(
    'adverse_event_term.related',
    'to the treatment, in the authors’ judgement; empty where the study does not say',
  ),
  fatal: truth('adverse_event_term.fatal', 'empty where the study does not say'),
  narrative: text('adverse_event_term.narrative', 'what the study says without a number'),
  missing_reason: text('adverse_event_count.missing_reason', 'why the counts are missing'),
  organ_system: text('adverse_event_term.organ_system', 'as the study groups its harms'),
  analysis_set: text('analysis_set.label', 'which participants count'),
  timepoint: text('timepoint.label', 'when'),
  note: text('adverse_event_count.note', 'what a reader of the row must know'),
  vocabulary: text('adverse_event_term.vocabulary', 'what the harm is named after: MedDRA 26.0, CTCAE 5.0 …'),
  subgroup: SUBGROUP,
  time_months: TIME_MONTHS,
  derived: truth('derivation.formula', 'true where our formula made a number of the row, and not the study'),
  correction: CORRECTION,
}

const NUMBERS = ['affected', 'atRisk', 'events', 'percent'] as const

const COUNT_NEED = all(
  ...(['id', 'studyId', 'termId', 'studyGroupId', 'analysisSetId', 'timepointId'] as const),
  ...NUMBERS,
  ...(['derived', 'missingReason', 'note'] as const),
)

interface Candidate extends Choosable {
  readonly row: StudyPart<{ adverseEventCount: typeof COUNT_NEED }>['adverseEventCount'][number]
  readonly correction: string | null
  readonly group: LabelledGroup
  readonly setLabel: string | null
}

export const ADVERSE_EVENTS = extractionByStudy({
  table: 'adverse-events',
  about: 'harm and group',
  columns: ADVERSE_EVENT_COLUMNS,
  heeds: ['studies', 'review', 'analysisSets', 'time', 'derived', 'asPrinted'],
  needs: {
    ...GROUP_LABELS,
    ...CHANGES,
    analysisSet: LABELS.analysisSet,
    timepoint: LABELS.timepoint,
    adverseEventTerm: all(
      ...(['id', 'studyId', 'position', 'term', 'parentId', 'organSystem', 'vocabulary'] as const),
      ...(['serious', 'related', 'fatal', 'narrative'] as const),
    ),
    adverseEventCount: COUNT_NEED,
  },
  rows: (study, part, run) => {
    if (part.adverseEventTerm.length === 0) return []
    const [groupOf, changes] = [byId(labelledGroups(part)), new Changes(part, run)]
    const [setOf, timeOf] = [byId(part.analysisSet), byId(part.timepoint)]
    const terms = new Map(part.adverseEventTerm.map((term) => [term.id, term]))
    const candidates: Candidate[] = []
    for (const stored of part.adverseEventCount) {
      const [changed, group] = [changes.of('adverse_event_count', stored), groupOf(stored.studyGroupId)]
      if (changed === undefined || group === undefined) continue
      const { row, correction } = changed
      // Without what our formulas made, nothing may be left.
      if (!run.choices.derived && row.missingReason === null && NUMBERS.every((field) => row[field] === null)) continue
      const set = setOf(row.analysisSetId)
      candidates.push({
        row,
        correction,
        group,
        set: set?.kind ?? null,
        setLabel: set?.label ?? null,
        time: timeOf(row.timepointId),
        about: `${row.termId} ${group.limits}`,
        whose: group.id,
      })
    }
    const counts = groupedBy(choose(candidates, run.choices), ({ row }) => row.termId)
    return part.adverseEventTerm
      .toSorted((one, other) => one.position - other.position)
      .flatMap((term): AdverseEventRow[] =>
        (counts.get(term.id) ?? [undefined]).map((count) => ({
          study,
          term: term.term,
          parent: term.parentId === null ? null : (terms.get(term.parentId)?.term ?? null),
          group: count?.group.label ?? null,
          affected: count?.row.affected ?? null,
          at_risk: count?.row.atRisk ?? null,
          events: count?.row.events ?? null,
          percent: count?.row.percent ?? null,
          serious: term.serious,
          related: term.related,
          fatal: term.fatal,
          narrative: term.narrative,
          missing_reason: count?.row.missingReason ?? null,
          organ_system: term.organSystem,
          analysis_set: count?.setLabel ?? null,
          timepoint: count?.time?.label ?? null,
          note: count?.row.note ?? null,
          vocabulary: term.vocabulary,
          subgroup: count?.group.subgroup ?? null,
          time_months: atMonths(count?.time),
          derived: count?.row.derived ?? false,
          correction: count?.correction ?? null,
        })),
      )
  },
})

/** One row per harm and group, and one for each harm without counts. Counts for all arms together stay together. */
export const extractAdverseEvents = ADVERSE_EVENTS.extract
