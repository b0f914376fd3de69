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
