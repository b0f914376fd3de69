import type { StudyRows } from '../../model/study-record.ts'
import { printedNumber, printedP, printedPercent } from '../rows/printed-text.ts'
import type { RowBook } from '../rows/row-book.ts'
import type { GroupList } from './groups.ts'
import { pathOf } from './shape.ts'
import type { CtgovAnalysis, CtgovOutcome } from './study-shape.ts'

type Analysis = StudyRows['outcomeAnalysis'][number]
type Measure = NonNullable<Analysis['measure']>

/** What a printed name of an effect surely is. One on a logarithm's scale is none of these. */
const MEASURES: readonly (readonly [RegExp, Measure])[] = [
  [/^(?:adjusted )?(?:common )?odds ratio(?: \(or\))?$/i, 'odds_ratio'],
  [/^(?:adjusted )?(?:risk ratio|relative risk)(?: \(rr\))?$/i, 'risk_ratio'],
  [/^(?:adjusted )?risk difference(?: \(rd\))?$/i, 'risk_difference'],
  [/^(?:adjusted |stratified )?hazard ratio(?: \(hr\))?$/i, 'hazard_ratio'],
  [/^(?:incidence )?rate ratio$/i, 'rate_ratio'],
  [/^mean difference(?: \((?:net|final values)\))?$/i, 'mean_difference'],
  [/^standardi[sz]ed mean difference$/i, 'standardised_mean_difference'],
  [/^median difference(?: \((?:net|final values)\))?$/i, 'median_difference'],
  [
    /^(?:ls|least[- ]squares?(?: \(ls\))?) means? (?:of )?(?:treatment )?differences?$|^differences? (?:of|in) (?:ls|least[- ]squares?(?: \(ls\))?) means?$/i,
    'mean_difference',
  ],
]

/** The analyses of an outcome, each with all its groups. Nothing says which of them is the experimental one. */
export function addAnalyses(book: RowBook, groups: GroupList, outcome: CtgovOutcome, outcomeId: string): void {
  for (const analysis of outcome.analyses) addAnalysis(book, groups, analysis, outcomeId)
}

function addAnalysis(book: RowBook, groups: GroupList, analysis: CtgovAnalysis, outcomeId: string): void {
  const id = book.next('outcome_analysis')
  const number = (name: string, text: string | undefined) =>
    book.number('outcome_analysis', id, name, printedNumber, text)
  const { paramType, paramValue, pValue, statisticalMethod, nonInferiorityType, ciNumSides } = analysis
  const p = pValue === undefined ? undefined : printedP(pValue)
  const estimate = number('estimate', paramValue)
  const sides = sidesOf(ciNumSides)
  if (ciNumSides !== undefined && sides === null)
    book.unmapped(pathOf({ within: analysis.place, key: 'ciNumSides' }, false))
  book.rows.outcomeAnalysis.push({
    id,
    studyId: book.slug,
    outcomeId,
    timepointId: null,
    analysisSetId: null,
    comparisonId: null,
    measure:
      MEASURES.find(([pattern]) => pattern.test(paramType ?? ''))?.[1] ?? (paramType === undefined ? null : 'other'),
    estimate,
    ciLower: number('ci_lower', analysis.ciLowerLimit),
    ciUpper: number('ci_upper', analysis.ciUpperLimit),
    ciLevel: book.number('outcome_analysis', id, 'ci_level', printedPercent, analysis.ciPctValue),
    pOperator: p?.operator ?? null,
    pValue: p?.value ?? null,
    pText: pValue ?? null,
    pSides: sidesOf(/\b(\d|one|two)[- ]sided\b/i.exec(statisticalMethod ?? '')?.[0]),
    method: statisticalMethod ?? null,
    methodMissingReason: null,
    finding: null,
    findingDirection: null,
    corrected: false,
    derived: false,
    missingReason: paramValue === undefined ? null : book.reason(estimate, analysis.estimateComment),
    note: null,
    measurePrinted: paramType ?? null,
    dispersion: analysis.dispersionType?.toLowerCase().replaceAll('_', ' ') ?? null,
    dispersionValue: number('dispersion_value', analysis.dispersionValue),
    ciSides: sides,
    groupDescription: analysis.groupDescription ?? null,
    methodComment: analysis.statisticalComment ?? null,
    pComment: analysis.pValueComment ?? null,
    estimateComment: analysis.estimateComment ?? null,
    ciLowerComment: analysis.ciLowerLimitComment ?? null,
    ciUpperComment: analysis.ciUpperLimitComment ?? null,
    nonInferiority: analysis.testedNonInferiority ?? null,
    hypothesis: nonInferiorityType?.toLowerCase().replaceAll('_', ' ') ?? null,
    hypothesisComment: analysis.nonInferiorityComment ?? null,
    otherDescription: analysis.otherAnalysisDescription ?? null,
  })
  const members = new Set(analysis.groupIds.map((code) => groups.of(code, analysis.place)))
  const role = members.size === 1 ? 'single' : members.size === 2 ? 'unstated' : 'member'
  for (const studyGroupId of members)
    book.rows.analysisGroup.push({ analysisId: id, studyGroupId, studyId: book.slug, role })
}

function sidesOf(words: string | undefined): 1 | 2 | null {
  if (/^(?:two|2)/i.test(words ?? '')) return 2
  return /^(?:one|1)/i.test(words ?? '') ? 1 : null
}
