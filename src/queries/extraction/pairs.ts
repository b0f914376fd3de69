import type { ReviewResult } from '../../generated/prisma/client.ts'
import { byKey } from '../../model/byte-order.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { byId } from './by-id.ts'
import { type Choosable, choose } from './choose.ts'
import { type Compared, comparedOf } from './compared.ts'
import { type Group, groupsOf, overlap } from './groups.ts'
import { namedOutcomes, withinOf } from './outcomes.ts'
import type { Run } from './run.ts'
import { CHANGES, COMPARISONS, GROUPS, LABELS, type StudyPart, YEARS } from './study-part.ts'
import { atMonths } from './time.ts'

/** What a table of pairs needs beside its numbers. */
export const PAIR_NEEDS = { ...LABELS, ...GROUPS, ...CHANGES, ...YEARS, ...COMPARISONS } as const

type Part = StudyPart<typeof PAIR_NEEDS>

/** What one group gives of an outcome, in one analysis set and at one time. */
export interface Datum<Numbers> {
  /** The key of the measurement. */
  readonly id: string
  readonly outcomeId: string
  readonly analysisSetId: string | null
  readonly timepointId: string | null
  readonly studyGroupId: string
  readonly numbers: Numbers
  readonly derived: boolean
  readonly correction: string | null
}

/**
 * A row of a table of pairs. The head becomes the row: literals that spread several objects take a hundred times as long,
 * since the engine gives up on their shape.
 */
export const pairRow = <Head extends PairHead, Cells extends object, Tail extends PairTail>(
  head: Head,
  cells: Cells,
  tail: Tail,
): Head & Cells & Tail => Object.assign(head, cells, tail)

/** How the numbers of groups that share nobody become one, and how those of one are divided between rows. */
export interface Arithmetic<Numbers> {
  readonly merge: (all: readonly Numbers[]) => Numbers | undefined
  readonly divide: (numbers: Numbers, by: number) => Numbers
}

/** One side of a row: a group, or several merged. */
interface Side<Numbers> {
  readonly groups: readonly Group[]
  readonly numbers: Numbers
  readonly data: readonly Datum<Numbers>[]
}

interface Candidate<Numbers> extends Choosable {
  readonly outcome: Part['outcome'][number]
  readonly cell: string
  /** The same for rows of a cell that have the same control. */
  readonly sharedBy: string
  readonly setLabel: string | null
  readonly experimental: Side<Numbers>
  readonly control: Side<Numbers>
  readonly comparisons: readonly string[]
  readonly reviewOutcome: string | null
}

/** What every table of pairs says of a row first. */
export interface PairHead {
  readonly study: string
  readonly year: number | null
  readonly outcome: string
  readonly analysis_set: string | null
  readonly subgroup: string | null
  readonly timepoint: string | null
  readonly experimental: string
  readonly control: string
}
/** What every table of pairs says of a row after its numbers. */
export interface PairTail {
  readonly derived: boolean
  readonly within: string | null
  readonly time_months: number | null
  readonly shared_control: number
  readonly counted_again: boolean
  readonly correction: string | null
  readonly review_outcome: string | null
}

export interface Pair<Numbers> {
  readonly head: PairHead
  readonly experimental: Numbers
  readonly control: Numbers
  readonly tail: PairTail
  /** What it is about, as a contrast's would be: outcome, groups, set and time. */
  readonly whose: string
}

/**
 * The pairs of groups that both give numbers, of the same outcome and participants at the same time, as the choices want
 * them: compared, merged, chosen by set and time, and with a shared control told or split.
 */
export function pairsOf<Numbers>(
  study: string,
  part: Part,
  data: readonly Datum<Numbers>[],
  arithmetic: Arithmetic<Numbers>,
  run: Run,
): readonly Pair<Numbers>[] {
  const outcomeOf = namedOutcomes(study, part.outcome, run)
  if (data.length === 0 && typeof run.choices.arms === 'string') return []
  const groups = groupsOf(part)
  const compared = comparedOf(study, groups, part.comparison, run)
  if (compared.length === 0) return []
  const [setOf, timeOf] = [byId(part.analysisSet), byId(part.timepoint)]
  const cells = new Map<string, Map<string, Datum<Numbers>[]>>()
  for (const datum of data) {
    if (outcomeOf(datum.outcomeId) === undefined) continue
    const key = `${datum.outcomeId} ${datum.analysisSetId} ${datum.timepointId}`
    let cell = cells.get(key)
    if (cell === undefined) {
      cell = new Map()
      cells.set(key, cell)
    }
    const there = cell.get(datum.studyGroupId)
    if (there === undefined) cell.set(datum.studyGroupId, [datum])
    else there.push(datum)
  }
  const results = run.review?.results.get(study)
  const candidates: Candidate<Numbers>[] = []
  for (const [key, cell] of cells)
    for (const pair of compared)
      for (const experimental of sidesOf(pair.experimental, cell, arithmetic, run))
        for (const control of sidesOf(pair.control, cell, arithmetic, run)) {
          const [datum] = experimental.data
          const outcome = datum && outcomeOf(datum.outcomeId)
          if (datum === undefined || outcome === undefined) continue
          const chosen = run.review && results?.find((result) => isChosen(result, datum, pair))
          if (run.review !== undefined && chosen === undefined) continue
          const set = setOf(datum.analysisSetId)
          const limits = pair.experimental[0]?.limits
          candidates.push({
            outcome,
            cell: key,
            sharedBy: `${key} ${keyOf(control)}`,
            about: `${outcome.id} ${limits}`,
            whose: `${keyOf(experimental)} v ${keyOf(control)}`,
            set: set?.kind ?? null,
            setLabel: set?.label ?? null,
            time: timeOf(datum.timepointId),
            experimental,
            control,
            comparisons: pair.comparisons,
            reviewOutcome: chosen ? (run.review?.outcomes.get(chosen.reviewOutcomeId) ?? null) : null,
          })
        }
  candidates.sort(
    (one, other) =>
      byKey(one.experimental.data[0]?.id ?? '', other.experimental.data[0]?.id ?? '') ||
      byKey(one.control.groups[0]?.id ?? '', other.control.groups[0]?.id ?? '') ||
      byKey(one.control.data[0]?.id ?? '', other.control.data[0]?.id ?? ''),
  )
  const rows = choose(candidates, run.choices)
  const year = part.study[0]?.year ?? null
  const ofOutcome = groupedBy(rows, ({ outcome }) => outcome)
  const sharing = groupedBy(rows, ({ sharedBy }) => sharedBy)
  return rows.map((row) => {
    const others = ofOutcome.get(row.outcome) ?? []
    return finished(study, year, row, others, sharing.get(row.sharedBy)?.length ?? 1, arithmetic, run, part.outcome)
  })
}

