import { OF_PAGE, type PageTables, picked } from '../../db/rows-of-studies.ts'
import { localKey } from '../selection.ts'
import { byId } from './by-id.ts'
import type { Choices } from './choices.ts'
import type { Run } from './run.ts'

interface OutcomeOf {
  readonly id: string
  readonly label: string
  readonly parentId: string | null
}

/**
 * Looks up the outcomes of a study that the choices name, by their keys: all where none is named.
 *
 * An outcome is named by its key, its code, or a part of its label in any case.
 */
export function namedOutcomes<Outcome extends OutcomeOf>(
  study: string,
  outcomes: readonly Outcome[],
  run: Run,
): (id: string) => Outcome | undefined {
  const { outcomes: names } = run.choices
  if (names.length === 0) return byId(outcomes)
  const named = outcomes.filter((outcome) => {
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
    return isNamed.includes(true)
  })
  return byId(named)
}

/** The label of the wider outcome whose counts include those of this one. */
export const withinOf = ({ parentId }: OutcomeOf, outcomes: readonly OutcomeOf[]): string | null =>
  parentId === null ? null : (outcomes.find(({ id }) => id === parentId)?.label ?? null)

/**
 * Lets a table with few rows of a study read only the outcomes that these are about, with those that hold them, where
 * none is named: a name that is none is told beside all that there are.
 */
export const onlyOutcomesOf = (table: keyof PageTables) => {
  const own = `SELECT "outcome_id" FROM ${picked(table)}`
  // Planners that bet on other ways than the page's index would read all outcomes that there are.
  const wider = `SELECT "parent_id" FROM "outcome" WHERE "study_id" ${OF_PAGE} AND "id" IN (${own})`
  return ({ outcomes }: Choices): { readonly outcome?: string } =>
    outcomes.length > 0 ? {} : { outcome: `"id" IN (${own} UNION ALL ${wider})` }
}
