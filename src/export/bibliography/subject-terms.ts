import type { Heading } from '../../model/publication-record.ts'
import type { PublicationForExport } from '../../queries/publications.ts'

/** A MeSH heading as MEDLINE has it, an asterisk before what is a major topic: `Neoplasms/pathology/*therapy`. */
export const meshHeading = ({ descriptor, major, qualifiers }: Heading): string =>
  [{ name: descriptor, major }, ...qualifiers].map(starred).join('/')

/** A keyword, with an asterisk where it is a major topic. */
export const starredKeyword = ({ keyword, major }: PublicationForExport['keywords'][number]): string =>
  starred({ name: keyword, major })

/** What a publication is about, for formats that have one list for all: the keywords, then the MeSH headings. */
export const subjectTerms = ({ keywords, headings }: PublicationForExport): readonly string[] => [
  ...keywords.map(starredKeyword),
  ...headings.map(meshHeading),
]

const starred = ({ name, major }: { readonly name: string; readonly major: boolean }) => (major ? `*${name}` : name)
