import { byKey } from '../../model/byte-order.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { RISK_OF_BIAS, type RiskOfBiasRow } from '../../queries/extract-risk-of-bias.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import type { Notes } from '../../queries/extraction/notes.ts'
import type { Transaction } from '../../queries/selection.ts'
import { csvFile, mapped, type Pages } from '../csv-file.ts'
import type { ExportFile } from '../export-target.ts'
import { withNames } from './study-pages.ts'

/** What RevMan calls the whole of a study's outcomes. */
export const ALL_OUTCOMES = 'All outcomes'

/** A question about studies, or about their results for one outcome. */
export interface BiasItem {
  readonly domain: string
  readonly code: string
  readonly overall: boolean
  /** The outcomes that were judged apart; null for studies as a whole. */
  readonly on: readonly (string | null)[]
}

/** What a study was judged to be, by all who judged it. */
interface Judged {
  readonly study: string
  readonly name: string
  readonly domain: string
  readonly on: string | null
  readonly judgement: string
  readonly severity: number | null
  readonly support: string | null
}

const chosen = ({ studies, review }: ExtractionChoices): ExtractionChoices => ({
  ...(studies && { studies }),
  ...(review !== undefined && { review }),
})

/** The domains of a tool by which studies were judged, in the tool's order. */
export async function biasItems(
  db: Transaction,
  choices: ExtractionChoices,
  tool: string,
): Promise<readonly BiasItem[]> {
  const judged = new Map<string, Set<string | null>>()
  const asked = await db.riskOfBias.findFirst({ where: { tool: { code: tool } }, select: { id: true } })
  if (asked === null) return []
  for await (const rows of RISK_OF_BIAS.pages(db, chosen(choices)))
    for (const row of rows)
      if (row.tool === tool) judged.set(row.domain, (judged.get(row.domain) ?? new Set()).add(row.on))
  const domains = await db.appraisalDomain.findMany({ where: { tool: { code: tool } } })
  return [...new Map(domains.map((domain) => [domain.label, domain])).values()]
    .sort((one, other) => one.position - other.position || byKey(one.id, other.id))
    .flatMap(({ label, code, overall }) => {
      const on = judged.get(label)
      // The whole study first.
      const inOrder = [...(on ?? [])].sort((one, other) => byKey(one ?? '', other ?? ''))
      return on === undefined ? [] : [{ domain: label, code, overall, on: inOrder }]
    })
}

/** The judgements by a tool, one for each study and question. Where assessors disagree there is none, which is told. */
export const judgedPages = (
  db: Transaction,
  choices: ExtractionChoices,
  { tool, domain }: { readonly tool: string; readonly domain?: string },
  told: Notes,
): Pages<Judged> =>
  mapped(withNames(db, RISK_OF_BIAS.pages(db, chosen(choices))), (rows) => {
    const those = rows.filter((row) => row.tool === tool && (domain === undefined || row.domain === domain))
    const questions = groupedBy(those, ({ study, domain, on }) => JSON.stringify([study, domain, on]))
    return [...questions.values()].flatMap((some): Judged[] => {
      const [first] = some
      if (first === undefined) return []
      if (some.some(({ judgement }) => judgement !== first.judgement)) {
        told.note('assessors disagree, and their judgement is left out', `${first.study}: ${first.domain}`)
        return []
      }
      const supports = [...new Set(some.flatMap(supportOf))]
      return [{ ...first, support: supports.join('\n') || null }]
    })
  })

const supportOf = ({ support, quote }: RiskOfBiasRow): readonly string[] =>
  [support, quote].filter((part) => part !== null)

/** Tells of judgements by tools that a format has no place for. */
export async function tellOtherTools(
  db: Transaction,
  choices: ExtractionChoices,
  known: readonly string[],
  told: Notes,
): Promise<void> {
  const other = await db.riskOfBias.findFirst({
    where: { tool: { code: { notIn: [...known] } } },
    select: { id: true },
  })
  if (other === null) return
  for await (const rows of RISK_OF_BIAS.pages(db, chosen(choices)))
    for (const { study, tool } of rows)
      if (!known.includes(tool))
        told.note('judgements by a tool that the format has no place for are left out', `${study}: ${tool}`)
}

/** One row for each study or result, two columns for each domain, as RevMan Web has them. */
export async function biasFile(
  db: Transaction,
  choices: ExtractionChoices,
  { name, tool, perResult }: { readonly name: string; readonly tool: string; readonly perResult: boolean },
  told: Notes,
): Promise<ExportFile> {
  const items = await biasItems(db, choices, tool)
  const questions = items.flatMap(({ domain, on }) => (perResult ? [domain] : on.map((one) => asked(domain, one))))
  const columns = questions.flatMap((question) => [`Domain (judgement): ${question}`, `Domain (support): ${question}`])
  return csvFile<Record<string, string | null>>(
    name,
    ['Study', ...(perResult ? ['Result'] : []), ...columns],
    mapped(judgedPages(db, choices, { tool }, told), (rows) =>
      [...groupedBy(rows, ({ study, on }) => JSON.stringify([study, perResult ? on : null])).values()].map((some) => ({
        Study: some[0]?.name ?? null,
        Result: some[0]?.on ?? ALL_OUTCOMES,
        ...Object.fromEntries(
          some.flatMap(({ domain, on, judgement, support }) => {
            const question = perResult ? domain : asked(domain, on)
            return [
              // RevMan says "Low risk" where the tools say "Low risk of bias".
              [`Domain (judgement): ${question}`, judgement.replace(/ of bias$/, '')],
              [`Domain (support): ${question}`, support],
            ]
          }),
        ),
      })),
    ),
  )
}

const asked = (domain: string, on: string | null): string => (on === null ? domain : `${domain}: ${on}`)
