import type { StudyFile } from './study-file.ts'

type Publication = StudyFile['publications'][number]

/** What a bibliographic record from elsewhere says of a publication, in a study file's terms. */
export interface PublicationRecord {
  readonly publication: Omit<Publication, 'code' | 'role' | 'sources' | 'mesh'>
  /** The abstract in its labelled sections; none where the record has no abstract. */
  readonly sections: readonly { readonly code: string; readonly label: string; readonly body: string }[]
  /** Whose text the abstract is. */
  readonly rights?: string | undefined
  /** MeSH headings by their names alone. */
  readonly headings: readonly Heading[]
  readonly registrations: readonly { readonly registry: string; readonly value: string }[]
}

export interface Heading {
  readonly descriptor: string
  readonly major: boolean
  readonly qualifiers: readonly { readonly name: string; readonly major: boolean }[]
}
