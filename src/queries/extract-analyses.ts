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
} from './selection.ts'

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
}

export const ANALYSIS_COLUMNS: Columns<AnalysisRow> = {
  study: "the study's key",
  outcome: 'what is analysed',
  subgroup: 'the part of the participants that the groups are limited to',
  timepoint: 'when; empty where the study ties the analysis to no time',
  experimental: 'the experimental group',
  control: 'the reference group',
  measure: 'risk_ratio, hazard_ratio …; empty for a p value or words alone',
  estimate: "on the measure's own scale, never its logarithm",
  ci_lower: 'lower end of the interval',
  ci_upper: 'upper end of the interval',
  p_operator: '=, <, <=, > or >=',
  p_value: '0 to 1',
  p_text: 'as printed',
  p_sides: '1 or 2',
  method: 'the test or model, as named',
  finding: 'what the study says in words',
  corrected: 'true where the publication corrected a number of the row',
  ci_level: 'of the interval, 0 to 1',
  finding_direction: 'which group the words favour',
  analysis_set: 'which participants count',
  groups: 'all groups with their roles',
  missing_reason: 'why the numbers are missing',
  derived: 'true where our formula made a number of the row, and not the study',
}

/** One row per analysis, as its study gives it: an estimate, an interval, a p value, or words without a number. */
export const extractAnalyses = (db: Transaction, selection: DerivedSelection = {}): Promise<AnalysisRow[]> =>
  inSnapshot(db, (tx) => analysesRows(tx, selection))

async function analysesRows(db: Transaction, selection: DerivedSelection): Promise<AnalysisRow[]> {
  const where = await ofStudies(db, selection)
  const stored = await db.outcomeAnalysis.findMany({
    where,
    include: {
      outcome: true,
      timepoint: true,
      analysisSet: true,
      groups: { include: { studyGroup: GROUP_WITH_SUBGROUPS } },
    },
  })
  const analyses = selection.derived
    ? stored
    : (await reportedPart(db, where, 'outcomeAnalysisId', stored)).filter(saysSomething)
  // The measure of an estimate that we made is ours too.
  const made = new Set(selection.derived ? [] : stored.filter(({ derived }) => derived).map(({ id }) => id))
  return analyses
    .sort((one, other) => byKey(one.id, other.id))
    .map((analysis): AnalysisRow => {
      const groups = analysis.groups.sort((one, other) => one.studyGroup.position - other.studyGroup.position)
      const labels = (role: string) =>
        groups.filter((group) => group.role === role).map(({ studyGroup }) => studyGroup.label)
      const subgroups = [...new Set(groups.map(({ studyGroup }) => subgroupLabel(studyGroup)))]
      return {
        study: analysis.studyId,
        outcome: analysis.outcome.label,
        subgroup: subgroups.filter((label) => label !== null).join(' / ') || null,
        timepoint: analysis.timepoint?.label ?? null,
        experimental: labels('experimental').join('; ') || null,
        control: labels('reference').join('; ') || null,
        measure: hasEstimate(analysis) || !made.has(analysis.id) ? analysis.measure : null,
        estimate: analysis.estimate,
        ci_lower: analysis.ciLower,
        ci_upper: analysis.ciUpper,
        p_operator: analysis.pOperator,
        p_value: analysis.pValue,
        p_text: analysis.pText,
        p_sides: analysis.pSides,
        method: analysis.method,
        finding: analysis.finding,
        corrected: analysis.corrected,
        ci_level: analysis.ciLevel,
        finding_direction: analysis.findingDirection,
        analysis_set: analysis.analysisSet?.label ?? null,
        groups: groups.map(({ studyGroup, role }) => `${studyGroup.label} (${role})`).join('; ') || null,
        missing_reason: analysis.missingReason,
        derived: analysis.derived,
      }
    })
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
