import { byId } from './by-id.ts'
import { choose } from './choose.ts'
import { groupsOf, overlap } from './groups.ts'
import { namedOutcomes } from './outcomes.ts'
import type { Datum } from './pairs.ts'
import type { Run } from './run.ts'
import type { GROUPS, LABELS, StudyPart } from './study-part.ts'

/** One group's numbers with what its labels are made of. */
export interface Single<Numbers> {
  readonly outcome: string
  readonly subgroup: string | null
  readonly analysisSet: string | null
  readonly timepoint: string | null
  readonly group: string
  /** Whether another row of the outcome counts some of the same people. */
  readonly countedAgain: boolean
  readonly numbers: Numbers
}

/** What groups give by themselves, compared with none, as the choices of outcome, set and time leave it. */
export function singlesOf<Numbers>(
  study: string,
  part: StudyPart<typeof LABELS & typeof GROUPS>,
  data: readonly Datum<Numbers>[],
  run: Run,
): readonly Single<Numbers>[] {
  const outcomeOf = namedOutcomes(study, part.outcome, run)
  if (data.length === 0) return []
  const groupOf = byId(groupsOf(part))
  const [setOf, timeOf] = [byId(part.analysisSet), byId(part.timepoint)]
  const candidates = data.flatMap(({ outcomeId, studyGroupId, analysisSetId, timepointId, numbers }) => {
    const [outcome, group] = [outcomeOf(outcomeId), groupOf(studyGroupId)]
    if (!outcome || !group) return []
    const set = setOf(analysisSetId)
    return {
      ...{ outcome, group, numbers, set: set?.kind ?? null, setLabel: set?.label ?? null },
      time: timeOf(timepointId),
      about: `${outcome.id} ${group.limits}`,
      whose: group.id,
    }
  })
  const rows = choose(candidates, run.choices)
  return rows.map(({ outcome, group, setLabel, time, numbers }, place) => ({
    outcome: outcome.label,
    subgroup: group.subgroup,
    analysisSet: setLabel,
    timepoint: time?.label ?? null,
    group: group.label,
    countedAgain: rows.some(
      (other, otherPlace) => otherPlace !== place && other.outcome === outcome && overlap(other.group, group),
    ),
    numbers,
  }))
}
