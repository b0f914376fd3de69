import type { GROUPS, StudyPart } from './study-part.ts'

type Part = StudyPart<typeof GROUPS>
export type ArmOf = Part['arm'][number]

/** The people that a number is about. */
export interface Group {
  readonly id: string
  readonly position: number
  readonly label: string
  readonly arms: readonly ArmOf[]
  readonly subgroups: readonly { readonly id: string; readonly factor: string; readonly level: string }[]
  /** What the group is limited to: "diagnosis = melanoma"; null for whole arms. */
  readonly subgroup: string | null
  /** The same for groups with the same limits. */
  readonly limits: string
}

const NOBODY: readonly never[] = []

/** A study's groups by their keys, each with its arms and subgroups in the study's order. */
export function groupsOf(part: Part): ReadonlyMap<string, Group> {
  const arms = new Map(part.arm.map((arm) => [arm.id, arm]))
  const subgroups = new Map(part.subgroup.map((subgroup) => [subgroup.id, subgroup]))
  const armsOf = listed(
    part.studyGroupArm,
    ({ studyGroupId }) => studyGroupId,
    ({ armId }) => arms.get(armId),
  )
  const limitsOf = listed(
    part.studyGroupSubgroup,
    ({ studyGroupId }) => studyGroupId,
    ({ subgroupId }) => subgroups.get(subgroupId),
  )
  return new Map(
    part.studyGroup.map(({ id, label, position }) => {
      const limits = limitsOf.get(id) ?? NOBODY
      return [
        id,
        {
          id,
          label,
          position,
          arms: armsOf.get(id) ?? NOBODY,
          subgroups: limits,
          subgroup: limits.length === 0 ? null : limits.map(({ factor, level }) => `${factor} = ${level}`).join('; '),
          limits: limits.map((limit) => limit.id).join(' '),
        },
      ]
    }),
  )
}

function listed<Row, Item extends { readonly position: number }>(
  rows: readonly Row[],
  owner: (row: Row) => string,
  item: (row: Row) => Item | undefined,
): ReadonlyMap<string, readonly Item[]> {
  const lists = new Map<string, Item[]>()
  for (const row of rows) {
    const found = item(row)
    if (found === undefined) continue
    const list = lists.get(owner(row))
    if (list === undefined) lists.set(owner(row), [found])
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
