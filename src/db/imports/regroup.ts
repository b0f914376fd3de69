import { type MeshOf, publicationOf, type RecordOfPublication } from '../../model/publication-of-records.ts'
import type { PublicationRows } from '../../model/study-record.ts'
import type { Transaction } from '../database.ts'
import { changesToPublication, moveReports, NO_PUBLICATION, tieLinks, withLinks } from '../publication-changes.ts'
import { tieReports } from '../reports/tie-reports.ts'
import { additions, type Changes, joinedRows, mergedChanges, remove, write } from '../table-changes.ts'
import { PUBLICATION_TABLES } from '../tables.ts'
import { addVocabulary } from './add-vocabulary.ts'
import { holdersOfNumbers, type NumberOf, numbersOf, withoutNumbers } from './publication-numbers.ts'

/** Records that describe one publication. */
export interface Group {
  readonly records: readonly RecordOfPublication[]
  /** The rows that stood for it so far; of none of these a file says something. */
  readonly before: readonly string[]
  /** The publication that it is, where a study's or review's file describes that: its rows stay as they are. */
  readonly held: string | undefined
}

/** What became of each record, by its key. */
export interface Regrouped {
  readonly idOf: (record: string) => string
  /** Kinds of its numbers that another publication has. */
  readonly takenOf: (record: string) => readonly NumberOf[]
}

/**
 * Makes one publication of each group's records.
 *
 * A number that another publication has already can't be this one's too: it is left out.
 *
 * @param whileBothStand  writes what points at publications: new rows are there by then, and old ones not yet gone
 */
export async function regroup(
  tx: Transaction,
  groups: readonly Group[],
  meshOf: MeshOf,
  whileBothStand: (made: Regrouped) => Promise<void>,
): Promise<void> {
  const taken = await takenNumbers(tx, groups)
  const made = groups.map((group) => {
    const { id, rows, vocabulary } = publicationOf(
      group.records.map((record) => ({
        ...record,
        record: withoutNumbers(record.record, taken.get(record.key) ?? []),
      })),
      meshOf,
    )
    return group.held === undefined
      ? { ...group, id, rows, vocabulary }
      : { ...group, id: group.held, rows: undefined, vocabulary: undefined }
  })
  await addVocabulary(
    tx,
    made.flatMap(({ vocabulary }) => vocabulary ?? []),
  )
  const changes: Changes<PublicationRows>[] = []
  const added: PublicationRows[] = []
  const standing = new Set(made.flatMap(({ before }) => before))
  const staying = new Set(made.map(({ id }) => id))
  // What one group was known by may be another's key from now on: such a row changes, and doesn't go.
  const moves = new Map(
    made.flatMap(({ id, before }) => before.flatMap((old) => (staying.has(old) ? [] : [[old, id] as const]))),
  )
  for (const { id, rows, before } of made)
    if (rows !== undefined && before.length === 0 && !standing.has(id)) added.push(rows)
    else if (rows !== undefined) changes.push(await changesToPublication(tx, id, await linked(tx, rows)))
  for (const old of moves.keys()) changes.push(await changesToPublication(tx, old, NO_PUBLICATION))
  changes.push(additions(PUBLICATION_TABLES, await linked(tx, joinedRows(PUBLICATION_TABLES, added))))
  const all = mergedChanges(changes)
  await write(tx, PUBLICATION_TABLES, all)
  const ids = new Map(made.flatMap(({ id, records }) => records.map(({ key }) => [key, id] as const)))
  await whileBothStand({ idOf: (record) => ids.get(record) ?? '', takenOf: (record) => taken.get(record) ?? [] })
  for (const { id, before, records } of made)
    if (before.some((old) => old !== id))
      await tx.importedRecord.updateMany({
        where: { key: { in: records.map(({ key }) => key) } },
        data: { publicationId: id },
      })
  await moveReports(tx, moves)
  await remove(tx, PUBLICATION_TABLES, all)
  await tieLinks(tx, all)
  await tieReports(tx, { publications: made.map(({ id }) => id) })
}

/** Of each record the numbers that another publication has, or the publication of a group before. */
async function takenNumbers(
  tx: Transaction,
  groups: readonly Group[],
): Promise<ReadonlyMap<string, readonly NumberOf[]>> {
  const records = groups.flatMap((group) => group.records.map(({ record }) => record))
  const standing = await holdersOfNumbers(tx, records)
  const holder = new Map<string, string | Group>([...standing].map(([number, { id }]) => [number, id]))
  const taken = new Map<string, readonly NumberOf[]>()
  const madeAnew = new Set(groups.flatMap(({ before }) => before))
  for (const group of groups) {
    const own = (by: string | Group | undefined) =>
      by === undefined || by === group || by === group.held || (typeof by === 'string' && madeAnew.has(by))
    for (const { key, record } of group.records)
      taken.set(
        key,
        numbersOf(record.publication).flatMap(({ name, number }) => (own(holder.get(number)) ? [] : [name])),
      )
    for (const { record } of group.records)
      for (const { number } of numbersOf(record.publication)) if (own(holder.get(number))) holder.set(number, group)
  }
  return taken
}

const linked = async (tx: Transaction, rows: PublicationRows): Promise<PublicationRows> => ({
  ...rows,
  publicationLink: await withLinks(tx, rows.publicationLink, rows.publication),
})
