import type { PublicationRecord } from '../../model/publication-record.ts'
import type { PublicationRows, StudyRecord } from '../../model/study-record.ts'
import type { Transaction } from '../database.ts'
import { candidatesOf, matchOf } from './match-publications.ts'
import { saidToBeSame } from './references-of-studies.ts'

/**
 * The same study, with those of its publications left to themselves that others have described already: a file of another
 * study or review, or a record of the publication's own. The study is tied to them, and what it says of them stays in
 * its record.
 */
export async function withStandingPublications(tx: Transaction, study: StudyRecord): Promise<StudyRecord> {
  if (study.publications.length === 0) return study
  const cited = study.publications.map((rows) => ({ rows, record: asRecord(rows) }))
  const candidates = await candidatesOf(
    tx,
    cited.map(({ record }) => record),
  )
  const matched = cited.map(({ rows, record }) => ({ rows, found: matchOf(record, candidates)?.publication.id }))
  const described = await describedByOthers(
    tx,
    study.slug,
    matched.flatMap(({ found }) => found ?? []),
  )
  const unmatched = matched.flatMap(({ rows, found }) => (found === undefined ? rows.publication : []))
  const said = await saidToBeSame(
    tx,
    study.slug,
    unmatched.map(({ id }) => id),
  )
  const own: PublicationRows[] = []
  const ids = new Map<string, string>()
  for (const { rows, found } of matched) {
    const id = rows.publication[0]?.id ?? ''
    const same = found ?? said.get(id)
    if (same !== undefined && (described.has(same) || said.has(id))) ids.set(id, same)
    else own.push(rows)
  }
  if (ids.size === 0) return study
  const links = study.rows.studyPublication.map((link) => ({
    ...link,
    publicationId: ids.get(link.publicationId) ?? link.publicationId,
  }))
  // Two references of one study may be of one publication.
  const studyPublication = links.filter(
    ({ publicationId }, index) => links.findIndex((link) => link.publicationId === publicationId) === index,
  )
  return { ...study, publications: own, rows: { ...study.rows, studyPublication } }
}

function asRecord({ publication: [row] }: PublicationRows): PublicationRecord {
  return {
    publication: {
      title: row?.title ?? '',
      pmid: row?.pmid ?? undefined,
      doi: row?.doi ?? undefined,
      pmcid: row?.pmcid ?? undefined,
      pages: row?.pages ?? undefined,
      published: row?.published ?? undefined,
      authors: { missing: 'not_reported' },
    },
    sections: [],
    headings: [],
    registrations: [],
  }
}

/** Those publications that another study, a review or a record of their own describes. */
export async function describedByOthers(
  tx: Transaction,
  studyId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const publicationId = { in: [...ids] }
  const select = { publicationId: true } as const
  const studies = await tx.studyPublication.findMany({
    where: { publicationId, studyId: { not: studyId }, tiedBy: 'study' },
    select,
  })
  const reviews = await tx.reviewPublication.findMany({ where: { publicationId }, select })
  const records = await tx.importedRecord.findMany({ where: { publicationId }, select })
  return new Set([...studies, ...reviews, ...records].flatMap((row) => row.publicationId ?? []))
}
