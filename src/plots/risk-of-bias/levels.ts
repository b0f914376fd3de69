import { plainJudgement, type TableJudgement } from '../../model/risk-of-bias-table.ts'

/** How a judgement is drawn, from the least bias to the most, then those that say nothing of it. */
export const LEVELS = ['low', 'some', 'unclear', 'high', 'critical', 'unknown', 'inapplicable', 'unjudged'] as const
export type Level = (typeof LEVELS)[number]

/**
 * The colours that readers know from Cochrane's reviews, with different greys in print, and black or white for what is drawn
 * on them.
 */
export const COLOURS: Readonly<Record<Level, { readonly fill: string; readonly ink: string }>> = {
  low: { fill: '#5fb760', ink: '#000000' },
  some: { fill: '#f7e26b', ink: '#000000' },
  unclear: { fill: '#f7e26b', ink: '#000000' },
  high: { fill: '#c8322b', ink: '#ffffff' },
  critical: { fill: '#6b0f12', ink: '#ffffff' },
  unknown: { fill: '#3f74b5', ink: '#ffffff' },
  inapplicable: { fill: '#e4e4e4', ink: '#000000' },
  unjudged: { fill: '#ffffff', ink: '#000000' },
}

const BY_SEVERITY = [undefined, 'low', 'some', 'high', 'critical'] as const satisfies readonly (Level | undefined)[]

/** The level of a judgement; of tools that nobody knows, by its degree. */
export function levelOf(judgement: TableJudgement | undefined): Level {
  if (judgement === undefined) return 'unjudged'
  const words = plainJudgement(judgement.words).toLowerCase()
  if (words === 'unclear') return 'unclear'
  if (words === 'not applicable') return 'inapplicable'
  if (judgement.severity === null) return 'unknown'
  return BY_SEVERITY[judgement.severity] ?? 'critical'
}

/** Levels that there are in a table, each with the words that are used for it. */
export function levelsIn(
  judgements: readonly (TableJudgement | undefined)[],
): readonly { readonly level: Level; readonly words: string }[] {
  const words = new Map<Level, Set<string>>()
  for (const judgement of judgements) {
    const level = levelOf(judgement)
    const own = words.get(level) ?? new Set()
    words.set(level, own.add(judgement?.words ?? 'Not judged'))
  }
  return LEVELS.flatMap((level) => {
    const own = words.get(level)
    return own === undefined ? [] : [{ level, words: [...own].join(', ') }]
  })
}
