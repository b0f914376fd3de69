import { clientName } from '../model/client-name.ts'
import { type FactTable, NUMBER_FIELDS } from '../model/facts.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { byId } from './extraction/by-id.ts'
import { Changes } from './extraction/changes.ts'
import { PLAIN_CHOICES } from './extraction/choices.ts'
import { CHOSEN_NEEDS, rowChooser } from './extraction/chosen-rows.ts'
import { type Columns, number, text, truth } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { labelledGroups } from './extraction/groups.ts'
import { namedOutcomes } from './extraction/outcomes.ts'
import { CORRECTION, SET, STUDY, SUBGROUP, TIMEPOINT } from './extraction/pair-columns.ts'
import type { Run } from './extraction/run.ts'
import { factsOf, numberQuotes, SOURCES } from './extraction/sources.ts'
import { all, CHANGES, type StudyPart } from './extraction/study-part.ts'
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

/** A column with numbers, as the database and as the client call it. */
interface NumberField {
  readonly field: string
  readonly name: string
}
const fieldsOf = (table: FactTable): readonly NumberField[] =>
  (NUMBER_FIELDS[table] ?? []).map((field) => ({ field, name: clientName(field) }))
const FIELDS = {
  enrolment: fieldsOf('enrolment'),
  follow_up: fieldsOf('follow_up'),
  participant_flow: fieldsOf('participant_flow'),
  baseline_measurement: fieldsOf('baseline_measurement'),
  outcome_measurement: fieldsOf('outcome_measurement'),
  outcome_analysis: fieldsOf('outcome_analysis'),
  adverse_event_count: fieldsOf('adverse_event_count'),
} as const

/** A row of any of the tables. */
type Stored = { readonly id: string } & Readonly<Record<string, unknown>>
const NONE: readonly never[] = []

/** The columns with numbers. They are read by name, so that their own types stay out of those of the rows. */
const numbersOf = (table: FactTable) => (NUMBER_FIELDS[table] ?? []).map(clientName) as unknown as readonly never[]
const GROUP = ['id', 'studyId', 'studyGroupId'] as const
const NEEDS = {
  ...CHANGES,
  ...SOURCES,
  ...CHOSEN_NEEDS,
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
} as const

type Part = StudyPart<typeof NEEDS>

export const LONG = extractionByStudy({
  table: 'long',
  about: 'number, with its source, to be read by programs',
  columns: LONG_COLUMNS,
  heeds: PLAIN_CHOICES,
  needs: NEEDS,
  rows: (study, part, run) => {
    const { derived, asPrinted } = run.choices
    const [facts, groupOf, changes] = [factsOf(part), byId(labelledGroups(part)), new Changes(part, run)]
    const labels = new Map(
      [...part.outcome, ...part.analysisSet, ...part.timepoint].map(({ id, label }) => [id, label] as const),
    )
    const terms = new Map(part.adverseEventTerm.map(({ id, term }) => [id, term]))
    const members = groupedBy(part.analysisGroup, ({ analysisId }) => analysisId)
    const label = (id: unknown) => (typeof id === 'string' ? (labels.get(id) ?? null) : null)
    const chosen: Readonly<Record<string, readonly Stored[]>> = chosenRows(study, part, run)
    const rows: LongRow[] = []
    const add = (table: FactTable, fields: readonly NumberField[], stored: Stored): void => {
      const { id } = stored
      const row = changes.of(table, stored)?.row ?? stored
      const ofRow = facts(table, id)
      const ids =
        typeof row.studyGroupId === 'string'
          ? [row.studyGroupId]
          : (members.get(id) ?? []).map(({ studyGroupId }) => studyGroupId)
      const whose = ids.flatMap((group) => groupOf(group) ?? []).sort((one, other) => one.position - other.position)
      const subject =
        label(row.outcomeId) ??
        (typeof row.termId === 'string' ? terms.get(row.termId) : undefined) ??
        ([row.characteristic, row.category].filter(Boolean).join(': ') ||
          String(row.milestone ?? (row.statistic === undefined ? 'Participants' : `Follow-up, ${row.statistic}`)))
      const group = whose.map((one) => one.label).join(' v ') || null
      const subgroup = [...new Set(whose.flatMap((one) => one.subgroup ?? []))].join(' / ') || null
      for (const { field, name } of fields) {
        const value = row[name]
        const fact = ofRow.find((one) => one.field === field)
        if (typeof value !== 'number' || (fact?.formula != null && !derived)) continue
        const before = fact?.correction ?? null
        // The words give the number as it is now, and not as it was.
        const first = asPrinted && before !== null
        const quotes = fact === undefined || first ? NONE : numberQuotes([fact])
        rows.push({
          study,
          table,
          row: localKey(study, id),
          subject,
          group,
          subgroup,
          analysis_set: label(row.analysisSetId),
          timepoint: label(row.timepointId),
          field,
          value,
          printed: (first ? before.originalPrinted : fact?.printed) ?? null,
          quote: quotes.flatMap(({ words }) => words ?? []).join(' … ') || null,
          section: [...new Set(quotes.map(({ section }) => section))].join('; ') || null,
          formula: fact?.formula ?? null,
          derived: fact?.formula != null,
          correction: first
            ? `as first printed, now ${stored[name]}`
            : before && `corrected; before ${before.originalPrinted ?? `[${before.originalMissingReason}]`}`,
        })
      }
    }
    for (const [name, table] of Object.entries(TABLES))
      for (const stored of chosen[name] ?? []) add(table, FIELDS[table], stored)
    return rows
  },
})

/** The rows that the choices leave: with outcomes named, of these alone. Sizes, follow-up and flow have no time, and all sets. */
function chosenRows(study: string, part: Part, run: Run): { readonly [T in keyof typeof TABLES]: Part[T] } {
  const outcomeOf = namedOutcomes(study, part.outcome, run)
  const choose = rowChooser(part, run)
  const unlessNamed = <Row>(rows: readonly Row[]): readonly Row[] => (run.choices.outcomes.length > 0 ? [] : rows)
  const ofOutcomes = <Row extends { readonly outcomeId: string }>(rows: readonly Row[]) =>
    rows.filter(({ outcomeId }) => outcomeOf(outcomeId) !== undefined)
  return {
    enrolment: unlessNamed(part.enrolment),
    followUp: unlessNamed(part.followUp),
    participantFlow: unlessNamed(part.participantFlow),
    baselineMeasurement: choose(unlessNamed(part.baselineMeasurement), ({ characteristic }) => characteristic),
    outcomeMeasurement: choose(ofOutcomes(part.outcomeMeasurement), ({ outcomeId }) => outcomeId),
    outcomeAnalysis: choose(ofOutcomes(part.outcomeAnalysis), ({ outcomeId }) => outcomeId),
    adverseEventCount: choose(unlessNamed(part.adverseEventCount), ({ termId }) => termId),
  }
}

/** One row per number about a group of people or an analysis, with its source. */
export const extractLong = LONG.extract
