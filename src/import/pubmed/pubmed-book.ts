import type { PublicationRecord } from '../../model/publication-record.ts'
import { once } from '../bibliography/listed.ts'
import { child, children, type XmlElement } from '../stream/xml-element.ts'
import { pubmedAbstract } from './pubmed-abstract.ts'
import { pubmedAuthors } from './pubmed-authors.ts'
import { pubmedIdentifiers } from './pubmed-identifiers.ts'
import { pubmedKeywords, pubmedTypes } from './pubmed-index.ts'
import { pubmedDate, pubmedLanguage, pubmedPages, withoutFullStop } from './pubmed-values.ts'
import type { RecordSource } from './record-source.ts'

/**
 * A book of NCBI's Bookshelf, or a chapter of one. A chapter's journal is its book, and a book's the collection that it is
 * part of. Editors sign where no author does.
 */
export function pubmedBook(
  source: RecordSource,
  pmid: string,
  document: XmlElement,
  data: XmlElement | undefined,
): PublicationRecord {
  const book = child(document, 'Book')
  const abstract = child(document, 'Abstract')
  const chapter = source.at(document, 'ArticleTitle')
  const bookTitle = source.at(book, 'BookTitle')
  const collection = source.at(book, 'CollectionTitle')
  const lists = [child(document, 'ArticleIdList'), child(data, 'ArticleIdList')]
  // What locates the book is no number of a chapter: all chapters of a book would be known by it.
  const known = pubmedIdentifiers(source, pmid, chapter === undefined ? book : undefined, lists)
  const ofBook = chapter === undefined ? undefined : pubmedIdentifiers(source, pmid, book, [])
  const named = (type: string, values: readonly (string | undefined)[]) =>
    values.flatMap((value) => (value === undefined ? [] : [{ type, value }]))
  return {
    publication: {
      pmid,
      doi: known.doi,
      pmcid: known.pmcid,
      title: withoutFullStop(chapter ?? bookTitle ?? source.at(document, 'VernacularTitle') ?? ''),
      journal: chapter === undefined ? collection : (bookTitle ?? collection),
      volume: source.at(book, 'Volume'),
      pages: pubmedPages(source, child(document, 'Pagination')),
      ...dateOfBook(source, document, chapter !== undefined),
      language: pubmedLanguage(source, document),
      authors: authorsOfBook(source, [...children(document, 'AuthorList'), ...children(book, 'AuthorList')]),
      types: pubmedTypes(source, document),
      keywords: pubmedKeywords(source, document),
    },
    sections: pubmedAbstract(source, abstract),
    rights: source.at(abstract, 'CopyrightInformation'),
    headings: [],
    registrations: [],
    identifiers: once([
      ...known.identifiers,
      ...named('book-doi', [ofBook?.doi]),
      ...(ofBook?.identifiers ?? []),
      ...named('isbn', source.all(book, 'Isbn')),
      ...named('report', source.all(book, 'ReportNumber')),
      ...named('publisher', [source.at(book, 'Publisher', 'PublisherName')]),
      ...named('collection', chapter === undefined ? [] : [collection]),
    ]),
  }
}

/** A chapter has a date of its own; of a book that goes on being written it is the beginning. */
function dateOfBook(source: RecordSource, document: XmlElement, isChapter: boolean) {
  const own = isChapter ? child(document, 'ContributionDate') : undefined
  return pubmedDate(source, own ?? child(document, 'Book', 'PubDate') ?? child(document, 'Book', 'BeginningDate'))
}

function authorsOfBook(source: RecordSource, lists: readonly XmlElement[]) {
  const list = lists.find(({ attributes }) => attributes.Type !== 'editors') ?? lists[0]
  source.attribute(list, 'Type')
  return pubmedAuthors(source, list)
}
