import { clientName } from '../model/client-name.ts'
import type { FactTable } from '../model/facts.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { byId } from './extraction/by-id.ts'
import { Changes } from './extraction/changes.ts'
import { CHOSEN_NEEDS, rowChooser } from './extraction/chosen-rows.ts'
import { type Columns, text } from './extraction/columns.ts'
import { analysisText, countText, marked, numbersText, reason } from './extraction/evidence-text.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { labelledGroups } from './extraction/groups.ts'
import { namedOutcomes } from './extraction/outcomes.ts'
import { STUDY } from './extraction/pair-columns.ts'
import { factsOf, numberQuotes, SOURCES, type SourcedFact } from './extraction/sources.ts'
import { all, CHANGES, type StudyPart } from './extraction/study-part.ts'

export interface EvidenceRow {
  readonly study: string
  readonly subject: string
  readonly group: string | null
  readonly time: string | null
  readonly result: string
  readonly source: string | null
  readonly section: string | null
}

export const EVIDENCE_COLUMNS: Columns<EvidenceRow> = {
  study: STUDY,
  subject: text('outcome.label, baseline_measurement.characteristic', 'what the number or finding is about'),
  group: text('study_group.label', 'whose it is'),
  time: text('timepoint.label', 'when; empty where not stated'),
  result: text(
    'outcome_measurement, outcome_analysis, baseline_measurement, enrolment, follow_up, adverse_event_count',
    'the numbers, or what the study says in words; [corrected] after what its publication corrected, or with --as-printed what was',
  ),
  source: text('quote.words, derivation.formula', 'the exact words that it was read from, or the formula that made it'),
  section: text('publication_text.label, source.label', 'where the words stand'),
}

const SPREADS = ['mean', 'sd', 'median', 'q1', 'q3', 'minimum', 'maximum'] as const
const NEEDS = {
  ...CHANGES,
  ...SOURCES,
  ...CHOSEN_NEEDS,
  outcome: all(...CHOSEN_NEEDS.outcome.fields, 'position'),
  analysisSet: all(...CHOSEN_NEEDS.analysisSet.fields, 'position'),
  enrolment: all('id', 'studyId', 'studyGroupId', 'analysisSetId', 'participants', 'missingReason'),
  followUp: all('id', 'studyId', 'studyGroupId', 'statistic', 'basis', 'value', 'unit'),
  baselineMeasurement: all(
    ...(['id', 'studyId', 'studyGroupId', 'analysisSetId', 'characteristic', 'category', 'unit'] as const),
    ...(['count', 'total', 'missingReason'] as const),
    ...SPREADS,
  ),
  outcomeMeasurement: all(
    ...(['id', 'studyId', 'outcomeId', 'studyGroupId', 'analysisSetId', 'timepointId'] as const),
    ...(['events', 'total', 'proportion', 'se', 'ciLower', 'ciUpper', 'missingReason'] as const),
    ...SPREADS,
  ),
  outcomeAnalysis: all(
    ...(['id', 'studyId', 'outcomeId', 'analysisSetId', 'timepointId', 'measure', 'estimate'] as const),
    ...(['ciLower', 'ciUpper', 'pOperator', 'pValue', 'pText', 'pSides', 'finding', 'missingReason'] as const),
  ),
  adverseEventTerm: all('id', 'studyId', 'position', 'term', 'parentId', 'narrative'),
  adverseEventCount: all(
    ...(['id', 'studyId', 'termId', 'studyGroupId', 'analysisSetId', 'timepointId'] as const),
    ...(['affected', 'atRisk', 'events', 'percent', 'missingReason'] as const),
  ),
} as const

