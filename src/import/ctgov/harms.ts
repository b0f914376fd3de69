import type { StudyRows } from '../../model/study-record.ts'
import { known, printedCount } from '../rows/printed-text.ts'
import type { RowBook } from '../rows/row-book.ts'
import { type ArmNames, addGroups, type GroupList } from './groups.ts'
import { type Place, pathOf } from './shape.ts'
import type { CtgovHarm, Results } from './study-shape.ts'

type Term = StudyRows['adverseEventTerm'][number]
type Harms = NonNullable<Results['adverseEventsModule']>

/** The totals that a registry has of each group, as the harms that they are. */
const TOTALS = [
  { code: 'deaths', term: 'Death of any cause', of: 'deaths', serious: null, fatal: true },
  { code: 'serious-total', term: 'Total, serious adverse events', of: 'serious', serious: true, fatal: null },
  { code: 'other-total', term: 'Total, other adverse events', of: 'other', serious: false, fatal: null },
] as const

/** The harms, serious and other, with each group's counts. */
export function addHarms(book: RowBook, arms: readonly ArmNames[], harms: Harms | undefined): void {
  if (harms === undefined) return
  const groups = addGroups(book, arms, 'adverse_events', '', harms.eventGroups)
  const totals = new Map<string, string>()
  for (const { code, term, of, serious, fatal } of TOTALS) {
    const counts = harms.eventGroups.map((group) => ({
      code: group.id,
      place: group.place,
      affected: group[`${of}NumAffected`],
      atRisk: group[`${of}NumAtRisk`],
    }))
    const given = counts.filter(({ affected, atRisk }) => affected !== undefined || atRisk !== undefined)
    if (given.length === 0) continue
    const id = addTerm(book, code, { term, serious, fatal, summary: of !== 'deaths' })
    totals.set(of, id)
    for (const count of given) addCount(book, groups, id, { ...count, events: undefined })
  }
  const lists = [
    { of: 'serious', letters: 'sae', serious: true, terms: harms.seriousEvents },
    { of: 'other', letters: 'ae', serious: false, terms: harms.otherEvents },
  ] as const
  for (const { of, letters, serious, terms } of lists)
    for (const [index, harm] of terms.entries())
      addHarm(book, groups, `${letters}${index + 1}`, { serious, parentId: totals.get(of) ?? null }, harm)
}

function addHarm(
  book: RowBook,
  groups: GroupList,
  code: string,
  { serious, parentId }: Pick<Term, 'serious' | 'parentId'>,
  { term, organSystem, sourceVocabulary, assessmentType, notes, stats, place }: CtgovHarm,
): void {
  const assessment = known(['systematic_assessment', 'non_systematic_assessment'], assessmentType)
  if (assessmentType !== undefined && assessment === undefined)
    book.unmapped(pathOf({ within: place, key: 'assessmentType' }, false))
  const id = addTerm(book, code, {
    term: term ?? 'not named',
    parentId,
    serious,
    organSystem: organSystem ?? null,
    vocabulary: sourceVocabulary ?? null,
    narrative: notes ?? null,
    assessment:
      assessment === undefined ? null : assessment === 'systematic_assessment' ? 'systematic' : 'non_systematic',
  })
  for (const { groupId, numAffected, numAtRisk, numEvents, place: at } of stats)
    addCount(book, groups, id, {
      code: groupId,
      place: at,
      affected: numAffected,
      atRisk: numAtRisk,
      events: numEvents,
    })
}

function addTerm(book: RowBook, code: string, term: Pick<Term, 'term' | 'serious'> & Partial<Term>): string {
  const id = book.key(code)
  const { adverseEventTerm } = book.rows
  adverseEventTerm.push({
    parentId: null,
    organSystem: null,
    vocabulary: null,
    descriptorUi: null,
    related: null,
    fatal: null,
    narrative: null,
    assessment: null,
    summary: null,
    ...term,
    id,
    studyId: book.slug,
    position: adverseEventTerm.length + 1,
  })
  return id
}

interface Counted {
  readonly code: string | undefined
  readonly place: Place | undefined
  readonly affected: string | undefined
  readonly atRisk: string | undefined
  readonly events: string | undefined
}

function addCount(book: RowBook, groups: GroupList, termId: string, { code, place, ...texts }: Counted): void {
  const id = book.next('adverse_event_count')
  const number = (name: string, text: string | undefined) =>
    book.number('adverse_event_count', id, name, printedCount, text)
  const affected = number('affected', texts.affected)
  book.rows.adverseEventCount.push({
    id,
    studyId: book.slug,
    termId,
    studyGroupId: groups.of(code, place),
    analysisSetId: null,
    timepointId: null,
    affected,
    atRisk: number('at_risk', texts.atRisk),
    events: number('events', texts.events),
    percent: null,
    derived: false,
    missingReason: book.reason(affected, undefined),
    note: null,
  })
}
