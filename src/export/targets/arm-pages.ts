import type { EffectInputRow } from '../../queries/extract-effects-input.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import type { PairHead } from '../../queries/extraction/pairs.ts'
import type { Transaction } from '../../queries/selection.ts'
import { mapped, type Pages } from '../csv-file.ts'
import { effectPages, type Labelled } from './pair-pages.ts'

/** What one group gives of an outcome, in one analysis set and at one time: of events, means or rates. */
export interface ArmRow extends Omit<PairHead, 'experimental' | 'control'> {
  readonly label: string
  readonly arm: string
  readonly events: number | null
  readonly n: number | null
  readonly mean: number | null
  readonly sd: number | null
  readonly person_years: number | null
  readonly derived: boolean
}

/**
 * The groups that pairs are made of, each once: all arms where the choices name none. Groups that nothing can be compared
 * with are no part of a pair, and aren't here.
 */
export function armPages(db: Transaction, given: ExtractionChoices): Pages<ArmRow> {
  // A control counts once here, whatever the number of its comparisons.
  const { sharedControl: _, merge: __, ...kept } = given
  const choices = { ...kept, arms: kept.arms ?? ('all pairs' as const), prefer: 'only arm' as const }
  return mapped(effectPages(db, choices), armsOnce)
}

/** Both groups of each pair, each group of a study once: a page holds all pairs of its studies. */
export function armsOnce(rows: readonly Labelled<EffectInputRow>[]): readonly ArmRow[] {
  const seen = new Map<string, ArmRow>()
  for (const row of rows) {
    const { study, label, year, outcome, analysis_set, subgroup, timepoint, experimental, control, derived } = row
    const head = { study, label, year, outcome, analysis_set, subgroup, timepoint }
    const groups = [
      {
        ...{ arm: experimental, events: row.ai ?? row.x1i, n: row.n1i, mean: row.m1i, sd: row.sd1i },
        person_years: row.t1i,
      },
      {
        ...{ arm: control, events: row.ci ?? row.x2i, n: row.n2i, mean: row.m2i, sd: row.sd2i },
        person_years: row.t2i,
      },
    ]
    for (const group of groups) {
      const key = JSON.stringify({ ...head, ...group })
      if (!seen.has(key)) seen.set(key, { ...head, ...group, derived })
    }
  }
  return [...seen.values()]
}
