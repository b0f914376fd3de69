import { CONTINUOUS, type ContinuousRow } from '../../queries/extract-continuous.ts'
import { COUNTS_AND_TIME, type CountRow } from '../../queries/extract-counts.ts'
import { DICHOTOMOUS, type DichotomousRow } from '../../queries/extract-dichotomous.ts'
import { EFFECTS_INPUT, type EffectInputRow } from '../../queries/extract-effects-input.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import type { Transaction } from '../../queries/selection.ts'
import { withLabels } from '../../queries/with-labels.ts'
import { mapped, type Pages } from '../csv-file.ts'

/** A row with the words by which a reader knows its study. */
export type Labelled<Row> = Row & { readonly label: string }

/** A study's own estimate with its standard error, on the scale on which it is pooled. */
type Contrast = Omit<EffectInputRow, 'measure' | 'yi' | 'sei'> & {
  readonly measure: string
  readonly yi: number
  readonly sei: number
}

export const dichotomousPages = (db: Transaction, choices: ExtractionChoices): Pages<Labelled<DichotomousRow>> =>
  labelled(db, DICHOTOMOUS.pages(db, choices))

export const continuousPages = (db: Transaction, choices: ExtractionChoices): Pages<Labelled<ContinuousRow>> =>
  labelled(db, CONTINUOUS.pages(db, choices))

export const countPages = (db: Transaction, choices: ExtractionChoices): Pages<Labelled<CountRow>> =>
  labelled(db, COUNTS_AND_TIME.pages(db, choices))

/** The arms' numbers of each pair, or the study's own estimate, as the choices prefer. */
export const effectPages = (db: Transaction, choices: ExtractionChoices): Pages<Labelled<EffectInputRow>> =>
  labelled(db, EFFECTS_INPUT.pages(db, choices))

/** The studies' own estimates. One without a standard error can't be pooled, and is left out. */
export const contrastPages = (db: Transaction, choices: ExtractionChoices): Pages<Labelled<Contrast>> =>
  mapped(effectPages(db, { ...choices, prefer: 'only contrast' }), (rows) =>
    rows.flatMap(({ measure, yi, sei, ...row }) =>
      measure === null || yi === null || sei === null ? [] : [{ ...row, measure, yi, sei }],
    ),
  )

/** Adds the studies' labels, by one statement for each page. */
export const labelled = <Row extends { readonly study: string }>(
  db: Transaction,
  pages: Pages<Row>,
): Pages<Labelled<Row>> => mapped(pages, (rows) => withLabels(db, rows))
