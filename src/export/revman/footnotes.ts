import type { EffectInputRow } from '../../queries/extract-effects-input.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'

/** What a reader of the row's numbers must know of them. */
export function footnotesOf(row: EffectInputRow, { sharedControl }: ExtractionChoices): readonly string[] {
  const sharing = `${row.shared_control} rows of the study have the same control group`
  return [
    row.analysis_set === null ? null : `Participants: ${row.analysis_set}`,
    row.review_outcome === null || row.outcome === row.review_outcome ? null : `Outcome: ${row.outcome}`,
    row.derived || row.data === 'counts' ? 'A formula made a number of this row, and not the study' : null,
    row.correction === null ? null : `Corrected: ${row.correction}`,
    row.shared_control > 1 ? (sharedControl === 'split' ? `${sharing}, which is divided between them` : sharing) : null,
    row.counted_again ? 'Another row of the study counts some of the same people' : null,
  ].filter((note) => note !== null)
}
