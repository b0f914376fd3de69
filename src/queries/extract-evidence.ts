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
  result: 'the numbers, or what the study says in words; [corrected] after what its publication corrected',
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
    correction: { select: { factId: true } },
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
  readonly correction: object | null
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
        result:
          row.participants === null
            ? reason(row.missingReason)
            : marked(String(row.participants), row.facts, 'participants'),
        ...sourceOf(row.facts),
      })),
    ...followUp.map((row) => ({
      study: row.studyId,
      subject: `Follow-up, ${row.statistic}${row.basis === 'not_stated' ? '' : ` ${row.basis}`}`,
      group: row.studyGroup.label,
      time: null,
      result: marked(`${row.value} ${row.unit}`, row.facts, 'value'),
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
      result: numbers({ ...row, events: row.count, unit: row.unit }, row.missingReason, 'count'),
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
          : [
              {
                study: term.studyId,
                subject,
                group: null,
                time: null,
                result: marked(term.narrative, term.facts, 'narrative'),
                ...sourceOf(term.facts),
              },
            ]
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

/** A part of a result, and whether its publication corrected one of the fields that it is made of. */
function marked(text: string, facts: readonly SourcedFact[], ...fields: readonly string[]): string {
  const corrected = facts.some(({ field, correction }) => correction !== null && fields.includes(field))
  return corrected ? `${text} [corrected]` : text
}

/** The parts that say something, each with its mark. */
const joined = (
  parts: readonly (readonly [text: string | null, ...fields: string[]])[],
  facts: readonly SourcedFact[],
  separator: string,
): string =>
  parts
    .flatMap(([text, ...fields]) => (text === null || text === '' ? [] : [marked(text, facts, ...fields)]))
    .join(separator)

const given = (value: number | null | undefined, text: (value: number) => string): string | null =>
  value == null ? null : text(value)
const range = (
  low: number | null | undefined,
  high: number | null | undefined,
  text: (range: string) => string,
): string | null => (low == null || high == null ? null : text(`${low} to ${high}`))
/** A count with what it is out of: 10/85, 10, of 85. */
const outOf = (count: number | null, total: number | null): string | null =>
  count === null ? given(total, (people) => `of ${people}`) : total === null ? `${count}` : `${count}/${total}`

/** The numbers of a row as a report writes them: 10/85, 31%, mean 4.2 (SD 1.1). */
function numbers(
  row: Numbers & { readonly facts: readonly SourcedFact[] },
  missing: string | null,
  count: 'events' | 'count' = 'events',
): string {
  const text = joined(
    [
      [outOf(row.events, row.total), count, 'total'],
      [given(row.proportion, (value) => `${Number((value * 100).toPrecision(12))}%`), 'proportion'],
      [given(row.mean, (value) => `mean ${value}`), 'mean'],
      [given(row.sd, (value) => `SD ${value}`), 'sd'],
      [given(row.se, (value) => `SE ${value}`), 'se'],
      [given(row.median, (value) => `median ${value}`), 'median'],
      [range(row.q1, row.q3, (ends) => `quartiles ${ends}`), 'q1', 'q3'],
      [range(row.minimum, row.maximum, (ends) => `range ${ends}`), 'minimum', 'maximum'],
      [range(row.ciLower, row.ciUpper, (ends) => `interval ${ends}`), 'ci_lower', 'ci_upper', 'ci_level'],
    ],
    row.facts,
    ', ',
  )
  if (text === '') return reason(missing)
  return `${text}${row.unit === null || row.events !== null ? '' : ` ${row.unit}`}`
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
  readonly missingReason: string | null
  readonly facts: readonly SourcedFact[]
}): string {
  const p = row.pText ?? row.pValue
  const sides = row.pSides === null ? '' : row.pSides === 2 ? ', two-sided' : ', one-sided'
  const text = joined(
    [
      [row.finding, 'finding', 'finding_direction'],
      [given(row.estimate, (value) => `${(row.measure ?? 'estimate').replaceAll('_', ' ')} ${value}`), 'estimate'],
      [range(row.ciLower, row.ciUpper, (ends) => `interval ${ends}`), 'ci_lower', 'ci_upper', 'ci_level'],
      [p === null ? null : `P ${row.pOperator ?? '='} ${p}${sides}`, 'p_value', 'p_operator', 'p_text', 'p_sides'],
    ],
    row.facts,
    '; ',
  )
  return text === '' ? reason(row.missingReason) : text
}

function countText(row: {
  readonly affected: number | null
  readonly atRisk: number | null
  readonly events: number | null
  readonly percent: number | null
  readonly missingReason: string | null
  readonly facts: readonly SourcedFact[]
}): string {
  const text = joined(
    [
      [row.affected === null ? null : outOf(row.affected, row.atRisk), 'affected', 'at_risk'],
      [given(row.percent, (value) => `${value}%`), 'percent'],
      [given(row.events, (value) => `${value} events`), 'events'],
    ],
    row.facts,
    ', ',
  )
  return text === '' ? reason(row.missingReason) : text
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
