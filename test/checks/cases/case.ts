import type { FindingStatus, Severity } from '../../../src/checks/rule.ts'
import type { Builder } from '../bare-study.ts'

/** A study, and what a rule finds in it. */
export interface Case {
  readonly rule: string
  readonly when: string
  readonly build: (study: Builder) => void
  /** What is found: its status and severity, its place, and words of its message. Nothing where the rule passes. */
  readonly finds?: readonly (readonly [FindingStatus, Severity, place: string, words: RegExp])[]
}

export const ASSESSABLE = { analysisSetId: 'assessable' }
export const TREATED = { analysisSetId: 'treated' }

/** An outcome named pain, in a unit. */
export const continuous = (study: Builder, unit: string | null = null) =>
  study.outcome('pain', { kind: 'continuous', direction: 'harm', unit })
