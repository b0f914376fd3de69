import { MEANS_MEASURES } from './means-measures.ts'
import type { Data, Measure } from './measure.ts'
import { TWO_BY_TWO_MEASURES } from './two-by-two-measures.ts'

/** Every effect measure, by metafor's name for it. */
export const MEASURES = {
  ...TWO_BY_TWO_MEASURES,
  ...MEANS_MEASURES,
} as const satisfies Readonly<Record<string, { readonly [Kind in Data]: Measure<Kind> }[Data]>>

export type MeasureName = keyof typeof MEASURES
