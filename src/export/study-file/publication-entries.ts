import type { StudyFile } from '../../model/study-file.ts'
import type { PublicationRows, StudyRecord } from '../../model/study-record.ts'
import type { FileNames } from './file-names.ts'
import { inOrder } from './in-order.ts'
import { filled, flag, given, present } from './present.ts'

type PublicationEntry = StudyFile['publications'][number]

type Vocabulary = StudyRecord['vocabulary']

/** The publications of a study's file, in the study's order. */
export function publicationEntries(record: StudyRecord, names: FileNames): StudyFile['publications'] {
  const byId = publicationsById(record.publications)
  return inOrder(record.rows.studyPublication).flatMap(({ publicationId, role }) => {
    const rows = byId.get(publicationId)
    return rows
      ? [{ code: names.publication(publicationId), role, ...publicationDetails(record.vocabulary, rows) }]
      : []
  })
}

export const publicationsById = (publications: readonly PublicationRows[]): ReadonlyMap<string, PublicationRows> =>
  new Map(publications.flatMap((rows) => rows.publication.map(({ id }) => [id, rows])))

/** What a file says of a publication, but for what it calls it and what part it plays there. */
export function publicationDetails(
  vocabulary: Vocabulary,
  rows: PublicationRows,
): Omit<PublicationEntry, 'code' | 'role'> {
  const [row] = rows.publication
  if (!row) throw new Error('a publication without its row')
  return present({
    pmid: given(row.pmid),
    doi: given(row.doi),
    pmcid: given(row.pmcid),
    title: row.title,
    journal: given(row.journal),
    volume: given(row.volume),
    issue: given(row.issue),
    pages: given(row.pages),
    published: given(row.published),
    published_printed: given(row.publishedPrinted),
    language: given(row.language),
    note: given(row.note),
    authors: authorsOf(vocabulary, row, rows),
    sources: sourcesOf(row.id, rows),
    types: filled(inOrder(rows.publicationType).map(({ name, ui }) => present({ name, ui: given(ui) }))),
    mesh: filled(inOrder(rows.publicationMesh).map((line) => meshLine(vocabulary, line))),
    substances: filled(
      inOrder(rows.substance).map(({ name, registryNumber, ui }) =>
        present({ name, registry_number: given(registryNumber), ui: given(ui) }),
      ),
    ),
    keywords: filled(
      inOrder(rows.keyword).map(({ keyword, majorTopic }) => present({ keyword, major: flag(majorTopic) })),
    ),
    links: filled(
      inOrder(rows.publicationLink).map(({ refType, refSource, refPmid, note }) =>
        present({ type: refType, source: given(refSource), pmid: given(refPmid), note: given(note) }),
      ),
    ),
  })
}

function authorsOf(
  vocabulary: Vocabulary,
  { authorsMissingReason }: PublicationRows['publication'][number],
  { authorship }: PublicationRows,
): PublicationEntry['authors'] {
  if (authorship.length === 0) return { missing: authorsMissingReason ?? 'not_reported' }
  const authors = new Map(vocabulary.author.map((author) => [author.id, author]))
  return inOrder(authorship).map(({ authorId, affiliation }) => {
    const author = authors.get(authorId)
    return author?.collectiveName
      ? present({ collective_name: author.collectiveName, affiliation: given(affiliation) })
      : present({
          last_name: author?.lastName ?? authorId,
          fore_name: given(author?.foreName ?? null),
          initials: given(author?.initials ?? null),
          orcid: given(author?.orcid ?? null),
          affiliation: given(affiliation),
        })
  })
}

/** Sections are numbered through all sources: a source stands where its first section does, one without any at the end. */
function sourcesOf(id: string, { source, publicationText }: PublicationRows): PublicationEntry['sources'] {
  const code = (key: string) => key.slice(id.length + 1)
  const texts = inOrder(publicationText)
  const place = (sourceId: string) => {
    const first = texts.findIndex((section) => section.sourceId === sourceId)
    return first < 0 ? texts.length : first
  }
  return [...source]
    .sort((one, other) => place(one.id) - place(other.id) || (one.id < other.id ? -1 : 1))
    .map((row) =>
      present({
        code: code(row.id),
        kind: row.kind,
        label: row.label,
        rights: given(row.rights),
        sections: filled(
          texts
            .filter(({ sourceId }) => sourceId === row.id)
            .map((section) => ({ code: code(section.id), label: section.label, body: section.body })),
        ),
      }),
    )
}

function meshLine(
  vocabulary: Vocabulary,
  line: PublicationRows['publicationMesh'][number],
): NonNullable<PublicationEntry['mesh']>[number] {
  const nameOf = (terms: readonly { ui: string; name: string }[], ui: string) =>
    terms.find((term) => term.ui === ui)?.name ?? ui
  return present({
    descriptor: nameOf(vocabulary.meshDescriptor, line.descriptorUi),
    ui: line.descriptorUi,
    major: flag(line.descriptorMajor),
    qualifier:
      line.qualifierUi === null
        ? undefined
        : present({
            name: nameOf(vocabulary.meshQualifier, line.qualifierUi),
            ui: line.qualifierUi,
            major: flag(line.qualifierMajor),
          }),
  })
}
