import { cumulative } from '../../stats/diagnostics/cumulative.ts'
import { leaveOneOut } from '../../stats/diagnostics/leave-one-out.ts'
import type { NotEstimable } from '../../stats/effect-sizes/measure.ts'
import type { Pooled } from '../../stats/pooling/pooled.ts'
import type { Pool } from '../../stats/pooling/subgroups.ts'
import { nameOf } from '../named-study.ts'
import { levelText } from '../number-text.ts'
import type { ForestStudy } from './forest-data.ts'

/** Pools in place of studies: without each study, or as studies came, in the order of a number of theirs. */
export type Series<Study> =
  | { readonly kind: 'leave1out' }
  | { readonly kind: 'cumulative'; readonly by: (study: Study) => number }

/** What a picture of a series is called, and what its rows are. */
export function seriesWords(
  { kind }: Pick<Series<never>, 'kind'>,
  { what, count, level }: { readonly what: string; readonly count: number; readonly level: number },
): { readonly title: string; readonly rows: string } {
  const pools = `The pooled ${what} with its ${levelText(level)} CI`
  return kind === 'leave1out'
    ? { title: 'Leave-one-out forest plot', rows: `${pools} without each of ${count} studies` }
    : { title: 'Cumulative forest plot', rows: `${pools} as ${count} studies came, one more in each row` }
}

/** A row for each pool of a series, named for the study that is left out or comes in. */
export function seriesRows<Study extends { readonly study: string }>(
  series: Series<Study>,
  studies: readonly Study[],
  pool: Pool<Study>,
  back: (value: number) => number,
): readonly ForestStudy[] {
  if (series.kind === 'leave1out')
    return leaveOneOut(studies, pool).map((pooled, i) => rowOf(`Without ${nameOf(studies[i])}`, pooled, back))
  return cumulative(studies, series.by, pool).map(({ place, pooled }, i) =>
    rowOf(`${i === 0 ? '' : '+ '}${nameOf(studies[place])}`, pooled, back),
  )
}

function rowOf(label: string, pooled: Pooled | NotEstimable, back: (value: number) => number): ForestStudy {
  const row = { label, cells: [], weight: undefined }
  if (pooled.status === 'not-estimable' || !('ciLower' in pooled.inference)) return { ...row, effect: undefined }
  const { ciLower, ciUpper } = pooled.inference
  return { ...row, effect: { estimate: back(pooled.estimate), lower: back(ciLower), upper: back(ciUpper) } }
}
