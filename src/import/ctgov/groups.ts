import type { StudyRows } from '../../model/study-record.ts'
import type { RowBook } from '../rows/row-book.ts'
import { invalidRecord, type Place } from './shape.ts'
import type { CtgovGroup } from './study-shape.ts'

type Match = NonNullable<StudyRows['studyGroup'][number]['matchedBy']>
type Module = NonNullable<StudyRows['studyGroup'][number]['module']>

/** An arm as its group can be told by. */
export interface ArmNames {
  readonly id: string
  readonly label: string | undefined
  readonly interventions: readonly string[]
}

/** The groups of one list, by their codes, which mean nothing outside it. */
export interface GroupList {
  /** The group's key. @throws EvidenceError RECORD_INVALID  the list has no group of that code */
  of(code: string | undefined, place: Place | undefined): string
  readonly codes: readonly string[]
}

const CODE = /^[A-Z]{1,4}\d{1,6}$/
const TOTAL = /^(?:overall )?total$|^overall$/
const EVERYBODY =
  /^(?:total |overall )?(?:all|entire|overall|total)(?: the)?(?: study| enrolled)? (?:participants|subjects|patients|population)$/

/** Makes the rows of a module's groups, tied to the arms that title or interventions prove. */
export function addGroups(
  book: RowBook,
  arms: readonly ArmNames[],
  module: Module,
  prefix: string,
  groups: readonly Pick<CtgovGroup, 'id' | 'title' | 'description' | 'place'>[],
): GroupList {
  const ids = new Map<string, string>()
  const { rows, slug } = book
  const matches = matchesOf(groups, arms)
  groups.forEach((group, index) => {
    const code = group.id
    if (code === undefined || !CODE.test(code))
      throw invalidRecord(
        group.place,
        `a group needs a code such as OG000${code === undefined ? '' : `, not "${code.slice(0, 40)}"`}`,
      )
    if (ids.has(code)) throw invalidRecord(group.place, `the group ${code} is declared twice`)
    const id = book.key(`${prefix}${code.toLowerCase()}`)
    ids.set(code, id)
    const match = matches[index]
    rows.studyGroup.push({
      id,
      studyId: slug,
      position: rows.studyGroup.length + 1,
      label: group.title ?? code,
      code,
      module,
      description: group.description ?? null,
      matchedBy: match?.by ?? null,
      overlapping: isTotal(group.title) && groups.length > 1 ? true : null,
    })
    for (const armId of match?.arms ?? []) rows.studyGroupArm.push({ studyGroupId: id, armId, studyId: slug })
  })
  return {
    codes: [...ids.keys()],
    of: (code, place) => {
      const id = code === undefined ? undefined : ids.get(code)
      if (id !== undefined) return id
      const there = ids.size === 0 ? 'the list has none' : `there are ${[...ids.keys()].slice(0, 10).join(', ')}`
      throw invalidRecord(
        place,
        code === undefined ? 'a number without a group' : `no group "${code.slice(0, 40)}"; ${there}`,
      )
    },
  }
}

const normal = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.%+]+|\.(?!\d)/gu, ' ')
    .trim()

const isTotal = (title: string | undefined): boolean =>
  title !== undefined && (TOTAL.test(normal(title)) || EVERYBODY.test(normal(title)))

interface MatchedArms {
  readonly by: Match
  readonly arms: readonly string[]
}

/** What proves whose arms each group of a list is: no two groups of a list are the same arm. */
function matchesOf(
  groups: readonly { readonly title: string | undefined }[],
  arms: readonly ArmNames[],
): readonly (MatchedArms | undefined)[] {
  if (arms.length === 0) return groups.map(() => undefined)
  const byTitle = uniquely(arms, ({ label }) => (label === undefined ? undefined : normal(label)))
  const byInterventions = uniquely(arms, ({ interventions }) =>
    interventions.length === 0 ? undefined : sameParts(interventions),
  )
  const single = groups.map(({ title }): MatchedArms | undefined => {
    if (title === undefined || isTotal(title)) return undefined
    const arm = byTitle.get(normal(title))
    if (arm !== undefined) return { by: 'title', arms: [arm] }
    const given = byInterventions.get(normal(title)) ?? byInterventions.get(sameParts(partsOf(title)))
    return given === undefined ? undefined : { by: 'interventions', arms: [given] }
  })
  const often = new Map<string, number>()
  for (const match of single) for (const arm of match?.arms ?? []) often.set(arm, (often.get(arm) ?? 0) + 1)
  const sure = single.map((match) => (match?.arms.every((arm) => often.get(arm) === 1) ? match : undefined))
  const others = sure.filter((_, index) => !isTotal(groups[index]?.title))
  const everyArm = new Set(others.flatMap((match) => match?.arms ?? []))
  return groups.map(({ title }, index) => {
    if (!isTotal(title)) return sure[index]
    if (others.length > 0) return others.includes(undefined) ? undefined : { by: 'total', arms: [...everyArm] }
    return EVERYBODY.test(normal(title ?? '')) ? { by: 'total', arms: arms.map(({ id }) => id) } : undefined
  })
}

const partsOf = (title: string) => title.split(/\s*(?:\+|&|,|;|\band\b|\bplus\b|\bwith\b)\s*/i)
const sameParts = (names: readonly string[]) => [...new Set(names.map(normal))].sort().join(' | ')

/** Arms by a name that only one of them has. */
function uniquely(
  arms: readonly ArmNames[],
  nameOf: (arm: ArmNames) => string | undefined,
): ReadonlyMap<string, string> {
  const found = new Map<string, string | undefined>()
  for (const arm of arms) {
    const name = nameOf(arm)
    if (name !== undefined && name !== '') found.set(name, found.has(name) ? undefined : arm.id)
  }
  return new Map([...found].flatMap(([name, id]) => (id === undefined ? [] : [[name, id] as const])))
}
