import { cumulative } from '../../stats/diagnostics/cumulative.ts'
import { leaveOneOut } from '../../stats/diagnostics/leave-one-out.ts'
import type { TrimAndFillEstimator } from '../../stats/diagnostics/trim-and-fill.ts'
import { type Data, type NotEstimable, notEstimable } from '../../stats/effect-sizes/measure.ts'
import type { MeasureName } from '../../stats/effect-sizes/measures.ts'
import { type PoolMethod, type PoolOptions, poolStudies, type StudyInput } from '../../stats/pooling/pool-studies.ts'
import { poolSubgroups } from '../../stats/pooling/subgroups.ts'
import {
  beggPart,
  eggerPart,
  failSafePart,
  influencePart,
  mantelHaenszelPart,
  moderatorsPart,
  trimfillPart,
} from './effect-parts.ts'
import { briefCells, type Part } from './parts.ts'

/** A study of a file or database: what it is pooled by, its name, and its cells by their columns. */
export interface NamedStudy extends StudyInput<Data> {
  readonly study: string
  /** What a picture calls it, where that isn't the same. */
  readonly label?: string
  readonly cells: ReadonlyMap<string, string>
  /** What its result is about, by the keys of the JSON. */
  readonly about?: Readonly<Record<string, string | null>>
}

/** What can be asked beside the pool itself; columns are those of the file, or covariates of the database. */
export interface FurtherAsked {
  readonly by?: string | undefined
  readonly mods?: readonly string[] | undefined
  /** The column by whose numbers studies are ordered, or true for the order of the file. */
  readonly cumulative?: string | true | undefined
  readonly leave1out?: boolean | undefined
  readonly influence?: boolean | undefined
  readonly egger?: boolean | undefined
  readonly begg?: boolean | undefined
  /** By L0, if only asked for. */
  readonly trimfill?: TrimAndFillEstimator | true | undefined
  readonly fsn?: boolean | undefined
}

export interface FurtherContext {
  readonly measure: MeasureName
  readonly options: PoolOptions & { readonly level: number }
  readonly back: (value: number) => number
}

/** Parts of an answer by their keys: rows, an object, or why there is neither. */
export type Further = Readonly<Record<string, readonly Part[] | Part | NotEstimable>>

const BY_VARIANCE_ONLY = notEstimable('this is for pools by inverse variance')

/**
 * What was asked beside a pool, by the keys under which `evibase pool --json` writes it.
 *
 * Studies that lack a moderator's value are left out of the regression alone.
 */
export function poolFurther(
  studies: readonly NamedStudy[],
  asked: FurtherAsked,
  { measure, options, back }: FurtherContext,
): Further {
  const { studies: weighed, tests } = poolStudies(measure, studies, options)
  const inPool = studies.filter((_, i) => weighed[i]?.weight !== undefined)
  const pool = (some: readonly NamedStudy[]) => poolStudies(measure, some, options).pooled
  const withEffects = studies.flatMap((study, i) => {
    const effect = weighed[i]?.effect
    return effect?.status === 'estimated' ? [{ ...study, ...effect }] : []
  })
  const { method } = options
  const ofMethod = isCounts(method) ? undefined : { ...options, method }
  const { mods } = asked
  return {
    ...(tests !== undefined && { mh_tests: mantelHaenszelPart(tests) }),
    ...(mods !== undefined && {
      moderators: ofMethod === undefined ? BY_VARIANCE_ONLY : regressed(withEffects, mods, ofMethod),
    }),
    ...(asked.by !== undefined && subgroups(inPool, asked.by, pool, back)),
    ...(asked.leave1out && {
      leave1out: leaveOneOut(inPool, pool).map((pooled, i) => ({
        study: inPool[i]?.study ?? '',
        ...briefCells(pooled, back),
      })),
    }),
    ...(asked.cumulative !== undefined && {
      cumulative: cumulative(inPool, orderOf(asked.cumulative), pool).map(({ place, pooled }) => ({
        study: inPool[place]?.study ?? '',
        ...briefCells(pooled, back),
      })),
    }),
    ...(asked.influence && {
      influence:
        ofMethod === undefined
          ? BY_VARIANCE_ONLY
          : influencePart(
              withEffects,
              withEffects.map(({ study }) => study),
              ofMethod.method,
            ),
    }),
    ...(asked.egger && { egger: eggerPart(withEffects, options.level) }),
    ...(asked.begg && { begg: beggPart(withEffects) }),
    ...(asked.trimfill && {
      trimfill:
        ofMethod === undefined
          ? BY_VARIANCE_ONLY
          : trimfillPart(
              withEffects,
              { ...ofMethod, estimator: asked.trimfill === true ? 'L0' : asked.trimfill },
              back,
            ),
    }),
    ...(asked.fsn && { fail_safe_n: failSafePart(withEffects) }),
  }
}

const isCounts = (method: PoolMethod): method is 'MH' | 'Peto' => method === 'MH' || method === 'Peto'

const orderOf =
  (column: string | true) =>
  ({ cells }: NamedStudy): number =>
    column === true ? 0 : Number(cells.get(column))

function regressed(
  studies: readonly (NamedStudy & { readonly yi: number; readonly vi: number })[],
  columns: readonly string[],
  options: Parameters<typeof moderatorsPart>[2],
): Part | NotEstimable {
  const cell = ({ cells }: NamedStudy, column: string) => cells.get(column) ?? ''
  const whole = studies.filter((study) => columns.every((column) => !isBlank(cell(study, column))))
  const moderators = columns.map((name) => ({ name, values: whole.map((study) => cell(study, name)) }))
  return moderatorsPart(whole, moderators, options)
}

const isBlank = (cell: string): boolean => cell === '' || cell === 'NA'

function subgroups(
  studies: readonly NamedStudy[],
  column: string,
  pool: Parameters<typeof poolSubgroups<NamedStudy>>[2],
  back: (value: number) => number,
): Further {
  const { subgroups: levels, difference } = poolSubgroups(studies, ({ cells }) => cells.get(column) ?? '', pool)
  return {
    subgroups: levels.map(({ level, pooled }) => ({ level, ...briefCells(pooled, back) })),
    subgroup_difference:
      difference.status === 'not-estimable'
        ? difference
        : { q: difference.statistic, df: difference.degreesOfFreedom, p_value: difference.pValue },
  }
}
