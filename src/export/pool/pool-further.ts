import { cumulative } from '../../stats/diagnostics/cumulative.ts'
import { leaveOneOut } from '../../stats/diagnostics/leave-one-out.ts'
import type { TrimAndFillEstimator } from '../../stats/diagnostics/trim-and-fill.ts'
import { type Data, type NotEstimable, notEstimable } from '../../stats/effect-sizes/measure.ts'
import type { MeasureName } from '../../stats/effect-sizes/measures.ts'
import { isNumber } from '../../stats/pooling/design.ts'
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
 * Studies that lack a moderator's value are left out of the regression alone, which says so as `left_out`; those that lack the
 * level are in no subgroup, `subgroups_left_out`.
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

/** A study that a part of an answer had to do without. */
const leftOut = ({ study }: NamedStudy, columns: readonly string[]): Part => ({
  study,
  reason: `it has no ${columns.join(', ')}`,
})

const cellOf = ({ cells }: NamedStudy, column: string): string => cells.get(column) ?? ''

function regressed(
  studies: readonly (NamedStudy & { readonly yi: number; readonly vi: number })[],
  columns: readonly string[],
  options: Parameters<typeof moderatorsPart>[2],
): Part | NotEstimable {
  const lacking = (study: NamedStudy) => columns.filter((column) => cellOf(study, column) === '')
  const whole = studies.filter((study) => lacking(study).length === 0)
  const others = studies.filter((study) => lacking(study).length > 0)
  const moderators = columns.map((name) => ({ name, values: whole.map((study) => cellOf(study, name)) }))
  const notes = columns.flatMap((column) => categoriesNote(whole, column))
  return {
    ...moderatorsPart(whole, moderators, options),
    ...(others.length > 0 && { left_out: others.map((study) => leftOut(study, lacking(study))) }),
    ...(notes.length > 0 && { notes }),
  }
}

/** Numbers among which one is none become categories, which a reader may not have meant. */
function categoriesNote(studies: readonly NamedStudy[], column: string): Part[] {
  const word = studies.find((study) => !isNumber(cellOf(study, column)))
  if (word === undefined || !studies.some((study) => isNumber(cellOf(study, column)))) return []
  const note = `${column} is taken for categories, not numbers, because of "${cellOf(word, column)}" (${word.study})`
  return [{ column, note }]
}

function subgroups(
  studies: readonly NamedStudy[],
  column: string,
  pool: Parameters<typeof poolSubgroups<NamedStudy>>[2],
  back: (value: number) => number,
): Further {
  const placed = studies.filter((study) => cellOf(study, column) !== '')
  const others = studies.filter((study) => cellOf(study, column) === '')
  const { subgroups: levels, difference } = poolSubgroups(placed, (study) => cellOf(study, column), pool)
  return {
    subgroups: levels.map(({ level, pooled }) => ({ level, ...briefCells(pooled, back) })),
    subgroup_difference:
      difference.status === 'not-estimable'
        ? difference
        : { q: difference.statistic, df: difference.degreesOfFreedom, p_value: difference.pValue },
    ...(others.length > 0 && { subgroups_left_out: others.map((study) => leftOut(study, [column])) }),
  }
}
