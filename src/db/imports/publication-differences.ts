import { byKey } from '../../model/byte-order.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { type MeshOf, publicationOf, type RecordOfPublication } from '../../model/publication-of-records.ts'
import type { PublicationRecord } from '../../model/publication-record.ts'
import type { PublicationRows } from '../../model/study-record.ts'
import type { Transaction } from '../database.ts'
import { withLinks } from '../publication-changes.ts'
import { reader, tablesOf } from '../table-changes.ts'
import { PROCESS_TABLES, PUBLICATION_TABLES } from '../tables.ts'
import type { Row } from '../write-rows.ts'
import { meshNames } from './mesh-names.ts'
import { holdersOfNumbers, NUMBERS, type NumberOf, numbersOf, withoutNumbers } from './publication-numbers.ts'
import type { PublicationRecordRead } from './read-record.ts'
import { type Difference, differencesOf, type ReadAgainRecord } from './record-differences.ts'
import { identifiersOf } from './save-publications.ts'

interface Kept extends RecordOfPublication {
  readonly publicationId: string
  readonly importRunId: number
  readonly read: PublicationRecordRead['reading']
}
interface Wanted {
  readonly id: string
  /** The keys of all that describe it. */
  readonly records: string
  readonly rows: PublicationRows
  readonly renamed: boolean
}

/** Tables that headings by their names alone become rows of. */
const OF_HEADINGS: ReadonlySet<string> = new Set(['keyword', 'publicationMesh'])

type Standing = (table: string, publication: string) => readonly Row[]

/**
 * Where publications stand here otherwise than their records say together.
 *
 * @param ids   of publications of which all records are given
 * @param held  those that files describe: of these only the records' own numbers are looked at
 */
export async function publicationDifferences(
  tx: Transaction,
  ids: readonly string[],
  held: ReadonlySet<string>,
  records: readonly ReadAgainRecord[],
): Promise<readonly Difference[]> {
  const looked = new Set(ids)
  const kept = records.flatMap(({ row: { key, format, publicationId, importRunId }, reading }): readonly Kept[] =>
    reading.kind === 'publication' && publicationId !== null && looked.has(publicationId)
      ? [{ key, format, record: reading.record, publicationId, importRunId, read: reading }]
      : [],
  )
  if (kept.length === 0) return []
  const { found, takenOf } = await numbersOfRecords(tx, kept)
  const all = kept.map(({ record }) => record)
  const meshOf = await meshNames(tx, all)
  const holders = await holdersOfNumbers(tx, all)
  const standing = await standingRows(
    tx,
    ids.filter((id) => !held.has(id)),
  )
  const differences: Difference[] = [...found]
  const newestMesh = await tx.importRun.aggregate({ _max: { id: true }, where: { format: { startsWith: 'mesh-' } } })
  /** A heading may go by another name since. */
  const isRenamed = ({ importRunId, record }: Kept) =>
    importRunId < (newestMesh._max.id ?? 0) && record.headings.some((heading) => meshOf(heading) === undefined)
  const wanted: Wanted[] = []
  for (const [id, members] of groupedBy(kept, ({ publicationId }) => publicationId)) {
    if (held.has(id)) continue
    const [own] = standing('publication', id)
    const records = members.map((member) => ({
      ...member,
      record: withoutMissing(member.record, own, (name, number) => {
        const holder = holders.get(number)?.id
        return takenOf(member.key).includes(name) || (holder !== undefined && holder !== id)
      }),
    }))
    const { rows } = publicationOf(records, asIndexed(meshOf, standing('publicationMesh', id)), id)
    const keys = members.map(({ key }) => key).sort(byKey)
    wanted.push({ id, records: keys.join(' and '), rows, renamed: members.some(isRenamed) })
  }
  const links = await withLinks(
    tx,
    wanted.flatMap(({ rows }) => rows.publicationLink),
    [],
  )
  const linksOf = groupedBy(links, ({ publicationId }) => publicationId)
  for (const { id, records: of, rows, renamed } of wanted)
    for (const [table, rule] of tablesOf(PUBLICATION_TABLES)) {
      if (renamed && OF_HEADINGS.has(table)) continue
      const given: readonly Row[] = table === 'publicationLink' ? (linksOf.get(id) ?? []) : rows[table]
      differences.push(...differencesOf(of, table, rule, standing(table, id), given))
    }
  return differences
}

/** A heading that the MeSH of the time didn't know is a keyword here, whatever today's MeSH knows. */
const asIndexed =
  (meshOf: MeshOf, standing: readonly Row[]): MeshOf =>
  (heading) => {
    const lines = meshOf(heading)
    return lines?.every(({ ui }) => standing.some(({ descriptorUi }) => descriptorUi === ui)) ? lines : undefined
  }

/** A record without those numbers that its publication doesn't have, since another one had them. */
function withoutMissing(
  record: PublicationRecord,
  own: Row | undefined,
  isTaken: (name: NumberOf, number: string) => boolean,
): PublicationRecord {
  const missing = numbersOf(record.publication).filter(
    ({ name, number }) => own?.[name] !== record.publication[name] && isTaken(name, number),
  )
  return withoutNumbers(
    record,
    missing.map(({ name }) => name),
  )
}

/** What the records' own further numbers are otherwise, and which of their publications' numbers another one had. */
async function numbersOfRecords(tx: Transaction, kept: readonly Kept[]) {
  const rule = PROCESS_TABLES.recordIdentifier
  const rows = groupedBy(
    await tx.recordIdentifier.findMany({ where: { recordKey: { in: kept.map(({ key }) => key) } } }),
    ({ recordKey }) => recordKey,
  )
  const taken = new Map<string, readonly NumberOf[]>()
  const found = kept.flatMap(({ key, record, read }) => {
    const standing = rows.get(key) ?? []
    const own = identifiersOf({ key, reading: read }, [])
    const further = standing.filter(({ position }) => position > own.length)
    taken.set(
      key,
      NUMBERS.filter((name) => further.some(({ type, value }) => type === name && value === record.publication[name])),
    )
    return differencesOf(
      key,
      'recordIdentifier',
      rule,
      standing,
      identifiersOf({ key, reading: read }, taken.get(key) ?? []),
    )
  })
  return { found, takenOf: (key: string) => taken.get(key) ?? [] }
}

async function standingRows(tx: Transaction, ids: readonly string[]): Promise<Standing> {
  const tables = new Map<string, ReadonlyMap<string, readonly Row[]>>()
  for (const [table] of tablesOf(PUBLICATION_TABLES)) {
    const owner = table === 'publication' ? 'id' : 'publicationId'
    const rows = await reader(tx, table).findMany({ where: { [owner]: { in: [...ids] } } })
    tables.set(
      table,
      groupedBy(rows, (row) => String(row[owner])),
    )
  }
  return (table, publication) => tables.get(table)?.get(publication) ?? []
}
