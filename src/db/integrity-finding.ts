/** What a look at one part of a database found. */
export interface IntegrityFinding {
  readonly check: 'integrity' | 'rules' | 'foreign keys'
  /** A table, or the database as a whole. */
  readonly of: string
  readonly problems: number
  /** The first problem in words; null where there is none. */
  readonly detail: string | null
}
