import type { StudyRecord } from '../model/study-record.ts'
import type { ChoiceName, ExtractionChoices } from '../queries/extraction/choices.ts'
import type { ExtractionNote } from '../queries/extraction/notes.ts'
import type { Transaction } from '../queries/selection.ts'

/** One file of an export, made as it is written: nobody holds all of it. */
export interface ExportFile {
  /** Below the export's folder, with slashes between the folders that lead to it. */
  readonly name: string
  readonly chunks: AsyncIterable<string | Uint8Array>
}

/** Whoever asks for an export, and what it wants to know of it. */
export interface ExportListener {
  /** What could not be written, and why; when all files are. */
  readonly leftOut: (notes: readonly ExtractionNote[]) => void
  /** Each study that the export reads as a whole, so that nobody need read it again. */
  readonly study?: (record: StudyRecord) => void
}

/** Something that other programs read: one file or several, made of what the choices take. */
export interface ExportTarget {
  /** The choices that make a difference to it; others are refused. */
  readonly heeds: readonly ChoiceName[]
  /** Its files in their order. Each is written to its end before the next one is asked for. */
  readonly files: (db: Transaction, choices: ExtractionChoices, listener?: ExportListener) => AsyncIterable<ExportFile>
}
