import type { Transaction } from '../db/connect.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { byKey, type Columns, localKey, ofStudies, type Selection } from './selection.ts'

export interface RiskOfBiasRow {
  readonly study: string
  readonly tool: string
  readonly version: string
  readonly on: string | null
  readonly domain: string
  readonly judgement: string
  readonly severity: number | null
  readonly overall: boolean
  readonly support: string | null
  readonly assessor: string | null
  readonly quote: string | null
}

export const RISK_OF_BIAS_COLUMNS: Columns<RiskOfBiasRow> = {
  study: "the study's key",
  tool: 'by which it was judged',
  version: "the tool's version",
  on: 'the outcome that is judged, or one number (m…) or analysis (a…) of it; empty for the study as a whole',
  domain: 'the kind of bias, as the tool calls it',
  judgement: "the answer, in the tool's words",
  severity: 'of the answer, from 1, the least bias; empty for one that says nothing of it',
  overall: 'true for the judgement of all domains together',
  support: "why, in the assessor's words",
  assessor: 'who judged',
  quote: 'the exact words that the judgement rests on, or where they stand',
}

/** One row per judgement of one domain, for a study or one result of it, by one assessor; domains in the tool's order. */
export const extractRiskOfBias = (db: Transaction, selection: Selection = {}): Promise<RiskOfBiasRow[]> =>
  inSnapshot(db, (tx) => riskOfBiasRows(tx, selection))

async function riskOfBiasRows(db: Transaction, selection: Selection): Promise<RiskOfBiasRow[]> {
  const entries = await db.riskOfBias.findMany({
    where: await ofStudies(db, selection),
    include: {
      tool: true,
      domain: true,
      answer: true,
      outcome: true,
      outcomeMeasurement: { include: { outcome: true } },
      outcomeAnalysis: { include: { outcome: true } },
      facts: { include: { links: { include: { quote: { include: { source: true } } } } } },
    },
  })
  const keyed = entries.map((entry) => {
    const on = entry.outcomeId ?? entry.outcomeMeasurementId ?? entry.outcomeAnalysisId
    return { entry, order: [entry.studyId, entry.toolId, on ?? '', entry.assessor ?? ''] }
  })
  keyed.sort(
    (one, other) =>
      one.order.reduce((order, key, index) => order || byKey(key, other.order[index] ?? ''), 0) ||
      one.entry.domain.position - other.entry.domain.position,
  )
  return keyed.map(({ entry }): RiskOfBiasRow => {
    const part = entry.outcomeMeasurement ?? entry.outcomeAnalysis
    const quotes = new Map(entry.facts.flatMap(({ links }) => links.map(({ quote }) => [quote.id, quote])))
    const words = [...quotes.values()]
      .sort((one, other) => one.position - other.position)
      .map((quote) =>
        quote.words === null ? [quote.source?.label, quote.locator].filter(Boolean).join(', ') : `“${quote.words}”`,
      )
    return {
      study: entry.studyId,
      tool: entry.tool.code,
      version: entry.tool.version,
      on: entry.outcome?.label ?? (part && `${part.outcome.label} (${localKey(entry.studyId, part.id)})`),
      domain: entry.domain.label,
      judgement: entry.answer.label,
      severity: entry.answer.severity,
      overall: entry.domain.overall,
      support: entry.support,
      assessor: entry.assessor,
      quote: words.join(' ') || null,
    }
  })
}
