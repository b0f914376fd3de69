import { createHash } from 'node:crypto'
import type { RecordFormat } from '../../generated/prisma/enums.ts'
import type { RawRecord, ReadOrRefused, RecordsReader } from '../../model/reading.ts'
import type { Database } from '../database.ts'
import { valuesOf } from '../rows-as-json.ts'
import { isAmong, sql } from '../sql.ts'

/** A record of the file, unread. */
interface Unread {
  readonly raw: RawRecord
  /** Of its bytes. */
  readonly sha256: string
}

/** What is here byte for byte. */
interface Held {
  readonly key: string
  readonly revision: string | null
  readonly sha256: string
}

/** A batch while its records are read. */
export interface Begun {
  readonly records: readonly Unread[]
  readonly held: ReadonlyMap<string, Held>
  /** Those of them that aren't held, in their order. */
  readonly fresh: readonly Unread[]
  readonly reading: Promise<readonly ReadOrRefused[]>
}

export const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** What is kept of a record. */
export const wholeOf = ({ bytes, whole }: RawRecord) => whole ?? bytes

/** Has those records of a batch read that aren't here byte for byte. */
export async function beginBatch(
  db: Database,
  { format, readBy, read }: { readonly format: RecordFormat; readonly readBy: number; readonly read: RecordsReader },
  batch: readonly RawRecord[],
): Promise<Begun> {
  const records = batch.map((raw) => ({ raw, sha256: digestOf(raw.bytes) }))
  const digests = records.map(({ sha256 }) => sha256)
  const rows = await valuesOf<readonly [sha256: string, key: string, revision: string | null]>(
    db,
    ['sha256', 'key', 'revision'],
    sql`SELECT "sha256", "key", "revision" FROM "imported_record"
      WHERE ${isAmong(db, sql`"sha256"`, digests)} AND "read_by" = ${readBy} AND CAST("format" AS TEXT) = ${format}`,
  )
  const held = new Map(rows.map(([sha256, key, revision]) => [sha256, { sha256, key, revision }]))
  const fresh = records.filter(({ sha256 }) => !held.has(sha256))
  const reading = read(fresh.map(({ raw }) => raw))
  // Whoever takes the batch hears of it; until then nobody does.
  reading.catch(() => undefined)
  return { records, held, fresh, reading }
}

/**
 * What came of a batch: records that are here as they are, and what the others were read as, in their order.
 *
 * @param written  keys of what was written since the batch was begun: what was here of them may have changed
 */
export async function arrived(
  { records, held, fresh, reading }: Begun,
  written: ReadonlySet<string>,
  read: RecordsReader,
) {
  const here = records.map((record) => ({ record, same: held.get(record.sha256) }))
  const changed = here.flatMap(({ record, same }) => (same !== undefined && written.has(same.key) ? [record] : []))
  const outcomes = outcomesOf(fresh, await reading)
  return {
    same: here.flatMap(({ same }) => (same === undefined || written.has(same.key) ? [] : [same])),
    outcomes:
      changed.length === 0
        ? outcomes
        : [...outcomes, ...outcomesOf(changed, await read(changed.map(({ raw }) => raw)))].sort(
            (one, other) => one.raw.number - other.raw.number,
          ),
  }
}

const outcomesOf = (records: readonly Unread[], outcomes: readonly ReadOrRefused[]) =>
  records.flatMap((record, index) => {
    const outcome = outcomes[index]
    return outcome === undefined ? [] : [{ ...record, outcome }]
  })
