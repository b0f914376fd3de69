import type { Transaction } from '../database.ts'
import { tieReports, untie } from '../reports/tie-reports.ts'

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
  const reported = await reportedPublications(tx, publications)
  const others = await tx.importedRecord.findMany({
    where: { publicationId: { in: publications } },
    select: { publicationId: true },
  })
  const described = new Set(others.map(({ publicationId }) => publicationId))
  const going = publications.filter((id) => !reported.has(id) && !described.has(id))
  await untie(tx, { publications: going })
  await tx.publication.deleteMany({ where: { id: { in: going } } })
  await tieReports(tx, { publications })
  return {
    count: records.length,
    kept: publications.flatMap((id) =>
      reported.has(id)
        ? [`the publication ${id} stays, since studies or reviews name it`]
        : described.has(id)
          ? [`the publication ${id} stays, since other records describe it`]
          : [],
    ),
  }
}

/** Publications that studies or reviews name themselves. */
async function reportedPublications(tx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const where = { publicationId: { in: [...ids] } }
  const select = { publicationId: true } as const
  const studies = await tx.studyPublication.findMany({ where: { ...where, tiedBy: 'study' }, select })
  const reviews = await tx.reviewPublication.findMany({ where, select })
  return new Set([...studies, ...reviews].map(({ publicationId }) => publicationId))
}
