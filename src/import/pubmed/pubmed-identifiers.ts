import { doiIn } from '../bibliography/doi.ts'
import { once } from '../bibliography/listed.ts'
import { child, children, type XmlElement } from '../stream/xml-element.ts'
import type { RecordSource } from './record-source.ts'

interface Identifier {
  readonly type: string
  readonly value: string
}

export interface PubmedIdentifiers {
  readonly doi: string | undefined
  readonly pmcid: string | undefined
  readonly identifiers: readonly Identifier[]
}

const ISSN_TYPES: Readonly<Record<string, string>> = { Print: 'issn', Electronic: 'eissn' }

/**
 * What a record is known by beside its PMID. A DOI comes from the article itself (ELocationID) or from PubMed's list; one
 * that is none, or another, stays among the identifiers as printed.
 *
 * @param article  the Article, or the BookDocument
 * @param lists    ArticleIdLists
 */
export function pubmedIdentifiers(
  source: RecordSource,
  pmid: string,
  article: XmlElement | undefined,
  lists: readonly (XmlElement | undefined)[],
): PubmedIdentifiers {
  const located = children(article, 'ELocationID').flatMap((element) =>
    element.attributes.ValidYN === 'N' ? [] : typed(source, element, 'EIdType'),
  )
  const listed = lists.flatMap((list) => children(list, 'ArticleId').flatMap((id) => typed(source, id, 'IdType')))
  const all = [...located, ...listed]
  const doi = all.flatMap(({ type, value }) => (type === 'doi' ? (doiIn(value) ?? []) : []))[0]
  const pmcid = all.find(({ type, value }) => type === 'pmc' && PMCID.test(value))?.value
  const others = all.filter(
    ({ type, value }) =>
      !(type === 'doi' && doiIn(value) === doi && doi !== undefined) &&
      !(type === 'pmc' && value === pmcid) &&
      !(type === 'pubmed' && value === pmid),
  )
  return { doi, pmcid, identifiers: others }
}

const PMCID = /^PMC\d+$/

function typed(source: RecordSource, element: XmlElement, attribute: string): readonly Identifier[] {
  const value = source.words(element)
  if (value === undefined) return []
  source.attribute(element, 'ValidYN')
  return [{ type: source.attribute(element, attribute)?.toLowerCase() ?? 'other', value }]
}

/** The numbers of the journal: ISSNs, and the US National Library of Medicine's own. */
export function journalIdentifiers(source: RecordSource, citation: XmlElement): readonly Identifier[] {
  const journal = child(citation, 'Article', 'Journal')
  const info = child(citation, 'MedlineJournalInfo')
  const issns = children(journal, 'ISSN').flatMap((element) => {
    const value = source.words(element)
    const type = source.attribute(element, 'IssnType') ?? 'Print'
    return value === undefined ? [] : [{ type: ISSN_TYPES[type] ?? 'issn', value }]
  })
  const named = (type: string, name: string) => source.all(info, name).map((value) => ({ type, value }))
  return once([...issns, ...named('issn-linking', 'ISSNLinking'), ...named('nlm-journal', 'NlmUniqueID')])
}

/** The numbers that other libraries gave the record (OtherID), and MEDLINE's own before 2003. */
export function otherIdentifiers(source: RecordSource, citation: XmlElement): readonly Identifier[] {
  const others = children(citation, 'OtherID').flatMap((element) => typed(source, element, 'Source'))
  return [...others, ...source.all(citation, 'MedlineID').map((value) => ({ type: 'medline', value }))]
}
