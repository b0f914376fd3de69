import { groupedBy } from '../../model/grouped-by.ts'
import type { RiskOfBiasTable } from '../../model/risk-of-bias-table.ts'
import { LEVELS, levelOf } from './levels.ts'

/** What a picture of judgements shows, for those who can't see it: how many there are of each kind, domain by domain. */
export function describeJudgements({ domains, rows }: RiskOfBiasTable): string {
  const sentences = domains.map(({ label }, i) => {
    const judged = groupedBy(rows, ({ judgements }) => judgements[i]?.words ?? 'Not judged')
    const counts = [...judged]
      .sort(([, [one]], [, [other]]) => placeOf(one?.judgements[i]) - placeOf(other?.judgements[i]))
      .map(([words, own]) => `${words} ${own.length}`)
    return `${label}: ${counts.join(', ')}`
  })
  return `${[`${rows.length} ${rows.length === 1 ? 'row' : 'rows'} of judgements`, ...sentences].join('. ')}.`
}

const placeOf = (judgement: Parameters<typeof levelOf>[0]): number => LEVELS.indexOf(levelOf(judgement))
