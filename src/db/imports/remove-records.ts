import type { Transaction } from '../database.ts'
import { heldPublications } from './save-publications.ts'

/**
 * Takes records away with the publications that nothing else describes.
 *
 * @returns how many records went, and in words which publications stay, and why
 */
export async function removeRecords(
  tx: Transaction,
  keys: readonly string[],
): Promise<{ readonly count: number; readonly kept: readonly string[] }> {
  const records = await tx.importedRecord.findMany({ where: { key: { in: [...keys] } }, omit: { content: true } })
  const publications = records.flatMap(({ publicationId }) => publicationId ?? [])
  await tx.importedRecord.deleteMany({ where: { key: { in: records.map(({ key }) => key) } } })
  const held = await heldPublications(tx, publications)
  const others = await tx.importedRecord.findMany({
    where: { publicationId: { in: publications } },
    select: { publicationId: true },
  })
  const described = new Set(others.map(({ publicationId }) => publicationId))
  const going = publications.filter((id) => !held.has(id) && !described.has(id))
  await tx.publication.deleteMany({ where: { id: { in: going } } })
  return {
    count: records.length,
    kept: publications.flatMap((id) =>
      held.has(id)
        ? [`the publication ${id} stays, since a study's or review's file describes it`]
        : described.has(id)
          ? [`the publication ${id} stays, since other records describe it`]
          : [],
    ),
  }
}
