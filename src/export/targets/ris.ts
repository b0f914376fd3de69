import type { PublicationForExport } from '../../queries/publications.ts'
import { abstractText } from '../bibliography/abstract-text.ts'
import { notices } from '../bibliography/notices.ts'
import { oneLine } from '../bibliography/one-line.ts'
import { pageRange } from '../bibliography/page-range.ts'
import { groupName, personName } from '../bibliography/person-name.ts'
import { publicationFile } from '../bibliography/publication-file.ts'
import { subjectTerms } from '../bibliography/subject-terms.ts'
import type { ExportTarget } from '../export-target.ts'

type Line = readonly [tag: string, value: string | null | undefined]

/**
 * RIS: a line for each value, a tag of two characters, two spaces, a hyphen and a space before it, and a carriage return
 * and line feed at its end. `AN` is the PMID, `C2` the PMCID, `ID` our key; keywords and MeSH headings are `KW`;
 * retractions and other notices are notes (`N1`).
 */
export const RIS: ExportTarget = publicationFile('publications.ris', (publication) => risRecord(publication))

/** @param study  what a review calls the study that the publication reports, where it is to be told: `NS` */
export const risRecord = (publication: PublicationForExport, study?: string): string =>
  [...risLines(publication, study), ['ER', ''] as const]
    .flatMap(([tag, value]) => (value === null || value === undefined ? [] : `${tag}  - ${oneLine(value)}\r\n`))
    .concat('\r\n')
    .join('')

function risLines(publication: PublicationForExport, study: string | undefined): readonly Line[] {
  const { pages, pmid, published, journal } = publication
  const range = pages === null ? undefined : pageRange(oneLine(pages))
  return [
    ['TY', journal === null ? 'GEN' : 'JOUR'],
    ['NS', study],
    ['ID', publication.id],
    ...publication.authors.map((author): Line => ['AU', risName(author)]),
    ['TI', publication.title],
    // Readers look for the journal's name in either.
    ['T2', journal],
    ['JO', journal],
    ['VL', publication.volume],
    ['IS', publication.issue],
    ['SP', range?.first],
    ['EP', range?.last],
    ['PY', published?.slice(0, 4)],
    ['DA', risDate(publication)],
    ['DO', publication.doi],
    ['AN', pmid],
    ['DB', pmid === null ? undefined : 'PubMed'],
    ['C2', publication.pmcid],
    ['LA', publication.language],
    ['M3', publication.types.length === 0 ? undefined : publication.types.join('; ')],
    ...subjectTerms(publication).map((term): Line => ['KW', term]),
    ['AB', abstractText(publication)],
    ...notices(publication).map((notice): Line => ['N1', notice]),
    ['N1', publication.note],
  ]
}

function risName(author: PublicationForExport['authors'][number]): string {
  const name = personName(author)
  return name === undefined
    ? groupName(author)
    : [name.family, name.given, name.suffix].filter((part) => part !== undefined).join(', ')
}

/** Year, month, day and other words, slashes between: 1993/04/21/; what the source doesn't have is left empty. */
function risDate({ published, publishedPrinted }: PublicationForExport): string | undefined {
  if (published === null) return publishedPrinted === null ? undefined : `///${publishedPrinted}`
  const [year, month = '', day = ''] = published.split('-')
  return `${year}/${month}/${day}/${publishedPrinted ?? ''}`
}
