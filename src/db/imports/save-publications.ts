import type { ImportedRecord, RecordIdentifier } from '../../generated/prisma/client.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { RecordOfPublication } from '../../model/publication-of-records.ts'
import type { Transaction } from '../database.ts'
import { isAmong, sql } from '../sql.ts'
import { PROCESS_TABLES } from '../tables.ts'
import { writeRows } from '../write-rows.ts'
import { type Candidates, candidatesOf, keyOfTitle, matchOf } from './match-publications.ts'
import { meshNames } from './mesh-names.ts'
import type { NumberOf } from './publication-numbers.ts'
import type { PublicationRecordRead, ReadAgain } from './read-record.ts'
import { type Group, type Regrouped, regroup } from './regroup.ts'
import { type HeldRecord, whatIsNew } from './what-is-new.ts'

/** How a record came to its publication, as it is kept. */
type Place = Pick<ImportedRecord, 'matchedBy' | 'score' | 'reason'> & { readonly publicationId: string | undefined }

interface Placed {
  readonly record: PublicationRecordRead
  readonly place: Place
  /** Further publications that it names by its other numbers: they are the same one. */
  readonly also: readonly string[]
}

/**
 * Saves records of publications. A publication that a study's or review's file describes stays as that says; any other
 * becomes what all its records say together, so that the order in which files come makes no difference.
 *
 * @param records  no two of which could be of one publication
 * @returns those that were saved; the others were here already, or are older than what is
 */
export async function savePublications(
  tx: Transaction,
  importRunId: number,
  records: readonly PublicationRecordRead[],
  readAgain: ReadAgain,
): Promise<readonly Placed[]> {
  const { fresh, standing } = await whatIsNew(tx, records)
  if (fresh.length === 0) return []
  const candidates = await candidatesOf(
    tx,
    fresh.map(({ reading }) => reading.record),
  )
  const found = fresh.map((record) => placeOf(record, standing.get(record.key), candidates))
  const concerned = found.flatMap(({ place, also }) => [place.publicationId ?? [], also].flat())
  const held = await heldPublications(tx, concerned)
  const others = await otherRecords(tx, concerned, found, readAgain)
  const groups: Group[] = []
  const grouped = new Set<string>()
  for (const [at, members] of groupedBy(found, ({ record, place }) => place.publicationId ?? record)) {
    // What a record names besides, by another number, is the same publication; a file's comes before others.
    const named = [...(typeof at === 'string' ? [at] : []), ...members.flatMap(({ also }) => also)]
    const before = [...new Set(named)].filter((id) => !grouped.has(id) && !held.has(id))
    for (const id of before) grouped.add(id)
    const own = members.map(({ record }) => ({ ...record, record: record.reading.record }))
    groups.push({
      before,
      records: [...own, ...before.flatMap((id) => others.get(id) ?? [])],
      held: named.find((id) => held.has(id)),
    })
  }
  const meshOf = await meshNames(
    tx,
    groups.flatMap((group) => group.records.map(({ record }) => record)),
  )
  await regroup(tx, groups, meshOf, (made) => writeRecords(tx, importRunId, found, made))
  return found
}

/** A record that is held stays with its publication; a new one goes to the publication that it describes, if one is there. */
function placeOf(record: PublicationRecordRead, held: HeldRecord | undefined, candidates: Candidates): Placed {
  if (held !== undefined && held.publicationId !== null) {
    const { publicationId, matchedBy, score, reason } = held
    return { record, place: { publicationId, matchedBy, score, reason }, also: [] }
  }
  const match = matchOf(record.reading.record, candidates)
  if (match === undefined)
    return { record, place: { publicationId: undefined, matchedBy: 'none', score: null, reason: null }, also: [] }
  const { publication, by, score, reason, also } = match
  return {
    record,
    place: { publicationId: publication.id, matchedBy: by, score, reason },
    also: also.map(({ id }) => id),
  }
}

/**
 * Publications that a study's or review's own file describes. What an imported study or review says of those that it cites
 * is a line of their records, and holds nobody back.
 */
export async function heldPublications(tx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const where = { publicationId: { in: [...ids] } }
  const select = { publicationId: true } as const
  const [studies, reviews] = [
    await tx.studyPublication.findMany({ where: { ...where, tiedBy: 'study', study: { registry: null } }, select }),
    await tx.reviewPublication.findMany({ where, select }),
  ]
  return new Set([...studies, ...reviews].map(({ publicationId }) => publicationId))
}

/** What else is known of publications that are there, by their keys. */
async function otherRecords(
  tx: Transaction,
  ids: readonly string[],
  found: readonly Placed[],
  readAgain: ReadAgain,
): Promise<ReadonlyMap<string, readonly RecordOfPublication[]>> {
  if (ids.length === 0) return new Map()
  const kept = await tx.importedRecord.findMany({
    where: { publicationId: { in: [...ids] }, key: { notIn: found.map(({ record }) => record.key) } },
  })
  return groupedBy(
    kept.flatMap((record) => recordsOf(record, readAgain)),
    ({ publicationId }) => publicationId,
  )
}

export function recordsOf(
  { key, format, content, publicationId }: Pick<ImportedRecord, 'key' | 'format' | 'content' | 'publicationId'>,
  readAgain: ReadAgain,
): readonly (RecordOfPublication & { readonly publicationId: string })[] {
  const reading = readAgain(format, content)
  return reading.kind === 'publication' && publicationId !== null
    ? [{ key, format, record: reading.record, publicationId }]
    : []
}

async function writeRecords(
  tx: Transaction,
  importRunId: number,
  saved: readonly Placed[],
  { idOf, takenOf }: Regrouped,
): Promise<void> {
  const rows = saved.map(
    ({ record, place }): ImportedRecord => ({
      key: record.key,
      format: record.format,
      publicationId: idOf(record.key),
      studyId: null,
      reviewId: null,
      importRunId,
      sha256: record.sha256,
      content: record.content,
      readBy: record.readBy,
      revision: record.reading.revision ?? null,
      databaseName: record.reading.record.database ?? null,
      titleKey: keyOfTitle(record.reading.record) ?? null,
      matchedBy: place.matchedBy,
      score: place.score,
      reason: place.reason,
    }),
  )
  const keys = rows.map(({ key }) => key)
  await tx.$executeRaw(sql`DELETE FROM "record_identifier" WHERE ${isAmong(tx, sql`"record_key"`, keys)}`)
  await writeRows(tx, 'importedRecord', PROCESS_TABLES.importedRecord, rows)
  await writeRows(
    tx,
    'recordIdentifier',
    PROCESS_TABLES.recordIdentifier,
    saved.flatMap(({ record }) => identifiersOf(record, takenOf(record.key))),
  )
}

/** What a record is known by beyond its publication's numbers; among it numbers that stand with another publication. */
export const identifiersOf = (
  { key, reading: { record } }: Pick<PublicationRecordRead, 'key' | 'reading'>,
  taken: readonly NumberOf[],
): readonly RecordIdentifier[] =>
  [
    ...record.registrations.map(({ registry, value }) => ({ type: registry, value })),
    ...(record.identifiers ?? []),
    ...taken.map((type) => ({ type, value: record.publication[type] ?? '' })),
  ].map(({ type, value }, index) => ({ recordKey: key, position: index + 1, type, value }))
