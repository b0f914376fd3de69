import { groupedBy } from '../../model/grouped-by.ts'
import { byId } from './by-id.ts'
import { choose } from './choose.ts'
import { labelledGroups } from './groups.ts'
import type { Run } from './run.ts'
import { all, GROUP_LABELS, LABELS, type StudyPart } from './study-part.ts'

/** What rows of any table of numbers are chosen by. */
export const CHOSEN_NEEDS = {
  ...LABELS,
  ...GROUP_LABELS,
  analysisGroup: all('analysisId', 'studyGroupId', 'studyId', 'role'),
} as const

/** A row with a number: of a single group, or an analysis. */
interface Numbered {
  readonly id: string
  readonly studyGroupId?: string
  readonly analysisSetId: string | null
  readonly timepointId?: string | null
}

/**
 * Leaves of a study's rows of one table those that the choices of set and time want, as the table of their own kind does.
 * Rows without a `timepointId` have no time by their nature, and are chosen by set alone.
 *
 * @returns a function of the rows and of what each is about: an outcome, a harm, a characteristic
 */
export function rowChooser(part: StudyPart<typeof CHOSEN_NEEDS>, { choices }: Run) {
  const { time, analysisSets } = choices
  const none = Object.keys(time).length === 0 && analysisSets.length === 0
  const groupOf = byId(labelledGroups(part))
  const [setOf, timeOf] = [byId(part.analysisSet), byId(part.timepoint)]
  const members = groupedBy(part.analysisGroup, ({ analysisId }) => analysisId)
  return <Row extends Numbered>(rows: readonly Row[], subject: (row: Row) => string): readonly Row[] => {
    if (none) return rows
    const timed = rows.some((row) => row.timepointId !== undefined)
    const candidates = rows.map((row) => {
      const whose =
        row.studyGroupId === undefined ? (members.get(row.id) ?? []) : [{ studyGroupId: row.studyGroupId, role: '' }]
      const limits = new Set(whose.map(({ studyGroupId }) => groupOf(studyGroupId)?.limits))
      return {
        row,
        about: `${subject(row)} ${[...limits].join(' / ')}`,
        whose: whose.map(({ studyGroupId, role }) => `${studyGroupId} ${role}`).join(' '),
        set: setOf(row.analysisSetId)?.kind ?? null,
        time: timeOf(row.timepointId),
      }
    })
    return choose(candidates, timed ? choices : { ...choices, time: {} }).map(({ row }) => row)
  }
}
