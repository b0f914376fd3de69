import type { NotEstimable } from '../effect-sizes/measure.ts'
import type { Effect } from './effect.ts'
import type { Heterogeneity } from './heterogeneity.ts'
import type { Inference } from './inference.ts'
import type { Prediction } from './prediction.ts'
import type { TauSquared } from './tau-squared.ts'

/** What a meta-analysis says, on the scale of its effects. What it cannot say carries the reason instead. */
export interface Pooled {
  readonly status: 'estimated'
  /** How many studies were pooled. */
  readonly k: number
  /** The confidence that intervals have, such as 0.95. */
  readonly level: number
  readonly estimate: number
  readonly inference: Inference | NotEstimable
  readonly heterogeneity: Heterogeneity | NotEstimable
  readonly tauSquared: TauSquared | NotEstimable
  readonly prediction: Prediction | NotEstimable
  /** How much of the estimate each study is, in percent, in their order. */
  readonly weights: readonly number[]
}

/** A study as the pooling methods for counts want it: its table, and its effect for the test of heterogeneity. */
export interface StudyTable<Table> {
  readonly table: Table
  /** Not there where the study alone has no estimable effect; the method may count it all the same. */
  readonly effect: Effect | undefined
}

export const LEVEL = 0.95
