import type { ImportedRecord } from '../../generated/prisma/client.ts'
import type { Transaction } from '../database.ts'
import { valuesOf } from '../rows-as-json.ts'
import { isAmong, sql } from '../sql.ts'
import type { ReadRecord } from './read-record.ts'

/** What is known of a record that is here. */
export type HeldRecord = Pick<
  ImportedRecord,
  'key' | 'sha256' | 'readBy' | 'revision' | 'publicationId' | 'matchedBy' | 'score' | 'reason'
>

const COLUMNS = ['key', 'sha256', 'read_by', 'revision', 'publication_id', 'matched_by', 'score', 'reason']
type HeldValues = readonly [
  ...(readonly [key: string, sha256: string, readBy: number, revision: string | null, publicationId: string | null]),
  ...(readonly [matchedBy: HeldRecord['matchedBy'], score: number | null, reason: string | null]),
]
const heldOf = ([key, sha256, readBy, revision, publicationId, matchedBy, score, reason]: HeldValues): HeldRecord => ({
  ...{ key, sha256, readBy, revision, publicationId, matchedBy, score, reason },
})

/** Records that aren't here, or not as they are; and those rows of them that are here. */
export interface WhatIsNew<Record extends ReadRecord> {
  readonly fresh: readonly Record[]
  readonly standing: ReadonlyMap<string, HeldRecord>
}

/** Sorts out what is here already, and what is older than what is here. */
export async function whatIsNew<Record extends ReadRecord>(
  tx: Transaction,
  records: readonly Record[],
): Promise<WhatIsNew<Record>> {
  const rows = await valuesOf<HeldValues>(
    tx,
    COLUMNS,
    sql`SELECT "key", "sha256", "read_by", "revision", "publication_id", "score", "reason", CAST("matched_by" AS TEXT) AS "matched_by"
      FROM "imported_record" WHERE ${isAmong(
        tx,
        sql`"key"`,
        records.map(({ key }) => key),
      )}`,
  )
  const standing = new Map(rows.map((row) => [row[0], heldOf(row)]))
  const fresh = records.filter((record) => {
    const held = standing.get(record.key)
    if (held === undefined) return true
    if (held.sha256 === record.sha256) return held.readBy !== record.readBy
    const { revision } = record.reading
    return revision === undefined || held.revision === null || revision >= held.revision
  })
  return { fresh, standing }
}
