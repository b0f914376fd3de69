import { EvidenceError } from '../errors.ts'
import type { Data, RowOf } from '../stats/effect-sizes/measure.ts'
import { MEASURES, type MeasureName } from '../stats/effect-sizes/measures.ts'
import { CONTINUOUS_NEEDS, MEANS, meansOf } from './extract-continuous.ts'
import { COUNT_NEEDS, RATES, type Rate, ratesOf } from './extract-counts.ts'
import { COUNTS, countsOf, DICHOTOMOUS_NEEDS } from './extract-dichotomous.ts'
import { PLAIN_CHOICES } from './extraction/choices.ts'
import type { Columns } from './extraction/columns.ts'
import { CONTRAST_NEEDS, type Contrast, contrastsOf } from './extraction/contrasts.ts'
import { type Extraction, extractionByStudy } from './extraction/extraction.ts'
import { PAIR_CHOICES } from './extraction/pair-columns.ts'
import { type Pair, pairsOf } from './extraction/pairs.ts'
import { type Single, singlesOf } from './extraction/singles.ts'

/** What an effect size is about. */
export interface EffectHead {
  readonly study: string
  readonly outcome: string
  readonly subgroup: string | null
  readonly timepoint: string | null
  readonly experimental: string
  readonly control: string | null
}

/** The numbers of one row, with what they are about; where they make no effect size, why. */
export interface Measured {
  readonly head: EffectHead
  readonly analysisSet: string | null
  /** Whether another row of the study and outcome counts some of the same people. */
  readonly countedAgain: boolean
  readonly reviewOutcome: string | null
  /** Of a study's own estimate, what it is: risk_ratio, hazard_ratio … */
  readonly own: string | undefined
  readonly data: RowOf[Data] | { readonly missing: string }
}

/** How rows are shown of what a measure is made of. */
interface Form<Row extends object> {
  readonly table: string
  readonly about: string
  readonly columns: Columns<Row>
  readonly settings?: Readonly<Record<string, string | number | boolean>>
  readonly rowOf: (measured: Measured) => Row
}

/**
 * The table of what a measure is made of: a row per pair of groups, per group, or per estimate of the study's own.
 *
 * @throws EvidenceError USAGE  a measure of data that no study gives
 */
export function measuredRows<Row extends object>(name: MeasureName, { rowOf, ...form }: Form<Row>): Extraction<Row> {
  const { data } = MEASURES[name]
  switch (data) {
    case 'two-by-two':
      return extractionByStudy({
        ...form,
        heeds: PAIR_CHOICES,
        needs: DICHOTOMOUS_NEEDS,
        rows: (study, part, run) =>
          pairsOf(study, part, countsOf(part, run), COUNTS, run).map(({ experimental, control, ...pair }) =>
            rowOf(ofPair(pair, { experimental, control })),
          ),
      })
    case 'person-time':
      return extractionByStudy({
        ...form,
        heeds: PAIR_CHOICES,
        needs: COUNT_NEEDS,
        rows: (study, part, run) =>
          pairsOf(study, part, ratesOf(part, run), RATES, run).map(({ experimental, control, ...pair }) =>
            rowOf(ofPair(pair, { experimental: rate(experimental), control: rate(control) })),
          ),
      })
    case 'means':
      return extractionByStudy({
        ...form,
        heeds: PAIR_CHOICES,
        needs: CONTINUOUS_NEEDS,
        rows: (study, part, run) =>
          pairsOf(study, part, meansOf(part, run), MEANS, run).map(({ experimental, control, ...pair }) =>
            rowOf(ofPair(pair, { experimental, control })),
          ),
      })
    case 'proportion':
      return extractionByStudy({
        ...form,
        heeds: PLAIN_CHOICES,
        needs: DICHOTOMOUS_NEEDS,
        rows: (study, part, run) =>
          singlesOf(study, part, countsOf(part, run), run).map((one) => rowOf(ofGroup(study, one, one.numbers))),
      })
    case 'rate':
      return extractionByStudy({
        ...form,
        heeds: PLAIN_CHOICES,
        needs: COUNT_NEEDS,
        rows: (study, part, run) =>
          singlesOf(study, part, ratesOf(part, run), run).map((one) => rowOf(ofGroup(study, one, rate(one.numbers)))),
      })
    case 'mean':
      return extractionByStudy({
        ...form,
        heeds: PLAIN_CHOICES,
        needs: CONTINUOUS_NEEDS,
        rows: (study, part, run) =>
          singlesOf(study, part, meansOf(part, run), run).map((one) => rowOf(ofGroup(study, one, one.numbers))),
      })
    case 'generic':
      return extractionByStudy({
        ...form,
        heeds: PLAIN_CHOICES,
        needs: CONTRAST_NEEDS,
        rows: (study, part, run) => contrastsOf(study, part, run).map((one) => rowOf(ownEstimate(one))),
      })
    default:
      throw new EvidenceError(
        'USAGE',
        `No study in the database gives what ${name} is made of (${data}); there is only the function effectSizes.`,
        { measure: name },
      )
  }
}

const ofPair = ({ head, tail }: Pick<Pair<never>, 'head' | 'tail'>, data: Measured['data']): Measured => ({
  head: {
    study: head.study,
    outcome: head.outcome,
    subgroup: head.subgroup,
    timepoint: head.timepoint,
    experimental: head.experimental,
    control: head.control,
  },
  analysisSet: head.analysis_set,
  countedAgain: tail.counted_again,
  reviewOutcome: tail.review_outcome,
  own: undefined,
  data,
})

const ofGroup = <Numbers>(
  study: string,
  { outcome, subgroup, timepoint, group, analysisSet, countedAgain }: Single<Numbers>,
  data: RowOf[Data],
): Measured => ({
  head: { study, outcome, subgroup, timepoint, experimental: group, control: null },
  analysisSet,
  countedAgain,
  reviewOutcome: null,
  own: undefined,
  data,
})

const rate = ({ events, years }: Rate) => ({ events, time: years })

function ownEstimate({ head, tail, measure, log, estimate, ciLower, ciUpper, ciLevel }: Contrast): Measured {
  const data =
    ciLower === null || ciUpper === null || ciLevel === null
      ? { missing: 'the study gives no interval of its estimate, or not its level' }
      : { estimate, ciLower, ciUpper, level: ciLevel, log }
  return { ...ofPair({ head, tail }, data), own: measure }
}
