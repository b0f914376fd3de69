import type { Transaction } from '../db/connect.ts'
import type { Needs } from '../db/rows-of-studies.ts'
import { EvidenceError } from '../errors.ts'
import { effectOptions, type GivenOptions } from '../stats/effect-sizes/effect-options.ts'
import type { Data, EffectOptions, EffectSize, Measure, RowOf } from '../stats/effect-sizes/measure.ts'
import { MEASURES, type MeasureName } from '../stats/effect-sizes/measures.ts'
import { criticalValue, USUAL_LEVEL } from '../stats/intervals/interval.ts'
import { CONTINUOUS_NEEDS, MEANS, meansOf } from './extract-continuous.ts'
import { COUNT_NEEDS, RATES, type Rate, ratesOf } from './extract-counts.ts'
import { COUNTS, countsOf, DICHOTOMOUS_NEEDS } from './extract-dichotomous.ts'
import type { ChoiceName, ExtractionChoices } from './extraction/choices.ts'
import { type Columns, number, text } from './extraction/columns.ts'
import { CONTRAST_NEEDS, type Contrast, contrastsOf } from './extraction/contrasts.ts'
import { type Extracted, type Extraction, extractionByStudy } from './extraction/extraction.ts'
import { PAIR_CHOICES, PAIR_HEAD, STUDY, SUBGROUP, TIMEPOINT } from './extraction/pair-columns.ts'
import { type PairHead, pairsOf } from './extraction/pairs.ts'
import type { Run } from './extraction/run.ts'
import { type Single, singlesOf } from './extraction/singles.ts'
import type { StudyPart } from './extraction/study-part.ts'

/** What an effect size is about. */
interface EffectHead {
  readonly study: string
  readonly outcome: string
  readonly subgroup: string | null
  readonly timepoint: string | null
  readonly experimental: string
  readonly control: string | null
}

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

/** The numbers of one row: what they are about, and where they make none, why. */
type Found<Kind extends Data> = { readonly head: EffectHead; readonly own?: string } & (
  | { readonly row: RowOf[Kind] }
  | { readonly missing: string }
)

/** The choices of a table of single groups, or of studies' own estimates. */
const PLAIN_CHOICES = [
  ...(['studies', 'review', 'outcomes', 'analysisSets', 'time', 'derived', 'asPrinted'] as const),
] as const

const STANDARDIZED: ReadonlySet<string> = new Set(['SMD', 'SMDH', 'SMD1', 'SMCC', 'SMCR'])

/**
 * The table of effect sizes of one measure: a row per pair of groups, per group, or per estimate of the study's own.
 *
 * @throws EvidenceError USAGE                 a measure of data that no study gives, or an option it has no use for
 * @throws EvidenceError EFFECT_INPUT_INVALID  a sampling variance that the measure doesn't have, a level beyond 0 and 1
 */
export function effectsOf(question: EffectQuestion): Extraction<EffectRow> {
  const measure = MEASURES[question.measure]
  refuseUnheeded(question, measure.defaults !== undefined)
  switch (measure.data) {
    case 'two-by-two':
      return table(question, measure, PAIR_CHOICES, DICHOTOMOUS_NEEDS, (study, part, run) =>
        pairsOf(study, part, countsOf(part, run), COUNTS, run).map(({ head, ...row }) => ({ head: headOf(head), row })),
      )
    case 'person-time':
      return table(question, measure, PAIR_CHOICES, COUNT_NEEDS, (study, part, run) =>
        pairsOf(study, part, ratesOf(part, run), RATES, run).map(({ head, experimental, control }) => ({
          head: headOf(head),
          row: { experimental: rate(experimental), control: rate(control) },
        })),
      )
    case 'means':
      return table(question, measure, PAIR_CHOICES, CONTINUOUS_NEEDS, (study, part, run) =>
        pairsOf(study, part, meansOf(part, run), MEANS, run).map(({ head, ...row }) => ({ head: headOf(head), row })),
      )
    case 'proportion':
      return table(question, measure, PLAIN_CHOICES, DICHOTOMOUS_NEEDS, (study, part, run) =>
        singlesOf(study, part, countsOf(part, run), run).map((one) => ({
          head: ofGroup(study, one),
          row: one.numbers,
        })),
      )
    case 'rate':
      return table(question, measure, PLAIN_CHOICES, COUNT_NEEDS, (study, part, run) =>
        singlesOf(study, part, ratesOf(part, run), run).map((one) => ({
          head: ofGroup(study, one),
          row: rate(one.numbers),
        })),
      )
    case 'mean':
      return table(question, measure, PLAIN_CHOICES, CONTINUOUS_NEEDS, (study, part, run) =>
        singlesOf(study, part, meansOf(part, run), run).map((one) => ({ head: ofGroup(study, one), row: one.numbers })),
      )
    case 'generic':
      return table(question, measure, PLAIN_CHOICES, CONTRAST_NEEDS, (study, part, run) =>
        contrastsOf(study, part, run).map(ownEstimate),
      )
    default:
      throw new EvidenceError(
        'USAGE',
        `No study in the database gives what ${question.measure} is made of (${measure.data}); there is only the function effectSizes.`,
        { measure: question.measure },
      )
  }
}

