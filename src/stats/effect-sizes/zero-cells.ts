import type { EffectOptions } from './measure.ts'

type Correction = Pick<EffectOptions, 'add' | 'to' | 'drop00'>

/** ½ to every cell of a table with a zero cell. */
export const HALF_WHERE_ZERO: Correction = { add: 0.5, to: 'only0', drop00: true }

/** Nothing, since the measure has a value without. */
export const NOTHING_ADDED: Correction = { add: 0, to: 'only0', drop00: true }

/** metafor's own default: it keeps every table. */
export const asMetafor = (add: number): Correction => ({ add, to: 'only0', drop00: false })

/** What is added to each cell of one table. */
export const additionTo = (hasZero: boolean, { add, to }: EffectOptions): number =>
  (hasZero || to === 'all') && to !== 'none' ? add : 0
