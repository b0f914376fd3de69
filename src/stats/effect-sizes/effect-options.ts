import { effectInputError } from './effect-input-error.ts'
import type { Data, EffectOptions, Measure, VarianceType } from './measure.ts'

/** What is asked of a measure; what isn't given is as `like` has it. `if0all` adds to all tables where one has a zero cell. */
export interface GivenOptions<Place = EffectOptions['to'] | 'if0all'> {
  readonly like?: 'evibase' | 'metafor' | undefined
  readonly add?: number | undefined
  readonly to?: Place | undefined
  readonly drop00?: boolean | undefined
  readonly vtype?: VarianceType | undefined
  readonly hedges?: EffectOptions['hedges'] | undefined
}

const NO_CELLS = { add: 0, to: 'none', drop00: false } as const

/** What is added where a place was named and no number: metafor's ½. */
const HALF = 0.5

/**
 * The options that a measure is computed with: those given, and the rest by our defaults or by metafor 3.8-1's.
 *
 * @throws EvidenceError EFFECT_INPUT_INVALID  a sampling variance that the measure doesn't have; a number below 0 to add
 */
export function effectOptions<Kind extends Data, Place = EffectOptions['to']>(
  measure: Measure<Kind>,
  { like, add, to, drop00, ...given }: GivenOptions<Place> = {},
): Omit<EffectOptions, 'to'> & { readonly to: EffectOptions['to'] | Place } {
  const defaults = (like === 'metafor' ? measure.likeMetafor : measure.defaults) ?? NO_CELLS
  const vtype = given.vtype ?? measure.vtypes[0]
  if (!measure.vtypes.includes(vtype))
    throw effectInputError('vtype', vtype, `of the ${measure.title} one of ${measure.vtypes.join(', ')}`)
  if (add !== undefined && !(add >= 0 && add < Number.POSITIVE_INFINITY))
    throw effectInputError('add', add, 'a number from 0 on')
  const named = to !== undefined && to !== 'none'
  return {
    add: add ?? (named ? HALF : defaults.add),
    to: to ?? defaults.to,
    drop00: drop00 ?? defaults.drop00,
    vtype,
    hedges: given.hedges ?? 'exact',
  }
}
