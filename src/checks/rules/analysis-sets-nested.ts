import { inconsistent, notCheckable, remark } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

/** Which kind of analysis set is part of which. */
const WITHIN: readonly (readonly [inner: string, outer: string])[] = [
  ['treated', 'randomised'],
  ['assessable', 'treated'],
  ['assessable', 'randomised'],
  ['intention_to_treat', 'randomised'],
  ['per_protocol', 'intention_to_treat'],
  ['per_protocol', 'randomised'],
  ['safety', 'randomised'],
]

interface Size {
  readonly id: string
  readonly participants: number
  readonly label: string
  /** Whether it is the sum of the arms' own sizes. */
  readonly summed: boolean
}

export const analysisSetsNested: Rule = {
  id: 'analysis-sets-nested',
  title: 'Analysis sets within each other',
  tests: 'Of no group more are treated than randomised, or assessable than treated; a remark says how many are not.',
  formula: 'assessable ≤ treated ≤ randomised; per protocol ≤ intention to treat ≤ randomised; safety ≤ randomised',
  source: 'by definition',
  severity: 'error',
  *check({ rows, group, analysisSet }): Iterable<Observation> {
    const kindOf = (id: string) => analysisSet(id)?.kind
    // A size by kind of set and group; of several sets of a kind, whose rules differ, the rule can't say.
    const sizes = new Map<string, Size>()
    const twice = new Set<string>()
    for (const row of rows.enrolment) {
      if (row.participants === null) continue
      const of = group(row.studyGroupId)
      const key = `${kindOf(row.analysisSetId)}\n${of.armsKey}\n${of.subgroupsKey}`
      if (sizes.has(key)) twice.add(key)
      sizes.set(key, {
        id: row.id,
        participants: row.participants,
        label: analysisSet(row.analysisSetId)?.label ?? '',
        summed: false,
      })
    }
    const sizeOf = (kind: string, arms: readonly string[], subgroups: string) => {
      const key = `${kind}\n${arms.join(' ')}\n${subgroups}`
      const whole = sizes.get(key)
      if (whole) return twice.has(key) ? undefined : whole
      const parts = arms.map((arm) => sizes.get(`${kind}\n${arm}\n${subgroups}`))
      const [first] = parts
      if (arms.length < 2 || !first || parts.some((part) => part === undefined)) return undefined
      return { ...first, summed: true, participants: parts.reduce((sum, part) => sum + (part?.participants ?? 0), 0) }
    }
    const groups = new Map(
      rows.studyGroup.map(({ id }) => {
        const of = group(id)
        return [`${of.armsKey}\n${of.subgroupsKey}`, of]
      }),
    )
    for (const of of groups.values())
      for (const [innerKind, outerKind] of WITHIN) {
        const inner = sizeOf(innerKind, of.arms, of.subgroupsKey)
        if (!inner) continue
        const outer = sizeOf(outerKind, of.arms, of.subgroupsKey)
        // A sum of arms is told of at the row of the whole, where there is one.
        const at = {
          table: 'enrolment',
          id: inner.summed && outer ? outer.id : inner.id,
          field: 'participants',
        }
        if (!outer) {
          if (inner.summed) continue
          if (rows.analysisSet.some(({ kind }) => kind === outerKind))
            yield notCheckable(at, `how many of ${of.label} were ${outerKind.replaceAll('_', ' ')} is not given`)
          continue
        }
        const shown = { [innerKind]: inner.participants, [outerKind]: outer.participants }
        if (inner.participants > outer.participants)
          yield inconsistent(
            at,
            `${inner.participants} ${inner.label} are more than ${outer.participants} ${outer.label}.`,
            shown,
          )
        else if (inner.participants < outer.participants)
          yield remark(
            at,
            `${inner.participants} of ${outer.participants} ${outer.label} are ${inner.label}; ${outer.participants - inner.participants} are not.`,
            shown,
          )
      }
  },
}
