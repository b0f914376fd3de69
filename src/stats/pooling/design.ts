import { byKey } from '../../model/byte-order.ts'
import type { Design } from './meta-regression.ts'

/** A moderator: what each study has, as it is written. */
export interface Moderator {
  readonly name: string
  readonly values: readonly string[]
}

/**
 * The design matrix of moderators, with an intercept first. A moderator whose values are all numbers is one column; words
 * are categories, one column each but for the first in the order of bytes, which the others are compared with (as R does).
 */
export function designOf(moderators: readonly Moderator[], studies: number): Design {
  const columns = moderators.flatMap(columnsOf)
  return {
    names: ['intercept', ...columns.map(({ name }) => name)],
    rows: Array.from({ length: studies }, (_, i) => [1, ...columns.map(({ values }) => values[i] ?? 0)]),
  }
}

/** Whether a moderator's value, as it is written, is a number. */
export const isNumber = (value: string): boolean => value.trim() !== '' && Number.isFinite(Number(value))

function columnsOf({ name, values }: Moderator): { readonly name: string; readonly values: readonly number[] }[] {
  if (values.every(isNumber)) return [{ name, values: values.map(Number) }]
  const [, ...others] = [...new Set(values)].sort(byKey)
  return others.map((level) => ({ name: `${name}${level}`, values: values.map((value) => (value === level ? 1 : 0)) }))
}
