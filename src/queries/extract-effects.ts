import type { Transaction } from '../db/connect.ts'
import { EvidenceError } from '../errors.ts'
import { effectOptions, type GivenOptions } from '../stats/effect-sizes/effect-options.ts'
import {
  type Data,
  type EffectOptions,
  type EffectSize,
  effectSize,
  type Measure,
  type RowOf,
} from '../stats/effect-sizes/measure.ts'
import { MEASURES, type MeasureName } from '../stats/effect-sizes/measures.ts'
import { criticalValue, USUAL_LEVEL } from '../stats/intervals/interval.ts'
import type { ExtractionChoices } from './extraction/choices.ts'
import { type Columns, number, text } from './extraction/columns.ts'
import type { Extracted, Extraction } from './extraction/extraction.ts'
import { PAIR_HEAD, STUDY, SUBGROUP, TIMEPOINT } from './extraction/pair-columns.ts'
import { type EffectHead, type Measured, measuredRows } from './measured-rows.ts'

export interface EffectRow extends EffectHead {
  readonly measure: string
  readonly yi: number | null
  readonly vi: number | null
  readonly sei: number | null
  readonly estimate: number | null
  readonly ci_lower: number | null
  readonly ci_upper: number | null
  readonly correction: number | null
  readonly status: string
}

const MADE_OF = 'outcome_measurement, outcome_analysis'

export const EFFECT_COLUMNS: Columns<EffectRow> = {
  study: STUDY,
  outcome: PAIR_HEAD.outcome,
  subgroup: SUBGROUP,
  timepoint: TIMEPOINT,
  experimental: text('study_group.label', 'group 1, by its role; of a measure of single groups the group'),
  control: text('study_group.label', 'group 2, the reference group; empty for a single group'),
  measure: text(MADE_OF, "metafor's name; of GEN also what the study's own estimate is"),
  yi: number(MADE_OF, "the measure's scale", 'effect size; experimental less control'),
  vi: number(MADE_OF, 'square of yi’s', 'sampling variance'),
  sei: number(MADE_OF, 'as yi', 'standard error: the square root of vi'),
  estimate: number(MADE_OF, 'led back from yi’s', 'exp(yi) for ratios; yi for differences'),
  ci_lower: number(MADE_OF, 'as estimate', 'lower end of the interval of yi ± z sei, led back'),
  ci_upper: number(MADE_OF, 'as estimate', 'upper end'),
  correction: number(MADE_OF, 'participants or events', 'what was added to each cell; empty where there are none'),
  status: text(MADE_OF, 'estimated; or not-estimable, and why'),
}

/** What is asked of a measure: its options, and the level of the intervals. */
export interface EffectQuestion extends GivenOptions<EffectOptions['to']> {
  readonly measure: MeasureName
  readonly level?: number | undefined
}

const STANDARDIZED: ReadonlySet<string> = new Set(['SMD', 'SMDH', 'SMD1', 'SMCC', 'SMCR'])

/**
 * The table of effect sizes of one measure: a row per pair of groups, per group, or per estimate of the study's own.
 *
 * @throws EvidenceError USAGE                 a measure of data that no study gives, or an option it has no use for
 * @throws EvidenceError EFFECT_INPUT_INVALID  a sampling variance that the measure doesn't have, a level beyond 0 and 1
 */
export function effectsOf({ measure: name, level = USUAL_LEVEL, ...given }: EffectQuestion): Extraction<EffectRow> {
  // Which kind of data the measure is made of is the same for all rows.
  const measure = MEASURES[name] as Measure<Data>
  refuseUnheeded(name, given)
  const options = effectOptions(measure, given)
  const { add, to, drop00, vtype, hedges } = options
  const z = criticalValue(level)
  return measuredRows(name, {
    table: 'effects',
    about: 'effect size',
    columns: EFFECT_COLUMNS,
    settings: {
      measure: name,
      ...(measure.defaults !== undefined && { add, to, drop00 }),
      ...{ vtype, ...(STANDARDIZED.has(name) && { hedges }), level },
    },
    rowOf: (measured) => effectRow(name, measure, measured, options, z),
  })
}

/** Effect sizes with their sampling variances, by one measure: `effectsOf` asked at once. */
export const extractEffects = (
  db: Transaction,
  question: EffectQuestion,
  choices?: ExtractionChoices,
): Promise<Extracted<EffectRow>> => effectsOf(question).extract(db, choices)

/** An option that makes no difference would be believed to have made one. */
export function refuseUnheeded(measure: MeasureName, given: Omit<GivenOptions<unknown>, 'like'>): void {
  const useless = [
    ...(MEASURES[measure].defaults === undefined ? (['add', 'to', 'drop00'] as const) : []),
    ...(STANDARDIZED.has(measure) ? [] : (['hedges'] as const)),
  ].find((name) => given[name] !== undefined)
  if (useless !== undefined)
    throw new EvidenceError('USAGE', `The measure ${measure} has no use for "${useless}".`, {
      measure,
      option: useless,
    })
}

const NOTHING = { yi: null, vi: null, sei: null, estimate: null, ci_lower: null, ci_upper: null, correction: null }

function effectRow(
  name: string,
  measure: Measure<Data>,
  { head: about, own, data }: Measured,
  options: EffectOptions,
  z: number,
): EffectRow {
  const head = { ...about, measure: own === undefined ? name : `${name} ${own}` }
  if ('missing' in data) return { ...head, ...NOTHING, status: `not-estimable: ${data.missing}` }
  const size = sizeOf(measure, data, options)
  if (size.status === 'not-estimable') return { ...head, ...NOTHING, status: `not-estimable: ${size.reason}` }
  const { yi, vi, correction } = size
  const sei = Math.sqrt(vi)
  const back = (value: number) => measure.back(value, data)
  return {
    ...head,
    ...{ yi, vi, sei, estimate: back(yi), ci_lower: back(yi - z * sei), ci_upper: back(yi + z * sei) },
    correction: measure.defaults === undefined ? null : correction,
    status: 'estimated',
  }
}

/** Printed errors are kept as they are printed: a row of which nothing can be made says so, and the others go on. */
function sizeOf(measure: Measure<Data>, row: RowOf[Data], options: EffectOptions): EffectSize {
  try {
    return effectSize(measure, row, options)
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    return { status: 'not-estimable', reason: error.message }
  }
}
