import type { Point } from '../mark.ts'

/** A study by the risks or rates of its two groups. */
interface LabbeStudy {
  readonly label: string
  readonly experimental: number
  readonly control: number
  /** In percent of the pool. */
  readonly weight: number
}

/** What a L'Abbé plot shows. */
export interface LabbeData {
  readonly title: string
  readonly description: string
  readonly experimentalLabel: string
  readonly controlLabel: string
  readonly studies: readonly LabbeStudy[]
  /** Where both axes end; they begin at 0. */
  readonly end: number
  /** What the pooled effect makes of the control group's risk, x, in the experimental group, y; and its words. */
  readonly pooled: { readonly curve: readonly Point[]; readonly words: string } | undefined
}