function finished<Numbers>(
  study: string,
  year: number | null,
  row: Candidate<Numbers>,
  ofOutcome: readonly Candidate<Numbers>[],
  sharing: number,
  arithmetic: Arithmetic<Numbers>,
  { choices }: Run,
  outcomes: Part['outcome'],
): Pair<Numbers> {
  const { outcome, experimental, control } = row
  const split = choices.sharedControl === 'split' && sharing > 1
  const data = [...experimental.data, ...control.data]
  return {
    head: {
      study,
      year,
      outcome: outcome.label,
      analysis_set: row.setLabel,
      subgroup: experimental.groups[0]?.subgroup ?? null,
      timepoint: row.time?.label ?? null,
      experimental: labelOf(experimental.groups),
      control: labelOf(control.groups),
    },
    experimental: experimental.numbers,
    control: split ? arithmetic.divide(control.numbers, sharing) : control.numbers,
    tail: {
      derived: split || data.length > 2 || data.some(({ derived }) => derived),
      within: withinOf(outcome, outcomes),
      time_months: atMonths(row.time),
      shared_control: sharing,
      counted_again: ofOutcome.some((other) => other !== row && countsAgain(row, other, split)),
      correction: correctionOf(row, data),
      review_outcome: row.reviewOutcome,
    },
    whose: `${row.cell} ${row.whose}`,
  }
}

function correctionOf<Numbers>(
  { experimental, control }: Candidate<Numbers>,
  data: readonly Datum<Numbers>[],
): string | null {
  if (data.every(({ correction }) => correction === null)) return null
  const groups = [...experimental.groups, ...control.groups]
  return data
    .filter(({ correction }) => correction !== null)
    .map(({ correction, studyGroupId }) => `${labelOf(groups.filter(({ id }) => id === studyGroupId))}: ${correction}`)
    .join('; ')
}

/** Whether two rows count some of the same people; a control that is split between them is no such people. */
function countsAgain<Numbers>(row: Candidate<Numbers>, other: Candidate<Numbers>, split: boolean): boolean {
  const apart = split && row.sharedBy === other.sharedBy
  if (meet(row.experimental, other.experimental)) return true
  if (apart) return false
  return (
    meet(row.experimental, other.control) || meet(row.control, other.experimental) || meet(row.control, other.control)
  )
}

const meet = <Numbers>(one: Side<Numbers>, other: Side<Numbers>): boolean =>
  one.groups.some((mine) => other.groups.some((theirs) => overlap(mine, theirs)))

/** What a side has of a cell: each of a single group's numbers; of several groups the first of each, merged. */
function sidesOf<Numbers>(
  groups: readonly Group[],
  cell: ReadonlyMap<string, readonly Datum<Numbers>[]>,
  { merge }: Arithmetic<Numbers>,
  run: Run,
): readonly Side<Numbers>[] {
  const [only] = groups
  if (only !== undefined && groups.length === 1)
    return (cell.get(only.id) ?? []).map((datum) => ({ groups, numbers: datum.numbers, data: [datum] }))
  const there = groups.filter(({ id }) => cell.has(id))
  const data = there.flatMap(({ id }) => cell.get(id)?.slice(0, 1) ?? [])
  if (data.length === 0) return []
  for (const group of groups)
    if (!cell.has(group.id)) run.note('a merged group is without an arm that gives no numbers', group.id)
  const numbers = merge(data.map((datum) => datum.numbers))
  return numbers === undefined ? [] : [{ groups: there, numbers, data }]
}

const keyOf = <Numbers>({ groups }: Side<Numbers>): string => joined(groups, 'id')
const labelOf = (groups: readonly Group[]): string => joined(groups, 'label')

const joined = (groups: readonly Group[], by: 'id' | 'label'): string => {
  const [only] = groups
  return only !== undefined && groups.length === 1 ? only[by] : groups.map((group) => group[by]).join(' + ')
}

/** Whether a review chose the numbers; where the arms were chosen otherwise, its comparison isn't asked. */
const isChosen = (
  result: ReviewResult,
  datum: { readonly outcomeId: string; readonly analysisSetId: string | null; readonly timepointId: string | null },
  { comparisons }: Pick<Compared, 'comparisons'>,
): boolean =>
  result.outcomeId === datum.outcomeId &&
  (comparisons.length === 0 || comparisons.includes(result.comparisonId)) &&
  (result.timepointId === null || result.timepointId === datum.timepointId) &&
  (result.analysisSetId === null || result.analysisSetId === datum.analysisSetId)
