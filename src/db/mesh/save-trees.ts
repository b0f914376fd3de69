import { EvidenceError } from '../../errors.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { MeshTreePlace } from '../../model/mesh-record.ts'
import type { Transaction } from '../database.ts'
import { inBatches } from './in-batches.ts'
import { placeDescriptors } from './save-terms.ts'

/**
 * Gives the descriptors that a tree file names, and that are known by these names, the places that it has for them. A
 * descriptor's places lie all over the file, so it is read to its end first; the reader bounds how long it may be.
 *
 * @throws EvidenceError VOCABULARY_MISSING  no descriptor is known yet
 */
export async function saveTrees(
  tx: Transaction,
  batches: AsyncIterable<readonly MeshTreePlace[]>,
  size: number,
  onRecords: (records: number) => void,
): Promise<{ read: number; saved: number; removed: number; failed: number; unplaced: readonly string[] }> {
  if ((await tx.meshDescriptor.findFirst()) === null)
    throw new EvidenceError(
      'VOCABULARY_MISSING',
      'The tree file has names and places, but no identifiers: it can only place descriptors that are known, and the database has none yet. Import the descriptors first (desc2024.xml or d2024.bin), which have their places themselves.',
    )
  const places: MeshTreePlace[] = []
  for await (const batch of batches) {
    places.push(...batch)
    onRecords(batch.length)
  }
  const numbers = new Map(
    [...groupedBy(places, ({ name }) => name)].map(([name, all]) => [name, all.map(({ treeNumber }) => treeNumber)]),
  )
  const unplaced: string[] = []
  let [saved, removed] = [0, 0]
  for await (const names of inBatches(one([...numbers.keys()]), size)) {
    const known = await tx.meshDescriptor.findMany({
      where: { name: { in: [...names] } },
      select: { ui: true, name: true, treeNumbers: { select: { treeNumber: true } } },
    })
    const there = new Map(known.map(({ ui, treeNumbers }) => [ui, treeNumbers.map(({ treeNumber }) => treeNumber)]))
    const records = known.map(({ ui, name }) => ({ ui, treeNumbers: numbers.get(name) ?? [] }))
    // The reader has seen that no place is given twice.
    await placeDescriptors(tx, records, (ui) => there.get(ui) ?? [], new Set())
    for (const { ui, treeNumbers } of records) {
      saved += treeNumbers.filter((number) => !there.get(ui)?.includes(number)).length
      removed += there.get(ui)?.filter((number) => !treeNumbers.includes(number)).length ?? 0
    }
    const found = new Set(known.map(({ name }) => name))
    unplaced.push(...names.filter((name) => !found.has(name)))
  }
  const failed = unplaced.reduce((sum, name) => sum + (numbers.get(name)?.length ?? 0), 0)
  return { read: places.length, saved, removed, failed, unplaced }
}

async function* one<T>(values: readonly T[]): AsyncGenerator<readonly T[]> {
  yield values
}
