import { groupedBy } from '../model/grouped-by.ts'
import { ANALYSED_NEEDS, analysedOf } from './extraction/analysed.ts'
import { byId } from './extraction/by-id.ts'
import { PLAIN_CHOICES } from './extraction/choices.ts'
import { choose } from './extraction/choose.ts'
import { type Columns, integer, number, text, truth } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { labelledGroups } from './extraction/groups.ts'
import { CORRECTION, SET, STUDY, SUBGROUP, WITHIN } from './extraction/pair-columns.ts'
import { all, GROUP_LABELS, type StudyPart } from './extraction/study-part.ts'

export interface AnalysisRow {
  readonly study: string
  readonly outcome: string
  readonly subgroup: string | null
  readonly timepoint: string | null
  readonly experimental: string | null
  readonly control: string | null
  readonly measure: string | null
  readonly estimate: number | null
  readonly ci_lower: number | null
  readonly ci_upper: number | null
  readonly p_operator: string | null
  readonly p_value: number | null
  readonly p_text: string | null
  readonly p_sides: number | null
  readonly method: string | null
  readonly finding: string | null
  readonly corrected: boolean
  readonly ci_level: number | null
  readonly finding_direction: string | null
  readonly analysis_set: string | null
  readonly groups: string | null
  readonly missing_reason: string | null
  readonly derived: boolean
  readonly within: string | null
  readonly correction: string | null
}

const SCALE = "the measure's own"

export const ANALYSIS_COLUMNS: Columns<AnalysisRow> = {
  study: STUDY,
  outcome: text('outcome.label', 'what is analysed'),
  subgroup: SUBGROUP,
  timepoint: text('timepoint.label', 'when; empty where the study ties the analysis to no time'),
  experimental: text('study_group.label', 'the experimental group'),
  control: text('study_group.label', 'the reference group'),
  measure: text('outcome_analysis.measure', 'risk_ratio, hazard_ratio …; empty for a p value or words alone'),
  estimate: number('outcome_analysis.estimate', SCALE, 'never its logarithm'),
  ci_lower: number('outcome_analysis.ci_lower', SCALE, 'lower end of the interval'),
  ci_upper: number('outcome_analysis.ci_upper', SCALE, 'upper end of the interval'),
  p_operator: text('outcome_analysis.p_operator', '=, <, <=, > or >='),
  p_value: number('outcome_analysis.p_value', '0 to 1', 'the p value'),
  p_text: text('outcome_analysis.p_text', 'as printed'),
  p_sides: integer('outcome_analysis.p_sides', 'sides', '1 or 2'),
  method: text('outcome_analysis.method', 'the test or model, as named'),
  finding: text('outcome_analysis.finding', 'what the study says in words'),
  corrected: truth('outcome_analysis.corrected', 'true where the publication corrected a number of the row'),
  ci_level: number('outcome_analysis.ci_level', '0 to 1', 'of the interval'),
  finding_direction: text('outcome_analysis.finding_direction', 'which group the words favour'),
  analysis_set: SET,
  groups: text('analysis_group.role', 'all groups with their roles'),
  missing_reason: text('outcome_analysis.missing_reason', 'why the numbers are missing'),
  derived: truth('derivation.formula', 'true where our formula made a number of the row, and not the study'),
  within: WITHIN,
  correction: CORRECTION,
}

/** What groups an analysis is about, and in which roles. */
const MEMBERS = {
  ...GROUP_LABELS,
  analysisGroup: all('analysisId', 'studyGroupId', 'studyId', 'role'),
} as const

export const ANALYSES = extractionByStudy({
  table: 'analyses',
  about: 'estimate, p value or finding in words',
  columns: ANALYSIS_COLUMNS,
  heeds: PLAIN_CHOICES,
  needs: {
    ...ANALYSED_NEEDS,
    ...MEMBERS,
    outcomeAnalysis: all(
      ...(['id', 'studyId', 'outcomeId', 'timepointId', 'analysisSetId', 'measure', 'estimate'] as const),
      ...(['ciLower', 'ciUpper', 'ciLevel', 'pOperator', 'pValue', 'pText', 'pSides', 'method', 'finding'] as const),
      ...(['findingDirection', 'corrected', 'derived', 'missingReason'] as const),
    ),
  },
  rows: (study, part, run) => {
    const membersOf = membersBy(part)
    const candidates = analysedOf(study, part, part.outcomeAnalysis, run).flatMap((one) => {
      const { row, stored, outcome } = one
      // Without what our formulas made, nothing may be left.
      if (stored.derived && !row.derived && !saysSomething(row)) return []
      const members = membersOf(row.id)
      const subgroups = [...new Set(members.map(({ group }) => group.subgroup))].filter((label) => label !== null)
      return {
        one,
        members,
        set: one.set,
        time: one.time,
        // The measure of an estimate that we made is ours too.
        measure: hasEstimate(row) || !stored.derived || row.derived ? stored.measure : null,
        subgroup: subgroups.join(' / ') || null,
        about: `${outcome.id} ${[...new Set(members.map(({ group }) => group.limits))].join(' / ')}`,
        whose: members.map(({ role, group }) => `${group.id} ${role}`).join(' '),
      }
    })
    return choose(candidates, run.choices).map(
      ({ one: { row, correction, outcome, within, setLabel }, members, measure, subgroup, time }): AnalysisRow => {
        const inRole = (role: string) =>
          members.flatMap((member) => (member.role === role ? member.group.label : [])).join('; ') || null
        return {
          study,
          outcome: outcome.label,
          subgroup,
          timepoint: time?.label ?? null,
          experimental: inRole('experimental'),
          control: inRole('reference'),
          measure,
          estimate: row.estimate,
          ci_lower: row.ciLower,
          ci_upper: row.ciUpper,
          p_operator: row.pOperator,
          p_value: row.pValue,
          p_text: row.pText,
          p_sides: row.pSides,
          method: row.method,
          finding: row.finding,
          corrected: row.corrected,
          ci_level: row.ciLevel,
          finding_direction: row.findingDirection,
          analysis_set: setLabel,
          groups: members.map(({ role, group }) => `${group.label} (${role})`).join('; ') || null,
          missing_reason: row.missingReason,
          derived: row.derived,
          within,
          correction,
        }
      },
    )
  },
})

/** One row per analysis, as its study gives it: an estimate, an interval, a p value, or words without a number. */
export const extractAnalyses = ANALYSES.extract

/** The groups of each analysis in their roles, in the study's order. */
function membersBy(part: StudyPart<typeof MEMBERS>) {
  const groupOf = byId(labelledGroups(part))
  const members = groupedBy(part.analysisGroup, ({ analysisId }) => analysisId)
  return (analysis: string) =>
    (members.get(analysis) ?? [])
      .flatMap(({ role, studyGroupId }) => {
        const group = groupOf(studyGroupId)
        return group === undefined ? [] : [{ role, group }]
      })
      .sort((first, second) => first.group.position - second.group.position)
}

interface Numbers {
  readonly estimate: number | null
  readonly ciLower: number | null
  readonly ciUpper: number | null
}

const hasEstimate = ({ estimate, ciLower, ciUpper }: Numbers): boolean =>
  estimate !== null || ciLower !== null || ciUpper !== null

/** Whether anything is left of an analysis without what our formulas made of it. */
const saysSomething = (
  analysis: Numbers & {
    readonly pValue: number | null
    readonly pText: string | null
    readonly finding: string | null
    readonly missingReason: string | null
  },
): boolean =>
  hasEstimate(analysis) ||
  [analysis.pValue, analysis.pText, analysis.finding, analysis.missingReason].some((value) => value !== null)
