import type { RecordFormat } from '../generated/prisma/enums.ts'
import type { PublicationRecord } from './publication-record.ts'
import { type PublicationDetails, publicationRows, vocabularyRows } from './publication-rows.ts'
import { isMissing } from './study-file/values.ts'
import type { PublicationRows, VocabularyRows } from './study-record.ts'

/** A record of a publication, as it was read. */
export interface RecordOfPublication {
  readonly key: string
  readonly format: RecordFormat
  readonly record: PublicationRecord
}

/** Whose word counts before whose: what indexers made before what a program exported. */
const RANK: readonly RecordFormat[] = ['pubmed_xml', 'medline', 'ris', 'revman', 'ctgov_json', 'ctgov_xml']

/** A heading's lines, where MeSH's identifiers are known by its names. */
export type MeshOf = (heading: PublicationRecord['headings'][number]) => PublicationDetails['mesh'] | undefined

/**
 * What all records of a publication say of it together: each field as the best record that has it, so that the order in
 * which they came makes no difference.
 *
 * @param records  one at least
 * @param key      the publication's; by default its surest number makes it, else the best record's key
 */
export function publicationOf(
  records: readonly RecordOfPublication[],
  meshOf: MeshOf,
  key?: string,
): { readonly id: string; readonly rows: PublicationRows; readonly vocabulary: PublicationVocabulary } {
  const ordered = [...records].sort(
    (one, other) => RANK.indexOf(one.format) - RANK.indexOf(other.format) || (one.key < other.key ? -1 : 1),
  )
  const [best] = ordered
  if (best === undefined) throw new Error('a publication has one record at least')
  const details = ordered.map(({ record }) => detailsOf(record, meshOf))
  const entry: Record<string, unknown> = {}
  for (const one of details)
    for (const [field, value] of Object.entries(one)) if (isThere(value) && !(field in entry)) entry[field] = value
  const whole = { authors: { missing: 'not_reported' }, sources: [], ...entry } as unknown as PublicationDetails
  const id = key ?? keyOf(whole) ?? best.key
  return { id, rows: publicationRows(id, whole), vocabulary: vocabularyRows({ publications: [whole] }) }
}

export type PublicationVocabulary = Pick<VocabularyRows, 'meshDescriptor' | 'meshQualifier' | 'author'>

const isThere = (value: unknown): boolean =>
  value !== undefined && value !== '' && !isMissing(value) && !(Array.isArray(value) && value.length === 0)

const keyOf = ({ pmid, doi, pmcid }: PublicationDetails): string | undefined =>
  pmid !== undefined
    ? `pmid-${pmid}`
    : doi !== undefined
      ? `doi-${doi}`
      : pmcid !== undefined
        ? `pmcid-${pmcid}`
        : undefined

function detailsOf({ publication, sections, rights, headings }: PublicationRecord, meshOf: MeshOf): PublicationDetails {
  const lines = headings.map((heading) => ({ heading, mesh: meshOf(heading) }))
  // A heading that the MeSH here doesn't know is a keyword all the same.
  const unknown = lines.flatMap(({ heading, mesh }) =>
    mesh === undefined
      ? [
          {
            keyword: [heading.descriptor, ...heading.qualifiers.map(({ name }) => name)].join('/'),
            major: heading.major || heading.qualifiers.some(({ major }) => major),
          },
        ]
      : [],
  )
  return {
    ...publication,
    mesh: [...(publication.mesh ?? []), ...lines.flatMap(({ mesh }) => mesh ?? [])],
    keywords: [...(publication.keywords ?? []), ...unknown],
    sources:
      sections.length === 0
        ? []
        : [
            {
              code: 'abstract',
              kind: 'abstract',
              label: 'Abstract',
              ...(rights === undefined ? {} : { rights }),
              sections: [...sections],
            },
          ],
  }
}
