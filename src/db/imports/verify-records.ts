import { inflateRawSync } from 'node:zlib'
import { EvidenceError } from '../../errors.ts'
import type { ImportedRecord } from '../../generated/prisma/client.ts'
import type { RecordFormat } from '../../generated/prisma/enums.ts'
import type { Transaction } from '../database.ts'
import { readRows } from '../read-rows.ts'
import { claimsOn } from '../reports/claims.ts'
import { tiesOf } from '../reports/tie-reports.ts'
import { valuesOf } from '../rows-as-json.ts'
import { sql } from '../sql.ts'
import { STUDY_TABLES } from '../tables.ts'
import type { Row } from '../write-rows.ts'
import { digestOf } from './begun-batch.ts'
import { publicationDifferences } from './publication-differences.ts'
import type { ReadAgain } from './read-record.ts'
import { type Difference, differencesOf, type ReadAgainRecord, recordDamaged } from './record-differences.ts'
import { heldPublications } from './save-publications.ts'
import { studyDifferences } from './study-differences.ts'

/** How kept records are read again. */
export interface RecordReaders {
  readonly readAgain: ReadAgain
  /** The version of today's reader of a format. */
  readonly readBy: (format: RecordFormat) => number
}

/** What became of the look at the kept records of a format. */
export interface RecordsLookedAt {
  readonly format: RecordFormat
  /** How many were read again, and compared with what stands here. */
  compared: number
  /** Of publications that a study's or review's file describes: what stands is the file's. */
  ofFiles: number
  /** Read by another version of the reader than today's: an import of them reads them anew. */
  ofOtherReaders: number
}

/** Records at once; each is some kilobytes, one of a registry up to some megabytes. */
const STUDIES_AT_ONCE = 10
const PUBLICATIONS_AT_ONCE = 200

/**
 * Reads every kept record again, and compares what it gives with the rows that stand here. What Evibase itself did since is
 * no difference: publications that several records describe are compared with what these say together, and what a study's
 * file describes is that file's.
 *
 * What ties publications to studies by their numbers is made anew as well, and compared.
 *
 * @param onDifference  told of each difference as it is found
 * @returns how many were compared and how many were not, by format
 * @checked test/db/verify-records.test.ts
 */
export async function verifyRecords(
  tx: Transaction,
  readers: RecordReaders,
  onDifference: (difference: Difference) => void,
): Promise<readonly RecordsLookedAt[]> {
  const counts = new Map<RecordFormat, RecordsLookedAt>()
  const countOf = (format: RecordFormat): RecordsLookedAt => {
    const count = counts.get(format) ?? { format, compared: 0, ofFiles: 0, ofOtherReaders: 0 }
    counts.set(format, count)
    return count
  }
  const readAgain = (rows: readonly ImportedRecord[]): readonly ReadAgainRecord[] =>
    rows.flatMap((row) => {
      const damage = damageOf(row)
      if (damage !== undefined) {
        onDifference(recordDamaged(row.key, damage))
        return []
      }
      if (row.readBy !== readers.readBy(row.format)) {
        countOf(row.format).ofOtherReaders++
        return []
      }
      try {
        return [{ row, reading: readers.readAgain(row.format, row.content) }]
      } catch (error) {
        if (!(error instanceof EvidenceError) || error.code !== 'RECORD_INVALID') throw error
        onDifference(recordDamaged(row.key, error.message))
        return []
      }
    })
  for await (const studyId of pages(tx, 'study', STUDIES_AT_ONCE)) {
    const rows = await tx.importedRecord.findMany({ where: { studyId: { in: [...studyId] } }, orderBy: { key: 'asc' } })
    const records = readAgain(rows)
    for (const { row } of records) countOf(row.format).compared++
    for (const difference of await studyDifferences(tx, records)) onDifference(difference)
  }
  for await (const ids of pages(tx, 'publication', PUBLICATIONS_AT_ONCE)) {
    const rows = await tx.importedRecord.findMany({
      where: { publicationId: { in: [...ids] } },
      orderBy: { key: 'asc' },
    })
    const held = await heldPublications(tx, ids)
    const records = readAgain(rows)
    for (const { row } of records) countOf(row.format)[held.has(row.publicationId ?? '') ? 'ofFiles' : 'compared']++
    // What all records say together can't be told where one can't be read.
    const whole = ids.filter(
      (id) =>
        countIn(rows, id) ===
        countIn(
          records.map(({ row }) => row),
          id,
        ),
    )
    for (const difference of await publicationDifferences(tx, whole, held, records)) onDifference(difference)
  }
  for await (const studies of readRows(tx, 'study', STUDY_TABLES.study)) {
    const slugs = studies.map(({ id }) => String(id))
    const { before, wanted } = await tiesOf(tx, slugs, await claimsOn(tx, slugs))
    const rule = STUDY_TABLES.studyPublication
    for (const difference of differencesOf(TIES, 'studyPublication', rule, before.map(unplaced), wanted.map(unplaced)))
      onDifference(difference)
  }
  return [...counts.values()].sort((one, other) => (one.format < other.format ? -1 : 1))
}

/** What says which publications report which studies, beyond what these name themselves. */
const TIES = 'registrations and decisions'
/** Where a tie stands among a study's publications depends on these, and says nothing. */
const unplaced = ({ position: _, ...row }: Row): Row => row

const countIn = (rows: readonly ImportedRecord[], publication: string) =>
  rows.filter(({ publicationId }) => publicationId === publication).length

/** What is wrong with a kept record itself; undefined where its bytes are those that came. */
function damageOf({ content, sha256 }: ImportedRecord): string | undefined {
  try {
    const bytes = inflateRawSync(Buffer.from(content, 'base64'))
    return digestOf(bytes) === sha256 ? undefined : 'its bytes have another digest'
  } catch {
    return "its bytes can't be unpacked"
  }
}

/** The keys of the studies, or publications, that records describe, some at a time. */
async function* pages(
  tx: Transaction,
  of: 'study' | 'publication',
  most: number,
): AsyncGenerator<readonly string[], void> {
  const column = { study: sql`"study_id"`, publication: sql`"publication_id"` }[of]
  for (let after = ''; ; ) {
    const rows = await valuesOf<readonly [id: string]>(
      tx,
      ['id'],
      sql`SELECT DISTINCT ${column} AS id FROM "imported_record" WHERE ${column} > ${after} ORDER BY ${column} LIMIT ${most}`,
    )
    if (rows.length > 0) yield rows.map(([id]) => id)
    if (rows.length < most) return
    after = rows.at(-1)?.[0] ?? ''
  }
}
