import { type Command, InvalidArgumentError, Option } from 'commander'
import type { GivenOptions } from '../stats/effect-sizes/effect-options.ts'
import { HEDGES_CORRECTIONS } from '../stats/effect-sizes/hedges-correction.ts'
import { CORRECTED, type EffectOptions, VARIANCE_TYPES } from '../stats/effect-sizes/measure.ts'

/** How effect sizes are computed, as the command line gives it. */
export interface EffectSizeOptions extends Omit<GivenOptions, 'to' | 'drop00'> {
  readonly to?: EffectOptions['to']
  readonly keep00?: boolean
}

/** The options of every verb that computes effect sizes. */
export const withEffectSizes = (command: Command): Command =>
  command
    .addOption(
      new Option('--like <program>', 'whose defaults: for zero cells, and the interval that pool predicts').choices([
        'evibase',
        'metafor',
      ]),
    )
    .option('--add <number>', 'what is added to each cell; default: ½ for RR, OR, IRR, PLO and IRLN', numberOf)
    .addOption(new Option('--to <which>', 'tables with a zero cell, all or none').choices(CORRECTED))
    .option('--keep00', 'also pairs in which nobody, or everyone, had the event')
    .addOption(new Option('--vtype <variance>', 'the sampling variance; see --list of effects').choices(VARIANCE_TYPES))
    .addOption(
      new Option('--hedges <how>', 'the correction of standardized differences for few people').choices(
        HEDGES_CORRECTIONS,
      ),
    )

/** What the library is asked for. */
export const effectSizesFrom = ({ like, add, to, keep00, vtype, hedges }: EffectSizeOptions) => ({
  like,
  add,
  to,
  drop00: keep00 ? false : undefined,
  vtype,
  hedges,
})

export function numberOf(given: string): number {
  if (!/^\d*\.?\d+(e-?\d+)?$/i.test(given)) throw new InvalidArgumentError('Expected a number, such as 0.5.')
  return Number(given)
}
