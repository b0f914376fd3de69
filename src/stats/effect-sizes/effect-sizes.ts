import { effectOptions, type GivenOptions } from './effect-options.ts'
import { type Data, type EffectSize, effectSize, type Measure, type RowOf } from './measure.ts'

/**
 * Effect sizes of several rows, in their order: what metafor's `escalc` gives for a data frame.
 *
 * @param measure  one of MEASURES
 * @param given    what is added to zero cells and where, by metafor's names; our defaults, or with like: 'metafor' its own
 * @throws EvidenceError EFFECT_INPUT_INVALID  numbers that no data can have; an option that the measure does not have
 * @checked test/reference/effect-sizes.json (metafor 3.8-1, relative 1e-10)
 */
export function effectSizes<Kind extends Data>(
  measure: Measure<Kind>,
  rows: readonly RowOf[Kind][],
  given?: GivenOptions,
): EffectSize[] {
  const { to, ...options } = effectOptions(measure, given)
  // Of all rows at once metafor asks only this.
  const place = to === 'if0all' ? (rows.some(measure.zeroCell) ? 'all' : 'none') : to
  const resolved = { ...options, to: place } as const
  return rows.map((row) => effectSize(measure, row, resolved))
}
