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

function columnsOf({ name, values }: Moderator): { readonly name: string; readonly values: readonly number[] }[] {
  const numbers = values.map(Number)
  if (values.every((value) => value.trim() !== '') && numbers.every(Number.isFinite)) return [{ name, values: numbers }]
  const [, ...others] = [...new Set(values)].sort(byKey)
  return others.map((level) => ({ name: `${name}${level}`, values: values.map((value) => (value === level ? 1 : 0)) }))
}
