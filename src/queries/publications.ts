import type { Transaction } from '../db/connect.ts'
import { authorsOf, meshNamesOf } from '../db/names-of-publications.ts'
import { pagesInSnapshot } from '../db/pages-in-snapshot.ts'
import type { Author, Prisma } from '../generated/prisma/client.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { Heading } from '../model/publication-record.ts'
import type { ExtractionChoices } from './extraction/choices.ts'
import { reviewSlugs } from './review-selection.ts'
import { ofStudies } from './selection.ts'

type Stored = Prisma.PublicationGetPayload<object>
type Chosen = Pick<ExtractionChoices, 'studies' | 'review'>

/** One of the by-line: a person, or a group by its collective name. */
export type Signatory = Omit<Author, 'id'> & { readonly affiliation: string | null }

/** A publication with all that bibliographic formats ask for, each list in its order. */
export interface PublicationForExport extends Omit<Stored, 'authorsMissingReason' | 'year'> {
  readonly authors: readonly Signatory[]
  /** The abstract's sections with their labels; none where no abstract is stored. */
  readonly abstract: readonly { readonly label: string; readonly body: string }[]
  /** Whose text the abstract is. */
  readonly rights: string | null
  readonly types: readonly string[]
  readonly keywords: readonly { readonly keyword: string; readonly major: boolean }[]
  /** MeSH headings, each descriptor once with all its qualifiers. */
  readonly headings: readonly Heading[]
  readonly substances: readonly { readonly name: string; readonly registryNumber: string | null }[]
  /** Notices that tie it to other publications, by PubMed's own names: ErratumIn, RetractionIn … */
  readonly links: readonly { readonly type: string; readonly source: string | null; readonly pmid: string | null }[]
}

/** So many at once: their keys are parameters of each statement, and their texts must fit anywhere. */
const PUBLICATIONS_AT_ONCE = 250

/**
 * The publications of all studies, of the named ones, or of those that a review includes: each once, in the order of
 * their keys, page by page and as of one moment. Every page takes the same number of statements.
 *
 * @throws EvidenceError STUDY_NOT_FOUND, REVIEW_NOT_FOUND
 */
export const publications = (
  db: Transaction,
  choices: Chosen = {},
): AsyncIterable<readonly PublicationForExport[]> => ({
  [Symbol.asyncIterator]: () => pagesInSnapshot(db, (tx) => pagesOf(tx, choices)),
})

async function* pagesOf(tx: Transaction, { studies = [], review }: Chosen): AsyncGenerator<PublicationForExport[]> {
  const reports: Prisma.StudyPublicationWhereInput = await ofStudies(tx, { studies })
  if (review !== undefined) {
    await reviewSlugs(tx, [review])
    reports.study = { inReviews: { some: { reviewId: review, decision: 'included' } } }
  }
  for (let after = ''; ; ) {
    const page = await tx.publication.findMany({
      where: { id: { gt: after }, studies: { some: reports } },
      orderBy: { id: 'asc' },
      take: PUBLICATIONS_AT_ONCE,
    })
    if (page.length > 0) yield await withDetails(tx, page)
    if (page.length < PUBLICATIONS_AT_ONCE) return
    after = page.at(-1)?.id ?? ''
  }
}

async function withDetails(tx: Transaction, page: readonly Stored[]): Promise<PublicationForExport[]> {
  const ids = page.map(({ id }) => id)
  const ofPage = { publicationId: { in: ids } }
  const where = { where: ofPage, orderBy: [{ publicationId: 'asc' as const }, { position: 'asc' as const }] }
  const kept = <Row extends { readonly publicationId: string }>(rows: readonly Row[]) => {
    const lists = groupedBy(rows, ({ publicationId }) => publicationId)
    return (id: string): readonly Row[] => lists.get(id) ?? []
  }
  const abstracts = { ...ofPage, kind: 'abstract' as const }
  const authors = new Map((await authorsOf(tx, ids)).map((author) => [author.id, author]))
  const meshNames = await meshNamesOf(tx, ids)
  const authorships = kept(await tx.authorship.findMany(where))
  const sources = kept(await tx.source.findMany({ where: abstracts, orderBy: { id: 'asc' } }))
  const texts = kept(await tx.publicationText.findMany({ ...where, where: { ...ofPage, source: abstracts } }))
  const types = kept(await tx.publicationType.findMany(where))
  const keywords = kept(await tx.keyword.findMany(where))
  const mesh = kept(await tx.publicationMesh.findMany(where))
  const substances = kept(await tx.substance.findMany(where))
  const links = kept(await tx.publicationLink.findMany(where))
  return page.map(({ authorsMissingReason: _, year: __, ...publication }) => {
    const { id } = publication
    return {
      ...publication,
      authors: authorships(id).flatMap(({ authorId, affiliation }) => {
        const author = authors.get(authorId)
        return author === undefined ? [] : { ...author, affiliation }
      }),
      abstract: texts(id).map(({ label, body }) => ({ label, body })),
      rights: texts(id).length === 0 ? null : (sources(id).find(({ rights }) => rights !== null)?.rights ?? null),
      types: types(id).map(({ name }) => name),
      keywords: keywords(id).map(({ keyword, majorTopic }) => ({ keyword, major: majorTopic })),
      headings: [...groupedBy(mesh(id), ({ descriptorUi }) => descriptorUi)].map(([ui, lines]) => ({
        descriptor: meshNames.get(ui) ?? ui,
        major: lines.some(({ descriptorMajor }) => descriptorMajor),
        qualifiers: lines.flatMap(({ qualifierUi, qualifierMajor }) =>
          qualifierUi === null ? [] : { name: meshNames.get(qualifierUi) ?? qualifierUi, major: qualifierMajor },
        ),
      })),
      substances: substances(id).map(({ name, registryNumber }) => ({ name, registryNumber })),
      links: links(id).map(({ refType, refSource, refPmid }) => ({ type: refType, source: refSource, pmid: refPmid })),
    }
  })
}