export const EVIDENCE = extractionByStudy({
  table: 'evidence',
  about: 'number or finding, with its source, to be read by people',
  columns: EVIDENCE_COLUMNS,
  heeds: ['studies', 'review', 'outcomes', 'analysisSets', 'time', 'asPrinted'],
  needs: NEEDS,
  rows: (study, part, run) => {
    const outcomeOf = namedOutcomes(study, part.outcome, run)
    const [facts, groupOf, changes] = [factsOf(part), byId(labelledGroups(part)), new Changes(part, run)]
    const times = new Map(part.timepoint.map(({ id, label }) => [id, label]))
    const names: Names = {
      study,
      told: (table, stored, result) => {
        const { row, correction } = changes.of(table, stored) ?? { row: stored, correction: null }
        const ofRow = facts(table, stored.id)
        if (!run.choices.asPrinted) return { result: result(row, ofRow), ...sourceOf(ofRow) }
        // The words and formulas give what is there now, and not what was.
        const kept = ofRow.filter((fact) => fact.correction === null && !hasChanged(stored, row, fact.field))
        const text = result(row, kept)
        // Where nothing is left, the correction is the reason.
        const left = /^\[[^\]]*\]$/.test(text) ? '' : `${text} `
        return { result: correction === null ? text : `${left}[${correction}]`, ...sourceOf(kept) }
      },
      choose: rowChooser(part, run),
      label: (group) => groupOf(group)?.label ?? null,
      position: (group) => groupOf(group)?.position ?? 0,
      time: (time) => (time === null ? null : (times.get(time) ?? null)),
    }
    const named = run.choices.outcomes.length > 0
    return [
      ...(named ? [] : sizes(part, names)),
      ...(named ? [] : baseline(part, names)),
      ...results(part, names, (outcome) => outcomeOf(outcome) !== undefined),
      ...(named ? [] : harms(part, names)),
    ]
  },
})

/**
 * One row per number or finding of a study, in the order of a report: sizes, follow-up, baseline, outcomes, analyses,
 * harms. Each has the words that it was read from; a derived one its formula; a missing one its reason.
 */
export const extractEvidence = EVIDENCE.extract

type Part = StudyPart<typeof NEEDS>
type Told = Pick<EvidenceRow, 'result' | 'source' | 'section'>

/** What the rows of one study are told with. */
interface Names {
  readonly study: string
  /** A row's result, as corrected or as printed, with the sources of what is told. */
  readonly told: <Row extends { readonly id: string }>(
    table: FactTable,
    row: Row,
    result: (row: Row, facts: readonly SourcedFact[]) => string,
  ) => Told
  readonly choose: ReturnType<typeof rowChooser>
  readonly label: (group: string) => string | null
  readonly position: (group: string) => number
  readonly time: (time: string | null) => string | null
}

const hasChanged = (one: object, other: object, field: string): boolean => {
  const fieldOf = (row: object) => Object.entries(row).find(([name]) => name === clientName(field))?.[1]
  return fieldOf(one) !== fieldOf(other)
}

function sizes(part: Part, { study, told, label, position }: Names): EvidenceRow[] {
  const setOf = byId(part.analysisSet)
  const setPosition = (set: string) => setOf(set)?.position ?? 0
  return [
    ...part.enrolment
      .toSorted(
        (one, other) =>
          setPosition(one.analysisSetId) - setPosition(other.analysisSetId) ||
          position(one.studyGroupId) - position(other.studyGroupId),
      )
      .map((row) => ({
        study,
        subject: `Participants, ${setOf(row.analysisSetId)?.label}`,
        group: label(row.studyGroupId),
        time: null,
        ...told('enrolment', row, ({ participants, missingReason }, facts) =>
          participants === null ? reason(missingReason) : marked(String(participants), facts, 'participants'),
        ),
      })),
    ...part.followUp.map((row) => ({
      study,
      subject: `Follow-up, ${row.statistic}${row.basis === 'not_stated' ? '' : ` ${row.basis}`}`,
      group: label(row.studyGroupId),
      time: null,
      ...told('follow_up', row, ({ value, unit }, facts) =>
        value === null ? reason(null) : marked(`${value} ${unit}`, facts, 'value'),
      ),
    })),
  ]
}

