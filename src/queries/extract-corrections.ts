import type { Transaction } from '../db/connect.ts'
import { factKeyOf } from '../model/fact-key.ts'
import { type Columns, text } from './extraction/columns.ts'
import { extractionByPage } from './extraction/extraction.ts'
import { STUDY } from './extraction/pair-columns.ts'
import { factValues, type Value } from './fact-values.ts'
import { byKey } from './selection.ts'

export interface CorrectionRow {
  readonly study: string
  readonly table: string
  readonly row: string
  readonly field: string
  readonly value: Value
  readonly printed: string | null
  readonly original: string | null
  readonly original_missing_reason: string | null
  readonly notice: string
  readonly quote: string | null
  readonly section: string | null
  readonly publication: string | null
}

export const CORRECTION_COLUMNS: Columns<CorrectionRow> = {
  study: STUDY,
  table: text('fact.id', 'the table that holds the value'),
  row: text('fact.id', "the row's key within the study"),
  field: text('fact.field', "the value's column"),
  value: text('fact', 'the corrected value, which is the one that every other table gives; a number where it is one'),
  printed: text('fact.printed', 'the corrected value as the source prints it'),
  original: text('correction.original_printed', 'the value before, as it was printed'),
  original_missing_reason: text('correction.original_missing_reason', 'why the value before is not known'),
  notice: text('correction.notice', 'how the publication says that it corrected the value'),
  quote: text('quote.words', 'the words that say so'),
  section: text(
    'publication_text.label, source.label',
    'where they stand: a section of the stored text, or a source and a place in it',
  ),
  publication: text(
    'correction.publication_id',
    'the key of the publication that corrects it, where that is another one',
  ),
}

export const CORRECTIONS = extractionByPage<CorrectionRow>({
  table: 'corrections',
  about: 'value that its publication corrected: now, before, and the notice',
  columns: CORRECTION_COLUMNS,
  heeds: ['studies', 'review'],
  rows: correctionRows,
})

/**
 * One row per corrected value: what it is now, what it was before, and who says so. Nothing is overwritten by a
 * correction: both values stay.
 *
 * @throws EvidenceError STUDY_NOT_FOUND
 */
export const extractCorrections = CORRECTIONS.extract

async function correctionRows(db: Transaction, studies: readonly string[]): Promise<CorrectionRow[]> {
  const corrections = await db.correction.findMany({
    where: { studyId: { in: [...studies] } },
    include: {
      fact: {
        include: {
          links: {
            where: { role: 'correction' },
            orderBy: { position: 'asc' },
            include: { quote: { include: { publicationText: true, source: true } } },
          },
        },
      },
    },
  })
  const values = await factValues(
    db,
    corrections.map(({ fact }) => fact),
  )
  return corrections
    .sort((one, other) => byKey(one.factId, other.factId))
    .map(({ fact, ...correction }): CorrectionRow => {
      const quotes = fact.links.map(({ quote }) => quote)
      const words = quotes.flatMap((quote) => (quote.words === null ? [] : [quote.words]))
      const sections = quotes.map(
        ({ publicationText, source, locator }) => publicationText?.label ?? `${source?.label}, ${locator}`,
      )
      const { study, table, row, field } = factKeyOf(fact.id)
      return {
        study,
        table,
        row,
        field,
        value: values.get(fact.id) ?? null,
        printed: fact.printed,
        original: correction.originalPrinted,
        original_missing_reason: correction.originalMissingReason,
        notice: correction.notice,
        quote: words.length === 0 ? null : [...new Set(words)].join(' … '),
        section: sections.length === 0 ? null : [...new Set(sections)].join('; '),
        publication: correction.publicationId,
      }
    })
}
