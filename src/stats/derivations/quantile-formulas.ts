import { normalQuantile } from '../distributions/normal-quantile.ts'
import { type Derived, type NamedFormula, type Rule, where } from './named-formula.ts'

const NORMAL = 'the values of the group are normally distributed'
const SYMMETRIC = 'the values of the group are distributed symmetrically'

/** The places of a five-number summary, in the order that they must have. */
const PLACES = ['minimum', 'q1', 'median', 'q3', 'maximum'] as const
type Summary = Partial<Record<(typeof PLACES)[number], number>>

function inOrder(summary: Summary): readonly Rule[] {
  const given = PLACES.flatMap((place) => {
    const value = summary[place]
    return value === undefined ? [] : [{ place, value }]
  })
  return given.slice(1).map(({ place, value }, index): Rule => {
    const below = given[index]
    return [
      below === undefined || below.value <= value,
      `${below?.place} ${below?.value} is more than ${place} ${value}; expected at most ${value}`,
    ]
  })
}

const people = (n: number): Rule => [Number.isInteger(n) && n >= 2, `n is ${n}; expected a whole number, 2 or more`]

/** The mean of a five-number summary or of part of one, in a group of n. */
const mean = (summary: Summary, n: number | undefined, compute: () => number): Derived =>
  where([...inOrder(summary), ...(n === undefined ? [] : [people(n)])], compute)

/**
 * The expected range of n standard normal values, as Wan's equation 9 approximates it (Blom's plotting position).
 * Their table 1 gives the exact figure up to n = 50; the approximation is 5 % above it for n = 2, ½ % for n = 10.
 */
const expectedRange = (n: number): number => 2 * normalQuantile((n - 0.375) / (n + 0.25))
/** The same for the distance between the quartiles: Wan's equation 16. */
const expectedQuartileDistance = (n: number): number => 2 * normalQuantile((0.75 * n - 0.125) / (n + 0.25))

/** Of two people the quartiles' positions are too near each other to say anything. */
const quartilesOfSome = (n: number): Rule => [n >= 3, `n is ${n}; expected 3 or more for quartiles`]

/**
 * Mean and standard deviation of a group of which the median is printed with the range, the quartiles, or both. Wan's
 * scenarios C1 (range), C2 (range and quartiles), C3 (quartiles). All are on the scale of the values.
 *
 * @source  Wan, Wang, Liu & Tong 2014, BMC Med Res Methodol 14:135; Luo, Wan, Liu & Tong 2018, Stat Methods Med Res
 *          27:1785–1805
 * @checked test/reference/derivations.json
 */
export const QUANTILE_FORMULAS = {
  mean_of_median_range_wan: {
    arguments: ['minimum', 'median', 'maximum'],
    gives: 'mean',
    assumes: SYMMETRIC,
    source: 'Wan 2014, eq. 3',
    compute: ([minimum = 0, median = 0, maximum = 0]) =>
      mean({ minimum, median, maximum }, undefined, () => (minimum + 2 * median + maximum) / 4),
  },
  mean_of_median_quartiles_range_wan: {
    arguments: ['minimum', 'q1', 'median', 'q3', 'maximum'],
    gives: 'mean',
    assumes: SYMMETRIC,
    source: 'Wan 2014, eq. 10',
    compute: ([minimum = 0, q1 = 0, median = 0, q3 = 0, maximum = 0]) =>
      mean(
        { minimum, q1, median, q3, maximum },
        undefined,
        () => (minimum + 2 * q1 + 2 * median + 2 * q3 + maximum) / 8,
      ),
  },
  mean_of_median_quartiles_wan: {
    arguments: ['q1', 'median', 'q3'],
    gives: 'mean',
    assumes: SYMMETRIC,
    source: 'Wan 2014, eq. 14',
    compute: ([q1 = 0, median = 0, q3 = 0]) => mean({ q1, median, q3 }, undefined, () => (q1 + median + q3) / 3),
  },
  mean_of_median_range_luo: {
    arguments: ['minimum', 'median', 'maximum', 'n'],
    gives: 'mean',
    assumes: NORMAL,
    source: 'Luo 2018, eq. 7',
    compute: ([minimum = 0, median = 0, maximum = 0, n = 0]) =>
      mean({ minimum, median, maximum }, n, () => {
        const weight = 4 / (4 + n ** 0.75)
        return (weight * (minimum + maximum)) / 2 + (1 - weight) * median
      }),
  },
  mean_of_median_quartiles_luo: {
    arguments: ['q1', 'median', 'q3', 'n'],
    gives: 'mean',
    assumes: NORMAL,
    source: 'Luo 2018, eq. 11',
    compute: ([q1 = 0, median = 0, q3 = 0, n = 0]) =>
      mean({ q1, median, q3 }, n, () => {
        const weight = 0.7 + 0.39 / n
        return (weight * (q1 + q3)) / 2 + (1 - weight) * median
      }),
  },
  mean_of_median_quartiles_range_luo: {
    arguments: ['minimum', 'q1', 'median', 'q3', 'maximum', 'n'],
    gives: 'mean',
    assumes: NORMAL,
    source: 'Luo 2018, eq. 15',
    compute: ([minimum = 0, q1 = 0, median = 0, q3 = 0, maximum = 0, n = 0]) =>
      mean({ minimum, q1, median, q3, maximum }, n, () => {
        const ofRange = 2.2 / (2.2 + n ** 0.75)
        const ofQuartiles = 0.7 - 0.72 / n ** 0.55
        return (
          (ofRange * (minimum + maximum)) / 2 + (ofQuartiles * (q1 + q3)) / 2 + (1 - ofRange - ofQuartiles) * median
        )
      }),
  },
  sd_of_range_wan: {
    arguments: ['minimum', 'maximum', 'n'],
    gives: 'standard deviation',
    assumes: NORMAL,
    source: 'Wan 2014, eq. 9',
    compute: ([minimum = 0, maximum = 0, n = 0]) =>
      where([...inOrder({ minimum, maximum }), people(n)], () => (maximum - minimum) / expectedRange(n)),
  },
  sd_of_quartiles_range_wan: {
    arguments: ['minimum', 'q1', 'q3', 'maximum', 'n'],
    gives: 'standard deviation',
    assumes: NORMAL,
    source: 'Wan 2014, eq. 13',
    compute: ([minimum = 0, q1 = 0, q3 = 0, maximum = 0, n = 0]) =>
      where(
        [...inOrder({ minimum, q1, q3, maximum }), people(n), quartilesOfSome(n)],
        () => (maximum - minimum) / (2 * expectedRange(n)) + (q3 - q1) / (2 * expectedQuartileDistance(n)),
      ),
  },
  sd_of_quartiles_wan: {
    arguments: ['q1', 'q3', 'n'],
    gives: 'standard deviation',
    assumes: NORMAL,
    source: 'Wan 2014, eq. 16',
    compute: ([q1 = 0, q3 = 0, n = 0]) =>
      where([...inOrder({ q1, q3 }), people(n), quartilesOfSome(n)], () => (q3 - q1) / expectedQuartileDistance(n)),
  },
} as const satisfies Readonly<Record<string, NamedFormula>>
