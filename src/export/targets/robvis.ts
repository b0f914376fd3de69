import { byKey } from '../../model/byte-order.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { RISK_OF_BIAS, type RiskOfBiasRow } from '../../queries/extract-risk-of-bias.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import type { Transaction } from '../../queries/selection.ts'
import { csvFile, mapped, type Pages } from '../csv-file.ts'
import type { ExportTarget } from '../export-target.ts'

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
  mapped(RISK_OF_BIAS.pages(db, choices), async (rows) => {
    const those = rows.filter((row) => row.tool === tool.code && row.version === tool.version)
    const studies = await db.study.findMany({
      where: { id: { in: [...new Set(those.map(({ study }) => study))] } },
      select: { id: true, label: true },
    })
    const labels = new Map(studies.map(({ id, label }) => [id, label]))
    const of = ({ study, on, assessor }: RiskOfBiasRow) => JSON.stringify([study, on, assessor])
    return [...groupedBy(those, of).values()].map((some) => {
      const [first] = some
      const assessors = new Set(those.filter((row) => row.study === first?.study && row.on === first.on).map(of))
      const name = [
        labels.get(first?.study ?? '') ?? first?.study,
        ...(first?.on ? [first.on] : []),
        ...(assessors.size > 1 && first?.assessor ? [first.assessor] : []),
      ].join(', ')
      return {
        Study: name,
        ...Object.fromEntries(some.map((row) => [names.get(row.domain) ?? row.domain, plainly(row.judgement)])),
      }
    })
  })

/** robvis says "Low" where tools say "Low risk of bias". */
const plainly = (judgement: string) => judgement.replace(/ risk( of bias)?$/, '')
