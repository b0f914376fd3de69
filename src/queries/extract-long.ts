import { clientName } from '../model/client-name.ts'
import { type FactTable, NUMBER_FIELDS } from '../model/facts.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { type Columns, number, text, truth } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { groupsOf } from './extraction/groups.ts'
import { CORRECTION, SET, STUDY, SUBGROUP, TIMEPOINT } from './extraction/pair-columns.ts'
import { factsOf, numberQuotes, SOURCES } from './extraction/sources.ts'
import { all, GROUPS, LABELS } from './extraction/study-part.ts'
import { localKey } from './selection.ts'

export interface LongRow {
  readonly study: string
  readonly table: string
  readonly row: string
  readonly subject: string
  readonly group: string | null
  readonly subgroup: string | null
  readonly analysis_set: string | null
  readonly timepoint: string | null
  readonly field: string
  readonly value: number
  readonly printed: string | null
  readonly quote: string | null
  readonly section: string | null
  readonly formula: string | null
  readonly derived: boolean
  readonly correction: string | null
}

export const LONG_COLUMNS: Columns<LongRow> = {
  study: STUDY,
  table: text('fact.id', 'the table that holds the number'),
  row: text('fact.id', "the row's key within the study"),
  subject: text('outcome.label, baseline_measurement.characteristic, adverse_event_term.term', 'what it is about'),
  group: text('study_group.label', 'whose it is; of an analysis all groups'),
  subgroup: SUBGROUP,
  analysis_set: SET,
  timepoint: TIMEPOINT,
  field: text('fact.field', "the number's column"),
  value: number('outcome_measurement, outcome_analysis, adverse_event_count', 'as its column', 'the number'),
  printed: text('fact.printed', 'as the source prints it'),
  quote: text('quote.words', 'the words that it was read from'),
  section: text('publication_text.label, source.label', 'where they stand'),
  formula: text('derivation.formula', 'that made it'),
  derived: truth('derivation.formula', 'true where a formula made it, and not the study'),
  correction: CORRECTION,
}

/** The tables with numbers about groups of people. */
const TABLES = {
  enrolment: 'enrolment',
  followUp: 'follow_up',
  participantFlow: 'participant_flow',
  baselineMeasurement: 'baseline_measurement',
  outcomeMeasurement: 'outcome_measurement',
  outcomeAnalysis: 'outcome_analysis',
  adverseEventCount: 'adverse_event_count',
} as const satisfies Readonly<Record<string, FactTable>>

const numbersOf = (table: FactTable) => (NUMBER_FIELDS[table] ?? []).map(clientName)
const GROUP = ['id', 'studyId', 'studyGroupId'] as const

export const LONG = extractionByStudy({
  table: 'long',
  about: 'number, with its source, to be read by programs',
  columns: LONG_COLUMNS,
  heeds: ['studies', 'review', 'derived'],
  needs: {
    ...LABELS,
    ...GROUPS,
    ...SOURCES,
    analysisGroup: all('analysisId', 'studyGroupId', 'studyId', 'role'),
    adverseEventTerm: all('id', 'studyId', 'term'),
    enrolment: all(...GROUP, 'analysisSetId', ...numbersOf('enrolment')),
    followUp: all(...GROUP, 'statistic', ...numbersOf('follow_up')),
    participantFlow: all(...GROUP, 'milestone', ...numbersOf('participant_flow')),
    baselineMeasurement: all(
      ...([...GROUP, 'analysisSetId', 'characteristic', 'category'] as const),
      ...numbersOf('baseline_measurement'),
    ),
    outcomeMeasurement: all(
      ...([...GROUP, 'analysisSetId', 'timepointId', 'outcomeId'] as const),
      ...numbersOf('outcome_measurement'),
    ),
    outcomeAnalysis: all(
      ...(['id', 'studyId', 'analysisSetId', 'timepointId', 'outcomeId'] as const),
      ...numbersOf('outcome_analysis'),
    ),
    adverseEventCount: all(
      ...([...GROUP, 'analysisSetId', 'timepointId', 'termId'] as const),
      ...numbersOf('adverse_event_count'),
    ),
  },
  rows: (study, part, { choices }) => {
    const [facts, groups] = [factsOf(part), groupsOf(part)]
    const labels = new Map(
      [...part.outcome, ...part.analysisSet, ...part.timepoint].map(({ id, label }) => [id, label] as const),
    )
    const terms = new Map(part.adverseEventTerm.map(({ id, term }) => [id, term]))
    const members = groupedBy(part.analysisGroup, ({ analysisId }) => analysisId)
    const label = (id: unknown) => (typeof id === 'string' ? (labels.get(id) ?? null) : null)
    return Object.entries(TABLES).flatMap(([name, table]) =>
      (part[name as keyof typeof TABLES] as unknown as readonly Readonly<Record<string, unknown>>[]).flatMap(
        (row): LongRow[] => {
          const id = String(row.id)
          const ids =
            typeof row.studyGroupId === 'string'
              ? [row.studyGroupId]
              : (members.get(id) ?? []).map(({ studyGroupId }) => studyGroupId)
          const whose = ids
            .flatMap((group) => groups.get(group) ?? [])
            .sort((one, other) => one.position - other.position)
          const ofRow = facts(table, id)
          const subject =
            label(row.outcomeId) ??
            (typeof row.termId === 'string' ? terms.get(row.termId) : undefined) ??
            ([row.characteristic, row.category].filter(Boolean).join(': ') ||
              String(row.milestone ?? (row.statistic === undefined ? 'Participants' : `Follow-up, ${row.statistic}`)))
          return (NUMBER_FIELDS[table] ?? []).flatMap((field): LongRow[] => {
            const value = row[clientName(field)]
            const fact = ofRow.find((one) => one.field === field)
            if (typeof value !== 'number' || (fact?.formula != null && !choices.derived)) return []
            const quotes = fact === undefined ? [] : numberQuotes([fact])
            const before = fact?.correction
            return [
              {
                ...{ study, table, row: localKey(study, id), subject },
                group: whose.map((group) => group.label).join(' v ') || null,
                subgroup: [...new Set(whose.flatMap((group) => group.subgroup ?? []))].join(' / ') || null,
                ...{ analysis_set: label(row.analysisSetId), timepoint: label(row.timepointId), field, value },
                printed: fact?.printed ?? null,
                quote: quotes.flatMap(({ words }) => words ?? []).join(' … ') || null,
                section: [...new Set(quotes.map(({ section }) => section))].join('; ') || null,
                formula: fact?.formula ?? null,
                derived: fact?.formula != null,
                correction: before
                  ? `corrected; before ${before.originalPrinted ?? `[${before.originalMissingReason}]`}`
                  : null,
              },
            ]
          })
        },
      ),
    )
  },
})

/** One row per number about a group of people or an analysis, with its source. */
export const extractLong = LONG.extract
