import type { StudyRows } from '../model/study-record.ts'
import type { PrintedInterval, Scale } from './formulas/interval.ts'
import type { ReportedP } from './formulas/reported-p.ts'
import type { IndexedStudy } from './indexed-study.ts'
import { asPrinted } from './rounded-number.ts'

export type Analysis = StudyRows['outcomeAnalysis'][number]
type Measurement = StudyRows['outcomeMeasurement'][number]

/** The scale on which a measure's interval is symmetric; none for measures whose intervals are made in many ways. */
export const SCALE_OF: Readonly<Partial<Record<NonNullable<Analysis['measure']>, Scale>>> = {
  risk_ratio: 'log',
  odds_ratio: 'log',
  hazard_ratio: 'log',
  rate_ratio: 'log',
  ratio_of_means: 'log',
  risk_difference: 'linear',
  rate_difference: 'linear',
  mean_difference: 'linear',
  standardised_mean_difference: 'linear',
  correlation: 'fisher-z',
}

/** Where the level isn't given, it's this one. */
const USUAL_LEVEL = 0.95

/** An analysis' p value as printed. */
export function reportedP(study: IndexedStudy, { id, pValue, pOperator, pText }: Analysis): ReportedP | undefined {
  if (pValue === null || pOperator === null || !(pValue >= 0 && pValue <= 1)) return undefined
  const place = { table: 'outcome_analysis', id, field: 'p_value' }
  const value = pText === null ? study.printed(place, pValue) : asPrinted(pValue, pText)
  return { operator: pOperator, value }
}

/** The range of one-sided p values, either way, where the analysis says that its own is one-sided. */
export const pRangesOf = (
  sides: number | null,
  [low, high]: readonly [number, number],
): readonly (readonly [number, number])[] =>
  sides === 1
    ? [
        [low / 2, high / 2],
        [1 - high / 2, 1 - low / 2],
      ]
    : [[low, high]]

/** A p value in words: "p = 0.089", "p < 0.001". */
export const inWords = ({ operator, value }: ReportedP): string => `p ${operator} ${value}`

/** A number that was computed, in four digits. */
export const digits = (value: number): string => String(Number(value.toPrecision(4)))

/**
 * The groups of an analysis with the measurement that it must have been made from: the same outcome, analysis set and
 * timepoint; where the analysis states neither, the only one that has what is needed.
 */
export function measurementsOf(
  study: IndexedStudy,
  analysis: Analysis,
  { has }: { readonly has: (row: Measurement) => boolean },
): { readonly measurements: readonly Measurement[] } | { readonly because: string } {
  const groups = groupsOf(study, analysis)
  if (groups.length < 2) return { because: 'the analysis names no two groups' }
  const measurements: Measurement[] = []
  for (const group of groups) {
    const fitting = study
      .measurements(analysis.outcomeId, group)
      .filter(
        (row) =>
          has(row) &&
          (analysis.analysisSetId === null || row.analysisSetId === analysis.analysisSetId) &&
          (analysis.timepointId === null || row.timepointId === analysis.timepointId),
      )
    const [only] = fitting
    if (!only) return { because: `${study.group(group).label} has no such numbers for this outcome` }
    if (fitting.length > 1)
      return { because: `${study.group(group).label} has several, and the analysis says not which` }
    measurements.push(only)
  }
  const [first] = measurements
  if (
    measurements.some(
      ({ timepointId, analysisSetId }) => timepointId !== first?.timepointId || analysisSetId !== first?.analysisSetId,
    )
  )
    return { because: 'the numbers of the groups are of different times or analysis sets' }
  return { measurements }
}

function groupsOf({ comparison, analysisGroups }: IndexedStudy, analysis: Analysis): readonly string[] {
  const compared = comparison(analysis.comparisonId)
  return compared
    ? [compared.experimentalGroupId, compared.referenceGroupId]
    : analysisGroups(analysis.id).map(({ studyGroupId }) => studyGroupId)
}

/** An analysis' estimate and interval as printed, where all three are there. */
export function printedInterval(
  study: IndexedStudy,
  { id, estimate, ciLower, ciUpper, ciLevel }: Analysis,
): { readonly printed: PrintedInterval; readonly level: number } | undefined {
  if (estimate === null || ciLower === null || ciUpper === null) return undefined
  const text = (field: string, value: number) => study.printed({ table: 'outcome_analysis', id, field }, value)
  return {
    printed: {
      estimate: text('estimate', estimate),
      lower: text('ci_lower', ciLower),
      upper: text('ci_upper', ciUpper),
    },
    level: ciLevel ?? USUAL_LEVEL,
  }
}
