import type { StudyFile } from '../../model/study-file.ts'
import { orcidIn } from '../bibliography/orcid.ts'
import { children, type XmlElement } from '../stream/xml-element.ts'
import { inlineText } from './inline-text.ts'
import type { RecordSource } from './record-source.ts'

type Authors = StudyFile['publications'][number]['authors']
type Author = Exclude<Authors, { missing: unknown }>[number]

/** The by-line of an AuthorList: people and groups in their order, without names that PubMed marks as wrong (ValidYN). */
export function pubmedAuthors(source: RecordSource, list: XmlElement | undefined): Authors {
  const authors = children(list, 'Author').flatMap((author) => authorOf(source, author))
  return authors.length === 0 ? { missing: 'not_reported' } : authors
}

function authorOf(source: RecordSource, author: XmlElement): readonly Author[] {
  if (author.attributes.ValidYN === 'N') return []
  source.attribute(author, 'ValidYN')
  const collective = source.at(author, 'CollectiveName')
  if (collective !== undefined) return [{ collective_name: collective, ...affiliationOf(source, author) }]
  const lastName = source.at(author, 'LastName')
  const foreName =
    source.at(author, 'ForeName') ??
    // As DTDs before 2002 have it.
    (['FirstName', 'MiddleName'].flatMap((name) => source.at(author, name) ?? []).join(' ') || undefined)
  const name = lastName ?? foreName
  if (name === undefined) return []
  const initials = ['Initials', 'Suffix'].flatMap((part) => source.at(author, part) ?? []).join(' ')
  return [
    {
      last_name: name,
      ...(lastName !== undefined && foreName !== undefined ? { fore_name: foreName } : {}),
      ...(initials === '' ? {} : { initials }),
      ...orcidOf(source, author),
      ...affiliationOf(source, author),
    },
  ]
}

function orcidOf(source: RecordSource, author: XmlElement): { orcid?: string } {
  for (const identifier of children(author, 'Identifier')) {
    const orcid = identifier.attributes.Source === 'ORCID' ? orcidIn(inlineText(identifier)) : undefined
    if (orcid === undefined) continue
    source.words(identifier)
    source.attribute(identifier, 'Source')
    return { orcid }
  }
  return {}
}

/** Several affiliations follow each other, as in MEDLINE's format. Before 2015 there is one, of the author itself. */
function affiliationOf(source: RecordSource, author: XmlElement): { affiliation?: string } {
  const all = [
    ...children(author, 'AffiliationInfo').flatMap((info) => source.all(info, 'Affiliation')),
    ...source.all(author, 'Affiliation'),
  ]
  return all.length === 0 ? {} : { affiliation: all.join(' ') }
}
