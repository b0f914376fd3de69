import { byKey } from '../../model/byte-order.ts'
import { plainJudgement } from '../../model/risk-of-bias-table.ts'
import { RISK_OF_BIAS } from '../../queries/extract-risk-of-bias.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import { judgedRows } from '../../queries/judged-rows.ts'
import type { Transaction } from '../../queries/selection.ts'
import { csvFile, mapped, type Pages } from '../csv-file.ts'
import type { ExportTarget } from '../export-target.ts'
import { labelled } from './pair-pages.ts'

/** The tools whose domains robvis calls by numbers; it takes those of others, as of RoB 1, by their names. */
const NUMBERED = ['rob-2', 'robins-i']

/** What robvis draws: a row for each study or result, a column for each domain of the tool, and the overall judgement. */
export const ROBVIS: ExportTarget = {
  heeds: ['studies', 'review'],
  async *files(db, choices) {
    const tools = await db.appraisalTool.findMany({
      where: { riskOfBias: { some: {} } },
      include: { domains: { orderBy: { position: 'asc' } } },
    })
    for (const { code, version, domains } of tools.sort((one, other) => byKey(one.id, other.id))) {
      const numbered = NUMBERED.includes(code)
      let number = 0
      const names = new Map(
        domains.map(({ label, overall }) => {
          // "Allocation concealment (selection bias)": robvis writes the kind of bias nowhere.
          const plain = label.replace(/ \([^)]*\)$/, '')
          return [label, overall ? 'Overall' : numbered ? `D${++number}` : plain]
        }),
      )
      yield csvFile(
        `${code}-${version}.csv`,
        ['Study', ...names.values()],
        judgements(db, choices, { code, version }, names),
      )
    }
  },
}

const judgements = (
  db: Transaction,
  choices: ExtractionChoices,
  tool: { readonly code: string; readonly version: string },
  names: ReadonlyMap<string, string>,
): Pages<Readonly<Record<string, string>>> =>
  mapped(labelled(db, RISK_OF_BIAS.pages(db, choices)), (rows) => {
    const those = rows.filter((row) => row.tool === tool.code && row.version === tool.version)
    // Who judged is told where several did.
    return judgedRows(those).map(({ name, rows: own }) => ({
      Study: name,
      ...Object.fromEntries(own.map((row) => [names.get(row.domain) ?? row.domain, plainJudgement(row.judgement)])),
    }))
  })