const baseline = (part: Part, { study, told, choose, label }: Names): EvidenceRow[] =>
  choose(part.baselineMeasurement, ({ characteristic }) => characteristic).map((row) => ({
    study,
    subject: [row.characteristic, row.category].filter((name) => name !== null).join(': '),
    group: label(row.studyGroupId),
    time: null,
    ...told('baseline_measurement', row, (one, facts) => numbersText(one, one.unit, facts, one.missingReason)),
  }))

function results(
  part: Part,
  { study, told, choose, label, position, time }: Names,
  isWanted: (outcome: string) => boolean,
): EvidenceRow[] {
  const subject = ({ outcomeId }: { readonly outcomeId: string }) => outcomeId
  const measurements = groupedBy(choose(part.outcomeMeasurement, subject), subject)
  const analyses = groupedBy(choose(part.outcomeAnalysis, subject), subject)
  const members = groupedBy(part.analysisGroup, ({ analysisId }) => analysisId)
  return part.outcome
    .filter(({ id }) => isWanted(id))
    .sort((one, other) => one.position - other.position)
    .flatMap((outcome) => [
      ...(measurements.get(outcome.id) ?? []).map((row) => ({
        study,
        subject: outcome.label,
        group: label(row.studyGroupId),
        time: time(row.timepointId),
        ...told('outcome_measurement', row, (one, facts) => numbersText(one, outcome.unit, facts, one.missingReason)),
      })),
      ...(analyses.get(outcome.id) ?? []).map((row) => ({
        study,
        subject: `${outcome.label}, compared`,
        group: (members.get(row.id) ?? [])
          .toSorted((one, other) => position(one.studyGroupId) - position(other.studyGroupId))
          .map(({ studyGroupId }) => label(studyGroupId))
          .join(' v '),
        time: time(row.timepointId),
        ...told('outcome_analysis', row, analysisText),
      })),
    ])
}

function harms(part: Part, { study, told, choose, label, time }: Names): EvidenceRow[] {
  const terms = new Map(part.adverseEventTerm.map(({ id, term }) => [id, term]))
  const counts = groupedBy(
    choose(part.adverseEventCount, ({ termId }) => termId),
    ({ termId }) => termId,
  )
  return part.adverseEventTerm
    .toSorted((one, other) => one.position - other.position)
    .flatMap((term): EvidenceRow[] => {
      const parent = term.parentId === null ? undefined : terms.get(term.parentId)
      const subject = parent === undefined ? term.term : `${term.term} (within: ${parent})`
      return [
        ...(term.narrative === null
          ? []
          : [
              {
                ...{ study, subject, group: null, time: null },
                ...told('adverse_event_term', term, ({ narrative }, facts) =>
                  narrative === null ? reason(null) : marked(narrative, facts, 'narrative'),
                ),
              },
            ]),
        ...(counts.get(term.id) ?? []).map((row) => ({
          study,
          subject,
          group: label(row.studyGroupId),
          time: time(row.timepointId),
          ...told('adverse_event_count', row, countText),
        })),
      ]
    })
}

/** The quotes behind a row's values, each once and in the text's order, or the formulas. */
function sourceOf(facts: readonly SourcedFact[]): Omit<Told, 'result'> {
  const inOrder = numberQuotes(facts)
  const formulas = facts.flatMap(({ field, formula }) => (formula === null ? [] : [`${field} = ${formula}`])).sort()
  const words = [
    ...(formulas.length === 0 ? [] : [`derived: ${formulas.join('; ')}`]),
    // Two sources may have the same words.
    ...new Set(inOrder.flatMap(({ words: own }) => (own === null ? [] : [`“${own}”`]))),
  ]
  const sections = new Set(inOrder.map(({ section }) => section))
  return { source: words.join(' ') || null, section: [...sections].join('; ') || null }
}
