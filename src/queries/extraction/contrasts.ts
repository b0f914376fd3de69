import { picked } from '../../db/rows-of-studies.ts'
import type { EffectMeasure } from '../../generated/prisma/enums.ts'
import { NAMED_FORMULAS } from '../../stats/derivations/named-formulas.ts'
import { ANALYSED_NEEDS, analysedOf } from './analysed.ts'
import { byId } from './by-id.ts'
import { choose } from './choose.ts'
import { groupsOf, type LabelledGroup, labelledGroups, overlap } from './groups.ts'
import type { PairHead, PairTail } from './pairs.ts'
import type { Run } from './run.ts'
import { GROUP_LABELS, GROUPS, type StudyPart, those, YEARS } from './study-part.ts'
import { atMonths } from './time.ts'

/** The arms of groups, in studies with several analyses of an outcome: only these may count people again. */
const SEVERAL = `"study_id" IN (SELECT "study_id" FROM ${picked('outcomeAnalysis')}
  GROUP BY "study_id", "outcome_id" HAVING count(*) > 1)`
const PEOPLE = {
  arm: those(SEVERAL, ...GROUPS.arm.fields),
  studyGroupArm: those(SEVERAL, ...GROUPS.studyGroupArm.fields),
} as const

/** The group that alone has a role in an analysis. */
const onlyIn = (role: 'experimental' | 'reference') => ({
  text: `SELECT min("study_group_id") FROM "analysis_group"
    WHERE "analysis_id" = "outcome_analysis"."id" AND "role" = '${role}' HAVING count(*) = 1`,
})

export const CONTRAST_NEEDS = {
  ...ANALYSED_NEEDS,
  ...GROUP_LABELS,
  ...YEARS,
  ...PEOPLE,
  outcomeAnalysis: {
    ...those(
      '"measure" IS NOT NULL AND "estimate" IS NOT NULL',
      ...(['id', 'studyId', 'outcomeId', 'timepointId', 'analysisSetId', 'comparisonId', 'measure'] as const),
      ...(['estimate', 'ciLower', 'ciUpper', 'ciLevel', 'derived'] as const),
    ),
    made: { experimental: onlyIn('experimental'), reference: onlyIn('reference') },
  },
} as const

/** Measures that are analysed by their logarithms. */
const RATIOS: ReadonlySet<EffectMeasure> = new Set([
  ...(['risk_ratio', 'odds_ratio', 'hazard_ratio', 'rate_ratio', 'ratio_of_means'] as const),
])

/** A study's own estimate of two groups. */
export interface Contrast {
  readonly head: PairHead
  readonly tail: PairTail
  readonly kind: string
  readonly measure: EffectMeasure
  readonly estimate: number
  readonly ciLower: number | null
  readonly ciUpper: number | null
  readonly ciLevel: number | null
  /** Whether `yi` and `sei` are of the logarithm. */
  readonly log: boolean
  readonly yi: number
  readonly sei: number | null
  /** The outcome, groups, set and time that it is about, as those of a pair. */
  readonly whose: string
}

/**
 * A study's estimates of two groups in their roles, on the scale that they are pooled on: ratios as natural logarithms.
 * The standard error, which studies hardly ever print, is taken from the interval where derived values are wanted, as
 * one made with the normal distribution on that scale.
 *
 * @source Cochrane Handbook 6.5, sections 6.3.1 and 6.3.2
 */
export function contrastsOf(study: string, part: StudyPart<typeof CONTRAST_NEEDS>, run: Run): readonly Contrast[] {
  const results = run.review?.results.get(study)
  const labelOf = byId(labelledGroups(part))
  const candidates = []
  for (const one of analysedOf(study, part, part.outcomeAnalysis, run)) {
    const { row, correction, outcome, within, set, setLabel, time } = one
    const [experimental, control] = [labelOf(row.experimental), labelOf(row.reference)]
    if (!experimental || !control || row.estimate === null || row.measure === null) continue
    const chosen = results?.find(
      (result) =>
        result.outcomeId === row.outcomeId &&
        (row.comparisonId === null || result.comparisonId === row.comparisonId) &&
        (result.timepointId === null || result.timepointId === row.timepointId) &&
        (result.analysisSetId === null || result.analysisSetId === row.analysisSetId),
    )
    if (run.review !== undefined && chosen === undefined) continue
    const log = RATIOS.has(row.measure)
    if (log && row.estimate <= 0) {
      run.note('a ratio that is not above 0 has no logarithm', row.id)
      continue
    }
    candidates.push({
      row,
      correction,
      outcome,
      within,
      experimental,
      control,
      log,
      measure: row.measure,
      estimate: row.estimate,
      set,
      setLabel,
      cell: `${row.outcomeId} ${row.analysisSetId} ${row.timepointId}`,
      time,
      about: `${outcome.id} ${experimental.limits}`,
      whose: `${experimental.id} v ${control.id}`,
      reviewOutcome: chosen === undefined ? null : (run.review?.outcomes.get(chosen.reviewOutcomeId) ?? null),
    })
  }
  const rows = choose(candidates, run.choices)
  const year = part.study[0]?.year ?? null
  const groupOf = byId(rows.length < 2 ? [] : groupsOf(part))
  const meet = (one: LabelledGroup, other: LabelledGroup): boolean => {
    const [first, second] = [groupOf(one.id), groupOf(other.id)]
    return first !== undefined && second !== undefined && overlap(first, second)
  }
  return rows.map((one): Contrast => {
    const { row, outcome, experimental, control, log, measure, estimate } = one
    const sei = run.choices.derived ? errorOf(row, log) : null
    const others = rows.filter((other) => other !== one && other.outcome === outcome)
    return {
      head: {
        study,
        year,
        outcome: outcome.label,
        analysis_set: one.setLabel,
        subgroup: experimental.subgroup,
        timepoint: one.time?.label ?? null,
        experimental: experimental.label,
        control: control.label,
      },
      tail: {
        derived: row.derived || sei !== null,
        within: one.within,
        time_months: atMonths(one.time),
        shared_control: 1 + others.filter((other) => other.cell === one.cell && other.control === control).length,
        counted_again: others.some((other) =>
          [experimental, control].some((group) =>
            [other.experimental, other.control].some((theirs) => meet(group, theirs)),
          ),
        ),
        correction: one.correction,
        review_outcome: one.reviewOutcome,
      },
      kind: outcome.kind,
      measure,
      estimate,
      log,
      ciLower: row.ciLower,
      ciUpper: row.ciUpper,
      ciLevel: row.ciLevel,
      yi: log ? Math.log(estimate) : estimate,
      sei,
      whose: `${one.cell} ${one.whose}`,
    }
  })
}

interface Interval {
  readonly ciLower: number | null
  readonly ciUpper: number | null
  readonly ciLevel: number | null
}

function errorOf({ ciLower, ciUpper, ciLevel }: Interval, log: boolean): number | null {
  if (ciLower === null || ciUpper === null || ciLevel === null) return null
  const formula = NAMED_FORMULAS[log ? 'log_standard_error_of_interval' : 'standard_error_of_interval']
  const error = formula?.compute([ciLower, ciUpper, ciLevel])
  return error?.status === 'estimated' ? error.value : null
}
