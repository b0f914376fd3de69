import { normalQuantile } from '../distributions/normal-quantile.ts'
import { type Derived, type NamedFormula, type Rule, where } from './named-formula.ts'

/** The sign of a log hazard ratio, in words: a p value doesn't say it, and the order of groups is no evidence. */
const HAZARD = { lower_in_experimental: -1, higher_in_experimental: 1 } as const

const PROPORTIONAL =
  'hazards are proportional, and the p value is that of a log-rank or Cox test without further covariates'
const ALLOCATION = 'events fall on the groups about as people do, and both are followed for as long'

const whole = (value: number, name: string, least: number): Rule => [
  Number.isInteger(value) && value >= least,
  `${name} is ${value}; expected a whole number, ${least} or more`,
]
const probability = (p: number): Rule => [p > 0 && p <= 1, `p is ${p}; expected more than 0 and at most 1`]
const oneOrTwo = (sides: number): Rule => [sides === 1 || sides === 2, `sides is ${sides}; expected 1 or 2`]
const sideOf = (p: number, sides: number): Rule => [
  sides !== 1 || p <= 0.5,
  `a one-sided p of ${p} speaks against the side that was tested; expected one of 0.5 or less, and the direction that it has`,
]

/** How far from 0 the test statistic is, whichever way: Φ⁻¹(1 − p / sides), without losing a small p to rounding. */
const distance = (p: number, sides: number): number => -normalQuantile(p / sides)

/**
 * The log-rank variance V of observed minus expected events, from all events and the groups' sizes: events · r₁ r₂ /
 * (r₁ + r₂)². It is a quarter of the events where the groups are of one size.
 */
const ofSizes = (events: number, one: number, other: number): number => (events * one * other) / (one + other) ** 2

/** The same from each group's events: d₁ d₂ / (d₁ + d₂). */
const ofEvents = (one: number, other: number): number => (one * other) / (one + other)

const sizes = (events: number, experimental: number, reference: number): readonly Rule[] => [
  whole(events, 'events', 1),
  whole(experimental, 'n_experimental', 1),
  whole(reference, 'n_reference', 1),
  [
    events <= experimental + reference,
    `events ${events} is more than the ${experimental + reference} people of both groups; expected at most as many`,
  ],
]
const eventsOf = (experimental: number, reference: number): readonly Rule[] => [
  whole(experimental, 'events_experimental', 1),
  whole(reference, 'events_reference', 1),
]

/**
 * The log hazard ratio, experimental against reference, of a p value: ±z / √V. Negative where the hazard is lower in
 * the experimental group.
 *
 * @param sign  −1 or 1, from the direction in words
 * @returns on the natural log scale
 */
const logHazardRatio = (
  p: number,
  sides: number,
  sign: number,
  rules: readonly Rule[],
  variance: () => number,
): Derived =>
  where([probability(p), oneOrTwo(sides), sideOf(p, sides), ...rules], () => {
    const z = distance(p, sides)
    return z === 0 ? 0 : (sign * z) / Math.sqrt(variance())
  })

/**
 * Log hazard ratios and their variances where the report prints neither, from a p value and events.
 *
 * @source  Parmar, Torri & Stewart 1998, Stat Med 17:2815–2834 (indirect estimation from the p value); Tierney et al.
 *          2007, Trials 8:16 (report presents p value and events, with and without the randomisation ratio)
 * @checked test/reference/derivations.json
 */
export const HAZARD_RATIO_FORMULAS = {
  log_hazard_ratio_of_p: {
    arguments: ['p', 'sides', 'events', 'n_experimental', 'n_reference', HAZARD],
    gives: 'log hazard ratio, experimental against reference',
    assumes: `${PROPORTIONAL}; ${ALLOCATION}`,
    source: 'Parmar 1998; Tierney 2007, from p value, total events and numbers randomised',
    compute: ([p = 0, sides = 0, events = 0, experimental = 0, reference = 0, sign = 0]) =>
      logHazardRatio(p, sides, sign, sizes(events, experimental, reference), () =>
        ofSizes(events, experimental, reference),
      ),
  },
  log_hazard_ratio_of_p_and_group_events: {
    arguments: ['p', 'sides', 'events_experimental', 'events_reference', HAZARD],
    gives: 'log hazard ratio, experimental against reference',
    assumes: PROPORTIONAL,
    source: 'Parmar 1998; Tierney 2007, from p value and events of each group',
    compute: ([p = 0, sides = 0, experimental = 0, reference = 0, sign = 0]) =>
      logHazardRatio(p, sides, sign, eventsOf(experimental, reference), () => ofEvents(experimental, reference)),
  },
  log_hazard_ratio_variance_of_events: {
    arguments: ['events', 'n_experimental', 'n_reference'],
    gives: 'variance of the log hazard ratio: 1 / V',
    assumes: `hazards are proportional, and near each other; ${ALLOCATION}`,
    source: 'Parmar 1998; Tierney 2007, from total events and numbers randomised',
    compute: ([events = 0, experimental = 0, reference = 0]) =>
      where(sizes(events, experimental, reference), () => 1 / ofSizes(events, experimental, reference)),
  },
  log_hazard_ratio_variance_of_group_events: {
    arguments: ['events_experimental', 'events_reference'],
    gives: 'variance of the log hazard ratio: 1 / V',
    assumes: 'hazards are proportional, and near each other',
    source: 'Parmar 1998; Tierney 2007, from events of each group',
    compute: ([experimental = 0, reference = 0]) =>
      where(eventsOf(experimental, reference), () => 1 / ofEvents(experimental, reference)),
  },
} as const satisfies Readonly<Record<string, NamedFormula>>
