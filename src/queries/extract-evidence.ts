import { groupedBy } from '../model/grouped-by.ts'
import { type Columns, text } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { groupsOf } from './extraction/groups.ts'
import { namedOutcomes } from './extraction/outcomes.ts'
import { STUDY } from './extraction/pair-columns.ts'
import { factsOf, numberQuotes, SOURCES, type SourcedFact } from './extraction/sources.ts'
import { all, GROUPS, LABELS, type StudyPart } from './extraction/study-part.ts'

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
    'the numbers, or what the study says in words; [corrected] after what its publication corrected',
  ),
  source: text('quote.words, derivation.formula', 'the exact words that it was read from, or the formula that made it'),
  section: text('publication_text.label, source.label', 'where the words stand'),
}

const SPREADS = ['mean', 'sd', 'median', 'q1', 'q3', 'minimum', 'maximum'] as const
const NEEDS = {
  ...LABELS,
  ...GROUPS,
  ...SOURCES,
  enrolment: all('id', 'studyId', 'studyGroupId', 'analysisSetId', 'participants', 'missingReason'),
  followUp: all('id', 'studyId', 'studyGroupId', 'statistic', 'basis', 'value', 'unit'),
  baselineMeasurement: all(
    ...(['id', 'studyId', 'studyGroupId', 'characteristic', 'category', 'unit', 'count', 'total'] as const),
    ...SPREADS,
    ...(['derived', 'missingReason'] as const),
  ),
  outcomeMeasurement: all(
    ...(['id', 'studyId', 'outcomeId', 'studyGroupId', 'timepointId', 'events', 'total', 'proportion', 'se'] as const),
    ...SPREADS,
    ...(['ciLower', 'ciUpper', 'derived', 'missingReason'] as const),
  ),
  outcomeAnalysis: all(
    ...(['id', 'studyId', 'outcomeId', 'timepointId', 'measure', 'estimate', 'ciLower', 'ciUpper'] as const),
    ...(['pOperator', 'pValue', 'pText', 'pSides', 'finding', 'missingReason'] as const),
  ),
  analysisGroup: all('analysisId', 'studyGroupId', 'studyId', 'role'),
  adverseEventTerm: all('id', 'studyId', 'position', 'term', 'parentId', 'narrative'),
  adverseEventCount: all(
    ...(['id', 'studyId', 'termId', 'studyGroupId', 'timepointId'] as const),
    ...(['affected', 'atRisk', 'events', 'percent', 'missingReason'] as const),
  ),
} as const

