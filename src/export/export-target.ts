import type { ChoiceName, ExtractionChoices } from '../queries/extraction/choices.ts'
import type { Transaction } from '../queries/selection.ts'

/** One file of an export, made as it is written: nobody holds all of it. */
export interface ExportFile {
  readonly name: string
  readonly chunks: AsyncIterable<string | Uint8Array>
}

/** Something that other programs read: one file or several, made of what the choices take. */
export interface ExportTarget {
  /** The choices that make a difference to it; others are refused. */
  readonly heeds: readonly ChoiceName[]
  /** Its files in their order. Each is written to its end before the next one is asked for. */
  readonly files: (db: Transaction, choices: ExtractionChoices) => AsyncIterable<ExportFile>
}
