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
import { LINEAR, LOG } from './scales.ts'
import { additionTo, asMetafor, HALF_WHERE_ZERO, NOTHING_ADDED } from './zero-cells.ts'

type Table = RowOf['two-by-two']

/** A formula of the four cells: events and no events, experimental group first. */
type Formula = (a: number, b: number, c: number, d: number, options: EffectOptions) => number

type Entry = Omit<Measure<'two-by-two'>, 'data' | 'likeMetafor' | 'zeroCell' | 'fill'> & {
  readonly metaforAdds: number
  readonly yi: Formula
  readonly vi: Formula
}

const NOBODY = notEstimable('no events in either group')
const EVERYBODY = notEstimable('everyone had the event in both groups')
const ZERO_CELL = notEstimable('a cell is zero, and nothing was added to it')

const zeroCell = ({ experimental, control }: Table): boolean =>
  experimental.events === 0 ||
  experimental.events === experimental.total ||
  control.events === 0 ||
  control.events === control.total

function fill(table: Table, options: EffectOptions, into: Numbers, yi: Formula, vi: Formula): NotEstimable | undefined {
  const { experimental, control } = table
  checkEvents('experimental.', experimental)
  checkEvents('control.', control)
  let a = experimental.events
  let b = experimental.total - a
  let c = control.events
  let d = control.total - c
  const add = additionTo(a === 0 || b === 0 || c === 0 || d === 0, options)
  const reason = options.drop00 || add === 0 ? oneSided(a, b, c, d) : undefined
  if (options.drop00 && reason !== undefined) return reason
  a += add
  b += add
  c += add
  d += add
  return put(into, yi(a, b, c, d, options), vi(a, b, c, d, options), add) ? undefined : (reason ?? ZERO_CELL)
}

const oneSided = (a: number, b: number, c: number, d: number): NotEstimable | undefined =>
  a === 0 && c === 0 ? NOBODY : b === 0 && d === 0 ? EVERYBODY : undefined

const twoByTwo = ({ metaforAdds, yi, vi, ...entry }: Entry): Measure<'two-by-two'> => ({
  ...entry,
  data: 'two-by-two',
  likeMetafor: asMetafor(metaforAdds),
  zeroCell,
  fill: (table, options, into) => fill(table, options, into, yi, vi),
})

/** p(1 − p) / n of a group, from its two cells. */
const binomialVariance = (events: number, others: number, n: number) => (events * others) / (events + others) ** 2 / n

/** The variance of O − E at the table's margins: hypergeometric. */
function petoVariance(a: number, b: number, c: number, d: number): number {
  const all = a + b + c + d
  return ((a + c) * ((a + b) / all) * (b + d) * ((c + d) / all)) / (all - 1)
}

/**
 * Measures of a 2×2 table. Each is above 0 where the event is commoner in the experimental group. Counts may be
 * fractional, as those of a divided control group are.
 *
 * @checked test/reference/effect-sizes.json (metafor 3.8-1, relative 1e-10)
 */
export const TWO_BY_TWO_MEASURES = {
  RR: twoByTwo({
    title: 'log risk ratio',
    estimate: 'risk ratio',
    ...LOG,
    vtypes: ['LS'],
    defaults: HALF_WHERE_ZERO,
    metaforAdds: 0.5,
    source: 'Katz et al. 1978, Biometrics 34:469–474',
    yi: (a, b, c, d) => Math.log(a / (a + b) / (c / (c + d))),
    // 1/a − 1/n₁ + 1/c − 1/n₂, without the differences.
    vi: (a, b, c, d) => b / (a * (a + b)) + d / (c * (c + d)),
  }),
  OR: twoByTwo({
    title: 'log odds ratio',
    estimate: 'odds ratio',
    ...LOG,
    vtypes: ['LS'],
    defaults: HALF_WHERE_ZERO,
    metaforAdds: 0.5,
    source: 'Woolf 1955, Ann Hum Genet 19:251–253',
    yi: (a, b, c, d) => Math.log((a / b) * (d / c)),
    vi: (a, b, c, d) => 1 / a + 1 / b + 1 / c + 1 / d,
  }),
  RD: twoByTwo({
    title: 'risk difference',
    estimate: 'risk difference',
    ...LINEAR,
    vtypes: ['LS', 'UB'],
    defaults: NOTHING_ADDED,
    metaforAdds: 0.5,
    source: 'Fleiss & Berlin 2009, in Handbook of Research Synthesis, 2nd ed., pp. 237–253; UB: with n − 1',
    yi: (a, b, c, d) => a / (a + b) - c / (c + d),
    vi: (a, b, c, d, { vtype }) => {
      const less = vtype === 'UB' ? 1 : 0
      return binomialVariance(a, b, a + b - less) + binomialVariance(c, d, c + d - less)
    },
  }),
  AS: twoByTwo({
    title: 'difference of arcsine square roots of the risks',
    estimate: 'the same',
    scale: 'arcsine square root',
    back: (value) => value,
    vtypes: ['LS'],
    defaults: NOTHING_ADDED,
    metaforAdds: 0,
    source: 'Rücker et al. 2009, Stat Med 28:721–738',
    yi: (a, b, c, d) => Math.asin(Math.sqrt(a / (a + b))) - Math.asin(Math.sqrt(c / (c + d))),
    vi: (a, b, c, d) => 1 / (4 * (a + b)) + 1 / (4 * (c + d)),
  }),
  PETO: twoByTwo({
    title: "log odds ratio by Peto's method",
    estimate: 'odds ratio',
    ...LOG,
    vtypes: ['LS'],
    defaults: NOTHING_ADDED,
    metaforAdds: 0.5,
    source: 'Yusuf et al. 1985, Prog Cardiovasc Dis 27:335–371: (O − E) / V and 1 / V',
    // O − E = (a n₂ − c n₁) / N = (ad − bc) / N
    yi: (a, b, c, d) => (a * d - b * c) / (a + b + c + d) / petoVariance(a, b, c, d),
    vi: (a, b, c, d) => 1 / petoVariance(a, b, c, d),
  }),
} as const
