import { groupedBy } from '../model/grouped-by.ts'
import type { StudyRecord, StudyRows } from '../model/study-record.ts'
import { namedBy } from './named-arms.ts'
import { otherTime } from './other-time.ts'

/** What is wrong with whose or when a quote says that a number is. */
export interface Attribution {
  readonly verdict: 'other_group' | 'other_time'
  readonly problem: string
}

type Fact = StudyRows['fact'][number]
type Link = StudyRows['quoteLink'][number]

/** The people that a row is about, and its time. */
interface About {
  readonly arms: ReadonlySet<string>
  readonly subgroups: ReadonlySet<string>
  readonly timepoint: StudyRows['timepoint'][number] | undefined
}

/**
 * Holds what the quotes say of whose number it is, and when, against the row: an arm is named by one of its labels as
 * printed, a subgroup by its level, a time by its numbers. Words that name nobody ("the former group") say nothing, and
 * are let be.
 */
export function attributions(
  record: StudyRecord,
  linksOf: ReadonlyMap<string, readonly Link[]>,
): (fact: Fact, link: Link, words: string) => Attribution | undefined {
  const { rows } = record
  const armLabels = new Map(
    rows.arm.map(({ id, label }) => [
      id,
      [label, ...rows.armLabel.filter(({ armId }) => armId === id).map((each) => each.label)],
    ]),
  )
  const levels = new Map(rows.subgroup.map(({ id, level }) => [id, [level]]))
  const quotes = new Map(rows.quote.map((quote) => [quote.id, quote]))
  const about = aboutRows(rows)
  const shown = (labels: ReadonlyMap<string, readonly string[]>, keys: Iterable<string>) =>
    [...keys].map((key) => JSON.stringify(labels.get(key)?.[0] ?? key)).join(' and ')
  const wordsOf = ({ quoteId, spanStart, spanEnd }: Link) => {
    const words = quotes.get(quoteId)?.words ?? ''
    return spanStart === null || spanEnd === null ? words : words.slice(spanStart, spanEnd)
  }
  const namedByAll = (fact: Fact, role: string, labels: ReadonlyMap<string, readonly string[]>) =>
    new Set(
      (linksOf.get(fact.id) ?? [])
        .filter((link) => link.role === role)
        .flatMap((link) => [...namedBy(wordsOf(link), labels)]),
    )

  const wrong = (
    fact: Fact,
    link: Link,
    words: string,
    labels: ReadonlyMap<string, readonly string[]>,
    wanted: ReadonlySet<string>,
  ): Attribution | undefined => {
    const named = namedBy(words, labels)
    if (named.size === 0) return undefined
    const others = [...named].filter((key) => !wanted.has(key))
    const all = namedByAll(fact, link.role, labels)
    const missing = [...wanted].filter((key) => !all.has(key))
    if (others.length === 0 && missing.length === 0) return undefined
    const whose = wanted.size === 0 ? 'everybody' : shown(labels, wanted)
    return { verdict: 'other_group', problem: `the words name ${shown(labels, named)}, and the row is about ${whose}` }
  }

  return (fact, link, words) => {
    const row = about(fact)
    if (row === undefined) return undefined
    if (link.role === 'group') return wrong(fact, link, words, armLabels, row.arms)
    if (link.role === 'subgroup') return wrong(fact, link, words, levels, row.subgroups)
    if (link.role !== 'time' || !row.timepoint) return undefined
    const { fromTime, toTime, unit, label } = row.timepoint
    const times = [fromTime, toTime].filter((time) => time !== null)
    const given = times.length === 0 ? undefined : otherTime(words, times, unit)
    return given === undefined
      ? undefined
      : { verdict: 'other_time', problem: `the words give ${given}, and the row is about ${label}` }
  }
}

/** Who and when each row with a group is about. */
function aboutRows(rows: StudyRows): (fact: Fact) => About | undefined {
  const armsOf = groupedBy(rows.studyGroupArm, ({ studyGroupId }) => studyGroupId)
  const subgroupsOf = groupedBy(rows.studyGroupSubgroup, ({ studyGroupId }) => studyGroupId)
  const timepoints = new Map(rows.timepoint.map((timepoint) => [timepoint.id, timepoint]))
  const rolesOf = groupedBy(rows.analysisGroup, ({ analysisId }) => analysisId)
  const grouped = new Map<string, { studyGroupId: string; timepointId?: string | null }>()
  for (const row of [
    ...rows.enrolment,
    ...rows.followUp,
    ...rows.participantFlow,
    ...rows.baselineMeasurement,
    ...rows.outcomeMeasurement,
    ...rows.adverseEventCount,
  ])
    grouped.set(row.id, row)
  const analyses = new Map(rows.outcomeAnalysis.map((row) => [row.id, row]))
  const of = (groups: readonly string[], timepointId: string | null | undefined): About => ({
    arms: new Set(groups.flatMap((group) => armsOf.get(group)?.map(({ armId }) => armId) ?? [])),
    subgroups: new Set(groups.flatMap((group) => subgroupsOf.get(group)?.map(({ subgroupId }) => subgroupId) ?? [])),
    timepoint: timepoints.get(timepointId ?? ''),
  })
  return (fact) => {
    const id =
      fact.enrolmentId ??
      fact.followUpId ??
      fact.participantFlowId ??
      fact.baselineMeasurementId ??
      fact.outcomeMeasurementId ??
      fact.adverseEventCountId
    const row = id === null ? undefined : grouped.get(id)
    if (row) return of([row.studyGroupId], row.timepointId)
    const analysis = analyses.get(fact.outcomeAnalysisId ?? '')
    return (
      analysis &&
      of(
        (rolesOf.get(analysis.id) ?? []).map(({ studyGroupId }) => studyGroupId),
        analysis.timepointId,
      )
    )
  }
}
