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

type Rate = RowOf['rate']

type Formula = (events: number, time: number) => number

type Entry = Omit<Measure<'rate'>, 'data' | 'vtypes' | 'likeMetafor' | 'zeroCell' | 'fill'> & {
  readonly metaforAdds: number
  readonly yi: Formula
  readonly vi: Formula
}

const ZERO_COUNT = notEstimable('no events, and nothing was added')

const zeroCell = ({ events }: Rate): boolean => events === 0

function fill(rate: Rate, options: EffectOptions, into: Numbers, yi: Formula, vi: Formula): NotEstimable | undefined {
  checkRate('', rate)
  const add = additionTo(zeroCell(rate), options)
  const events = rate.events + add
  return put(into, yi(events, rate.time), vi(events, rate.time), add) ? undefined : ZERO_COUNT
}

const rate = ({ metaforAdds, yi, vi, ...entry }: Entry): Measure<'rate'> => ({
  ...entry,
  data: 'rate',
  vtypes: ['LS'],
  likeMetafor: asMetafor(metaforAdds),
  zeroCell,
  fill: (one, options, into) => fill(one, options, into, yi, vi),
})

const ESTIMATE = { estimate: 'incidence rate' } as const

/** Freeman and Tukey's, whose inverse is that of a rate at the group's own time; 0 where no events would give more. */
const doubleRoot = (events: number, time: number) => (Math.sqrt(events / time) + Math.sqrt((events + 1) / time)) / 2
const fromDoubleRoot = (value: number, { time }: Rate): number => {
  if (value <= doubleRoot(0, time)) return 0
  const four = 4 * time * value
  return ((four * value - 1) / four) ** 2
}

/**
 * Measures of one group's incidence rate, by the unit of time that is given.
 *
 * @checked test/reference/effect-sizes.json (metafor 3.8-1, relative 1e-10)
 */
export const RATE_MEASURES = {
  IR: rate({
    title: 'incidence rate',
    ...ESTIMATE,
    ...LINEAR,
    defaults: NOTHING_ADDED,
    metaforAdds: 0.5,
    source: 'by definition, of a Poisson count',
    yi: (x, t) => x / t,
    vi: (x, t) => x / t / t,
  }),
  IRLN: rate({
    title: 'log incidence rate',
    ...ESTIMATE,
    ...LOG,
    defaults: HALF_WHERE_ZERO,
    metaforAdds: 0.5,
    source: 'Rothman, Greenland & Lash 2008, Modern Epidemiology, 3rd ed.',
    yi: (x, t) => Math.log(x / t),
    vi: (x) => 1 / x,
  }),
  IRS: rate({
    title: 'square root of the incidence rate',
    ...ESTIMATE,
    scale: 'square root',
    back: (value) => Math.max(0, value) ** 2,
    defaults: NOTHING_ADDED,
    metaforAdds: 0,
    source: 'Bartlett 1936, Suppl J R Stat Soc 3:68–78',
    yi: (x, t) => Math.sqrt(x / t),
    vi: (_, t) => 1 / (4 * t),
  }),
  IRFT: rate({
    title: "the incidence rate's mean of two square roots",
    ...ESTIMATE,
    scale: 'double square root',
    back: fromDoubleRoot,
    defaults: NOTHING_ADDED,
    metaforAdds: 0,
    source: 'Freeman & Tukey 1950, Ann Math Stat 21:607–611',
    yi: doubleRoot,
    vi: (_, t) => 1 / (4 * t),
  }),
} as const
