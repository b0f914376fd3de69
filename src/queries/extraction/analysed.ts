import type { AnalysisSetKind } from '../../generated/prisma/enums.ts'
import { byId } from './by-id.ts'
import { type Changed, Changes } from './changes.ts'
import { namedOutcomes, withinOf } from './outcomes.ts'
import type { Run } from './run.ts'
import { CHANGES, labelsOf, type StudyPart } from './study-part.ts'
import type { Time } from './time.ts'

/** What a table of analyses needs beside their numbers and groups. */
export const ANALYSED_NEEDS = { ...labelsOf('outcomeAnalysis'), ...CHANGES } as const

type Part = StudyPart<typeof ANALYSED_NEEDS>
interface Stored {
  readonly id: string
  readonly outcomeId: string
  readonly analysisSetId: string | null
  readonly timepointId: string | null
  readonly derived: boolean
}

/** An analysis as the choices want it, with what its labels are made of. */
export interface Analysed<Row> extends Changed<Row> {
  /** As the database has it. */
  readonly stored: Row
  readonly outcome: Part['outcome'][number]
  readonly within: string | null
  readonly set: AnalysisSetKind | null
  readonly setLabel: string | null
  readonly time: Time | undefined
}

/** The analyses of the outcomes that the choices name; sets and times are left to be chosen of them. */
export function analysedOf<Row extends Stored>(
  study: string,
  part: Part,
  stored: readonly Row[],
  run: Run,
): readonly Analysed<Row>[] {
  const outcomeOf = namedOutcomes(study, part.outcome, run)
  if (stored.length === 0) return []
  const changes = new Changes(part, run)
  const [setOf, timeOf] = [byId(part.analysisSet), byId(part.timepoint)]
  const analysed: Analysed<Row>[] = []
  for (const one of stored) {
    const [changed, outcome] = [changes.of('outcome_analysis', one), outcomeOf(one.outcomeId)]
    if (changed === undefined || outcome === undefined) continue
    const set = setOf(one.analysisSetId)
    analysed.push({
      row: changed.row,
      correction: changed.correction,
      stored: one,
      outcome,
      within: withinOf(outcome, part.outcome),
      set: set?.kind ?? null,
      setLabel: set?.label ?? null,
      time: timeOf(one.timepointId),
    })
  }
  return analysed
}
