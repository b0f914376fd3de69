import type { StudyFile } from './study-file.ts'

type Publication = StudyFile['publications'][number]

/** What a bibliographic record from elsewhere says of a publication, in a study file's terms. */
export interface PublicationRecord {
  readonly publication: Omit<Publication, 'code' | 'role' | 'sources'>
  /** The abstract in its labelled sections; none where the record has no abstract. */
  readonly sections: readonly { readonly code: string; readonly label: string; readonly body: string }[]
  /** Whose text the abstract is. */
  readonly rights?: string | undefined
  /** MeSH headings by their names alone, where the record has no identifiers of theirs. */
  readonly headings: readonly Heading[]
  /** Trials that it reports, by their registries' numbers: clinicaltrials.gov, NCT00067236. */
  readonly registrations: readonly { readonly registry: string; readonly value: string }[]
  /** What else it is known by: pii, issn, isbn, url, accession (of a database) … */
  readonly identifiers?: readonly { readonly type: string; readonly value: string }[]
  /** The database that it was exported from, as the record names it: Embase, PsycINFO. */
  readonly database?: string | undefined
}

export interface Heading {
  readonly descriptor: string
  readonly major: boolean
  readonly qualifiers: readonly { readonly name: string; readonly major: boolean }[]
}
