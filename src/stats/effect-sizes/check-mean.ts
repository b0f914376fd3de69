import type { GroupMean } from '../hypothesis-tests/means.ts'
import { effectInputError } from './effect-input-error.ts'

/** Refuses what no mean, SD and size of a group can be; `of` comes before their names. */
export function checkMean(of: string, { mean, sd }: Omit<GroupMean, 'n'>, n: number): void {
  if (!Number.isFinite(mean)) throw effectInputError(`${of}mean`, mean, 'a number')
  if (!(sd >= 0 && sd < Number.POSITIVE_INFINITY)) throw effectInputError(`${of}sd`, sd, 'a number from 0 on')
  if (!(n > 0 && n < Number.POSITIVE_INFINITY)) throw effectInputError(`${of}n`, n, 'a number above 0')
}
