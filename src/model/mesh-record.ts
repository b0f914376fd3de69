/** A descriptor as a MeSH file has it. */
export interface MeshDescriptorRecord {
  readonly ui: string
  readonly name: string
  readonly scopeNote: string | null
  readonly treeNumbers: readonly string[]
  /** Every synonym, permuted ones too, without the name itself; each once. */
  readonly entryTerms: readonly string[]
}

/** A qualifier (subheading) as a MeSH file has it. */
export interface MeshQualifierRecord {
  readonly ui: string
  readonly name: string
}

/** One line of the tree file, which knows headings by their names alone. */
export interface MeshTreePlace {
  readonly name: string
  readonly treeNumber: string
}

/** What a MeSH file holds, with the records in batches, in the order of the file. */
export type MeshContent =
  | { readonly content: 'descriptors'; readonly batches: AsyncIterable<readonly MeshDescriptorRecord[]> }
  | { readonly content: 'qualifiers'; readonly batches: AsyncIterable<readonly MeshQualifierRecord[]> }
  | { readonly content: 'trees'; readonly batches: AsyncIterable<readonly MeshTreePlace[]> }
