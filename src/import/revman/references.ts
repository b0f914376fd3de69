import {
  type PublicationDetails,
  publicationKey,
  publicationRows,
  vocabularyRows,
} from '../../model/publication-rows.ts'
import type { PublicationRows, StudyRows, VocabularyRows } from '../../model/study-record.ts'
import { doiIn } from '../bibliography/doi.ts'
import { printedDate } from '../bibliography/printed-date.ts'
import { children, type XmlElement } from '../stream/xml-element.ts'
import { htmlParagraphs } from './paragraphs.ts'
import type { RevmanSource } from './revman-source.ts'

type Authors = PublicationDetails['authors']

export interface References {
  readonly publications: readonly PublicationRows[]
  readonly links: StudyRows['studyPublication']
  readonly vocabulary: Pick<VocabularyRows, 'author'>
}

/**
 * The publications that report a study. That which RevMan marks as primary is, and so is a study's only one. A reference
 * without a title stays in the record: nobody could tell what it is.
 */
export function referencesOf(source: RevmanSource, slug: string, study: XmlElement): References {
  const elements = children(study, 'REFERENCE')
  const publications: PublicationRows[] = []
  const links: StudyRows['studyPublication'] = []
  const entries: PublicationDetails[] = []
  const seen = new Set<string>()
  for (const [index, element] of elements.entries()) {
    const code = `ref${index + 1}`
    const title = titleOf(source, element)
    if (title === undefined) continue
    const numbers = numbersOf(source, element)
    const id = publicationKey(slug, { code, ...numbers })
    if (seen.has(id)) continue
    seen.add(id)
    const entry = { ...numbers, ...detailsOf(source, element), title, note: noteOf(source, element) }
    entries.push(entry)
    publications.push(publicationRows(id, entry))
    const primary = source.attribute(element, 'PRIMARY') === 'YES' || elements.length === 1
    links.push({
      studyId: slug,
      publicationId: id,
      position: links.length + 1,
      role: primary ? 'primary' : 'secondary',
      code,
    })
  }
  return { publications, links, vocabulary: vocabularyRows({ publications: entries }) }
}

const titleOf = (source: RevmanSource, element: XmlElement): string | undefined =>
  source.text(element, 'TI')?.replace(/\s+/g, ' ').replace(/\.$/, '') ||
  source.text(element, 'TO')?.replace(/\s+/g, ' ')

function numbersOf(source: RevmanSource, element: XmlElement): Pick<PublicationDetails, 'pmid' | 'doi' | 'pmcid'> {
  const found: { pmid?: string; doi?: string; pmcid?: string } = {}
  for (const identifier of identifiersOf(element)) {
    const { TYPE: type = '', VALUE: value = '' } = identifier.attributes
    const doi = /^DOI$/i.test(type) ? doiIn(value) : undefined
    const pmid = /^(?:PUBMED|PMID|MEDLINE)$/i.test(type) ? /^[1-9]\d{0,8}$/.exec(value.trim())?.[0] : undefined
    const pmcid = /^PMC(?:ID)?$/i.test(type) ? /^PMC\d+$/.exec(value.trim())?.[0] : undefined
    if (doi !== undefined) found.doi ??= doi
    else if (pmid !== undefined) found.pmid ??= pmid
    else if (pmcid !== undefined) found.pmcid ??= pmcid
    else continue
    source.attribute(identifier, 'TYPE')
    source.attribute(identifier, 'VALUE')
  }
  return found
}

const identifiersOf = (element: XmlElement) =>
  children(element, 'IDENTIFIERS').flatMap((list) => children(list, 'IDENTIFIER'))

const TYPES: Readonly<Record<string, string>> = { JOURNAL_ARTICLE: 'Journal Article' }

function detailsOf(source: RevmanSource, element: XmlElement): Omit<PublicationDetails, 'title' | 'note'> {
  const line = (name: string) => source.text(element, name)?.replace(/\s+/g, ' ')
  const type = element.attributes.TYPE
  const name = type === undefined ? undefined : TYPES[type]
  if (name !== undefined) source.attribute(element, 'TYPE')
  return {
    journal: line('SO'),
    volume: line('VL'),
    issue: line('NO'),
    pages: line('PG'),
    ...printedDate(line('YR')),
    authors: authorsOf(line('AU')),
    sources: [],
    ...(name === undefined ? {} : { types: [{ name }] }),
  }
}

/** What the reviewers noted, and what no field is for. */
function noteOf(source: RevmanSource, element: XmlElement): string | undefined {
  const named = [
    ['Original title', source.text(element, 'TO')],
    ['Editors', source.text(element, 'ED')],
    ['Edition', source.text(element, 'EN')],
    ['Publisher', source.text(element, 'PB')],
    ['City', source.text(element, 'CY')],
    ['Medium', source.text(element, 'MD')],
  ].flatMap(([name, text]) => (text === undefined ? [] : [`${name}: ${text}`]))
  return [...named, htmlParagraphs(source.attribute(element, 'NOTES')) ?? []].flat().join('\n') || undefined
}

/** Family names and initials, by commas: Bennike TBMK, Kjaer E, et al. Anything else signs as a group. */
function authorsOf(text: string | undefined): Authors {
  const names = (text ?? '')
    .split(/[,;]\s*/)
    .map((name) => name.trim().replace(/\.$/, ''))
    .filter((name) => name !== '' && !/^et al$/i.test(name))
  if (names.length === 0) return { missing: 'not_reported' }
  return names.map((name) => {
    const [, lastName, initials] = /^(.*\p{L}.*?) (\p{Lu}[\p{Lu}-]{0,5}(?: (?:Jr|Sr|2nd|3rd))?)$/u.exec(name) ?? []
    if (lastName !== undefined && initials !== undefined) return { last_name: lastName, initials }
    return { collective_name: name }
  })
}
