import { type Attributes, closing, element, leaf, opening } from '../../model/xml.ts'
import type { Analysis, Comparison, DataRow } from './analyses.ts'
import { type Estimates, estimatesOf, type RowEstimate } from './estimates.ts'
import { CODES_OF_MEANS, CODES_OF_TABLES, isOfMeans, isOfTables, type Measure } from './measures.ts'
import { studyId } from './rm5-studies.ts'

/** The names of elements by the kind of data. */
const KINDS = { dichotomous: 'DICH', continuous: 'CONT', contrast: 'IV' } as const

/** What RevMan writes where there is nothing to estimate. */
const NOTHING = ''

/** Comparisons with their outcomes and the rows of studies, a piece for each outcome. */
export function* rm5Comparisons(comparisons: readonly Comparison[]): Generator<string> {
  let order = 0
  for (const { number, experimental, control, analyses } of comparisons) {
    const id = `CMP-${padded(number, 3)}`
    yield opening('COMPARISON', { ID: id, NO: number }) + leaf('NAME', `${experimental} versus ${control}`)
    for (const analysis of analyses) {
      yield outcomeElement(id, { experimental, control }, analysis, order)
      order += analysis.rows.length
    }
    yield closing('COMPARISON')
  }
}

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0')

function outcomeElement(
  comparison: string,
  { experimental, control }: Pick<Comparison, 'experimental' | 'control'>,
  analysis: Analysis,
  before: number,
): string {
  const { data, measure, number, name, rows } = analysis
  const estimates = estimatesOf(analysis)
  const kind = KINDS[data]
  return element(
    `${kind}_OUTCOME`,
    inOrder({ ...settingsOf(analysis), ...overallOf(analysis, estimates), ID: `${comparison}.${padded(number, 2)}` }),
    [
      leaf('NAME', name),
      leaf('GROUP_LABEL_1', experimental),
      leaf('GROUP_LABEL_2', control),
      // Which side of the graph favours whom is for the review to say.
      ...[leaf('GRAPH_LABEL_1'), leaf('GRAPH_LABEL_2')],
      ...(data === 'contrast' ? [leaf('EFFECT_MEASURE', measure.label)] : []),
      ...rows.map((row, index) =>
        leaf(`${kind}_DATA`, '', {
          ...inOrder({
            ...rowOf(row, measure, estimates.rows[index]),
            ORDER: before + index + 1,
            STUDY_ID: studyId(row.study),
            WEIGHT: estimates.weights[index] ?? NOTHING,
          }),
        }),
      ),
    ].join(''),
  )
}

function settingsOf({ data, measure, number, rows, unit }: Analysis): Attributes {
  return {
    ...{ CI_STUDY: 95, CI_TOTAL: 95, NO: number, RANDOM: 'NO' },
    ...{ SCALE: '100.0', SORT_BY: 'STUDY', STUDIES: rows.length, SUBGROUPS: 'NO', SUBGROUP_TEST: 'YES', TOTALS: 'YES' },
    ...(data === 'dichotomous' && isOfTables(measure.measure)
      ? { EFFECT_MEASURE: CODES_OF_TABLES[measure.measure], METHOD: 'MH', SWAP_EVENTS: 'NO' }
      : {}),
    ...(data === 'continuous' && isOfMeans(measure.measure)
      ? { EFFECT_MEASURE: CODES_OF_MEANS[measure.measure], UNITS: unit ?? '' }
      : {}),
    ...(data === 'contrast' && { LOG_DATA: measure.log ? 'YES' : 'NO' }),
  }
}

function overallOf(
  { data, measure, rows }: Analysis,
  { overall, totals, weights, ...estimates }: Estimates,
): Attributes {
  const { experimental, control } = totals
  const different = overall?.heterogeneity
  return {
    ...shown(overall, measure, data),
    ...{ Z: overall?.z ?? NOTHING, P_Z: overall?.p ?? NOTHING },
    ...{ CHI2: different?.chiSquared ?? NOTHING, P_CHI2: different?.p ?? NOTHING, I2: different?.iSquared ?? NOTHING },
    DF: Math.max(estimates.rows.filter((row) => row !== undefined).length - 1, 0),
    // Subgroups and random effects, which there are none of.
    ...{ Q: '0.0', P_Q: '0.0', I2_Q: '0.0', TAU2: '0.0' },
    ...(data === 'dichotomous' && { EVENTS_1: experimental.events, EVENTS_2: control.events }),
    ...{ TOTAL_1: experimental.n ?? 0, TOTAL_2: control.n ?? 0 },
    WEIGHT: rows.length === 0 ? NOTHING : weights.reduce((sum, weight) => sum + weight, 0),
  }
}

function rowOf({ numbers }: DataRow, measure: Measure, estimate: RowEstimate | undefined): Attributes {
  const effect = { ...shown(estimate, measure, numbers.data), SE: estimate?.standardError ?? NOTHING }
  switch (numbers.data) {
    case 'dichotomous': {
      const { experimental, control } = numbers
      return {
        ...effect,
        ...{ EVENTS_1: experimental.events, TOTAL_1: experimental.total },
        ...{ EVENTS_2: control.events, TOTAL_2: control.total },
        ...{ O_E: '0.0', VAR: estimate === undefined ? NOTHING : estimate.standardError ** 2 },
      }
    }
    case 'continuous': {
      const { experimental, control } = numbers
      return {
        ...effect,
        ...{ MEAN_1: experimental.mean, SD_1: experimental.sd, TOTAL_1: experimental.n },
        ...{ MEAN_2: control.mean, SD_2: control.sd, TOTAL_2: control.n },
      }
    }
    case 'contrast':
      return { ...effect, ESTIMATE: numbers.estimate, SE: numbers.standardError, TOTAL_1: 0, TOTAL_2: 0 }
  }
}

/** An effect as the forest plot has it: a ratio and not its logarithm. Those that RevMan 5 keeps beside it are common ones. */
function shown(estimate: RowEstimate | undefined, { log }: Measure, data: Analysis['data']): Attributes {
  const [value, lower, upper] = [estimate?.estimate, estimate?.ciLower, estimate?.ciUpper]
  const plain = (number: number | undefined) => (number === undefined ? NOTHING : log ? Math.exp(number) : number)
  const common = (number: number | undefined) => (number === undefined || !log ? NOTHING : number / Math.LN10)
  return {
    ...{ EFFECT_SIZE: plain(value), CI_START: plain(lower), CI_END: plain(upper) },
    ...(data !== 'continuous' && {
      ...{ LOG_EFFECT_SIZE: common(value), LOG_CI_START: common(lower), LOG_CI_END: common(upper) },
    }),
    ESTIMABLE: estimate === undefined ? 'NO' : 'YES',
  }
}

/** RevMan 5 writes attributes in the order of their names. */
const inOrder = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1)))
