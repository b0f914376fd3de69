import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import type { PairHead } from '../../queries/extraction/pairs.ts'
import type { Transaction } from '../../queries/selection.ts'
import { mapped, type Pages } from '../csv-file.ts'
import { continuousPages, countPages, dichotomousPages, type Labelled } from './pair-pages.ts'

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

type Numbers = Pick<ArmRow, 'events' | 'n' | 'mean' | 'sd' | 'person_years'>
const NONE: Numbers = { events: null, n: null, mean: null, sd: null, person_years: null }

/**
 * The groups that pairs are made of, each once: all arms where the choices name none. Groups that nothing can be compared
 * with are no part of a pair, and aren't here.
 */
export async function* armPages(
  db: Transaction,
  given: ExtractionChoices,
): Pages<ArmRow> & AsyncGenerator<readonly ArmRow[]> {
  // A control counts once here, whatever the number of its comparisons.
  const { sharedControl: _, merge: __, ...kept } = given
  const choices = { ...kept, arms: kept.arms ?? ('all pairs' as const) }
  yield* once(dichotomousPages(db, choices), (row) => [
    { events: row.ai, n: row.n1i },
    { events: row.ci, n: row.n2i },
  ])
  yield* once(continuousPages(db, choices), (row) => [
    { mean: row.m1i, sd: row.sd1i, n: row.n1i },
    { mean: row.m2i, sd: row.sd2i, n: row.n2i },
  ])
  yield* once(countPages(db, choices), (row) => [
    { events: row.x1i, person_years: row.t1i },
    { events: row.x2i, person_years: row.t2i },
  ])
}

const once = <Row extends Labelled<PairHead & { readonly derived: boolean }>>(
  pages: Pages<Row>,
  numbers: (row: Row) => readonly [Partial<Numbers>, Partial<Numbers>],
) => mapped(pages, (rows) => armsOnce(rows, numbers))

/** Both groups of each pair, each group of a study once: a page holds all pairs of its studies. */
export function armsOnce<Row extends Labelled<PairHead & { readonly derived: boolean }>>(
  rows: readonly Row[],
  numbers: (row: Row) => readonly [Partial<Numbers>, Partial<Numbers>],
): readonly ArmRow[] {
  const seen = new Map<string, ArmRow>()
  for (const row of rows) {
    const { study, label, year, outcome, analysis_set, subgroup, timepoint, experimental, control, derived } = row
    const head = { study, label, year, outcome, analysis_set, subgroup, timepoint }
    for (const [index, some] of numbers(row).entries()) {
      const arm = { ...head, arm: index === 0 ? experimental : control, ...NONE, ...some, derived }
      const key = JSON.stringify({ ...arm, derived: null })
      if (!seen.has(key)) seen.set(key, arm)
    }
  }
  return [...seen.values()]
}
