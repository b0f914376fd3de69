import type { Transaction } from '../db/connect.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { QuoteRole } from '../generated/prisma/enums.ts'
import { byKey, type Columns, GROUP_WITH_SUBGROUPS, ofStudies, type Selection } from './selection.ts'

export interface EvidenceRow {
  readonly study: string
  readonly subject: string
  readonly group: string | null
  readonly time: string | null
  readonly result: string
  readonly source: string | null
  readonly section: string | null
}

export const EVIDENCE_COLUMNS: Columns<EvidenceRow> = {
  study: "the study's key",
  subject: 'what the number or finding is about',
  group: 'whose it is',
  time: 'when; empty where not stated',
  result: 'the numbers, or what the study says in words',
  source: 'the exact words that it was read from, or the formula that made it',
  section: 'where the words stand',
}

const NUMBER_ROLES: QuoteRole[] = ['value', 'denominator']

/** What a row's facts are read from. */
const WITH_SOURCES = {
  include: {
    links: {
      where: { role: { in: NUMBER_ROLES } },
      orderBy: { position: 'asc' },
      include: { quote: { include: { publicationText: true, source: true } } },
    },
    derivation: true,
  },
} as const

interface SourcedFact {
  readonly field: string
  readonly links: readonly {
    readonly quote: {
      readonly id: string
      readonly position: number
      readonly words: string | null
      readonly locator: string | null
      readonly publicationText: { readonly label: string } | null
      readonly source: { readonly label: string } | null
    }
  }[]
  readonly derivation: { readonly formula: string } | null
}

/**
 * One row per number or finding of a study, in the order of a report: sizes, follow-up, baseline, outcomes, analyses,
 * harms. Each has the words that it was read from; a derived one its formula; a missing one its reason.
 */
export const extractEvidence = (db: Transaction, selection: Selection = {}): Promise<EvidenceRow[]> =>
  inSnapshot(db, (tx) => evidenceRows(tx, selection))

async function evidenceRows(db: Transaction, selection: Selection): Promise<EvidenceRow[]> {
  const where = await ofStudies(db, selection)
  const parts = await Promise.all([sizes(db, where), baseline(db, where), results(db, where), harms(db, where)])
  return parts.flat().sort((one, other) => byKey(one.study, other.study))
}

type Where = { studyId?: { in: string[] } }

async function sizes(db: Transaction, where: Where): Promise<EvidenceRow[]> {
  const enrolment = await db.enrolment.findMany({
    where,
    include: { studyGroup: true, analysisSet: true, facts: WITH_SOURCES },
  })
  const followUp = await db.followUp.findMany({
    where,
    orderBy: { id: 'asc' },
    include: { studyGroup: true, facts: WITH_SOURCES },
  })
  return [
    ...enrolment
      .sort(
        (one, other) =>
          one.analysisSet.position - other.analysisSet.position || one.studyGroup.position - other.studyGroup.position,
      )
      .map((row) => ({
        study: row.studyId,
        subject: `Participants, ${row.analysisSet.label}`,
        group: row.studyGroup.label,
        time: null,
        result: row.participants === null ? reason(row.missingReason) : String(row.participants),
        ...sourceOf(row.facts),
      })),
    ...followUp.map((row) => ({
      study: row.studyId,
      subject: `Follow-up, ${row.statistic}${row.basis === 'not_stated' ? '' : ` ${row.basis}`}`,
      group: row.studyGroup.label,
      time: null,
      result: `${row.value} ${row.unit}`,
      ...sourceOf(row.facts),
    })),
  ]
}

async function baseline(db: Transaction, where: Where): Promise<EvidenceRow[]> {
  const rows = await db.baselineMeasurement.findMany({ where, include: { studyGroup: true, facts: WITH_SOURCES } })
  return rows
    .sort((one, other) => byKey(one.id, other.id))
    .map((row) => ({
      study: row.studyId,
      subject: [row.characteristic, row.category].filter((part) => part !== null).join(': '),
      group: row.studyGroup.label,
      time: null,
      result: numbers({ ...row, events: row.count, unit: row.unit }, row.missingReason),
      ...sourceOf(row.facts),
    }))
}

async function results(db: Transaction, where: Where): Promise<EvidenceRow[]> {
  const outcomes = await db.outcome.findMany({
    where,
    include: {
      measurements: { include: { studyGroup: true, timepoint: true, facts: WITH_SOURCES } },
      analyses: {
        include: { timepoint: true, groups: { include: { studyGroup: GROUP_WITH_SUBGROUPS } }, facts: WITH_SOURCES },
      },
    },
  })
  return outcomes
    .sort((one, other) => byKey(one.studyId, other.studyId) || one.position - other.position)
    .flatMap((outcome) => [
      ...outcome.measurements
        .sort((one, other) => byKey(one.id, other.id))
        .map((row) => ({
          study: row.studyId,
          subject: outcome.label,
          group: row.studyGroup.label,
          time: row.timepoint?.label ?? null,
          result: numbers({ ...row, unit: outcome.unit }, row.missingReason),
          ...sourceOf(row.facts),
        })),
      ...outcome.analyses
        .sort((one, other) => byKey(one.id, other.id))
        .map((row) => ({
          study: row.studyId,
          subject: `${outcome.label}, compared`,
          group: row.groups
            .sort((one, other) => one.studyGroup.position - other.studyGroup.position)
            .map(({ studyGroup }) => studyGroup.label)
            .join(' v '),
          time: row.timepoint?.label ?? null,
          result: analysisText(row),
          ...sourceOf(row.facts),
        })),
    ])
}

