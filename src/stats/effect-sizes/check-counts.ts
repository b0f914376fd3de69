import { effectInputError } from './effect-input-error.ts'

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
