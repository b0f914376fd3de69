import type { Place } from './indexed-study.ts'
import type { Observation, Severity } from './rule.ts'

type Values = Readonly<Record<string, number | string | null | undefined>>

const given = (values: Values): Readonly<Record<string, number | string>> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number | string] => entry[1] != null))

/** The numbers don't fit each other. */
export const inconsistent = (at: Place, message: string, values: Values, severity?: Severity): Observation => ({
  at,
  status: 'inconsistent',
  message,
  values: given(values),
  ...(severity && { severity }),
})

/** Nothing is wrong, and a reader should know this. */
export const remark = (at: Place, message: string, values: Values): Observation => ({
  at,
  status: 'remark',
  severity: 'note',
  message,
  values: given(values),
})

/** The rule can't tell. `because` completes "Not checkable, because …". */
export const notCheckable = (at: Place, because: string, values: Values = {}): Observation => ({
  at,
  status: 'not_checkable',
  severity: 'note',
  message: `Not checkable, because ${because}.`,
  values: given(values),
})
