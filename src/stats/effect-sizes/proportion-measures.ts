import { checkEvents } from './check-counts.ts'
import {
  type EffectOptions,
  type Measure,
  type NotEstimable,
  type Numbers,
  notEstimable,
  put,
  type RowOf,
} from './measure.ts'
import { LINEAR } from './scales.ts'
import { additionTo, asMetafor, HALF_WHERE_ZERO, NOTHING_ADDED } from './zero-cells.ts'

type Proportion = RowOf['proportion']

/** A formula of people with and without the event. */
type Formula = (events: number, others: number, options: EffectOptions) => number

type Entry = Omit<Measure<'proportion'>, 'data' | 'likeMetafor' | 'zeroCell' | 'fill'> & {
  readonly metaforAdds: number
  readonly yi: Formula
  readonly vi: Formula
}

const ZERO_CELL = notEstimable('nobody, or everyone, had the event, and nothing was added')

const zeroCell = ({ events, total }: Proportion): boolean => events === 0 || events === total

function fill(
  group: Proportion,
  options: EffectOptions,
  into: Numbers,
  yi: Formula,
  vi: Formula,
): NotEstimable | undefined {
  checkEvents('', group)
  const add = additionTo(group.events === 0 || group.events === group.total, options)
  const events = group.events + add
  const others = group.total - group.events + add
  return put(into, yi(events, others, options), vi(events, others, options), add) ? undefined : ZERO_CELL
}

const proportion = ({ metaforAdds, yi, vi, ...entry }: Entry): Measure<'proportion'> => ({
  ...entry,
  data: 'proportion',
  likeMetafor: asMetafor(metaforAdds),
  zeroCell,
  fill: (group, options, into) => fill(group, options, into, yi, vi),
})

const arcsine = (proportion: number) => Math.asin(Math.sqrt(proportion))

/** What Freeman and Tukey's double arcsine gives: 0 at nobody, which is not 0 on their scale, and 1 at everyone. */
const doubleArcsine = (events: number, n: number) => (arcsine(events / (n + 1)) + arcsine((events + 1) / (n + 1))) / 2

/** Miller's inverse at the group's own size; 0 and 1 beyond what nobody and everyone would give. */
function fromDoubleArcsine(value: number, { total: n }: Proportion): number {
  if (value <= doubleArcsine(0, n)) return 0
  if (value >= doubleArcsine(n, n)) return 1
  const sine = Math.sin(2 * value)
  const root = Math.sqrt(Math.max(0, 1 - (sine + (sine - 1 / sine) / n) ** 2))
  return (1 - Math.sign(Math.cos(2 * value)) * root) / 2
}

/**
 * Measures of one group's risk.
 *
 * @checked test/reference/effect-sizes.json (metafor 3.8-1, relative 1e-10)
 */
export const PROPORTION_MEASURES = {
  PR: proportion({
    title: 'risk',
    estimate: 'risk',
    ...LINEAR,
    vtypes: ['LS', 'UB'],
    defaults: NOTHING_ADDED,
    metaforAdds: 0.5,
    source: 'by definition; UB: with n − 1',
    yi: (x, m) => x / (x + m),
    vi: (x, m, { vtype }) => (x * m) / (x + m) ** 2 / (x + m - (vtype === 'UB' ? 1 : 0)),
  }),
  PLO: proportion({
    title: 'log odds',
    estimate: 'risk',
    scale: 'log odds',
    back: (value) => 1 / (1 + Math.exp(-value)),
    vtypes: ['LS'],
    defaults: HALF_WHERE_ZERO,
    metaforAdds: 0.5,
    source: 'Woolf 1955, Ann Hum Genet 19:251–253',
    yi: (x, m) => Math.log(x / m),
    vi: (x, m) => 1 / x + 1 / m,
  }),
  PAS: proportion({
    title: 'arcsine square root of the risk',
    estimate: 'risk',
    scale: 'arcsine square root',
    back: (value) => (value <= 0 ? 0 : value >= Math.PI / 2 ? 1 : Math.sin(value) ** 2),
    vtypes: ['LS'],
    defaults: NOTHING_ADDED,
    metaforAdds: 0,
    source: 'Bartlett 1947, Biometrics 3:39–52',
    yi: (x, m) => arcsine(x / (x + m)),
    vi: (x, m) => 1 / (4 * (x + m)),
  }),
  PFT: proportion({
    title: "the risk's double arcsine",
    estimate: 'risk',
    scale: 'double arcsine',
    back: fromDoubleArcsine,
    vtypes: ['LS'],
    defaults: NOTHING_ADDED,
    metaforAdds: 0,
    source: 'Freeman & Tukey 1950, Ann Math Stat 21:607–611; back by Miller 1978, Am Stat 32:138',
    yi: (x, m) => doubleArcsine(x, x + m),
    vi: (x, m) => 1 / (4 * (x + m) + 2),
  }),
} as const
