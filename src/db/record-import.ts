import type { Transaction } from './database.ts'

/** Where a record came from, for the import's row. */
export interface ImportOrigin {
  readonly format: string
  readonly fileName: string
  readonly fileSha256: string
  readonly now: Date
}

/** Notes that a file of one record changed the database. */
export async function recordImport(
  tx: Transaction,
  { format, fileName, fileSha256, now }: ImportOrigin,
  of: { readonly studyId: string } | { readonly reviewId: string },
): Promise<void> {
  await tx.importRun.create({
    data: { format, fileName, fileSha256, ...of, startedAt: now, finishedAt: now, status: 'done', read: 1, saved: 1 },
  })
}

/** What became of the records of a file: read = saved + unchanged + failed, where it was read to its end. */
export interface ImportCounts {
  readonly read: number
  readonly saved: number
  readonly unchanged: number
  readonly failed: number
}

/** Where many records came from. */
export interface BulkOrigin {
  readonly format: string
  readonly fileName: string
  readonly fileSha256: string
  readonly startedAt: Date
  readonly finishedAt: Date
}

/** Notes that a file of many records was imported, or that it could not be: then nothing of it was kept. */
export async function recordBulkImport(
  tx: Transaction,
  origin: BulkOrigin,
  status: 'done' | 'failed',
  counts: ImportCounts,
): Promise<void> {
  await tx.importRun.create({ data: { ...origin, status, ...counts } })
}
