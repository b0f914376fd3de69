import type { PublicationRecord } from '../../model/publication-record.ts'
import { once } from '../bibliography/listed.ts'
import { child, type XmlElement } from '../stream/xml-element.ts'
import { pubmedAbstract } from './pubmed-abstract.ts'
import { pubmedAuthors } from './pubmed-authors.ts'
import { journalIdentifiers, otherIdentifiers, pubmedIdentifiers } from './pubmed-identifiers.ts'
import {
  pubmedKeywords,
  pubmedLinks,
  pubmedMesh,
  pubmedRegistrations,
  pubmedSubstances,
  pubmedTypes,
} from './pubmed-index.ts'
import { pubmedDate, pubmedLanguage, pubmedPages, withoutFullStop } from './pubmed-values.ts'
import type { RecordSource } from './record-source.ts'

/**
 * An article. Its journal goes by the name that MEDLINE's format gives first, the National Library's abbreviation.
 *
 * @param data  PubmedData, which a MedlineCitation by itself lacks
 */
export function pubmedArticle(
  source: RecordSource,
  pmid: string,
  citation: XmlElement,
  data: XmlElement | undefined,
): PublicationRecord {
  const article = child(citation, 'Article')
  const issue = child(article, 'Journal', 'JournalIssue')
  const abstract = child(article, 'Abstract')
  const known = pubmedIdentifiers(source, pmid, article, [child(data, 'ArticleIdList')])
  const others = otherIdentifiers(source, citation)
  const pmcid = known.pmcid ?? others.find(({ type, value }) => type === 'nlm' && /^PMC\d+$/.test(value))?.value
  const { mesh, headings } = pubmedMesh(source, child(citation, 'MeshHeadingList'))
  return {
    publication: {
      pmid,
      doi: known.doi,
      pmcid,
      title: withoutFullStop(source.at(article, 'ArticleTitle') ?? source.at(article, 'VernacularTitle') ?? ''),
      journal:
        source.at(citation, 'MedlineJournalInfo', 'MedlineTA') ??
        source.at(article, 'Journal', 'ISOAbbreviation') ??
        source.at(article, 'Journal', 'Title'),
      volume: source.at(issue, 'Volume'),
      issue: source.at(issue, 'Issue'),
      pages: pubmedPages(source, child(article, 'Pagination')),
      ...pubmedDate(source, child(issue, 'PubDate')),
      language: pubmedLanguage(source, article),
      authors: pubmedAuthors(source, child(article, 'AuthorList')),
      types: pubmedTypes(source, child(article, 'PublicationTypeList')),
      mesh,
      substances: pubmedSubstances(source, child(citation, 'ChemicalList')),
      keywords: pubmedKeywords(source, citation),
      links: pubmedLinks(source, child(citation, 'CommentsCorrectionsList')),
    },
    sections: pubmedAbstract(source, abstract),
    rights: source.at(abstract, 'CopyrightInformation'),
    headings,
    registrations: pubmedRegistrations(source, child(article, 'DataBankList')),
    identifiers: once([
      ...known.identifiers,
      ...others.filter(({ type, value }) => !(type === 'nlm' && value === pmcid)),
      ...journalIdentifiers(source, citation),
    ]),
  }
}
