import { effectInputError } from './effect-input-error.ts'
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
  to === 'all' || (to === 'only0' && hasZero) ? add : 0

/** Refuses what no events among a number of people can be; `of` comes before their names. */
export function checkEvents(of: string, { events, total }: { readonly events: number; readonly total: number }): void {
  if (!(total > 0 && total < Number.POSITIVE_INFINITY)) throw effectInputError(`${of}total`, total, 'a number above 0')
  if (!(events >= 0 && events <= total))
    throw effectInputError(`${of}events`, events, `a number from 0 to the total of ${total}`)
}

/** Refuses what no events in a time at risk can be; `of` comes before their names. */
export function checkRate(of: string, { events, time }: { readonly events: number; readonly time: number }): void {
  if (!(time > 0 && time < Number.POSITIVE_INFINITY)) throw effectInputError(`${of}time`, time, 'a number above 0')
  if (!(events >= 0 && events < Number.POSITIVE_INFINITY))
    throw effectInputError(`${of}events`, events, 'a number from 0 on')
}