export const EVIDENCE = extractionByStudy({
  table: 'evidence',
  about: 'number or finding, with its source, to be read by people',
  columns: EVIDENCE_COLUMNS,
  heeds: ['studies', 'review', 'outcomes'],
  needs: NEEDS,
  rows: (study, part, run) => {
    const outcomes = namedOutcomes(study, part.outcome, run)
    const facts = factsOf(part)
    const groups = groupsOf(part)
    const times = new Map(part.timepoint.map(({ id, label }) => [id, label]))
    const names: Names = {
      study,
      facts,
      label: (group) => groups.get(group)?.label ?? null,
      position: (group) => groups.get(group)?.position ?? 0,
      time: (time) => (time === null ? null : (times.get(time) ?? null)),
    }
    const named = run.choices.outcomes.length > 0
    return [
      ...(named ? [] : sizes(part, names)),
      ...(named ? [] : baseline(part, names)),
      ...results(part, names, (outcome) => outcomes.has(outcome)),
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

/** What the rows of one study are told with. */
interface Names {
  readonly study: string
  readonly facts: (table: string, id: string) => readonly SourcedFact[]
  readonly label: (group: string) => string | null
  readonly position: (group: string) => number
  readonly time: (time: string | null) => string | null
}

function sizes(part: Part, { study, facts, label, position }: Names): EvidenceRow[] {
  const sets = new Map(part.analysisSet.map((set) => [set.id, set]))
  const setPosition = (set: string) => sets.get(set)?.position ?? 0
  return [
    ...part.enrolment
      .toSorted(
        (one, other) =>
          setPosition(one.analysisSetId) - setPosition(other.analysisSetId) ||
          position(one.studyGroupId) - position(other.studyGroupId),
      )
      .map((row) => {
        const ofRow = facts('enrolment', row.id)
        return {
          study,
          subject: `Participants, ${sets.get(row.analysisSetId)?.label}`,
          group: label(row.studyGroupId),
          time: null,
          result:
            row.participants === null
              ? reason(row.missingReason)
              : marked(String(row.participants), ofRow, 'participants'),
          ...sourceOf(ofRow),
        }
      }),
    ...part.followUp.map((row) => {
      const ofRow = facts('follow_up', row.id)
      return {
        study,
        subject: `Follow-up, ${row.statistic}${row.basis === 'not_stated' ? '' : ` ${row.basis}`}`,
        group: label(row.studyGroupId),
        time: null,
        result: marked(`${row.value} ${row.unit}`, ofRow, 'value'),
        ...sourceOf(ofRow),
      }
    }),
  ]
}

const baseline = (part: Part, { study, facts, label }: Names): EvidenceRow[] =>
  part.baselineMeasurement.map((row) => {
    const ofRow = facts('baseline_measurement', row.id)
    return {
      study,
      subject: [row.characteristic, row.category].filter((name) => name !== null).join(': '),
      group: label(row.studyGroupId),
      time: null,
      result: numbers({ ...row, events: row.count, unit: row.unit, facts: ofRow }, row.missingReason, 'count'),
      ...sourceOf(ofRow),
    }
  })

function results(
  part: Part,
  { study, facts, label, position, time }: Names,
  isWanted: (outcome: string) => boolean,
): EvidenceRow[] {
  const measurements = groupedBy(part.outcomeMeasurement, ({ outcomeId }) => outcomeId)
  const analyses = groupedBy(part.outcomeAnalysis, ({ outcomeId }) => outcomeId)
  const members = groupedBy(part.analysisGroup, ({ analysisId }) => analysisId)
  return part.outcome
    .filter(({ id }) => isWanted(id))
    .sort((one, other) => one.position - other.position)
    .flatMap((outcome) => {
      const subject = outcome.label
      return [
        ...(measurements.get(outcome.id) ?? []).map((row) => {
          const ofRow = facts('outcome_measurement', row.id)
          return {
            study,
            subject,
            group: label(row.studyGroupId),
            time: time(row.timepointId),
            result: numbers({ ...row, unit: outcome.unit, facts: ofRow }, row.missingReason),
            ...sourceOf(ofRow),
          }
        }),
        ...(analyses.get(outcome.id) ?? []).map((row) => {
          const ofRow = facts('outcome_analysis', row.id)
          const groups = (members.get(row.id) ?? []).toSorted(
            (one, other) => position(one.studyGroupId) - position(other.studyGroupId),
          )
          return {
            study,
            subject: `${outcome.label}, compared`,
            group: groups.map(({ studyGroupId }) => label(studyGroupId)).join(' v '),
            time: time(row.timepointId),
            result: analysisText({ ...row, facts: ofRow }),
            ...sourceOf(ofRow),
          }
        }),
      ]
    })
}

function harms(part: Part, { study, facts, label, time }: Names): EvidenceRow[] {
  const terms = new Map(part.adverseEventTerm.map(({ id, term }) => [id, term]))
  const counts = groupedBy(part.adverseEventCount, ({ termId }) => termId)
  return part.adverseEventTerm
    .toSorted((one, other) => one.position - other.position)
    .flatMap((term): EvidenceRow[] => {
      const parent = term.parentId === null ? undefined : terms.get(term.parentId)
      const subject = parent === undefined ? term.term : `${term.term} (within: ${parent})`
      const ofTerm = facts('adverse_event_term', term.id)
      const told = { study, subject, group: null, time: null }
      return [
        ...(term.narrative === null
          ? []
          : [{ ...told, result: marked(term.narrative, ofTerm, 'narrative'), ...sourceOf(ofTerm) }]),
        ...(counts.get(term.id) ?? []).map((row) => {
          const ofRow = facts('adverse_event_count', row.id)
          return {
            ...{ study, subject, group: label(row.studyGroupId), time: time(row.timepointId) },
            result: countText({ ...row, facts: ofRow }),
            ...sourceOf(ofRow),
          }
        }),
      ]
    })
}

const reason = (missing: string | null) => `[${(missing ?? 'not_reported').replaceAll('_', ' ')}]`

interface Numbers {
  readonly events: number | null
  readonly total: number | null
  readonly proportion?: number | null
  readonly mean: number | null
  readonly sd: number | null
  readonly se?: number | null
  readonly median: number | null
  readonly q1: number | null
  readonly q3: number | null
  readonly minimum: number | null
  readonly maximum: number | null
  readonly ciLower?: number | null
  readonly ciUpper?: number | null
  readonly unit: string | null
  readonly derived: boolean
}

/** A part of a result, and whether its publication corrected one of the fields that it is made of. */
function marked(text: string, facts: readonly SourcedFact[], ...fields: readonly string[]): string {
  const corrected = facts.some(({ field, correction }) => correction !== null && fields.includes(field))
  return corrected ? `${text} [corrected]` : text
}

/** The parts that say something, each with its mark. */
const joined = (
  parts: readonly (readonly [text: string | null, ...fields: string[]])[],
  facts: readonly SourcedFact[],
  separator: string,
): string =>
  parts
    .flatMap(([text, ...fields]) => (text === null || text === '' ? [] : [marked(text, facts, ...fields)]))
    .join(separator)

const given = (value: number | null | undefined, text: (value: number) => string): string | null =>
  value == null ? null : text(value)
const range = (
  low: number | null | undefined,
  high: number | null | undefined,
  text: (range: string) => string,
): string | null => (low == null || high == null ? null : text(`${low} to ${high}`))
/** A count with what it is out of: 10/85, 10, of 85. */
const outOf = (count: number | null, total: number | null): string | null =>
  count === null ? given(total, (people) => `of ${people}`) : total === null ? `${count}` : `${count}/${total}`

/** The numbers of a row as a report writes them: 10/85, 31%, mean 4.2 (SD 1.1). */
function numbers(
  row: Numbers & { readonly facts: readonly SourcedFact[] },
  missing: string | null,
  count: 'events' | 'count' = 'events',
): string {
  const text = joined(
    [
      [outOf(row.events, row.total), count, 'total'],
      [given(row.proportion, (value) => `${Number((value * 100).toPrecision(12))}%`), 'proportion'],
      [given(row.mean, (value) => `mean ${value}`), 'mean'],
      [given(row.sd, (value) => `SD ${value}`), 'sd'],
      [given(row.se, (value) => `SE ${value}`), 'se'],
      [given(row.median, (value) => `median ${value}`), 'median'],
      [range(row.q1, row.q3, (ends) => `quartiles ${ends}`), 'q1', 'q3'],
      [range(row.minimum, row.maximum, (ends) => `range ${ends}`), 'minimum', 'maximum'],
      [range(row.ciLower, row.ciUpper, (ends) => `interval ${ends}`), 'ci_lower', 'ci_upper', 'ci_level'],
    ],
    row.facts,
    ', ',
  )
  if (text === '') return reason(missing)
  return `${text}${row.unit === null || row.events !== null ? '' : ` ${row.unit}`}`
}

function analysisText(row: {
  readonly measure: string | null
  readonly estimate: number | null
  readonly ciLower: number | null
  readonly ciUpper: number | null
  readonly pOperator: string | null
  readonly pValue: number | null
  readonly pText: string | null
  readonly pSides: number | null
  readonly finding: string | null
  readonly missingReason: string | null
  readonly facts: readonly SourcedFact[]
}): string {
  const p = row.pText ?? row.pValue
  const sides = row.pSides === null ? '' : row.pSides === 2 ? ', two-sided' : ', one-sided'
  const text = joined(
    [
      [row.finding, 'finding', 'finding_direction'],
      [given(row.estimate, (value) => `${(row.measure ?? 'estimate').replaceAll('_', ' ')} ${value}`), 'estimate'],
      [range(row.ciLower, row.ciUpper, (ends) => `interval ${ends}`), 'ci_lower', 'ci_upper', 'ci_level'],
      [p === null ? null : `P ${row.pOperator ?? '='} ${p}${sides}`, 'p_value', 'p_operator', 'p_text', 'p_sides'],
    ],
    row.facts,
    '; ',
  )
  return text === '' ? reason(row.missingReason) : text
}

function countText(row: {
  readonly affected: number | null
  readonly atRisk: number | null
  readonly events: number | null
  readonly percent: number | null
  readonly missingReason: string | null
  readonly facts: readonly SourcedFact[]
}): string {
  const text = joined(
    [
      [row.affected === null ? null : outOf(row.affected, row.atRisk), 'affected', 'at_risk'],
      [given(row.percent, (value) => `${value}%`), 'percent'],
      [given(row.events, (value) => `${value} events`), 'events'],
    ],
    row.facts,
    ', ',
  )
  return text === '' ? reason(row.missingReason) : text
}

/** The quotes behind a row's values, each once and in the text's order, or the formulas. */
function sourceOf(facts: readonly SourcedFact[]): { source: string | null; section: string | null } {
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
