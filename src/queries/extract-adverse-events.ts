import type { Transaction } from '../db/connect.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { reportedPart } from './reported-part.ts'
import { byKey, type Columns, type DerivedSelection, ofStudies } from './selection.ts'

export interface AdverseEventRow {
  readonly study: string
  readonly term: string
  readonly parent: string | null
  readonly group: string | null
  readonly affected: number | null
  readonly at_risk: number | null
  readonly events: number | null
  readonly percent: number | null
  readonly serious: boolean | null
  readonly related: boolean | null
  readonly fatal: boolean | null
  readonly narrative: string | null
  readonly missing_reason: string | null
  readonly organ_system: string | null
  readonly analysis_set: string | null
  readonly timepoint: string | null
  readonly note: string | null
}

export const ADVERSE_EVENT_COLUMNS: Columns<AdverseEventRow> = {
  study: "the study's key",
  term: 'the harm',
  parent: 'the wider harm whose counts include this one',
  group: 'whose counts they are; empty for a harm that is told without counts',
  affected: 'participants with at least one such event',
  at_risk: 'participants who could have had one; empty where not printed',
  events: 'events, which may be more than participants',
  percent: 'as printed, 0 to 100; never computed',
  serious: 'empty where the study does not say',
  related: 'to the treatment, in the authors’ judgement; empty where the study does not say',
  fatal: 'empty where the study does not say',
  narrative: 'what the study says without a number',
  missing_reason: 'why the counts are missing',
  organ_system: 'as the study groups its harms',
  analysis_set: 'which participants count',
  timepoint: 'when',
  note: 'what a reader of the row must know',
}

/** One row per harm and group, and one for each harm without counts. Counts for all arms together stay together. */
export const extractAdverseEvents = (db: Transaction, selection: DerivedSelection = {}): Promise<AdverseEventRow[]> =>
  inSnapshot(db, (tx) => adverseEventsRows(tx, selection))

async function adverseEventsRows(db: Transaction, selection: DerivedSelection): Promise<AdverseEventRow[]> {
  const where = await ofStudies(db, selection)
  const terms = await db.adverseEventTerm.findMany({
    where,
    include: {
      parent: true,
      counts: { include: { studyGroup: true, analysisSet: true, timepoint: true } },
    },
  })
  const counted = terms.flatMap(({ counts }) => counts)
  const shown = selection.derived
    ? counted
    : (await reportedPart(db, where, 'adverseEventCountId', counted)).filter(saysSomething)
  const countOf = new Map(shown.map((count) => [count.id, count]))
  return terms
    .sort((one, other) => byKey(one.studyId, other.studyId) || one.position - other.position)
    .flatMap((term): AdverseEventRow[] => {
      const counts = term.counts
        .flatMap(({ id }) => countOf.get(id) ?? [])
        .sort((one, other) => byKey(one.id, other.id))
      return (counts.length === 0 ? [undefined] : counts).map((count) => ({
        study: term.studyId,
        term: term.term,
        parent: term.parent?.term ?? null,
        group: count?.studyGroup.label ?? null,
        affected: count?.affected ?? null,
        at_risk: count?.atRisk ?? null,
        events: count?.events ?? null,
        percent: count?.percent ?? null,
        serious: term.serious,
        related: term.related,
        fatal: term.fatal,
        narrative: term.narrative,
        missing_reason: count?.missingReason ?? null,
        organ_system: term.organSystem,
        analysis_set: count?.analysisSet?.label ?? null,
        timepoint: count?.timepoint?.label ?? null,
        note: count?.note ?? null,
      }))
    })
}

/** Whether anything is left of a count without what our formulas made of it. */
const saysSomething = (count: {
  readonly affected: number | null
  readonly atRisk: number | null
  readonly events: number | null
  readonly percent: number | null
  readonly missingReason: string | null
}): boolean =>
  [count.affected, count.atRisk, count.events, count.percent, count.missingReason].some((value) => value !== null)
