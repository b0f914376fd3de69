import { byKey } from '../model/byte-order.ts'
import type { RiskOfBiasTable } from '../model/risk-of-bias-table.ts'
import { RISK_OF_BIAS } from './extract-risk-of-bias.ts'
import type { ExtractionChoices } from './extraction/choices.ts'
import { judgedRows } from './judged-rows.ts'
import type { Transaction } from './selection.ts'
import { withLabels } from './with-labels.ts'

/**
 * Judgements as a table for each tool and version that has any, with the tool's domains in its order. A domain without any
 * judgement is left out where it is the overall one.
 *
 * @throws EvidenceError STUDY_NOT_FOUND, REVIEW_NOT_FOUND  as the extraction of risk of bias does
 */
export async function riskOfBiasTables(db: Transaction, choices: ExtractionChoices): Promise<RiskOfBiasTable[]> {
  const rows = await withLabels(db, await RISK_OF_BIAS.extract(db, choices))
  const tools = await db.appraisalTool.findMany({ include: { domains: { orderBy: { position: 'asc' } } } })
  return tools
    .sort((one, other) => byKey(one.id, other.id))
    .flatMap(({ code, version, domains }): RiskOfBiasTable[] => {
      const own = rows.filter((row) => row.tool === code && row.version === version)
      if (own.length === 0) return []
      const asked = domains.filter(({ label, overall }) => !overall || own.some(({ domain }) => domain === label))
      return [
        {
          tool: code,
          version,
          domains: asked.map(({ label, overall }) => ({ label, isOverall: overall })),
          rows: judgedRows(own).map(({ name, rows: judged }) => ({
            name,
            weight: undefined,
            judgements: asked.map(({ label }) => {
              const row = judged.find(({ domain }) => domain === label)
              return row && { words: row.judgement, severity: row.severity }
            }),
          })),
        },
      ]
    })
}
