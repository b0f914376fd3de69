import { MEDLINE_LINK_TAGS } from '../../model/medline-link-tags.ts'
import type { PublicationForExport } from '../../queries/publications.ts'
import { abstractText } from '../bibliography/abstract-text.ts'
import { MONTHS } from '../bibliography/months.ts'
import { citedAs } from '../bibliography/notices.ts'
import { oneLine } from '../bibliography/one-line.ts'
import { publicationFile } from '../bibliography/publication-file.ts'
import { meshHeading, starredKeyword } from '../bibliography/subject-terms.ts'
import type { ExportTarget } from '../export-target.ts'

type Field = readonly [tag: string, value: string | null | undefined]

/** Columns of a line, tag and all. */
const WIDTH = 80
const INDENT = ' '.repeat(6)
const TAGS = Object.fromEntries(Object.entries(MEDLINE_LINK_TAGS).map(([tag, type]) => [type, tag]))

/**
 * MEDLINE format, as PubMed saves it in .nbib files: tags filled up to four characters, a hyphen and a space; lines that
 * go on are indented by six. Each record begins with `PMID`, an empty one where PubMed doesn't know the publication, since
 * readers tell records apart by it. What PubMed alone knows (status, owner, dates of its processing) isn't there.
 */
export const MEDLINE: ExportTarget = publicationFile(
  'publications.nbib',
  (publication) => `${medlineFields(publication).map(medlineField).join('')}\n`,
)

function medlineFields(publication: PublicationForExport): readonly Field[] {
  const { doi, journal, pmcid } = publication
  const doiField = doi === null ? undefined : `${doi} [doi]`
  return [
    ['PMID', publication.pmid ?? ''],
    ['VI', publication.volume],
    ['IP', publication.issue],
    ['DP', medlineDate(publication)],
    ['TI', oneLine(publication.title).replace(/(?<![.?!])$/, '.')],
    ['PG', publication.pages],
    ['LID', doiField],
    ['AB', abstractText(publication)],
    ['CI', publication.rights],
    ...publication.authors.flatMap(authorFields),
    ['LA', publication.language],
    ...publication.types.map((type): Field => ['PT', type]),
    // Readers look for the journal's name in either.
    ['TA', journal],
    ['JT', journal],
    ...publication.substances.map(({ name, registryNumber }): Field => ['RN', `${registryNumber ?? '0'} (${name})`]),
    ...publication.links.map(linkField),
    ['GN', publication.note],
    ...publication.headings.map((heading): Field => ['MH', meshHeading(heading)]),
    ...publication.keywords.map((keyword): Field => ['OT', starredKeyword(keyword)]),
    ['PMC', pmcid],
    ['AID', doiField],
    ['SO', citation(publication)],
  ]
}

function authorFields(author: PublicationForExport['authors'][number]): readonly Field[] {
  const { collectiveName, lastName, foreName, initials, orcid, affiliation } = author
  const names: readonly Field[] =
    collectiveName === null
      ? [
          ['FAU', foreName === null ? undefined : `${lastName}, ${foreName}`],
          ['AU', [lastName, initials ?? initialsOf(foreName)].filter(Boolean).join(' ')],
        ]
      : [['CN', collectiveName]]
  return [...names, ['AUID', orcid === null ? undefined : `ORCID: ${orcid}`], ['AD', affiliation]]
}

/** Short names are all that some readers look at, and so they are never left out. */
const initialsOf = (foreName: string | null): string | undefined => foreName?.match(/(?<!\p{L})\p{Lu}/gu)?.join('')

/** A notice by its own tag; one that MEDLINE has no tag for is a general note. */
function linkField(link: PublicationForExport['links'][number]): Field {
  const tag = TAGS[link.type]
  return tag === undefined ? ['GN', `${link.type}: ${citedAs(link)}`] : [tag, citedAs(link)]
}

/** 1993 Apr 21, as far as it is known. */
function medlineDate({ published, publishedPrinted }: PublicationForExport): string | undefined {
  if (publishedPrinted !== null || published === null) return publishedPrinted ?? undefined
  const [year, month, day] = published.split('-')
  return [year, month && MONTHS[Number(month) - 1], day && String(Number(day))].filter(Boolean).join(' ')
}

/** The source in one line: J Natl Cancer Inst. 1993 Apr 21;85(8):622-32. doi: 10.1093/jnci/85.8.622. */
function citation(publication: PublicationForExport): string | undefined {
  const { journal, volume, issue, pages, doi } = publication
  if (journal === null) return undefined
  const number = `${volume ?? ''}${issue === null ? '' : `(${issue})`}`
  const place = [number, pages].filter(Boolean).join(':')
  const source = [medlineDate(publication), place].filter(Boolean).join(';')
  const parts = [journal.replace(/\.?$/, '.'), source && `${source}.`, doi === null ? '' : `doi: ${doi}.`]
  return parts.filter(Boolean).join(' ')
}

/** A field over as many lines as it takes. A word that is longer than a line has one to itself. */
function medlineField([tag, value]: Field): string {
  if (value === null || value === undefined) return ''
  const start = `${tag.padEnd(4)}- `
  const lines: string[] = []
  let line = ''
  for (const word of oneLine(value).split(' ')) {
    if (line !== '' && INDENT.length + line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return `${start}${[...lines, line].join(`\n${INDENT}`)}\n`
}
