import { groupedBy } from '../model/grouped-by.ts'
import type { RiskOfBiasRow } from './extract-risk-of-bias.ts'

/** Judgements by their assessor of one study, or of one result of it. */
interface Judged<Row> {
  /** The study's label, the result, and who judged it where several did. */
  readonly name: string
  readonly rows: readonly Row[]
}

/** Judgements by one tool, as a table has them: a row for each study or result, and assessor. */
export const judgedRows = <Row extends RiskOfBiasRow & { readonly label: string }>(
  rows: readonly Row[],
): readonly Judged<Row>[] =>
  [...groupedBy(rows, ({ study, on }) => JSON.stringify([study, on])).values()].flatMap((some) => {
    const assessors = [...groupedBy(some, ({ assessor }) => assessor).entries()]
    return assessors.map(([assessor, own]) => ({
      name: [own[0]?.label, own[0]?.on, assessors.length > 1 ? assessor : null].filter((part) => part).join(', '),
      rows: own,
    }))
  })
