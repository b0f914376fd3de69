import { localKey } from '../selection.ts'
import type { Run } from './run.ts'

interface OutcomeOf {
  readonly id: string
  readonly label: string
  readonly parentId: string | null
}

/**
 * The outcomes of a study that the choices name, by their keys: all where none is named.
 *
 * An outcome is named by its key, its code, or a part of its label in any case.
 */
export function namedOutcomes<Outcome extends OutcomeOf>(
  study: string,
  outcomes: readonly Outcome[],
  run: Run,
): ReadonlyMap<string, Outcome> {
  const { outcomes: names } = run.choices
  const found = new Map<string, Outcome>()
  for (const outcome of outcomes) {
    const code = localKey(study, outcome.id)
    const label = outcome.label.toLowerCase()
    const isNamed = names.map((name) =>
      run.saw(
        'outcome',
        name,
        outcome.label,
        name === outcome.id || name === code || (name !== '' && label.includes(name.toLowerCase())),
      ),
    )
    if (names.length === 0 || isNamed.includes(true)) found.set(outcome.id, outcome)
  }
  return found
}

/** The label of the wider outcome whose counts include those of this one. */
export const withinOf = (outcome: OutcomeOf, outcomes: ReadonlyMap<string, OutcomeOf>): string | null =>
  outcome.parentId === null ? null : (outcomes.get(outcome.parentId)?.label ?? null)
