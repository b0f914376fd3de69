import { EvidenceError } from '../errors.ts'
import type { PublicationRows } from '../model/study-record.ts'
import type { Transaction } from './database.ts'
import { untie } from './reports/tie-reports.ts'
import { NO_CHANGES } from './row-changes.ts'
import { valuesOf } from './rows-as-json.ts'
import { isAmong, sql } from './sql.ts'
import { type Changes, changedTables, changesOf, differ, mergedChanges } from './table-changes.ts'
import { PUBLICATION_TABLES } from './tables.ts'

/** Whose file says something of a publication. */
export type Holder = { readonly study: string } | { readonly review: string }

/** What a file's publications are known by, for locks. */
export const publicationNames = (publications: readonly PublicationRows[]): readonly string[] =>
  publications
    .flatMap(({ publication, publicationLink }) => [
      ...publication.flatMap(({ id, pmid, doi, pmcid }) => [id, pmid, doi, pmcid]),
      ...publicationLink.map(({ refPmid }) => refPmid),
    ])
    .flatMap((name) => (name === null ? [] : [`publication ${name}`]))

/** The keys of a file's publications. */
export const publicationIds = (publications: readonly PublicationRows[]): readonly string[] =>
  publications.flatMap(({ publication }) => publication.map(({ id }) => id))

/**
 * What has to happen to the publications of a study or review, unless another one says something else of them.
 *
 * @throws EvidenceError SHARED_ROW_CONFLICT
 */
export async function publicationChanges(
  tx: Transaction,
  holder: Holder,
  publications: readonly PublicationRows[],
): Promise<Changes<PublicationRows>> {
  const own = publications.flatMap(({ publication }) => publication)
  const merged: Changes<PublicationRows>[] = []
  for (const given of publications)
    for (const publication of given.publication) {
      for (const old of await sameUnderAnotherKey(tx, holder, publication, own))
        merged.push(await changesToPublication(tx, old, NO_PUBLICATION))
      const rows = { ...given, publicationLink: await withLinks(tx, given.publicationLink, own) }
      const changes = await changesToPublication(tx, publication.id, rows)
      const other = differ(changes) && (await otherHolder(tx, holder, publication.id))
      if (other)
        throw new EvidenceError(
          'SHARED_ROW_CONFLICT',
          `The publication ${publication.id} also reports ${other}, whose file says something else of it (${changedTables(changes).join(', ')}). Make the two files agree.`,
        )
      merged.push(changes)
    }
  return mergedChanges(merged)
}

type Publication = PublicationRows['publication'][number]

export const NO_PUBLICATION = Object.fromEntries(
  Object.keys(PUBLICATION_TABLES).map((table) => [table, []]),
) as unknown as PublicationRows

export const changesToPublication = (tx: Transaction, id: string, rows: PublicationRows) =>
  changesOf(tx, PUBLICATION_TABLES, rows, { publicationId: id }, { publication: { id } })

/** Another study or review whose file describes a publication. */
async function otherHolder(tx: Transaction, holder: Holder, publicationId: string): Promise<string | undefined> {
  const of = await holdersOf(tx, publicationId)
  return of.find((other) => !isSame(other, holder))?.slug
}

interface Named {
  readonly kind: 'study' | 'review'
  readonly slug: string
}

/** The studies and reviews whose own files describe it: what imported ones say of it gives way, as records do. */
async function holdersOf(tx: Transaction, publicationId: string): Promise<readonly Named[]> {
  const studies = await tx.studyPublication.findMany({
    where: { publicationId, tiedBy: 'study', study: { registry: null } },
    orderBy: { studyId: 'asc' },
  })
  const reviews = await tx.reviewPublication.findMany({ where: { publicationId }, orderBy: { reviewId: 'asc' } })
  return [
    ...studies.map(({ studyId }) => ({ kind: 'study' as const, slug: studyId })),
    ...reviews.map(({ reviewId }) => ({ kind: 'review' as const, slug: reviewId })),
  ]
}

const isSame = ({ kind, slug }: Named, holder: Holder) =>
  'study' in holder ? kind === 'study' && slug === holder.study : kind === 'review' && slug === holder.review

/**
 * The rows under which a publication stands already by another key, because the file had an identifier wrong or lacked
 * it. They go when this study alone reports from them.
 */
async function sameUnderAnotherKey(
  tx: Transaction,
  holder: Holder,
  publication: Publication,
  own: readonly Publication[],
): Promise<readonly string[]> {
  const identifiers = (['pmid', 'doi', 'pmcid'] as const).flatMap((name) =>
    publication[name] === null ? [] : [{ [name]: publication[name] }],
  )
  const same = await tx.publication.findMany({
    where: { OR: identifiers, NOT: { id: { in: own.map(({ id }) => id) } } },
  })
  for (const { id } of same) {
    const holders = await holdersOf(tx, id)
    // What records and imported studies say of it gives way to the file.
    if (holders.length === 0 && (await isFromElsewhere(tx, id))) continue
    if (holders.length === 0 || holders.some((other) => !isSame(other, holder)))
      throw new EvidenceError(
        'SHARED_ROW_CONFLICT',
        `The file's publication ${publication.id} is already in the database as ${id}. Give the file all the identifiers of that one.`,
      )
  }
  return same.map(({ id }) => id)
}

