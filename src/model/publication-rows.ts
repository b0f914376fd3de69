import { yearOf } from './partial-date.ts'
import { isMissing } from './study-file/values.ts'
import type { StudyFile } from './study-file.ts'
import type { PublicationRows, VocabularyRows } from './study-record.ts'

type PublicationEntry = StudyFile['publications'][number]
/** A publication, whatever part it plays for whose file it stands in. */
export type PublicationDetails = Omit<PublicationEntry, 'role' | 'code'>
type AuthorEntry = Exclude<PublicationEntry['authors'], { missing: unknown }>[number]

/** `pmid-N`, else `doi-…`, else `pmcid-…`; a publication without an identifier is known by its study's or review's file. */
export function publicationKey(slug: string, entry: Pick<PublicationEntry, 'pmid' | 'doi' | 'pmcid' | 'code'>): string {
  if (entry.pmid !== undefined) return `pmid-${entry.pmid}`
  if (entry.doi !== undefined) return `doi-${entry.doi}`
  if (entry.pmcid !== undefined) return `pmcid-${entry.pmcid}`
  return `${slug}-${entry.code}`
}

/** The rows of one publication of a study file or review. */
export function publicationRows(id: string, entry: PublicationDetails): PublicationRows {
  const sections = entry.sources.flatMap((source) => (source.sections ?? []).map((section) => ({ source, section })))
  return {
    publication: [
      {
        id,
        pmid: entry.pmid ?? null,
        doi: entry.doi ?? null,
        pmcid: entry.pmcid ?? null,
        title: entry.title,
        journal: entry.journal ?? null,
        volume: entry.volume ?? null,
        issue: entry.issue ?? null,
        pages: entry.pages ?? null,
        published: entry.published ?? null,
        publishedPrinted: entry.published_printed ?? null,
        year: entry.published === undefined ? null : yearOf(entry.published),
        language: entry.language ?? null,
        authorsMissingReason: isMissing(entry.authors) ? entry.authors.missing : null,
        note: entry.note ?? null,
      },
    ],
    source: entry.sources.map((source) => ({
      id: `${id}/${source.code}`,
      publicationId: id,
      kind: source.kind,
      label: source.label,
      rights: source.rights ?? null,
    })),
    publicationText: sections.map(({ source, section }, index) => ({
      id: `${id}/${section.code}`,
      publicationId: id,
      sourceId: `${id}/${source.code}`,
      position: index + 1,
      label: section.label,
      body: section.body,
    })),
    authorship: authorsOf(entry).map((author, index) => ({
      publicationId: id,
      position: index + 1,
      authorId: authorKey(author),
      affiliation: author.affiliation ?? null,
    })),
    publicationType: (entry.types ?? []).map((type, index) => ({
      publicationId: id,
      position: index + 1,
      name: type.name,
      ui: type.ui ?? null,
    })),
    publicationLink: (entry.links ?? []).map((link, index) => ({
      publicationId: id,
      position: index + 1,
      refType: link.type,
      refSource: link.source ?? null,
      refPmid: link.pmid ?? null,
      linkedPublicationId: null,
      note: link.note ?? null,
    })),
    substance: (entry.substances ?? []).map((substance, index) => ({
      publicationId: id,
      position: index + 1,
      name: substance.name,
      registryNumber: substance.registry_number ?? null,
      ui: substance.ui ?? null,
    })),
    keyword: (entry.keywords ?? []).map((keyword, index) => ({
      publicationId: id,
      position: index + 1,
      keyword: keyword.keyword,
      majorTopic: keyword.major ?? false,
    })),
    publicationMesh: (entry.mesh ?? []).map((line, index) => ({
      publicationId: id,
      position: index + 1,
      descriptorUi: line.ui,
      descriptorMajor: line.major ?? false,
      qualifierUi: line.qualifier?.ui ?? null,
      qualifierMajor: line.qualifier?.major ?? false,
    })),
  }
}

/** What the terms and authors of a file are read from. */
type Naming = { readonly publications?: readonly PublicationDetails[] | undefined } & Pick<
  StudyFile,
  'conditions' | 'interventions' | 'subgroups' | 'adverse_events'
>

/** The descriptors, qualifiers and authors that a study file or review names, each once. */
export function vocabularyRows(file: Naming): Pick<VocabularyRows, 'meshDescriptor' | 'meshQualifier' | 'author'> {
  const descriptors = new Map<string, string>()
  const qualifiers = new Map<string, string>()
  const authors = new Map<string, VocabularyRows['author'][number]>()
  for (const publication of file.publications ?? []) {
    for (const line of publication.mesh ?? []) {
      descriptors.set(line.ui, line.descriptor)
      if (line.qualifier) qualifiers.set(line.qualifier.ui, line.qualifier.name)
    }
    for (const author of authorsOf(publication)) authors.set(authorKey(author), authorRow(author))
  }
  for (const entry of [
    ...(file.conditions ?? []),
    ...(file.interventions ?? []),
    ...(file.subgroups ?? []),
    ...(file.adverse_events ?? []),
  ])
    if (entry.mesh) descriptors.set(entry.mesh.ui, entry.mesh.name)
  return {
    meshDescriptor: [...descriptors].map(([ui, name]) => ({ ui, name, scopeNote: null })),
    meshQualifier: [...qualifiers].map(([ui, name]) => ({ ui, name })),
    author: [...authors.values()],
  }
}

const authorsOf = (entry: PublicationDetails): readonly AuthorEntry[] => (isMissing(entry.authors) ? [] : entry.authors)

// One spelling of a name is one author; whether two spellings are one person is a question for people.
const authorKey = (author: AuthorEntry): string =>
  'collective_name' in author
    ? author.collective_name
    : author.orcid !== undefined
      ? `orcid-${author.orcid}`
      : [author.last_name, author.fore_name ?? author.initials].filter(Boolean).join(', ')

const authorRow = (author: AuthorEntry): VocabularyRows['author'][number] =>
  'collective_name' in author
    ? {
        id: authorKey(author),
        lastName: null,
        foreName: null,
        initials: null,
        collectiveName: author.collective_name,
        orcid: null,
      }
    : {
        id: authorKey(author),
        lastName: author.last_name,
        foreName: author.fore_name ?? null,
        initials: author.initials ?? null,
        collectiveName: null,
        orcid: author.orcid ?? null,
      }
