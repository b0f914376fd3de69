import { checkRate } from './check-counts.ts'
import {
  type EffectOptions,
  type Measure,
  type NotEstimable,
  type Numbers,
  notEstimable,
  put,
  type RowOf,
} from './measure.ts'
import { LINEAR, LOG } from './scales.ts'
import { additionTo, asMetafor, HALF_WHERE_ZERO, NOTHING_ADDED } from './zero-cells.ts'

type Rates = RowOf['person-time']

/** A formula of events and time at risk, experimental group first. */
type Formula = (x1: number, t1: number, x2: number, t2: number) => number

type Entry = Pick<Measure<'person-time'>, 'title' | 'estimate' | 'scale' | 'back' | 'defaults' | 'source'> & {
  readonly metaforAdds: number
  readonly yi: Formula
  readonly vi: Formula
}

const NO_EVENTS = notEstimable('no events in either group')
const ZERO_COUNT = notEstimable('a count is zero, and nothing was added to it')

const zeroCell = ({ experimental, control }: Rates): boolean => experimental.events === 0 || control.events === 0

function fill(rates: Rates, options: EffectOptions, into: Numbers, yi: Formula, vi: Formula): NotEstimable | undefined {
  const { experimental, control } = rates
  checkRate('experimental.', experimental)
  checkRate('control.', control)
  const hasZero = experimental.events === 0 || control.events === 0
  const reason = hasZero && experimental.events === control.events ? NO_EVENTS : ZERO_COUNT
  if (options.drop00 && reason === NO_EVENTS) return reason
  const add = additionTo(hasZero, options)
  const x1 = experimental.events + add
  const x2 = control.events + add
  const t1 = experimental.time
  const t2 = control.time
  return put(into, yi(x1, t1, x2, t2), vi(x1, t1, x2, t2), add) ? undefined : reason
}

const personTime = (entry: Entry): Measure<'person-time'> => ({
  title: entry.title,
  estimate: entry.estimate,
  scale: entry.scale,
  back: entry.back,
  source: entry.source,
  data: 'person-time',
  vtypes: ['LS'],
  defaults: entry.defaults,
  likeMetafor: asMetafor(entry.metaforAdds),
  zeroCell,
  fill: (rates, options, into) => fill(rates, options, into, entry.yi, entry.vi),
})

const SOURCE = 'Rothman, Greenland & Lash 2008, Modern Epidemiology, 3rd ed.'

/**
 * Measures of events in the person-time of two groups. Each is above 0 where events are commoner in the experimental group.
 * Differences are by the unit of time that is given.
 *
 * @checked test/reference/effect-sizes.json (metafor 3.8-1, relative 1e-10)
 */
export const PERSON_TIME_MEASURES = {
  IRR: personTime({
    title: 'log incidence rate ratio',
    estimate: 'incidence rate ratio',
    ...LOG,
    defaults: HALF_WHERE_ZERO,
    metaforAdds: 0.5,
    source: SOURCE,
    yi: (x1, t1, x2, t2) => Math.log((x1 / t1) * (t2 / x2)),
    vi: (x1, _t1, x2) => 1 / x1 + 1 / x2,
  }),
  IRD: personTime({
    title: 'incidence rate difference',
    estimate: 'incidence rate difference',
    ...LINEAR,
    defaults: NOTHING_ADDED,
    metaforAdds: 0.5,
    source: SOURCE,
    yi: (x1, t1, x2, t2) => x1 / t1 - x2 / t2,
    vi: (x1, t1, x2, t2) => x1 / t1 / t1 + x2 / t2 / t2,
  }),
  IRSD: personTime({
    title: 'difference of square roots of the incidence rates',
    estimate: 'the same',
    scale: 'square root',
    back: (value) => value,
    defaults: NOTHING_ADDED,
    metaforAdds: 0,
    source: SOURCE,
    yi: (x1, t1, x2, t2) => Math.sqrt(x1 / t1) - Math.sqrt(x2 / t2),
    vi: (_x1, t1, _x2, t2) => 1 / (4 * t1) + 1 / (4 * t2),
  }),
} as const
