import { effectOptions, type GivenOptions } from './effect-options.ts'
import { type Data, type EffectOptions, type Measure, newNumbers, type RowOf } from './measure.ts'

/** Effect sizes by the million. */
export interface EffectSizeColumns {
  /** On the measure's scale; NaN in both where the row has none, which `reasons` tells. */
  readonly yi: Float64Array
  readonly vi: Float64Array
  /** What was added to each cell of a row; undefined where nothing was added to any. */
  readonly correction: Float64Array | undefined
  /** Why a row has no effect size, by its number from 0 on. */
  readonly reasons: ReadonlyMap<number, string>
}

/**
 * What `effectSizes` gives, as columns: no object is kept for a row, so that millions take a fraction of the time and memory.
 *
 * @param rowAt  the row with a number from 0 on; it may fill and return the same object each time
 * @throws EvidenceError EFFECT_INPUT_INVALID  numbers that no data can have; an option that the measure does not have
 * @checked against effectSizes, and by npm run bench -- stats
 */
export function effectSizeColumns<Kind extends Data>(
  measure: Measure<Kind>,
  count: number,
  rowAt: (row: number) => RowOf[Kind],
  given?: GivenOptions<EffectOptions['to']>,
): EffectSizeColumns {
  const options = effectOptions(measure, given)
  const [yi, vi] = [new Float64Array(count), new Float64Array(count)]
  let correction: Float64Array | undefined
  const reasons = new Map<number, string>()
  const numbers = newNumbers()
  for (let i = 0; i < count; i++) {
    const missing = measure.fill(rowAt(i), options, numbers)
    if (missing !== undefined) {
      yi[i] = Number.NaN
      vi[i] = Number.NaN
      reasons.set(i, missing.reason)
      continue
    }
    yi[i] = numbers[0] ?? Number.NaN
    vi[i] = numbers[1] ?? Number.NaN
    const added = numbers[2] ?? 0
    if (added > 0) {
      correction ??= new Float64Array(count)
      correction[i] = added
    }
  }
  return { yi, vi, correction, reasons }
}
