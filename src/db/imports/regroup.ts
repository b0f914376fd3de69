import { type MeshOf, publicationOf, type RecordOfPublication } from '../../model/publication-of-records.ts'
import type { PublicationRows } from '../../model/study-record.ts'
import type { Transaction } from '../database.ts'
import { changesToPublication, NO_PUBLICATION, tieLinks, withLinks } from '../publication-changes.ts'
import { additions, type Changes, mergedChanges, remove, write } from '../table-changes.ts'
import { PUBLICATION_TABLES } from '../tables.ts'
import { addVocabulary } from './add-vocabulary.ts'

/** Records that describe one publication. */
export interface Group {
  readonly records: readonly RecordOfPublication[]
  /** The rows that stood for it so far; of none of these a file says something. */
  readonly before: readonly string[]
  /** The publication that it is, where a study's or review's file describes that: its rows stay as they are. */
  readonly held: string | undefined
}

/**
 * Makes one publication of each group's records.
 *
 * @param whileBothStand  writes what points at publications: new rows are there by then, and old ones not yet gone
 */
export async function regroup(
  tx: Transaction,
  groups: readonly Group[],
  meshOf: MeshOf,
  whileBothStand: (idOf: (record: string) => string | undefined) => Promise<void>,
): Promise<void> {
  const made = groups.map((group) => {
    const { id, rows, vocabulary } = publicationOf(group.records, meshOf)
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
  for (const { id, rows, before } of made) {
    if (rows !== undefined && before.length === 0) added.push(rows)
    else if (rows !== undefined) changes.push(await changesToPublication(tx, id, await linked(tx, rows)))
    for (const old of before) if (old !== id) changes.push(await changesToPublication(tx, old, NO_PUBLICATION))
  }
  changes.push(additions(PUBLICATION_TABLES, await linked(tx, joined(added))))
  const all = mergedChanges(changes)
  await write(tx, PUBLICATION_TABLES, all)
  const ids = new Map(made.flatMap(({ id, records }) => records.map(({ key }) => [key, id] as const)))
  await whileBothStand((record) => ids.get(record))
  for (const { id, before, records } of made)
    if (before.some((old) => old !== id))
      await tx.importedRecord.updateMany({
        where: { key: { in: records.map(({ key }) => key) } },
        data: { publicationId: id },
      })
  await remove(tx, PUBLICATION_TABLES, all)
  await tieLinks(tx, all)
}

const linked = async (tx: Transaction, rows: PublicationRows): Promise<PublicationRows> => ({
  ...rows,
  publicationLink: await withLinks(tx, rows.publicationLink, rows.publication),
})

/** The rows of several publications, table by table. */
const joined = (all: readonly PublicationRows[]): PublicationRows =>
  Object.fromEntries(
    Object.keys(PUBLICATION_TABLES).map((table) => [
      table,
      all.flatMap((rows) => rows[table as keyof PublicationRows] as readonly object[]),
    ]),
  ) as unknown as PublicationRows
