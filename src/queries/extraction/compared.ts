import { ArmRole } from '../../generated/prisma/enums.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { localKey } from '../selection.ts'
import { byId } from './by-id.ts'
import type { ArmChoice } from './choices.ts'
import { type ArmOf, type Group, overlap } from './groups.ts'
import type { Run } from './run.ts'

/** Groups that are set against each other, several on a side where they are to be merged. */
export interface Compared {
  readonly experimental: readonly Group[]
  readonly control: readonly Group[]
  /** The study's own comparisons that it is; none where the arms were chosen otherwise. */
  readonly comparisons: readonly string[]
}

interface ComparisonOf {
  readonly id: string
  readonly experimentalGroupId: string
  readonly referenceGroupId: string
}

/** The later one is the control, where nothing else says which of two arms is. */
const ROLES: Readonly<Record<ArmRole, number>> = {
  experimental: 0,
  other: 1,
  active_comparator: 2,
  placebo_comparator: 3,
  sham_comparator: 3,
  no_intervention: 4,
}

/** What of a study is compared, by the choices. */
export function comparedOf(
  study: string,
  groups: readonly Group[],
  comparisons: readonly ComparisonOf[],
  run: Run,
): readonly Compared[] {
  const { arms, merge } = run.choices
  const groupOf = byId(groups)
  const own = comparisons.flatMap(({ id, experimentalGroupId, referenceGroupId }): Compared[] => {
    const [experimental, control] = [groupOf(experimentalGroupId), groupOf(referenceGroupId)]
    return experimental && control ? [{ experimental: [experimental], control: [control], comparisons: [id] }] : []
  })
  if (arms === 'comparisons') return merge ? merged(merged(own, 'control', run), 'experimental', run) : own
  const ofOneArm = inOrder(groups.filter((group) => group.arms.length === 1))
  if (arms === 'all pairs') return allPairs(ofOneArm, own)
  return onSides(study, ofOneArm, arms, run)
}

function allPairs(groups: readonly Group[], own: readonly Compared[]): readonly Compared[] {
  return groups.flatMap((one, index) =>
    groups.slice(index + 1).flatMap((other): Compared[] => {
      if (one.limits !== other.limits || one.arms[0] === other.arms[0]) return []
      const turned = isControl(one, other, own)
      const [experimental, control] = turned ? [other, one] : [one, other]
      return [
        {
          experimental: [experimental],
          control: [control],
          comparisons: own
            .filter((compared) => isOf(compared, experimental, control))
            .flatMap(({ comparisons }) => comparisons),
        },
      ]
    }),
  )
}

/** Groups in the order of their arms in the study. */
const inOrder = (groups: readonly Group[]): readonly Group[] =>
  groups.toSorted((one, other) => positionOf(one) - positionOf(other))
const positionOf = ({ arms: [arm] }: Group): number => arm?.position ?? 0
const isOf = ({ experimental, control }: Compared, one: Group, other: Group): boolean =>
  experimental[0] === one && control[0] === other
const armsAre = ({ experimental, control }: Compared, one: Group, other: Group): boolean =>
  sameArms(experimental[0], one) && sameArms(control[0], other)
const sameArms = (one: Group | undefined, other: Group): boolean =>
  one?.arms.length === 1 && one.arms[0] === other.arms[0]

/** Whether the first of two is the control: as the study compares them or their arms, else by the arms' roles. */
function isControl(one: Group, other: Group, own: readonly Compared[]): boolean {
  for (const is of [isOf, armsAre]) {
    if (own.some((compared) => is(compared, one, other))) return false
    if (own.some((compared) => is(compared, other, one))) return true
  }
  const role = ({ arms: [arm] }: Group) => ROLES[arm?.role ?? 'other']
  return role(one) > role(other)
}

function onSides(
  study: string,
  groups: readonly Group[],
  sides: Exclude<ArmChoice, string>,
  run: Run,
): readonly Compared[] {
  const onSide = (names: readonly string[]) => {
    const chosen = new Set<Group>()
    for (const group of groups) {
      const [arm] = group.arms
      if (arm && names.map((name) => isNamed(study, arm, name, run)).includes(true)) chosen.add(group)
    }
    return [...chosen]
  }
  const [experimental, control] = [onSide(sides.experimental), onSide(sides.control)]
  const pairs = experimental.flatMap((one) =>
    control
      .filter((other) => one.limits === other.limits && one.arms[0] !== other.arms[0])
      .map((other): Compared => ({ experimental: [one], control: [other], comparisons: [] })),
  )
  if (!run.choices.merge) return pairs
  return [...groupedBy(pairs, ({ experimental: [one] }) => one?.limits).values()].flatMap((some) => {
    const whole: Compared = {
      experimental: [...new Set(some.flatMap((pair) => pair.experimental))],
      control: [...new Set(some.flatMap((pair) => pair.control))],
      comparisons: [],
    }
    if (disjoint([...whole.experimental, ...whole.control])) return [whole]
    run.note('groups that share people were not merged', study)
    return some
  })
}

function isNamed(study: string, arm: ArmOf, name: string, run: Run): boolean {
  const is = name === arm.role || name === arm.id || name === localKey(study, arm.id) || name === arm.label
  // A role is one that there is, even where no arm has it.
  run.saw('arm', name, `${localKey(study, arm.id)} (${arm.label}, ${arm.role})`, is || Object.hasOwn(ArmRole, name))
  return is
}

/** Merges what is set against the same groups, where the groups that would become one share nobody. */
function merged(all: readonly Compared[], shared: 'experimental' | 'control', run: Run): readonly Compared[] {
  const other = shared === 'control' ? 'experimental' : 'control'
  const keyOf = (groups: readonly Group[]) => groups.map(({ id }) => id).join(' ')
  const some = groupedBy(all, (compared) => `${keyOf(compared[shared])} ${compared[other][0]?.limits}`)
  return [...some.values()].flatMap((same): readonly Compared[] => {
    const [first] = same
    if (first === undefined || same.length === 1) return same
    const groups = inOrder([...new Set(same.flatMap((compared) => compared[other]))])
    if (!disjoint(groups)) {
      run.note('groups that share people were not merged', keyOf(groups))
      return same
    }
    return [{ ...first, [other]: groups, comparisons: same.flatMap(({ comparisons }) => comparisons) }]
  })
}

/** Whether nobody is in two of the groups. */
const disjoint = (groups: readonly Group[]): boolean =>
  groups.every((one, index) => groups.slice(index + 1).every((other) => !overlap(one, other)))
