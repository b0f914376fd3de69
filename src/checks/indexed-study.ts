import { clientName } from '../model/client-name.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { StudyRecord, StudyRows } from '../model/study-record.ts'
import { asPrinted } from './rounded-number.ts'

type Row<T extends keyof StudyRows> = StudyRows[T][number]

/** The tables that a finding can be about, with the rows that each holds. */
const TABLES = {
  study: 'study',
  subgroup: 'subgroup',
  enrolment: 'enrolment',
  follow_up: 'followUp',
  participant_flow: 'participantFlow',
  baseline_measurement: 'baselineMeasurement',
  timepoint: 'timepoint',
  outcome: 'outcome',
  outcome_measurement: 'outcomeMeasurement',
  outcome_analysis: 'outcomeAnalysis',
  adverse_event_term: 'adverseEventTerm',
  adverse_event_count: 'adverseEventCount',
} as const satisfies Readonly<Record<string, keyof StudyRows>>

/** A field of a row, by the names of the database; a row as a whole where there is no field. */
export interface Place {
  readonly table: string
  /** The row's whole key. */
  readonly id: string
  readonly field: string | null
}

/** A study group with the arms that it takes in and the subgroups that it is limited to. */
interface Group {
  readonly id: string
  readonly label: string
  readonly arms: readonly string[]
  readonly subgroups: readonly string[]
  /** The same text for groups of the same arms; so too the next one. */
  readonly armsKey: string
  readonly subgroupsKey: string
}

/** A number of people or events, with whose it is and everything else that makes it that number and no other. */
export interface Count {
  readonly at: Place
  readonly value: number | null
  readonly group: Group
  /** The same text for the same quantity in other groups. */
  readonly quantity: string
  readonly derived: boolean
}

/** A study with what its rules look up, each found in one step. */
export interface IndexedStudy {
  readonly record: StudyRecord
  readonly rows: StudyRows
  group(id: string): Group
  timepoint(id: string | null): Row<'timepoint'> | undefined
  outcome(id: string): Row<'outcome'> | undefined
  analysisSet(id: string | null): Row<'analysisSet'> | undefined
  /** How many a group has in an analysis set, as its enrolment says. */
  size(groupId: string, analysisSetId: string | null): number | undefined
  /** Everything that is counted in groups. */
  readonly counts: readonly Count[]
  /** The measurements of an outcome in a group. */
  measurements(outcomeId: string, groupId: string): readonly Row<'outcomeMeasurement'>[]
  comparison(id: string | null): Row<'comparison'> | undefined
  analysisGroups(analysisId: string): readonly Row<'analysisGroup'>[]
  /** The sizes that are given for a group, each with its analysis set's label. */
  sizes(groupId: string): readonly { readonly participants: number; readonly label: string }[]
  factId(place: Place): string | null
  /** A stored number with the digits that the source prints, trailing zeros among them. */
  printed(place: Place, value: number): string
  isDerived(place: Place): boolean
  /** A row in words. */
  about(place: Place): string
}

