import type { PublicationVocabulary } from '../../model/publication-of-records.ts'
import type { PublicationRows } from '../../model/study-record.ts'
import type { Transaction } from '../database.ts'
import { additions, write } from '../table-changes.ts'
import { PUBLICATION_TABLES } from '../tables.ts'
import { addVocabulary } from './add-vocabulary.ts'
import type { ReadAgain } from './read-record.ts'

/** A reference of an imported study, and what it alone would make. */
interface Reference {
  readonly studyId: string
  readonly rows: PublicationRows
  readonly vocabulary: PublicationVocabulary
  readonly id: string
}

/**
 * Gives references of imported studies that were taken for a publication their own ones back, as their records say: what
 * undoes a person's merge of the two.
 *
 * @returns the keys of their own publications; none where they name this one by its number
 */
export async function takeReferencesOut(
  tx: Transaction,
  publication: string,
  readAgain: ReadAgain,
): Promise<readonly string[]> {
  const references = await referencesTo(tx, publication, readAgain)
  for (const { studyId, id, rows, vocabulary } of references) {
    if ((await tx.publication.count({ where: { id } })) === 0) {
      await addVocabulary(tx, [vocabulary])
      await write(tx, PUBLICATION_TABLES, additions(PUBLICATION_TABLES, rows))
    }
    await tx.studyPublication.update({
      where: { studyId_publicationId: { studyId, publicationId: publication } },
      data: { publicationId: id },
    })
  }
  return references.map(({ id }) => id)
}

async function referencesTo(tx: Transaction, publication: string, readAgain: ReadAgain): Promise<readonly Reference[]> {
  const links = await tx.studyPublication.findMany({
    where: { publicationId: publication, tiedBy: 'study', study: { registry: { not: null } } },
    orderBy: { studyId: 'asc' },
  })
  const found: Reference[] = []
  for (const { studyId, code } of links) {
    const records = await tx.importedRecord.findMany({ where: { studyId }, orderBy: { key: 'asc' } })
    for (const { format, content } of records) {
      const reading = readAgain(format, content)
      if (reading.kind !== 'study') continue
      const { rows, publications, vocabulary } = reading.record
      const id = rows.studyPublication.find((link) => link.code === code)?.publicationId
      const own = publications.find(({ publication: [row] }) => row?.id === id)
      if (id !== undefined && id !== publication && own !== undefined)
        found.push({ studyId, id, rows: own, vocabulary })
    }
  }
  return found
}

/** What is kept with a record that a person said to be the same as a publication. */
export const sameAs = (publication: string, because: string) => `the same as ${publication}: ${because}`

/** Publications of a study that a person said to be the same as what its references make by themselves, by the latter. */
export async function saidToBeSame(
  tx: Transaction,
  studyId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const records = await tx.importedRecord.findMany({
    where: { matchedBy: 'person', publication: { studies: { some: { studyId, tiedBy: 'study' } } } },
    select: { publicationId: true, reason: true },
    orderBy: { key: 'asc' },
  })
  return new Map(
    records.flatMap(({ publicationId, reason }) => {
      const id = ids.find((own) => reason?.startsWith(sameAs(own, '')))
      return id === undefined || publicationId === null ? [] : [[id, publicationId] as const]
    }),
  )
}
