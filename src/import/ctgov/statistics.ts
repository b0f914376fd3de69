import { known, type Printed, printedCount, printedNumber, printedPercent } from '../rows/printed-text.ts'
import type { CtgovClass, CtgovDenominator } from './study-shape.ts'

const STATISTICS = [
  ...(['mean', 'geometric_mean', 'least_squares_mean', 'geometric_least_squares_mean', 'log_mean', 'median'] as const),
  ...(['mode', 'number', 'count_of_participants', 'count_of_units'] as const),
] as const
export type Statistic = (typeof STATISTICS)[number]

/** A number's column, by its database name, and how it is read. */
export interface Column<Name extends string> {
  readonly name: Name
  readonly read: (text: string) => Printed
}

const PEOPLE = /^(?:number of )?(?:participants?|subjects?|patients?)$/i
const INTERVAL = /^(\d+(?:\.\d+)?) ?% confidence interval$/i

const column = <Name extends string>(name: Name, read = printedNumber): Column<Name> => ({ name, read })

/** Whether a number is one of people, by its statistic and unit. */
export const countsPeople = (statistic: Statistic | undefined, unit: string | undefined): boolean =>
  statistic === 'count_of_participants' || (statistic === 'number' && PEOPLE.test(unit ?? ''))

/** Where a baseline table's numbers go. */
export function baselineColumns(
  statistic: Statistic | undefined,
  dispersion: string | undefined,
  unit: string | undefined,
) {
  const words = dispersion?.toLowerCase().replaceAll('_', ' ') ?? ''
  const [lower, upper] = endsOf(words)
  return {
    value: countsPeople(statistic, unit) ? column('count', printedCount) : column(centreOf(statistic)),
    spread: column(words === 'standard deviation' && statistic === 'mean' ? 'sd' : 'spread'),
    lower: column(lower ?? 'lower'),
    upper: column(upper ?? 'upper'),
    level: undefined,
  } as const
}

/** Where an outcome's numbers go. */
export function outcomeColumns(
  statistic: Statistic | undefined,
  dispersion: string | undefined,
  unit: string | undefined,
) {
  const words = dispersion?.toLowerCase().replaceAll('_', ' ') ?? ''
  const level = INTERVAL.exec(words)?.[1]
  const [lower, upper] = level === undefined ? endsOf(words) : (['ci_lower', 'ci_upper'] as const)
  const sd = words === 'standard deviation' && statistic === 'mean'
  return {
    value: countsPeople(statistic, unit) ? column('events', printedCount) : column(centreOf(statistic)),
    spread: column(sd ? 'sd' : words === 'standard error' ? 'se' : 'spread'),
    lower: column(lower ?? 'lower'),
    upper: column(upper ?? 'upper'),
    level,
  } as const
}

const centreOf = (statistic: Statistic | undefined) =>
  statistic === 'mean' || statistic === 'median' ? statistic : ('value' as const)

const endsOf = (dispersion: string) =>
  dispersion === 'full range'
    ? (['minimum', 'maximum'] as const)
    : /^inter-?\s?quartile range$/.test(dispersion)
      ? (['q1', 'q3'] as const)
      : ([undefined, undefined] as const)

export const levelOf = printedPercent

/** The denominators of a table: people by group, and one other kind of unit by group. */
export interface Denominators {
  readonly people: ReadonlyMap<string, string>
  readonly units: ReadonlyMap<string, string>
  readonly unitsOf: string | undefined
  /** Each code that one of them names. */
  readonly codes: ReadonlySet<string>
}

/**
 * @param others  told a kind of unit beyond the first that isn't people
 */
export function denominatorsOf(
  denoms: readonly CtgovDenominator[],
  others: (denominator: CtgovDenominator) => void,
): Denominators | undefined {
  if (denoms.length === 0) return undefined
  const people = new Map<string, string>()
  const units = new Map<string, string>()
  const codes = new Set<string>()
  let unitsOf: string | undefined
  for (const denominator of denoms) {
    const ofPeople = PEOPLE.test(denominator.units ?? 'participants')
    if (!ofPeople && unitsOf !== undefined && unitsOf !== denominator.units) {
      others(denominator)
      continue
    }
    if (!ofPeople) unitsOf = denominator.units
    for (const { groupId, value } of denominator.counts) {
      if (groupId === undefined || value === undefined) continue
      codes.add(groupId)
      ;(ofPeople ? people : units).set(groupId, value)
    }
  }
  return { people, units, unitsOf, codes }
}

export const statisticOf = (paramType: string | undefined) => known(STATISTICS, paramType)

/** Each category of a table with its class. */
export const cellsOf = (classes: readonly CtgovClass[]) =>
  classes.flatMap((of, index) => of.categories.map((category, place) => ({ of, index, category, place })))