/** A study made ready for its rules, in time in proportion to its rows. */
export function indexedStudy(record: StudyRecord): IndexedStudy {
  const { rows, slug } = record
  const byId = <T extends { readonly id: string }>(list: readonly T[]) => new Map(list.map((row) => [row.id, row]))
  const groups = groupsOf(rows)
  const timepoints = byId(rows.timepoint)
  const outcomes = byId(rows.outcome)
  const sets = byId(rows.analysisSet)
  const terms = byId(rows.adverseEventTerm)
  const comparisons = byId(rows.comparison)
  const facts = byId(rows.fact)
  const derivations = new Set(rows.derivation.map(({ factId }) => factId))
  const sizes = new Map(rows.enrolment.map((row) => [`${row.studyGroupId} ${row.analysisSetId}`, row.participants]))
  const enrolments = groupedBy(rows.enrolment, ({ studyGroupId }) => studyGroupId)
  const analysisGroups = groupedBy(rows.analysisGroup, ({ analysisId }) => analysisId)
  const measurements = groupedBy(rows.outcomeMeasurement, (row) => `${row.outcomeId} ${row.studyGroupId}`)
  const factKey = ({ table, id, field }: Place) =>
    `${slug}/${table}/${table === 'study' ? slug : id.slice(slug.length + 1)}/${field}`
  const rowMaps = new Map<string, ReadonlyMap<string, Readonly<Record<string, unknown>>>>()
  const rowOf = (table: string, id: string) => {
    const name = TABLES[table as keyof typeof TABLES] ?? clientName(table)
    const map = rowMaps.get(name) ?? byId((rows[name as keyof StudyRows] ?? []) as { id: string }[])
    rowMaps.set(name, map)
    return map.get(id) as Readonly<Record<string, unknown>> | undefined
  }
  const inWords = new Map<string, string>()
  const group = (id: string): Group => groups.get(id) ?? NOBODY
  const about = ({ table, id }: Place): string => {
    const row = rowOf(table, id) ?? {}
    const outcome = outcomes.get(String(row.outcomeId))
    const comparison = comparisons.get(String(row.comparisonId))
    const parts = [
      outcome?.label,
      terms.get(String(row.termId))?.term,
      row.characteristic,
      row.category,
      row.milestone,
      row.label,
      row.term,
      typeof row.studyGroupId === 'string' ? group(row.studyGroupId).label : undefined,
      comparison && `${group(comparison.experimentalGroupId).label} v ${group(comparison.referenceGroupId).label}`,
      sets.get(String(row.analysisSetId))?.label,
      timepoints.get(String(row.timepointId))?.label,
    ].filter((part): part is string => typeof part === 'string' && part !== '')
    return parts.length === 0 ? (table === 'publication' ? id : (rows.study[0]?.label ?? slug)) : parts.join(', ')
  }
  return {
    record,
    rows,
    group,
    timepoint: (id) => (id === null ? undefined : timepoints.get(id)),
    outcome: (id) => outcomes.get(id),
    analysisSet: (id) => (id === null ? undefined : sets.get(id)),
    size: (groupId, setId) => sizes.get(`${groupId} ${setId}`) ?? undefined,
    counts: countsOf(rows, group),
    measurements: (outcomeId, groupId) => measurements.get(`${outcomeId} ${groupId}`) ?? [],
    comparison: (id) => (id === null ? undefined : comparisons.get(id)),
    analysisGroups: (id) => analysisGroups.get(id) ?? [],
    sizes: (groupId) =>
      (enrolments.get(groupId) ?? []).flatMap(({ participants, analysisSetId }) =>
        participants === null ? [] : [{ participants, label: sets.get(analysisSetId)?.label ?? '' }],
      ),
    factId: (place) => {
      const id = factKey(place)
      return place.field !== null && facts.has(id) ? id : null
    },
    printed: (place, value) => asPrinted(value, facts.get(factKey(place))?.printed ?? null),
    isDerived: (place) => derivations.has(factKey(place)),
    about: (place) => {
      // Many rules may speak of one row.
      const key = `${place.table} ${place.id}`
      const words = inWords.get(key) ?? about(place)
      inWords.set(key, words)
      return words
    },
  }
}

const NOBODY: Group = { id: '', label: 'an unknown group', arms: [], subgroups: [], armsKey: '', subgroupsKey: '' }

function groupsOf(rows: StudyRows): ReadonlyMap<string, Group> {
  const arms = groupedBy(rows.studyGroupArm, ({ studyGroupId }) => studyGroupId)
  const subgroups = groupedBy(rows.studyGroupSubgroup, ({ studyGroupId }) => studyGroupId)
  return new Map(
    rows.studyGroup.map(({ id, label }) => {
      const ofArms = (arms.get(id) ?? []).map(({ armId }) => armId).sort()
      const ofSubgroups = (subgroups.get(id) ?? []).map(({ subgroupId }) => subgroupId).sort()
      return [
        id,
        {
          id,
          label,
          arms: ofArms,
          subgroups: ofSubgroups,
          // Of groups whose arms nobody knows each is a group by itself.
          armsKey: ofArms.length === 0 ? id : ofArms.join(' '),
          subgroupsKey: ofSubgroups.join(' '),
        },
      ]
    }),
  )
}

function countsOf(rows: StudyRows, group: (id: string) => Group): readonly Count[] {
  const counts: Count[] = []
  const add = (
    table: string,
    row: { readonly id: string; readonly studyGroupId: string; readonly derived: boolean },
    what: readonly (string | null)[],
    fields: Readonly<Record<string, number | null>>,
  ) => {
    for (const [field, value] of Object.entries(fields))
      counts.push({
        at: { table, id: row.id, field },
        value,
        group: group(row.studyGroupId),
        quantity: JSON.stringify([table, field, ...what]),
        derived: row.derived,
      })
  }
  for (const row of rows.enrolment) add('enrolment', row, [row.analysisSetId], { participants: row.participants })
  for (const row of rows.participantFlow)
    add('participant_flow', row, [row.period, row.milestone, row.reason], { participants: row.participants })
  for (const row of rows.baselineMeasurement)
    if (row.category !== null)
      add('baseline_measurement', row, [row.characteristic, row.category, row.analysisSetId], { count: row.count })
  for (const row of rows.outcomeMeasurement)
    add('outcome_measurement', row, [row.outcomeId, row.analysisSetId, row.timepointId, row.method], {
      events: row.events,
      total: row.total,
    })
  for (const row of rows.adverseEventCount)
    add('adverse_event_count', row, [row.termId, row.analysisSetId, row.timepointId], {
      affected: row.affected,
      at_risk: row.atRisk,
      events: row.events,
    })
  return counts
}
