import { combineGroups, type GroupSummary } from '../stats/combine-groups.ts'
import { NAMED_FORMULAS } from '../stats/derivations/named-formulas.ts'
import { Changes } from './extraction/changes.ts'
import { type Columns, number, text } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { namedOutcomes } from './extraction/outcomes.ts'
import { PAIR_CHOICES, PAIR_HEAD, PAIR_TAIL } from './extraction/pair-columns.ts'
import {
  type Arithmetic,
  type Datum,
  PAIR_NEEDS,
  type PairHead,
  type PairTail,
  pairRow,
  pairsOf,
} from './extraction/pairs.ts'
import type { Run } from './extraction/run.ts'
import { type StudyPart, those } from './extraction/study-part.ts'

export interface ContinuousRow extends PairHead, PairTail {
  readonly n1i: number
  readonly m1i: number
  readonly sd1i: number
  readonly n2i: number
  readonly m2i: number
  readonly sd2i: number
  readonly unit: string | null
  readonly sd1_from: string
  readonly sd2_from: string
}

const FROM =
  'reported; standard error or interval, with --derived; merged. An interval is taken for one of Student’s t (Cochrane Handbook 6.5.2.2)'

export const CONTINUOUS_COLUMNS: Columns<ContinuousRow> = {
  ...PAIR_HEAD,
  n1i: number('outcome_measurement.total', 'participants', 'group 1: participants'),
  m1i: number('outcome_measurement.mean', 'column unit', 'group 1: mean'),
  sd1i: number('outcome_measurement.sd', 'column unit', 'group 1: standard deviation'),
  n2i: number('outcome_measurement.total', 'participants', 'group 2: participants; a part where a control is split'),
  m2i: number('outcome_measurement.mean', 'column unit', 'group 2: mean'),
  sd2i: number('outcome_measurement.sd', 'column unit', 'group 2: standard deviation'),
  unit: text('outcome.unit', 'of means and standard deviations'),
  sd1_from: text('outcome_measurement', `what the standard deviation of group 1 was taken from: ${FROM}`),
  sd2_from: text('outcome_measurement', 'the same of group 2'),
  ...PAIR_TAIL,
}

export interface Means extends GroupSummary {
  readonly from: string
  readonly unit: string | null
}

/** The formulas of table 6.5.a; of a split control n is divided, mean and SD stay (Cochrane Handbook 23.3.4). */
export const MEANS: Arithmetic<Means> = {
  merge: (all) => {
    const whole = combineGroups(all)
    return whole && { ...whole, unit: all[0]?.unit ?? null, from: 'merged' }
  },
  divide: (means, by) => ({ ...means, n: means.n / by }),
}

export const CONTINUOUS_NEEDS = {
  ...PAIR_NEEDS,
  outcomeMeasurement: those(
    '"mean" IS NOT NULL AND "total" IS NOT NULL',
    ...(['id', 'studyId', 'outcomeId', 'studyGroupId', 'analysisSetId', 'timepointId', 'total', 'mean'] as const),
    ...(['sd', 'se', 'ciLower', 'ciUpper', 'ciLevel', 'derived'] as const),
  ),
} as const

/** What each group of a study gives: size, mean and standard deviation. */
export function meansOf(part: StudyPart<typeof CONTINUOUS_NEEDS>, run: Run): readonly Datum<Means>[] {
  if (part.outcomeMeasurement.length === 0) return []
  const changes = new Changes(part, run)
  const units = new Map(part.outcome.map(({ id, unit }) => [id, unit]))
  const [{ studyId } = { studyId: '' }] = part.outcomeMeasurement
  const outcomeOf = namedOutcomes(studyId, part.outcome, run)
  const wanted = ({ outcomeId }: { readonly outcomeId: string }) =>
    outcomeOf(outcomeId) !== undefined &&
    (run.review === undefined || run.review.results.get(studyId)?.some((result) => result.outcomeId === outcomeId))
  return part.outcomeMeasurement.flatMap((stored): readonly Datum<Means>[] => {
    const changed = changes.of('outcome_measurement', stored)
    if (changed === undefined) return []
    const { row, correction } = changed
    const spread = spreadOf(row, run.choices.derived)
    if (row.mean !== null && row.total !== null && spread === undefined && wanted(row))
      run.note('a mean without a standard deviation is left out', row.id)
    if (row.mean === null || row.total === null || spread === undefined) return []
    const { sd, from } = spread
    const numbers = { n: row.total, mean: row.mean, sd, from, unit: units.get(row.outcomeId) ?? null }
    const { id, outcomeId, analysisSetId, timepointId, studyGroupId } = row
    const derived = row.derived || spread.from !== 'reported'
    return [{ id, outcomeId, analysisSetId, timepointId, studyGroupId, numbers, derived, correction }]
  })
}

interface Spread {
  readonly total: number | null
  readonly sd: number | null
  readonly se: number | null
  readonly ciLower: number | null
  readonly ciUpper: number | null
  readonly ciLevel: number | null
}

/**
 * A group's standard deviation: as reported; else, where derived values are wanted, SE √n, or the same of the standard
 * error behind the mean's interval, taken for one of Student's t with n − 1 degrees of freedom.
 *
 * @source Cochrane Handbook 6.5, section 6.5.2.2
 */
function spreadOf({ total, sd, se, ciLower, ciUpper, ciLevel }: Spread, derived: boolean) {
  if (sd !== null) return { sd, from: 'reported' }
  if (!derived || total === null) return undefined
  if (se !== null) return { sd: se * Math.sqrt(total), from: 'standard error' }
  if (ciLower === null || ciUpper === null || ciLevel === null) return undefined
  const error = NAMED_FORMULAS.standard_error_of_interval_t?.compute([ciLower, ciUpper, ciLevel, total - 1])
  return error?.status === 'estimated' ? { sd: error.value * Math.sqrt(total), from: 'interval' } : undefined
}

export const CONTINUOUS = extractionByStudy({
  table: 'continuous',
  about: 'pair of means, with metafor’s names',
  columns: CONTINUOUS_COLUMNS,
  heeds: PAIR_CHOICES,
  needs: CONTINUOUS_NEEDS,
  rows: (study, part, run) =>
    pairsOf(study, part, meansOf(part, run), MEANS, run).map(
      ({ head, experimental, control, tail }): ContinuousRow =>
        pairRow(
          head,
          {
            n1i: experimental.n,
            m1i: experimental.mean,
            sd1i: experimental.sd,
            n2i: control.n,
            m2i: control.mean,
            sd2i: control.sd,
            unit: experimental.unit,
            sd1_from: experimental.from,
            sd2_from: control.from,
          },
          tail,
        ),
    ),
})

/** One row per pair of groups that both give size, mean and standard deviation, with metafor's names. */
export const extractContinuous = CONTINUOUS.extract