/** Effect sizes with their sampling variances, by one measure: `effectsOf` asked at once. */
export const extractEffects = (
  db: Transaction,
  question: EffectQuestion,
  choices?: ExtractionChoices,
): Promise<Extracted<EffectRow>> => effectsOf(question).extract(db, choices)

/** An option that makes no difference would be believed to have made one. */
function refuseUnheeded({ measure, ...given }: EffectQuestion, cells: boolean): void {
  const useless = [
    ...(cells ? [] : (['add', 'to', 'drop00'] as const)),
    ...(STANDARDIZED.has(measure) ? [] : (['hedges'] as const)),
  ].find((name) => given[name] !== undefined)
  if (useless !== undefined)
    throw new EvidenceError('USAGE', `The measure ${measure} has no use for "${useless}".`, {
      measure,
      option: useless,
    })
}

function table<Kind extends Data, const N extends Needs>(
  { measure: name, level = USUAL_LEVEL, ...given }: EffectQuestion,
  measure: Measure<Kind>,
  heeds: readonly ChoiceName[],
  needs: N,
  found: (study: string, part: StudyPart<N>, run: Run) => readonly Found<Kind>[],
): Extraction<EffectRow> {
  const options = effectOptions(measure, given)
  const { add, to, drop00, vtype, hedges } = options
  const z = criticalValue(level)
  return extractionByStudy({
    table: 'effects',
    about: 'effect size',
    columns: EFFECT_COLUMNS,
    settings: {
      measure: name,
      ...(measure.defaults !== undefined && { add, to, drop00 }),
      ...{ vtype, ...(STANDARDIZED.has(name) && { hedges }), level },
    },
    heeds,
    needs,
    rows: (study, part, run) => found(study, part, run).map((one) => effectRow(name, measure, one, options, z)),
  })
}

const NOTHING = { yi: null, vi: null, sei: null, estimate: null, ci_lower: null, ci_upper: null, correction: null }

function effectRow<Kind extends Data>(
  name: string,
  measure: Measure<Kind>,
  found: Found<Kind>,
  options: EffectOptions,
  z: number,
): EffectRow {
  const head = { ...found.head, measure: found.own === undefined ? name : `${name} ${found.own}` }
  if (!('row' in found)) return { ...head, ...NOTHING, status: `not-estimable: ${found.missing}` }
  const size = sizeOf(measure, found.row, options)
  if (size.status === 'not-estimable') return { ...head, ...NOTHING, status: `not-estimable: ${size.reason}` }
  const { yi, vi, correction } = size
  const sei = Math.sqrt(vi)
  const back = (value: number) => measure.back(value, found.row)
  return {
    ...head,
    ...{ yi, vi, sei, estimate: back(yi), ci_lower: back(yi - z * sei), ci_upper: back(yi + z * sei) },
    correction: measure.defaults === undefined ? null : correction,
    status: 'estimated',
  }
}

/** Printed errors are kept as they are printed: a row of which nothing can be made says so, and the others go on. */
function sizeOf<Kind extends Data>(measure: Measure<Kind>, row: RowOf[Kind], options: EffectOptions): EffectSize {
  try {
    return measure.compute(row, options)
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    return { status: 'not-estimable', reason: error.message }
  }
}

const headOf = ({ study, outcome, subgroup, timepoint, experimental, control }: PairHead): EffectHead => ({
  ...{ study, outcome, subgroup, timepoint, experimental, control },
})

const ofGroup = <Numbers>(study: string, { outcome, subgroup, timepoint, group }: Single<Numbers>): EffectHead => ({
  ...{ study, outcome, subgroup, timepoint, experimental: group, control: null },
})

const rate = ({ events, years }: Rate) => ({ events, time: years })

function ownEstimate({ head, measure, log, estimate, ciLower, ciUpper, ciLevel }: Contrast): Found<'generic'> {
  const about = { head: headOf(head), own: measure }
  return ciLower === null || ciUpper === null || ciLevel === null
    ? { ...about, missing: 'the study gives no interval of its estimate, or not its level' }
    : { ...about, row: { estimate, ciLower, ciUpper, level: ciLevel, log } }
}
