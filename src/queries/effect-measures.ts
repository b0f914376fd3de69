import type { Data } from '../stats/effect-sizes/measure.ts'
import { MEASURES } from '../stats/effect-sizes/measures.ts'
import type { Meanings } from './extraction/columns.ts'

/** The kinds of data that studies in the database give; of the others there are only functions. */
const IN_DATABASE = [
  ...(['two-by-two', 'person-time', 'means', 'proportion', 'rate', 'mean', 'generic'] as const),
] as const satisfies readonly Data[]

/** One row of the list of measures. */
export interface EffectMeasureRow {
  readonly measure: string
  readonly yi: string
  readonly estimate: string
  readonly made_of: string
  readonly in_database: boolean
  readonly adds: number | null
  readonly vtype: string
  readonly source: string
}

export const EFFECT_MEASURE_COLUMNS: Meanings<EffectMeasureRow> = {
  measure: "metafor's name",
  yi: 'what the effect size is',
  estimate: 'what it is when led back from its scale',
  made_of: 'the data that it needs',
  in_database: 'whether studies in the database give them; else there is only a function',
  adds: 'what is added to each cell where one is zero, by default; empty where there are no cells',
  vtype: 'the sampling variances that there are, the first by default',
  source: 'whose formula it is',
}

/** Every effect measure with what it gives, needs and adds. */
export const effectMeasures = (): EffectMeasureRow[] =>
  Object.entries(MEASURES).map(([measure, { title, estimate, data, defaults, vtypes, source }]) => ({
    measure,
    yi: title,
    estimate,
    made_of: data.replaceAll('-', ' '),
    in_database: IN_DATABASE.some((kind) => kind === data),
    adds: defaults?.add ?? null,
    vtype: vtypes.join(', '),
    source,
  }))
