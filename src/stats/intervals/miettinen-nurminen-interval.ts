import type { TwoByTwo } from '../distributions/hypergeometric.ts'
import { checkEvents } from '../effect-sizes/check-counts.ts'
import { criticalValue, type Interval, USUAL_LEVEL } from './interval.ts'

/** Both groups' risks, and what is left to 1 of each, so that neither is rounded away. */
interface Risks {
  readonly p1: number
  readonly q1: number
  readonly p2: number
  readonly q2: number
}

/** A way to compare two risks, at a value t of it: an odds or risk ratio's t is a logarithm. */
interface Comparison {
  /** Where to look for the limits. */
  readonly from: number
  readonly to: number
  readonly back: (t: number) => number
  /** The risks of both groups that are likeliest where they compare as t says. */
  readonly likeliest: (table: TwoByTwo, t: number) => Risks
  /** How far the observed risks are from that, and the variance of it. */
  readonly distance: (table: TwoByTwo, t: number, likeliest: Risks) => number
  readonly variance: (likeliest: Risks, n1: number, n2: number, t: number) => number
}

/** A limit beyond e^±100 is none. */
const FARTHEST = 100

/** Halvings of the range after which its ends are the same double. */
const HALVINGS = 70

/** The middle of the last interval on which a falling function changes sign. */
function rootOfFalling(f: (x: number) => number, from: number, to: number, halvings: number): number {
  let [low, high] = [from, to]
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2
    if (f(middle) > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

const risk = ({ events, total }: TwoByTwo['control']) => events / total
const perRisk = (count: number, risk: number) => (count === 0 ? 0 : count / risk)

/** The likelihood is concave in p₂ at a given difference, so that its slope falls through zero once, or nowhere. */
function likeliestByDifference({ experimental, control }: TwoByTwo, difference: number): Risks {
  const [x1, n1, x2, n2] = [experimental.events, experimental.total, control.events, control.total]
  const slope = (p2: number) =>
    perRisk(x1, p2 + difference) - perRisk(n1 - x1, 1 - p2 - difference) + perRisk(x2, p2) - perRisk(n2 - x2, 1 - p2)
  const p2 = rootOfFalling(slope, Math.max(0, -difference), Math.min(1, 1 - difference), HALVINGS)
  const p1 = Math.min(1, Math.max(0, p2 + difference))
  return { p1, q1: 1 - p1, p2, q2: 1 - p2 }
}

/** As before, with p₁ = r p₂: the smaller root of a quadratic equation. */
function likeliestByRatio({ experimental, control }: TwoByTwo, log: number): Risks {
  const [x1, n1, x2, n2] = [experimental.events, experimental.total, control.events, control.total]
  const ratio = Math.exp(log)
  const a = (n1 + n2) * ratio
  const b = (x2 + n1) * ratio + x1 + n2
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * (x1 + x2)))
  const p2 = (2 * (x1 + x2)) / (b + root)
  const p1 = Math.min(1, ratio * p2)
  return { p1, q1: 1 - p1, p2, q2: 1 - p2 }
}

/** The risks with the observed number of events in all, and the given odds ratio. */
function likeliestByOdds({ experimental, control }: TwoByTwo, log: number): Risks {
  const [n1, n2] = [experimental.total, control.total]
  const events = experimental.events + control.events
  // n₁ r o / (1 + r o) + n₂ o / (1 + o) rises with o, here by its logarithm.
  const of = (t: number) => 1 / (1 + Math.exp(-t))
  const less = (t: number) => events - n1 * of(log + t) - n2 * of(t)
  const t = rootOfFalling(less, -FARTHEST * 8, FARTHEST * 8, HALVINGS)
  return { p1: of(log + t), q1: of(-log - t), p2: of(t), q2: of(-t) }
}

/** n₁ times the distance is that of the control group's events, too: the one of which nothing is rounded away. */
function distanceOfOdds({ experimental, control }: TwoByTwo, { p1, q1, p2, q2 }: Risks): number {
  const perPerson = control.total / experimental.total
  if (control.events === 0) return perPerson * p2
  if (control.events === control.total) return -perPerson * q2
  if (experimental.events === experimental.total) return q1
  return experimental.events / experimental.total - p1
}

const COMPARISONS = {
  RD: {
    from: -1,
    to: 1,
    back: (t) => t,
    likeliest: likeliestByDifference,
    distance: ({ experimental, control }, t) => risk(experimental) - risk(control) - t,
    variance: ({ p1, q1, p2, q2 }, n1, n2) => (p1 * q1) / n1 + (p2 * q2) / n2,
  },
  RR: {
    from: -FARTHEST,
    to: FARTHEST,
    back: Math.exp,
    likeliest: likeliestByRatio,
    distance: ({ experimental, control }, t) => risk(experimental) - Math.exp(t) * risk(control),
    variance: ({ p1, q1, p2, q2 }, n1, n2, t) => (p1 * q1) / n1 + (Math.exp(2 * t) * p2 * q2) / n2,
  },
  OR: {
    from: -FARTHEST,
    to: FARTHEST,
    back: Math.exp,
    likeliest: likeliestByOdds,
    distance: (table, _, likeliest) => distanceOfOdds(table, likeliest),
    // 1 / (n₁² (1/(n₁ p₁ q₁) + 1/(n₂ p₂ q₂))), without a division by nothing.
    variance: ({ p1, q1, p2, q2 }, n1, n2) => {
      const [v1, v2] = [n1 * p1 * q1, n2 * p2 * q2]
      return (v1 * v2) / (v1 + v2) / n1 / n1
    },
  },
} as const satisfies Readonly<Record<string, Comparison>>

/**
 * Miettinen and Nurminen's score interval of a risk difference, risk ratio or odds ratio. It needs no correction for zero
 * cells: a ratio's interval then begins at 0 or ends at infinity.
 *
 * @throws EvidenceError EFFECT_INPUT_INVALID  more events than people, a negative number, nobody
 * @source  Miettinen & Nurminen 1985, Stat Med 4:213–226, with their variance factor N / (N − 1)
 * @checked test/reference/intervals.json (mpmath, relative 1e-8)
 */
export function miettinenNurminenInterval(
  of: keyof typeof COMPARISONS,
  table: TwoByTwo,
  { level = USUAL_LEVEL }: { level?: number } = {},
): Interval {
  const { experimental, control } = table
  checkEvents('experimental.', experimental)
  checkEvents('control.', control)
  const { from, to, back, likeliest, distance, variance }: Comparison = COMPARISONS[of]
  const [n1, n2] = [experimental.total, control.total]
  const events = experimental.events + control.events
  if (of === 'OR' && (events === 0 || events === n1 + n2)) return { lower: 0, upper: Number.POSITIVE_INFINITY }
  const z = criticalValue(level)
  const factor = (n1 + n2) / (n1 + n2 - 1)
  const statistic = (t: number) => {
    const risks = likeliest(table, t)
    const away = distance(table, t, risks)
    return away === 0 ? 0 : away / Math.sqrt(variance(risks, n1, n2, t) * factor)
  }
  const limit = (quantile: number) => rootOfFalling((t) => statistic(t) - quantile, from, to, HALVINGS)
  return {
    lower: of !== 'RD' && statistic(from) <= z ? 0 : back(limit(z)),
    upper: of !== 'RD' && statistic(to) >= -z ? Number.POSITIVE_INFINITY : back(limit(-z)),
  }
}
