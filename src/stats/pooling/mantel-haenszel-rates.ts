import { checkRate } from '../effect-sizes/check-counts.ts'
import type { NotEstimable, RowOf } from '../effect-sizes/measure.ts'
import { type CommonEstimate, commonEffect } from './common-effect.ts'
import { NO_EVENTS, NO_STUDIES } from './effect.ts'
import { LEVEL, type Pooled, type StudyTable } from './pooled.ts'

type PersonTime = RowOf['person-time']

const POOLED = { IRR: pooledRateRatio, IRD: pooledRateDifference } as const
export const MANTEL_HAENSZEL_RATE_MEASURES = ['IRR', 'IRD'] as const

export interface MantelHaenszelRateOptions {
  readonly measure: (typeof MANTEL_HAENSZEL_RATE_MEASURES)[number]
  readonly level?: number
}

/**
 * Pools rates by Mantel and Haenszel's weights: log rate ratio, or rate difference per unit of time, positive where the
 * experimental group has the higher rate. Nothing is added to zero events.
 *
 * @param studies  events and person-time, and the effect of each study for the test of heterogeneity
 * @returns `not-estimable` for no study, or where a group has no event in any study and the ratio is asked for
 * @throws EvidenceError EFFECT_INPUT_INVALID  no time, or less than no events
 * @source  Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 15; variances: Greenland & Robins 1985, Biometrics
 *          41:55–68
 * @checked test/reference/pooling/hart1999.json (metafor 3.8-1, relative 1e-10)
 */
export function poolMantelHaenszelRates(
  studies: readonly StudyTable<PersonTime>[],
  { measure, level = LEVEL }: MantelHaenszelRateOptions,
): Pooled | NotEstimable {
  if (studies.length === 0) return NO_STUDIES
  for (const { table } of studies) {
    checkRate('experimental.', table.experimental)
    checkRate('control.', table.control)
  }
  const found = POOLED[measure](studies.map(({ table }) => table))
  return found === undefined ? NO_EVENTS : commonEffect(studies, found, level)
}

const sum = (rows: readonly PersonTime[], term: (row: PersonTime) => number): number =>
  rows.reduce((total, row) => total + term(row), 0)

const shareOf = (own: { readonly time: number }, other: { readonly time: number }): number =>
  own.time / (own.time + other.time)

function pooledRateRatio(rows: readonly PersonTime[]): CommonEstimate | undefined {
  const weight = ({ experimental, control }: PersonTime) => control.events * shareOf(experimental, control)
  const r = sum(rows, ({ experimental, control }) => experimental.events * shareOf(control, experimental))
  const s = sum(rows, weight)
  if (!(r > 0 && s > 0)) return undefined
  const spread = sum(
    rows,
    ({ experimental, control }) =>
      shareOf(experimental, control) * shareOf(control, experimental) * (experimental.events + control.events),
  )
  return { estimate: Math.log(r / s), variance: spread / (r * s), weights: rows.map(weight) }
}

function pooledRateDifference(rows: readonly PersonTime[]): CommonEstimate {
  const weight = ({ experimental, control }: PersonTime) => shareOf(experimental, control) * control.time
  const total = sum(rows, weight)
  const difference = ({ experimental, control }: PersonTime) =>
    experimental.events / experimental.time - control.events / control.time
  const variance = ({ experimental, control }: PersonTime) =>
    experimental.events / experimental.time ** 2 + control.events / control.time ** 2
  return {
    estimate: sum(rows, (row) => weight(row) * difference(row)) / total,
    variance: sum(rows, (row) => weight(row) ** 2 * variance(row)) / total ** 2,
    weights: rows.map(weight),
  }
}
