import type { StudyRows } from '../../model/study-record.ts'
import { printedNumber } from '../rows/printed-text.ts'
import type { RowBook } from '../rows/row-book.ts'
import type { XmlElement } from '../stream/xml-element.ts'
import { addTable, noteOf } from './measurements.ts'
import { measureOf } from './measures.ts'
import type { RevmanSource } from './revman-source.ts'
import type { Setting } from './setting.ts'

type Analysis = StudyRows['outcomeAnalysis'][number]

/** Of the normal distribution, for 95 %. */
const QUANTILE = 1.959963984540054

/** An effect on the scale on which RevMan takes it: the natural logarithm of a ratio. */
interface Effect {
  readonly estimate: number
  readonly standardError: number
}

/**
 * What a study estimates of two groups: by generic inverse variance an estimate with its standard error, of individual
 * participants' data the observed less the expected events with their variance, whose quotient is a log ratio.
 */
export function addContrast(
  source: RevmanSource,
  book: RowBook,
  row: XmlElement,
  setting: Setting,
  kind: 'IV' | 'IPD',
): void {
  const printed = (
    source.text(setting.outcome, 'EFFECT_MEASURE') ?? source.attribute(setting.outcome, 'EFFECT_MEASURE')
  )?.replaceAll('_', ' ')
  const isLog = kind === 'IPD' || source.attribute(setting.outcome, 'LOG_DATA') === 'YES'
  const given = kind === 'IV' ? ofEstimate(source, row) : ofObserved(source, row)
  if (kind === 'IPD' && row.attributes.EVENTS_1 !== undefined) addTable(source, book, row, setting)
  const id = book.next('outcome_analysis')
  book.rows.outcomeAnalysis.push({
    ...NOTHING,
    id,
    studyId: book.slug,
    outcomeId: setting.outcomeId,
    comparisonId: setting.comparisonId,
    measure: measureOf(printed) ?? 'other',
    measurePrinted: printed ?? null,
    ...estimatesOf(source, row, setting, given.effect, isLog),
    estimateComment: `${given.words}${isLog && kind === 'IV' ? ', of the natural logarithm' : ''}`,
    groupDescription: totalsOf(source, row, setting, kind),
    note: noteOf(source, row),
  })
  for (const [side, role] of [
    ['experimental', 'experimental'],
    ['control', 'reference'],
  ] as const)
    book.rows.analysisGroup.push({ analysisId: id, studyGroupId: setting[side].id, studyId: book.slug, role })
}

interface Given {
  /** Undefined where nothing can be estimated. */
  readonly effect: Effect | undefined
  /** What was entered. */
  readonly words: string
}

const numberOf = (text: string | undefined): number | null => (text === undefined ? null : printedNumber(text).value)

function ofEstimate(source: RevmanSource, row: XmlElement): Given {
  const [estimate, error] = [source.number(row, 'ESTIMATE'), source.number(row, 'SE')]
  const [value, standardError] = [numberOf(estimate), numberOf(error)]
  return {
    effect:
      value === null || standardError === null || standardError <= 0 ? undefined : { estimate: value, standardError },
    words: `Entered: estimate ${estimate ?? 'none'}, standard error ${error ?? 'none'}`,
  }
}

/** @source Yusuf et al. 1985, Prog Cardiovasc Dis 27:335–371: ln OR = (O − E) / V, with the variance 1 / V */
function ofObserved(source: RevmanSource, row: XmlElement): Given {
  const [observed, spread] = [source.number(row, 'O_E'), source.number(row, 'VAR')]
  const [difference, variance] = [numberOf(observed), numberOf(spread)]
  return {
    effect:
      difference === null || variance === null || variance <= 0
        ? undefined
        : { estimate: difference / variance, standardError: Math.sqrt(1 / variance) },
    words: `Entered: O − E ${observed ?? 'none'}, variance ${spread ?? 'none'}`,
  }
}

/** The estimate on its measure's own scale, with the interval that RevMan shows; else one of the standard error. */
function estimatesOf(
  source: RevmanSource,
  row: XmlElement,
  { outcome }: Setting,
  effect: Effect | undefined,
  isLog: boolean,
): Pick<Analysis, 'estimate' | 'ciLower' | 'ciUpper' | 'ciLevel' | 'derived' | 'missingReason'> {
  const [lower, upper] = [numberOf(source.attribute(row, 'CI_START')), numberOf(source.attribute(row, 'CI_END'))]
  const level = numberOf(source.attribute(outcome, 'CI_STUDY')) ?? 95
  const nothing = { estimate: null, ciLower: null, ciUpper: null, ciLevel: null, derived: false }
  if (effect === undefined) return { ...nothing, missingReason: 'not_estimable' }
  const { estimate, standardError } = effect
  const isShown = lower !== null && upper !== null
  const half = QUANTILE * standardError
  const scaled = [estimate, estimate - half, estimate + half].map((value) => (isLog ? Math.exp(value) : value))
  // The ratio of a logarithm such as 1000 is no number of any computer.
  if (!scaled.every(Number.isFinite)) return { ...nothing, missingReason: 'unclear' }
  return {
    estimate: scaled[0] ?? null,
    ciLower: isShown ? lower : (scaled[1] ?? null),
    ciUpper: isShown ? upper : (scaled[2] ?? null),
    ciLevel: isShown ? Number(`${level}e-2`) : 0.95,
    // RevMan's interval is made of what was entered, and so is ours.
    derived: !isShown,
    missingReason: null,
  }
}

/** How many people there were; RevMan writes 0 where nobody entered it. */
function totalsOf(source: RevmanSource, row: XmlElement, setting: Setting, kind: 'IV' | 'IPD'): string | null {
  if (kind === 'IPD') return null
  const words = [
    [setting.experimental.label, source.attribute(row, 'TOTAL_1')],
    [setting.control.label, source.attribute(row, 'TOTAL_2')],
  ].flatMap(([label, total]) => (total === undefined || total === '0' ? [] : [`${label}: ${total} participants`]))
  return words.join('; ') || null
}

const NOTHING = {
  timepointId: null,
  analysisSetId: null,
  pOperator: null,
  pValue: null,
  pText: null,
  pSides: null,
  method: null,
  methodMissingReason: null,
  finding: null,
  findingDirection: null,
  corrected: false,
  dispersion: null,
  dispersionValue: null,
  ciSides: null,
  methodComment: null,
  pComment: null,
  ciLowerComment: null,
  ciUpperComment: null,
  nonInferiority: null,
  hypothesis: null,
  hypothesisComment: null,
  otherDescription: null,
} as const