async function harms(db: Transaction, where: Where): Promise<EvidenceRow[]> {
  const terms = await db.adverseEventTerm.findMany({
    where,
    include: {
      facts: WITH_SOURCES,
      parent: true,
      counts: { include: { studyGroup: true, timepoint: true, facts: WITH_SOURCES } },
    },
  })
  return terms
    .sort((one, other) => byKey(one.studyId, other.studyId) || one.position - other.position)
    .flatMap((term): EvidenceRow[] => {
      const subject = term.parent ? `${term.term} (within: ${term.parent.term})` : term.term
      const told =
        term.narrative === null
          ? []
          : [{ study: term.studyId, subject, group: null, time: null, result: term.narrative, ...sourceOf(term.facts) }]
      return [
        ...told,
        ...term.counts
          .sort((one, other) => byKey(one.id, other.id))
          .map((row) => ({
            study: row.studyId,
            subject,
            group: row.studyGroup.label,
            time: row.timepoint?.label ?? null,
            result: countText(row),
            ...sourceOf(row.facts),
          })),
      ]
    })
}

const reason = (missing: string | null) => `[${(missing ?? 'not_reported').replaceAll('_', ' ')}]`

interface Numbers {
  readonly events: number | null
  readonly total: number | null
  readonly proportion?: number | null
  readonly mean: number | null
  readonly sd: number | null
  readonly se?: number | null
  readonly median: number | null
  readonly q1: number | null
  readonly q3: number | null
  readonly minimum: number | null
  readonly maximum: number | null
  readonly ciLower?: number | null
  readonly ciUpper?: number | null
  readonly unit: string | null
  readonly derived: boolean
}

/** The numbers of a row as a report writes them: 10/85, 31%, mean 4.2 (SD 1.1). */
function numbers(row: Numbers, missing: string | null): string {
  const parts = [
    row.events === null
      ? row.total === null
        ? ''
        : `of ${row.total}`
      : row.total === null
        ? `${row.events}`
        : `${row.events}/${row.total}`,
    row.proportion == null ? '' : `${Number((row.proportion * 100).toPrecision(12))}%`,
    row.mean === null ? '' : `mean ${row.mean}`,
    row.sd === null ? '' : `SD ${row.sd}`,
    row.se == null ? '' : `SE ${row.se}`,
    row.median === null ? '' : `median ${row.median}`,
    row.q1 === null || row.q3 === null ? '' : `quartiles ${row.q1} to ${row.q3}`,
    row.minimum === null || row.maximum === null ? '' : `range ${row.minimum} to ${row.maximum}`,
    row.ciLower == null || row.ciUpper == null ? '' : `interval ${row.ciLower} to ${row.ciUpper}`,
  ].filter((part) => part !== '')
  if (parts.length === 0) return reason(missing)
  return `${parts.join(', ')}${row.unit === null || row.events !== null ? '' : ` ${row.unit}`}`
}

function analysisText(row: {
  readonly measure: string | null
  readonly estimate: number | null
  readonly ciLower: number | null
  readonly ciUpper: number | null
  readonly pOperator: string | null
  readonly pValue: number | null
  readonly pText: string | null
  readonly pSides: number | null
  readonly finding: string | null
  readonly corrected: boolean
  readonly missingReason: string | null
}): string {
  const p = row.pText ?? row.pValue
  const sides = row.pSides === null ? '' : row.pSides === 2 ? ', two-sided' : ', one-sided'
  const parts = [
    row.finding ?? '',
    row.estimate === null ? '' : `${(row.measure ?? 'estimate').replaceAll('_', ' ')} ${row.estimate}`,
    row.ciLower === null || row.ciUpper === null ? '' : `interval ${row.ciLower} to ${row.ciUpper}`,
    p === null ? '' : `P ${row.pOperator ?? '='} ${p}${sides}${row.corrected ? ' [corrected]' : ''}`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? reason(row.missingReason) : parts.join('; ')
}

function countText(row: {
  readonly affected: number | null
  readonly atRisk: number | null
  readonly events: number | null
  readonly percent: number | null
  readonly missingReason: string | null
}): string {
  const parts = [
    row.affected === null ? '' : row.atRisk === null ? `${row.affected}` : `${row.affected}/${row.atRisk}`,
    row.percent === null ? '' : `${row.percent}%`,
    row.events === null ? '' : `${row.events} events`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? reason(row.missingReason) : parts.join(', ')
}

/** The quotes behind a row's values, each once and in the text's order, or the formulas. */
function sourceOf(facts: readonly SourcedFact[]): { source: string | null; section: string | null } {
  const quotes = new Map(facts.flatMap(({ links }) => links.map(({ quote }) => [quote.id, quote] as const)))
  const inOrder = [...quotes.values()].sort((one, other) => one.position - other.position)
  const formulas = facts
    .flatMap(({ field, derivation }) => (derivation ? [`${field} = ${derivation.formula}`] : []))
    .sort()
  const words = [
    ...(formulas.length === 0 ? [] : [`derived: ${formulas.join('; ')}`]),
    // Two sources may have the same words.
    ...new Set(inOrder.flatMap(({ words: own }) => (own === null ? [] : [`“${own}”`]))),
  ]
  const sections = new Set(
    inOrder.map(
      ({ publicationText, source, locator }) =>
        publicationText?.label ?? [source?.label, locator].filter(Boolean).join(', '),
    ),
  )
  return { source: words.join(' ') || null, section: [...sections].join('; ') || null }
}
