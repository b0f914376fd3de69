import { EvidenceError } from '../errors.ts'
import type { Comparison, ReviewResult } from '../generated/prisma/client.ts'
import type { StudyRows } from '../model/study-record.ts'
import type { Transaction } from './database.ts'
import { NO_CHANGES } from './row-changes.ts'
import type { Changes } from './table-changes.ts'

/** What makes a row the row that a review chose: one that keeps its code but not these is about something else. */
const IDENTITY = {
  outcome: ['kind'],
  comparison: ['experimentalGroupId', 'referenceGroupId'],
  timepoint: ['kind', 'fromTime', 'toTime', 'unit'],
  analysisSet: ['kind'],
} as const

type Table = keyof typeof IDENTITY
const WORDS: Readonly<Record<Table, string>> = {
  outcome: 'outcome',
  comparison: 'comparison',
  timepoint: 'timepoint',
  analysisSet: 'analysis set',
}

/**
 * A review holds results of studies: a study's reload must not take them away, nor let them mean something else.
 *
 * @param own  a review that the study's reload brings anew: what it holds of that kind goes
 * @throws EvidenceError STUDY_IN_USE
 */
export async function refuseIfInUse(
  tx: Transaction,
  studyId: string,
  changes: Changes<StudyRows>,
  own?: string,
): Promise<void> {
  const held = await tx.reviewResult.findMany({
    where: { studyId },
    include: { comparison: true },
    orderBy: { id: 'asc' },
  })
  if (held.length === 0) return
  const regrouped = regroupedIn(changes)
  for (const result of held) {
    const refusal = refusalOf(result, changes, regrouped)
    if (refusal === undefined) continue
    if (result.reviewId !== own) throw refusal
    await tx.reviewResult.delete({ where: { id: result.id } })
  }
}

type Held = ReviewResult & { readonly comparison: Pick<Comparison, 'experimentalGroupId' | 'referenceGroupId'> }

function refusalOf(
  result: Held,
  changes: Changes<StudyRows>,
  regrouped: ReadonlySet<unknown>,
): EvidenceError | undefined {
  const rows: readonly (readonly [Table, string | null])[] = [
    ['outcome', result.outcomeId],
    ['comparison', result.comparisonId],
    ['timepoint', result.timepointId],
    ['analysisSet', result.analysisSetId],
  ]
  for (const [table, id] of rows) {
    const how = id === null ? undefined : fateOf(changes, table, id)
    if (how !== undefined) return inUse(result, `the ${WORDS[table]} ${id}`, how)
  }
  const group = [result.comparison.experimentalGroupId, result.comparison.referenceGroupId].find((id) =>
    regrouped.has(id),
  )
  return group === undefined ? undefined : inUse(result, `the group ${group} of ${result.comparisonId}`, 'other people')
}

type Fate = 'gone' | 'about something else' | 'other people'

function fateOf(changes: Changes<StudyRows>, table: Table, id: string): Fate | undefined {
  const { changed, removed } = changes.get(table) ?? NO_CHANGES
  if (removed.some((row) => row.id === id)) return 'gone'
  const change = changed.find(({ after }) => after.id === id)
  return change && IDENTITY[table].some((field) => change.before[field] !== change.after[field])
    ? 'about something else'
    : undefined
}

/** The groups that would have other arms or subgroups than before. */
function regroupedIn(changes: Changes<StudyRows>): ReadonlySet<unknown> {
  return new Set(
    (['studyGroupArm', 'studyGroupSubgroup'] as const).flatMap((table) => {
      const { added, removed } = changes.get(table) ?? NO_CHANGES
      return [...added, ...removed].map(({ studyGroupId }) => studyGroupId)
    }),
  )
}

const inUse = (result: { readonly reviewId: string; readonly id: string }, row: string, how: Fate) =>
  new EvidenceError(
    'STUDY_IN_USE',
    `The review ${result.reviewId} holds ${row} (its row ${result.id}), which in the new file is ${how}. Nothing was saved. Change the review first, or keep the row.`,
    { review: result.reviewId, result: result.id },
  )
