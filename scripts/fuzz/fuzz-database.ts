import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import Driver from 'better-sqlite3'
import { databaseLocation } from '../../src/db/database-url.ts'
import { readReview } from '../../src/db/read-review.ts'
import { readStudy } from '../../src/db/read-study.ts'
import { saveReview } from '../../src/db/save-review.ts'
import { type SaveResult, saveStudy } from '../../src/db/save-study.ts'
import { sqliteClient } from '../../src/db/sqlite/client.ts'
import type { EvidenceRecord } from '../../src/import/read-evidence-file.ts'
import { sortedRecord } from '../../test/sorted-record.ts'

/** A SQLite file that spoiled files are loaded into, and a second connection that looks on. */
export interface FuzzDatabase {
  readonly save: (read: EvidenceRecord) => Promise<SaveResult>
  /** Whether the database gives a record back as it was saved. */
  readonly givesBack: (read: EvidenceRecord) => Promise<boolean>
  /** Another number after each transaction that changed something. */
  readonly version: () => number
  /** What is wrong in the file as a whole: broken pages, and rows that point nowhere. */
  readonly faults: () => readonly string[]
  readonly close: () => Promise<void>
}

/** A migrated database in a temporary folder that goes when it is closed. */
export function fuzzDatabase(root: string): FuzzDatabase {
  const folder = mkdtempSync(path.join(tmpdir(), 'evibase-fuzz-'))
  const file = path.join(folder, 'fuzz.db')
  const observer = new Driver(file)
  const migrations = path.join(root, 'prisma', 'migrations')
  for (const name of readdirSync(migrations).sort())
    if (/^\d/.test(name)) observer.exec(readFileSync(path.join(migrations, name, 'migration.sql'), 'utf8'))
  observer.pragma('journal_mode = WAL')
  const location = databaseLocation(`file:${file}`, root)
  if (location.engine !== 'sqlite') throw new Error('not a file')
  const db = sqliteClient(location)
  const origin = (format: string) => ({
    format,
    fileName: 'spoiled.yaml',
    fileSha256: '0'.repeat(64),
    now: new Date(0),
  })
  return {
    save: (read) =>
      read.kind === 'study'
        ? saveStudy(db, read.record, origin('study-file'))
        : saveReview(db, read.record, origin('review-file')),
    givesBack: async ({ kind, record }) => {
      if (kind === 'review') {
        const review = await db.$transaction((tx) => readReview(tx, record.slug))
        return review?.rows.review.length === 1
      }
      const study = await db.$transaction((tx) => readStudy(tx, record.slug))
      return study !== undefined && isDeepStrictEqual(sortedRecord(study), sortedRecord(record))
    },
    version: () => Number(observer.pragma('data_version', { simple: true })),
    faults: () =>
      [...(observer.pragma('foreign_key_check') as object[]), ...(observer.pragma('integrity_check') as object[])]
        .map((row) => JSON.stringify(row))
        .filter((row) => row !== '{"integrity_check":"ok"}'),
    close: async () => {
      observer.close()
      await db.$disconnect()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
