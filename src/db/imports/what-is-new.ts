import type { ImportedRecord } from '../../generated/prisma/client.ts'
import type { Transaction } from '../database.ts'
import type { ReadRecord } from './read-record.ts'

/** A record that is here, without its bytes. */
export type HeldRecord = Omit<ImportedRecord, 'content'>

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
  const rows = await tx.importedRecord.findMany({
    where: { key: { in: records.map(({ key }) => key) } },
    omit: { content: true },
  })
  const standing = new Map(rows.map((row) => [row.key, row]))
  const fresh = records.filter((record) => {
    const held = standing.get(record.key)
    if (held === undefined) return true
    if (held.sha256 === record.sha256) return held.readBy !== record.readBy
    const { revision } = record.reading
    return revision === undefined || held.revision === null || revision >= held.revision
  })
  return { fresh, standing }
}
