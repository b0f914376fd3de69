import type { IndexedStudy, Place } from './indexed-study.ts'

/**
 * How much a finding weighs, heaviest first: an `error` can't be, a `warning` is a question to the authors, a `note` is
 * worth knowing.
 */
export const SEVERITIES = ['error', 'warning', 'note'] as const

export type Severity = (typeof SEVERITIES)[number]

/**
 * `inconsistent`: the numbers don't fit each other. `remark`: they do, and a reader should know something about them.
 * `not_checkable`: something that the rule needs is missing, so nothing was found either way.
 */
export type FindingStatus = 'inconsistent' | 'remark' | 'not_checkable'

/** What a rule says of one place in a study. */
export interface Observation {
  readonly at: Place
  readonly status: FindingStatus
  /** Where it weighs less than the rule does; a remark and what isn't checkable are notes by themselves. */
  readonly severity?: Severity
  /** A sentence with the numbers in it. */
  readonly message: string
  /** The values that it was made of, by name. */
  readonly values?: Readonly<Record<string, number | string>>
}

/** One test of a study against itself. It reads nothing but the study, and throws nothing. */
export interface Rule {
  /** Its name in findings and waivers: words joined by hyphens. */
  readonly id: string
  readonly title: string
  /** What it tests, in one sentence. */
  readonly tests: string
  readonly formula: string
  readonly source: string
  /** The weight of its worst finding. */
  readonly severity: Severity
  readonly check: (study: IndexedStudy) => Iterable<Observation>
}

/** What a rule found, ready to be shown or kept. */
export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly status: FindingStatus
  readonly table: string
  /** The row's key within the study. */
  readonly row: string
  readonly field: string | null
  /** The fact of that field, where the study has one. */
  readonly factId: string | null
  /** The row in words: "Complete response, IL-2 alone, assessable for response". */
  readonly about: string
  readonly message: string
  readonly values: Readonly<Record<string, number | string>>
}
