import { expectTypeOf, test } from 'vitest'
import {
  type Database,
  evibase,
  type extractAdverseEvents,
  type extractAnalyses,
  type extractArms,
  type extractBaseline,
  type extractCharacteristics,
  type extractContinuous,
  type extractCorrections,
  type extractCounts,
  type extractDichotomous,
  type extractEffectsInput,
  type extractEvidence,
  type extractFlow,
  type extractHazardRatios,
  type extractLong,
  type extractMedians,
  type extractOrdinal,
  type extractReviewStudies,
  type extractRiskOfBias,
  type extractSurvival,
  type findStudies,
} from '../../../src/index.ts'

// The compiler holds what stands here, in `npm run check`: nothing is asked of a database.

type RowOf<Ask extends (...asked: never) => Promise<readonly unknown[]>> = Awaited<ReturnType<Ask>>[number]
/** The columns that are always a number, and those that are one or empty. */
type Always<Row> = { [K in keyof Row]-?: [Row[K]] extends [number] ? K : never }[keyof Row]
type Perhaps<Row> = {
  [K in keyof Row]-?: [Row[K], number] extends [number | null, Row[K]] ? (null extends Row[K] ? K : never) : never
}[keyof Row]
interface Numbers<Row> {
  readonly always: Always<Row>
  readonly perhaps: Perhaps<Row>
}
interface Given<A, P> {
  readonly always: A
  readonly perhaps: P
}

test('a table that is asked for its numbers has numbers, and those that a study may leave out may be null', () => {
  type Year = 'year'
  type Pair = 'shared_control'
  expectTypeOf<Numbers<RowOf<typeof extractDichotomous>>>().toEqualTypeOf<
    Given<'ai' | 'bi' | 'ci' | 'di' | 'n1i' | 'n2i' | Pair, Year | 'time_months'>
  >()
  expectTypeOf<Numbers<RowOf<typeof extractContinuous>>>().toEqualTypeOf<
    Given<'m1i' | 'sd1i' | 'n1i' | 'm2i' | 'sd2i' | 'n2i' | Pair, Year | 'time_months'>
  >()
  expectTypeOf<Numbers<RowOf<typeof extractCounts>>>().toEqualTypeOf<
    Given<'x1i' | 't1i' | 'x2i' | 't2i' | Pair, Year | 'time_months'>
  >()
  expectTypeOf<Numbers<RowOf<typeof extractHazardRatios>>>().toEqualTypeOf<
    Given<'hazard_ratio' | 'log_hr' | Pair, Year | 'time_months' | 'ci_lower' | 'ci_upper' | 'ci_level' | 'se_log_hr'>
  >()
  expectTypeOf<Numbers<RowOf<typeof extractSurvival>>>().toEqualTypeOf<
    Given<'probability', 'time_months' | 'ci_lower' | 'ci_upper' | 'ci_level' | 'n'>
  >()
  expectTypeOf<Numbers<RowOf<typeof extractMedians>>>().toEqualTypeOf<
    Given<'median', 'ci_lower' | 'ci_upper' | 'ci_level' | 'n'>
  >()
  expectTypeOf<Numbers<RowOf<typeof extractOrdinal>>>().toEqualTypeOf<Given<'position' | 'count', 'total'>>()
  expectTypeOf<Numbers<RowOf<typeof extractLong>>>().toEqualTypeOf<Given<'value', never>>()
  expectTypeOf<Numbers<RowOf<typeof extractEffectsInput>>>().toEqualTypeOf<
    Given<
      Pair,
      | (
          | Year
          | 'time_months'
          | 'yi'
          | 'sei'
          | 'ci_lower'
          | 'ci_upper'
          | 'ci_level'
          | 'ai'
          | 'ci'
          | 'x1i'
          | 't1i'
          | 'x2i'
          | 't2i'
          | 'n1i'
          | 'n2i'
        )
      | ('m1i' | 'sd1i' | 'm2i' | 'sd2i')
    >
  >()
  expectTypeOf<Numbers<RowOf<typeof extractAnalyses>>>().toEqualTypeOf<
    Given<never, 'estimate' | 'ci_lower' | 'ci_upper' | 'ci_level' | 'p_value' | 'p_sides'>
  >()
  expectTypeOf<Numbers<RowOf<typeof extractAdverseEvents>>>().toEqualTypeOf<
    Given<never, 'affected' | 'at_risk' | 'events' | 'percent' | 'time_months'>
  >()
  expectTypeOf<Numbers<RowOf<typeof extractBaseline>>>().toEqualTypeOf<
    Given<never, 'count' | 'total' | 'mean' | 'sd' | 'median' | 'q1' | 'q3' | 'minimum' | 'maximum'>
  >()
  expectTypeOf<Numbers<RowOf<typeof extractArms>>>().toEqualTypeOf<Given<never, 'n'>>()
  expectTypeOf<Numbers<RowOf<typeof extractFlow>>>().toEqualTypeOf<Given<never, 'participants'>>()
  expectTypeOf<Numbers<RowOf<typeof extractRiskOfBias>>>().toEqualTypeOf<Given<never, 'severity'>>()
  expectTypeOf<Numbers<RowOf<typeof extractReviewStudies>>>().toEqualTypeOf<Given<never, never>>()
  expectTypeOf<Numbers<RowOf<typeof extractCharacteristics>>>().toEqualTypeOf<Given<never, Year>>()
  expectTypeOf<Numbers<RowOf<typeof extractEvidence>>>().toEqualTypeOf<Given<never, never>>()
  expectTypeOf<RowOf<typeof extractCorrections>['value']>().toEqualTypeOf<string | number | boolean | null>()
})

test('an extended client gives the same rows', () => {
  const extended = (db: Database) => db.$extends(evibase).study
  type Client = ReturnType<typeof extended>
  /** The names of questions that the client answers otherwise. */
  type Otherwise<Asked extends { readonly [K in keyof Asked]: (...asked: never) => unknown }> = {
    [K in keyof Asked]: K extends keyof Client
      ? Client[K] extends (choices: never) => ReturnType<Asked[K]>
        ? never
        : K
      : K
  }[keyof Asked]
  interface Questions {
    readonly extractAdverseEvents: typeof extractAdverseEvents
    readonly extractAnalyses: typeof extractAnalyses
    readonly extractArms: typeof extractArms
    readonly extractBaseline: typeof extractBaseline
    readonly extractCharacteristics: typeof extractCharacteristics
    readonly extractContinuous: typeof extractContinuous
    readonly extractCorrections: typeof extractCorrections
    readonly extractCounts: typeof extractCounts
    readonly extractDichotomous: typeof extractDichotomous
    readonly extractEffectsInput: typeof extractEffectsInput
    readonly extractEvidence: typeof extractEvidence
    readonly extractFlow: typeof extractFlow
    readonly extractHazardRatios: typeof extractHazardRatios
    readonly extractLong: typeof extractLong
    readonly extractMedians: typeof extractMedians
    readonly extractOrdinal: typeof extractOrdinal
    readonly extractReviewStudies: typeof extractReviewStudies
    readonly extractRiskOfBias: typeof extractRiskOfBias
    readonly extractSurvival: typeof extractSurvival
    readonly findStudies: typeof findStudies
  }
  expectTypeOf<Otherwise<Questions>>().toEqualTypeOf<never>()
})
