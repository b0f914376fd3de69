/** What was answered in a domain. */
export interface TableJudgement {
  /** In the tool's words, such as "Some concerns". */
  readonly words: string
  /** From 1, the least bias; null for an answer that says nothing of it. */
  readonly severity: number | null
}

/** Judgements of studies or results by one tool: a row for each, with an answer for each domain. */
export interface RiskOfBiasTable {
  /** The tool's code; empty where nobody says. */
  readonly tool: string
  readonly version: string
  readonly domains: readonly { readonly label: string; readonly isOverall: boolean }[]
  readonly rows: readonly {
    readonly name: string
    /** What it counts for, in any unit; undefined where nobody says. */
    readonly weight: number | undefined
    /** In the order of the domains; undefined where nobody judged. */
    readonly judgements: readonly (TableJudgement | undefined)[]
  }[]
}

/** "Low" of "Low risk of bias": what is left where all that is said is of that. */
export const plainJudgement = (words: string): string => words.replace(/ risk( of bias)?$/, '')
