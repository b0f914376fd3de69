import { baujat } from '../../stats/diagnostics/baujat.ts'
import type { NotEstimable } from '../../stats/effect-sizes/measure.ts'
import type { MeasureName } from '../../stats/effect-sizes/measures.ts'
import { isCommon } from '../../stats/pooling/inverse-variance.ts'
import { type PooledStudies, type PoolOptions, poolStudies } from '../../stats/pooling/pool-studies.ts'
import { nameOfEffect } from '../effect-words.ts'
import { type NamedStudy, nameOf } from '../named-study.ts'
import { positional } from '../number-text.ts'
import type { BaujatData } from './baujat-data.ts'

export interface BaujatAsked {
  readonly measure: MeasureName
  readonly options: PoolOptions
  readonly title: string | undefined
}

/** So many studies are named to those who only hear the picture. */
const TOLD = 3

/**
 * Pools studies with and without each of them, and says what a Baujat plot of them shows.
 *
 * @returns `missing` where no study can be drawn: why
 * @throws EvidenceError EFFECT_INPUT_INVALID  as poolStudies does
 */
export function baujatOfPool(
  studies: readonly NamedStudy[],
  { measure, options, title }: BaujatAsked,
): { readonly baujat: BaujatData; readonly pool: PooledStudies; readonly missing: NotEstimable | undefined } {
  const pool = poolStudies(measure, studies, options)
  const points = baujat(studies, (some) => poolStudies(measure, some, options))
  const drawn = studies.flatMap((study, i) => {
    const point = points[i]
    return point?.status === 'estimated' ? [{ label: nameOf(study), ...point }] : []
  })
  const what = nameOfEffect(measure)
  const isQ = options.method === 'MH' || options.method === 'Peto' || isCommon(options.method)
  const heterogeneityLabel = isQ ? 'Contribution to heterogeneity, Q' : 'Squared Pearson residual'
  const farthest = [...drawn].sort((one, other) => other.influence - one.influence).slice(0, TOLD)
  return {
    pool,
    missing: drawn.length > 0 ? undefined : points.find((point) => point.status === 'not-estimable'),
    baujat: {
      title: title ?? `Baujat plot: ${what} of ${drawn.length} studies`,
      description: [
        `${drawn.length} studies, each by its ${heterogeneityLabel.toLowerCase().replace(', q', '')} and its influence on the pooled ${what}.`,
        ...(farthest.length === 0
          ? []
          : [
              `Most influence: ${farthest
                .map(
                  ({ label, heterogeneity, influence }) =>
                    `${label} (${positional(heterogeneity)}; ${positional(influence)})`,
                )
                .join(', ')}.`,
            ]),
      ].join(' '),
      heterogeneityLabel,
      studies: drawn,
    },
  }
}
