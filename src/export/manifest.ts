import { createHash } from 'node:crypto'
import type { StudyRecord } from '../model/study-record.ts'
import type { ExtractionChoices } from '../queries/extraction/choices.ts'
import type { ExtractionNote } from '../queries/extraction/notes.ts'
import type { Transaction } from '../queries/selection.ts'
import { schemaVersion, wholeStudies } from '../queries/whole-studies.ts'
import { studyFileOf } from './study-file/study-file-of.ts'
import { writeStudyFile } from './study-file/write-study-file.ts'

export const MANIFEST = 'manifest.json'

/** A file as it was written. */
export interface WrittenFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** A study with the SHA-256 of its study file, as `evibase dump --json` writes it. */
export interface StudySum {
  readonly study: string
  readonly sha256: string
}

export const studySum = (record: StudyRecord): StudySum => ({
  study: record.slug,
  sha256: createHash('sha256')
    .update(writeStudyFile(studyFileOf(record), 'json'))
    .digest('hex'),
})

/** What an export was made of and with. It has no clock in it: the same database gives the same bytes. */
export interface Manifest {
  readonly evibase_export: string
  readonly evibase_version: string
  /** The newest migration of the database. */
  readonly schema_version: string
  readonly choices: ExtractionChoices
  /** What of the format was not held against its own description. */
  readonly unverified: string | null
  /** What could not be written, how often, and where first. */
  readonly left_out: readonly ExtractionNote[]
  readonly files: readonly WrittenFile[]
  readonly studies: readonly StudySum[]
}

/** @param read  the studies that the export read as a whole; those of the choices are read here, where it read none */
export async function manifestOf(
  db: Transaction,
  about: Pick<Manifest, 'evibase_export' | 'evibase_version' | 'choices' | 'unverified' | 'left_out' | 'files'>,
  read: readonly StudySum[],
): Promise<string> {
  const studies = [...read]
  if (read.length === 0) for await (const record of wholeStudies(db, about.choices)) studies.push(studySum(record))
  const { evibase_export, evibase_version, choices, unverified, left_out, files } = about
  const manifest: Manifest = {
    evibase_export,
    evibase_version,
    schema_version: await schemaVersion(db),
    choices,
    unverified,
    left_out,
    files,
    studies,
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
