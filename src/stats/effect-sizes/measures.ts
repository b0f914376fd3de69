import { CORRELATION_MEASURES } from './correlation-measures.ts'
import { GENERIC_MEASURES } from './generic-measures.ts'
import { MEANS_MEASURES } from './means-measures.ts'
import type { Data, Measure } from './measure.ts'
import { MEAN_MEASURES, PAIRED_MEANS_MEASURES } from './one-group-mean-measures.ts'
import { PERSON_TIME_MEASURES } from './person-time-measures.ts'
import { PROPORTION_MEASURES } from './proportion-measures.ts'
import { RATE_MEASURES } from './rate-measures.ts'
import { TWO_BY_TWO_MEASURES } from './two-by-two-measures.ts'

/** Every effect measure, by metafor's name for it. */
export const MEASURES = {
  ...TWO_BY_TWO_MEASURES,
  ...PERSON_TIME_MEASURES,
  ...MEANS_MEASURES,
  ...PROPORTION_MEASURES,
  ...RATE_MEASURES,
  ...MEAN_MEASURES,
  ...PAIRED_MEANS_MEASURES,
  ...CORRELATION_MEASURES,
  ...GENERIC_MEASURES,
} as const satisfies Readonly<Record<string, { readonly [Kind in Data]: Measure<Kind> }[Data]>>

export type MeasureName = keyof typeof MEASURES
