import { type PageTables, picked } from '../db/rows-of-studies.ts'
import { type Columns, integer, text, truth } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { STUDY } from './extraction/pair-columns.ts'
import { factsOf, SOURCES } from './extraction/sources.ts'
import { all, those } from './extraction/study-part.ts'
import { byKey, localKey } from './selection.ts'

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
  study: STUDY,
  tool: text('appraisal_tool.code', 'by which it was judged'),
  version: text('appraisal_tool.version', "the tool's version"),
  on: text(
    'outcome.label',
    'the outcome that is judged, or one number (m…) or analysis (a…) of it; empty for the study as a whole',
  ),
  domain: text('appraisal_domain.label', 'the kind of bias, as the tool calls it'),
  judgement: text('appraisal_judgement.label', "the answer, in the tool's words"),
  severity: integer(
    'appraisal_judgement.severity',
    'rank',
    'of the answer, from 1, the least bias; empty for one that says nothing of it',
  ),
  overall: truth('appraisal_domain.overall', 'true for the judgement of all domains together'),
  support: text('risk_of_bias.support', "why, in the assessor's words"),
  assessor: text('risk_of_bias.assessor', 'who judged'),
  quote: text('quote.words', 'the exact words that the judgement rests on, or where they stand'),
}

/** The rows that rows of another table name in one of their columns. */
const named = (table: keyof PageTables, column: string): string => `"id" IN (SELECT "${column}" FROM ${picked(table)})`
/** Of the results that a study has, those that were judged, and the outcomes that were or that these are of. */
const OF_JUDGED = (['outcomeMeasurement', 'outcomeAnalysis'] as const).map((table) => named(table, 'outcome_id'))

export const RISK_OF_BIAS = extractionByStudy({
  table: 'risk-of-bias',
  about: 'judgement of a domain of a tool, for a study or one result, by one assessor',
  columns: RISK_OF_BIAS_COLUMNS,
  heeds: ['studies', 'review'],
  needs: {
    ...SOURCES,
    riskOfBias: all(
      ...(['id', 'studyId', 'toolId', 'domainId', 'judgement', 'outcomeId', 'outcomeMeasurementId'] as const),
      ...(['outcomeAnalysisId', 'support', 'assessor'] as const),
    ),
    appraisalTool: all('id', 'code', 'version'),
    appraisalDomain: all('id', 'label', 'position', 'overall'),
    appraisalJudgement: all('id', 'label', 'severity'),
    outcome: those([named('riskOfBias', 'outcome_id'), ...OF_JUDGED].join(' OR '), 'id', 'studyId', 'label'),
    outcomeMeasurement: those(named('riskOfBias', 'outcome_measurement_id'), 'id', 'studyId', 'outcomeId'),
    outcomeAnalysis: those(named('riskOfBias', 'outcome_analysis_id'), 'id', 'studyId', 'outcomeId'),
    fact: those(`"risk_of_bias_id" IN (SELECT "id" FROM ${picked('riskOfBias')})`, ...SOURCES.fact.fields),
    quoteLink: those(`"fact_id" IN (SELECT "id" FROM ${picked('fact')})`, ...SOURCES.quoteLink.fields),
    quote: those(named('quoteLink', 'quote_id'), ...SOURCES.quote.fields),
    publicationText: those(named('quote', 'publication_text_id'), ...SOURCES.publicationText.fields),
    source: those(named('quote', 'source_id'), ...SOURCES.source.fields),
  },
  rows: (study, part) => {
    if (part.riskOfBias.length === 0) return []
    const facts = factsOf(part)
    const outcomes = new Map(part.outcome.map(({ id, label }) => [id, label]))
    const results = new Map(
      [...part.outcomeMeasurement, ...part.outcomeAnalysis].map(({ id, outcomeId }) => [id, outcomes.get(outcomeId)]),
    )
    const keyed = part.riskOfBias.map((entry) => {
      const result = entry.outcomeMeasurementId ?? entry.outcomeAnalysisId
      const order = [entry.toolId, entry.outcomeId ?? result ?? '', entry.assessor ?? '']
      return { entry, result, order, domain: part.appraisalDomain.get(entry.domainId) }
    })
    keyed.sort(
      (one, other) =>
        one.order.reduce((order, key, index) => order || byKey(key, other.order[index] ?? ''), 0) ||
        (one.domain?.position ?? 0) - (other.domain?.position ?? 0),
    )
    return keyed.flatMap(({ entry, result, domain }): RiskOfBiasRow[] => {
      const [tool, answer] = [part.appraisalTool.get(entry.toolId), part.appraisalJudgement.get(entry.judgement)]
      if (domain === undefined || tool === undefined || answer === undefined) return []
      const links = facts('risk_of_bias', entry.id).flatMap((fact) => fact.links)
      const quotes = new Map(links.map(({ quote }) => [quote.id, quote]))
      const words = [...quotes.values()]
        .sort((one, other) => one.position - other.position)
        .map((quote) => (quote.words === null ? quote.section : `“${quote.words}”`))
      return [
        {
          study,
          tool: tool.code,
          version: tool.version,
          on:
            entry.outcomeId === null
              ? result && `${results.get(result)} (${localKey(study, result)})`
              : (outcomes.get(entry.outcomeId) ?? null),
          domain: domain.label,
          judgement: answer.label,
          severity: answer.severity,
          overall: domain.overall,
          support: entry.support,
          assessor: entry.assessor,
          quote: words.join(' ') || null,
        },
      ]
    })
  },
})

/** One row per judgement of one domain, for a study or one result of it, by one assessor; domains in the tool's order. */
export const extractRiskOfBias = RISK_OF_BIAS.extract
