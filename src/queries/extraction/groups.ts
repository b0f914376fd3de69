import { byId } from './by-id.ts'
import type { GROUP_LABELS, GROUPS, StudyPart } from './study-part.ts'

type Part = StudyPart<typeof GROUPS>
type LabelledPart = StudyPart<typeof GROUP_LABELS>
export type ArmOf = Part['arm'][number]

/** The people that a number is about, without their arms. */
export interface LabelledGroup {
  readonly id: string
  readonly position: number
  readonly label: string
  readonly subgroups: readonly { readonly id: string; readonly factor: string; readonly level: string }[]
  /** What the group is limited to: "diagnosis = melanoma"; null for whole arms. */
  readonly subgroup: string | null
  /** The same for groups with the same limits. */
  readonly limits: string
}

export interface Group extends LabelledGroup {
  readonly arms: readonly ArmOf[]
}

const NOBODY: readonly never[] = []

/** A study's groups, each with its arms and subgroups in the study's order. */
export function groupsOf(part: Part): readonly Group[] {
  const armOf = byId(part.arm)
  const armsOf = listed(part.studyGroupArm, ({ armId }) => armOf(armId))
  return labelledGroups(part).map((group) => Object.assign(group, { arms: armsOf.get(group.id) ?? NOBODY }))
}

/** The same without their arms, for a table of single groups. */
export function labelledGroups(part: LabelledPart): readonly LabelledGroup[] {
  const subgroupOf = byId(part.subgroup)
  const limitsOf = listed(part.studyGroupSubgroup, ({ subgroupId }) => subgroupOf(subgroupId))
  return part.studyGroup.map(({ id, label, position }) => {
    const subgroups = limitsOf.get(id) ?? NOBODY
    const some = subgroups.length > 0
    const subgroup = some ? subgroups.map(({ factor, level }) => `${factor} = ${level}`).join('; ') : null
    const limits = some ? subgroups.map((limit) => limit.id).join(' ') : ''
    return { id, label, position, subgroups, subgroup, limits }
  })
}

function listed<Row extends { readonly studyGroupId: string }, Item extends { readonly position: number }>(
  rows: readonly Row[],
  item: (row: Row) => Item | undefined,
): ReadonlyMap<string, readonly Item[]> {
  const lists = new Map<string, Item[]>()
  for (const row of rows) {
    const found = item(row)
    if (found === undefined) continue
    const list = lists.get(row.studyGroupId)
    if (list === undefined) lists.set(row.studyGroupId, [found])
    else list.push(found)
  }
  for (const list of lists.values()) if (list.length > 1) list.sort((one, other) => one.position - other.position)
  return lists
}

/**
 * Whether somebody may be in both: they share an arm, and no factor parts them. Subgroups of different factors overlap:
 * a man may have melanoma.
 */
export const overlap = (one: Group, other: Group): boolean =>
  one.arms.some((arm) => other.arms.includes(arm)) &&
  !one.subgroups.some(({ factor, level }) =>
    other.subgroups.some((limit) => limit.factor === factor && limit.level !== level),
  )