const isFromElsewhere = async (tx: Transaction, publicationId: string): Promise<boolean> =>
  (await tx.importedRecord.count({ where: { publicationId } })) > 0 ||
  (await tx.studyPublication.count({ where: { publicationId } })) > 0

/** Ties a notice to the publication that it names, where that one is here or in the same file. */
export async function withLinks(
  tx: Transaction,
  links: PublicationRows['publicationLink'],
  own: readonly Publication[],
): Promise<PublicationRows['publicationLink']> {
  const pmids = links.flatMap(({ refPmid }) => (refPmid === null ? [] : [refPmid]))
  if (pmids.length === 0) return links
  const named = sql`SELECT "pmid", "id" FROM "publication" WHERE ${isAmong(tx, sql`"pmid"`, pmids)}`
  const standing = await valuesOf<readonly [pmid: string, id: string]>(tx, ['pmid', 'id'], named)
  const here = new Map([...standing, ...own.map(({ pmid, id }) => [pmid, id] as const)])
  return links.map((link) => ({
    ...link,
    linkedPublicationId: link.refPmid === null ? null : (here.get(link.refPmid) ?? null),
  }))
}

/**
 * Records from elsewhere and imported studies follow their publications to new keys, whose rows are written by then, the old
 * ones not yet gone.
 */
export async function moveWhatPointsAt(tx: Transaction, moves: ReadonlyMap<string, string>): Promise<void> {
  for (const [before, after] of moves)
    await tx.importedRecord.updateMany({ where: { publicationId: before }, data: { publicationId: after } })
  await moveReports(tx, moves)
}

/** Imported studies follow. Of two references of one study that turn out to be of one publication, the first stays. */
export async function moveReports(tx: Transaction, moves: ReadonlyMap<string, string>): Promise<void> {
  if (moves.size === 0) return
  await untie(tx, { publications: [...moves.keys()] })
  const publicationId = { in: [...new Set([...moves.keys(), ...moves.values()])] }
  const links = await tx.studyPublication.findMany({
    where: { publicationId, study: { registry: { not: null } }, tiedBy: 'study' },
    orderBy: [{ studyId: 'asc' }, { position: 'asc' }],
  })
  const after = (id: string) => moves.get(id) ?? id
  const first = new Map<string, (typeof links)[number]>()
  for (const link of links) {
    const key = JSON.stringify([link.studyId, after(link.publicationId)])
    if (!first.has(key)) first.set(key, link)
  }
  const kept = new Set(first.values())
  for (const link of links) if (!kept.has(link)) await tx.studyPublication.delete({ where: keyOfReport(link) })
  for (const link of kept)
    if (moves.has(link.publicationId))
      await tx.studyPublication.update({
        where: keyOfReport(link),
        data: { publicationId: after(link.publicationId) },
      })
}

const keyOfReport = ({ studyId, publicationId }: { readonly studyId: string; readonly publicationId: string }) => ({
  studyId_publicationId: { studyId, publicationId },
})

/** Which publication goes by which key from now on: they have a number in common. */
export function movesOf(changes: Changes<PublicationRows>): ReadonlyMap<string, string> {
  const { added, changed, removed } = changes.get('publication') ?? NO_CHANGES
  const present = [...added, ...changed.map(({ after }) => after)]
  return new Map(
    removed.flatMap((before) => {
      const after = present.find((row) =>
        (['pmid', 'doi', 'pmcid'] as const).some((name) => row[name] !== null && row[name] === before[name]),
      )
      return after === undefined ? [] : [[String(before.id), String(after.id)] as const]
    }),
  )
}

/** Ties the notices that were waiting for a publication of this file. */
export async function tieLinks(tx: Transaction, changes: Changes<PublicationRows>): Promise<void> {
  const added = new Map(
    (changes.get('publication')?.added ?? []).flatMap(({ id, pmid }) =>
      typeof id === 'string' && typeof pmid === 'string' ? [[pmid, id] as const] : [],
    ),
  )
  if (added.size === 0) return
  const waiting = await valuesOf<readonly [pmid: string]>(
    tx,
    ['ref_pmid'],
    sql`SELECT DISTINCT "ref_pmid" FROM "publication_link" WHERE ${isAmong(tx, sql`"ref_pmid"`, [...added.keys()])}`,
  )
  for (const [refPmid] of waiting)
    await tx.publicationLink.updateMany({
      where: { refPmid },
      data: { linkedPublicationId: added.get(refPmid) ?? null },
    })
}
