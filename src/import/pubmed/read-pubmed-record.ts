import { EvidenceError } from '../../errors.ts'
import type { RecordReader } from '../../model/reading.ts'
import { ReadLeaves } from '../stream/read-leaves.ts'
import { recordText } from '../stream/record-text.ts'
import { child, children, parseXmlElement, textOf, type XmlElement } from '../stream/xml-element.ts'
import { inlineText } from './inline-text.ts'
import { pubmedArticle } from './pubmed-article.ts'
import { pubmedBook } from './pubmed-book.ts'
import { RecordSource } from './record-source.ts'

/** Elements of which the DTDs allow several in one place. */
const REPEATED: ReadonlySet<string> = new Set(
  `AbstractText AccessionNumber AffiliationInfo Affiliation ArticleDate ArticleId Author Chemical
  CitationSubset CollectionTitle CommentsCorrections DataBank ELocationID GeneSymbol GeneralNote Grant
  Identifier Investigator Isbn Item ItemList Keyword KeywordList Language LocationLabel MeshHeading Object OtherAbstract
  OtherID Param PersonalNameSubject PubMedPubDate PublicationType QualifierName Reference ReferenceList Section
  SpaceFlightMission SupplMeshName URL`.split(/\s+/),
)

/**
 * Reads one record of PubMed's XML: an article with or without what PubMed adds to MEDLINE's part, a book or chapter, or
 * a list of PMIDs that are no more. Its key is the PMID, whatever the version.
 *
 * What isn't taken over: all dates but the publication's own, grants, investigators, references, abstracts in other
 * languages or by others than the authors, names of the journal but one, and authors that PubMed marks as wrong.
 *
 * @throws EvidenceError RECORD_INVALID  it is not well-formed XML in UTF-8, another element, or has no PMID
 * @checked test/import/pubmed/read-pubmed-record.test.ts
 */
export const readPubmedRecord: RecordReader = ({ bytes }) => {
  const root = parseXmlElement(recordText(bytes))
  if (root.name === 'DeleteCitation') return { kind: 'deletion', keys: children(root, 'PMID').map(pmidOf) }
  const source = new RecordSource(new ReadLeaves(REPEATED))
  const { citation, data, isBook } = partsOf(root)
  const key = keyOf(source, citation, data)
  const record = (isBook ? pubmedBook : pubmedArticle)(source, key, citation, data)
  const path = root === citation ? root.name : ''
  const revision = revisionOf(source, citation)
  return { kind: 'publication', key, record, revision, unmapped: source.leaves.unread(root, path) }
}

interface Parts {
  readonly citation: XmlElement
  readonly data: XmlElement | undefined
  readonly isBook: boolean
}

function partsOf(root: XmlElement): Parts {
  if (root.name === 'MedlineCitation') return { citation: root, data: undefined, isBook: false }
  if (root.name === 'PubmedBookArticle') {
    const citation = child(root, 'BookDocument')
    if (citation !== undefined) return { citation, data: child(root, 'PubmedBookData'), isBook: true }
    throw refusal(root, 'the record has no BookDocument')
  }
  if (root.name !== 'PubmedArticle' && root.name !== 'PubMedArticle')
    throw refusal(root, `expected a record such as PubmedArticle; found the element ${root.name.slice(0, 60)}`)
  const citation = child(root, 'MedlineCitation') ?? child(root, 'NCBIArticle')
  if (citation === undefined) throw refusal(root, 'the record has no MedlineCitation')
  return { citation, data: child(root, 'PubmedData'), isBook: false }
}

/** The PMID of the record, or the one in its list of identifiers. */
function keyOf(source: RecordSource, citation: XmlElement, data: XmlElement | undefined): string {
  const own = child(citation, 'PMID')
  const listed = children(child(data, 'ArticleIdList'), 'ArticleId').find(
    ({ attributes }) => attributes.IdType === 'pubmed',
  )
  const element = own !== undefined && inlineText(own) !== '' ? own : listed
  if (element === undefined) throw refusal(citation, 'the record has no PMID')
  source.words(element)
  return pmidOf(element)
}

/** The version of the record, then the day on which it was last revised; in an order that bytes have. */
function revisionOf(source: RecordSource, citation: XmlElement): string | undefined {
  const revised = child(citation, 'DateRevised')
  const [year, month, day] = ['Year', 'Month', 'Day'].map((name) => source.shaped(children(revised, name), /^\d{1,4}$/))
  if (year === undefined || month === undefined || day === undefined) return undefined
  const version = source.attribute(child(citation, 'PMID'), 'Version') ?? '1'
  return `${version.padStart(3, '0')} ${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function pmidOf(element: XmlElement): string {
  const text = textOf(element) ?? ''
  if (/^[1-9]\d{0,8}$/.test(text)) return text
  throw refusal(element, `expected a PMID such as 8468720; found ${JSON.stringify(text.slice(0, 40))}`)
}

const refusal = ({ place: { line, column = 1 } }: XmlElement, message: string) =>
  new EvidenceError('RECORD_INVALID', `line ${line}, column ${column}: ${message}`)
