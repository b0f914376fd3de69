import type { Data } from '../stats/effect-sizes/measure.ts'
import type { StudyInput } from '../stats/pooling/pool-studies.ts'

/** A study by its name, and what it is pooled by. */
export interface NamedStudy extends StudyInput<Data> {
  readonly study: string
  /** What the picture calls it, where that isn't the same. */
  readonly label?: string
}

/** What a picture calls a study. */
export const nameOf = (study: { readonly study: string; readonly label?: string } | undefined): string =>
  study?.label ?? study?.study ?? ''
