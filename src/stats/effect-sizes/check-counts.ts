import { effectInputError } from './effect-input-error.ts'

interface Events {
  readonly events: number
  readonly total: number
}

interface Rate {
  readonly events: number
  readonly time: number
}

// What is refused is told apart from the look at it, which millions of rows take.

/** Refuses what no events among a number of people can be; `of` comes before their names. */
export function checkEvents(of: string, group: Events): void {
  if (!(group.events >= 0 && group.events <= group.total && group.total > 0 && group.total < Number.POSITIVE_INFINITY))
    throw eventsError(of, group)
}

function eventsError(of: string, { events, total }: Events): Error {
  return total > 0 && total < Number.POSITIVE_INFINITY
    ? effectInputError(`${of}events`, events, `a number from 0 to the total of ${total}`)
    : effectInputError(`${of}total`, total, 'a number above 0')
}

/** Refuses what no events in a time at risk can be; `of` comes before their names. */
export function checkRate(of: string, { events, time }: Rate): void {
  if (!(events >= 0 && events < Number.POSITIVE_INFINITY && time > 0 && time < Number.POSITIVE_INFINITY))
    throw rateError(of, { events, time })
}

function rateError(of: string, { events, time }: Rate): Error {
  return time > 0 && time < Number.POSITIVE_INFINITY
    ? effectInputError(`${of}events`, events, 'a number from 0 on')
    : effectInputError(`${of}time`, time, 'a number above 0')
}
