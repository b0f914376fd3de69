import { type Attributes, element, leaf } from '../../model/xml.ts'
import { oneLine } from '../bibliography/one-line.ts'
import { groupName } from '../bibliography/person-name.ts'
import { paragraphs } from './paragraphs.ts'
import type { PublicationReported, StudyForRevMan } from './study-pages.ts'

/** A study's id within the file, which stays the same whatever else is exported. */
export const studyId = (study: string): string => `STD-${study}`

/** A study with its references. */
export const studyElement = (study: StudyForRevMan, publications: readonly PublicationReported[]): string =>
  element(
    'STUDY',
    {
      DATA_SOURCE: publications.length === 0 ? null : 'PUB',
      ID: studyId(study.key),
      NAME: study.name,
      YEAR: study.year ?? '',
    },
    publications.map(referenceElement).join('') + leaf('IDENTIFIERS'),
  )

function referenceElement({ publication, primary }: PublicationReported): string {
  const { authors, title, journal, published, volume, issue, pages, doi, pmid } = publication
  const ids = [identifier('DOI', doi), identifier('PUBMED', pmid)].join('')
  return element(
    'REFERENCE',
    { PRIMARY: primary ? 'YES' : 'NO', TYPE: journal === null ? 'OTHER' : 'JOURNAL_ARTICLE' },
    [
      field('AU', authors.map(authorName).join(', ')),
      field('TI', title),
      field('SO', journal),
      field('YR', published?.slice(0, 4)),
      field('VL', volume),
      field('NO', issue),
      field('PG', pages),
      element('IDENTIFIERS', {}, ids),
    ].join(''),
  )
}

const field = (name: string, value: string | null | undefined): string => (value ? leaf(name, oneLine(value)) : '')

const identifier = (type: string, value: string | null): string => {
  const attributes: Attributes = { TYPE: type, VALUE: value }
  return value === null ? '' : leaf('IDENTIFIER', '', attributes)
}

/** Rosenberg SA: family name and initials, as RevMan and MEDLINE write them. */
function authorName(author: PublicationReported['publication']['authors'][number]): string {
  const { collectiveName, lastName, foreName, initials } = author
  if (collectiveName !== null || lastName === null) return groupName(author)
  return oneLine([lastName, initials ?? foreName].filter((part) => part !== null).join(' '))
}

/** What the table of characteristics says of a study. */
export const characteristicsElement = (study: StudyForRevMan, footnotes: readonly string[]): string =>
  element(
    'INCLUDED_CHAR',
    { STUDY_ID: studyId(study.key) },
    [
      element('CHAR_METHODS', {}, paragraphs(study.methods)),
      element('CHAR_PARTICIPANTS', {}, paragraphs(study.participants)),
      element('CHAR_INTERVENTIONS', {}, paragraphs(study.interventions)),
      element('CHAR_OUTCOMES', {}, paragraphs(study.outcomes)),
      element('CHAR_NOTES', {}, paragraphs([...study.notes, ...footnotes])),
    ].join(''),
  )
