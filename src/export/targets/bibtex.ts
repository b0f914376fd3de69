import type { PublicationForExport } from '../../queries/publications.ts'
import { abstractText } from '../bibliography/abstract-text.ts'
import { MONTHS } from '../bibliography/months.ts'
import { notices } from '../bibliography/notices.ts'
import { oneLine } from '../bibliography/one-line.ts'
import { pageRange } from '../bibliography/page-range.ts'
import { groupName, personName } from '../bibliography/person-name.ts'
import { publicationFile } from '../bibliography/publication-file.ts'
import { subjectTerms } from '../bibliography/subject-terms.ts'
import type { ExportTarget } from '../export-target.ts'

type Field = readonly [name: string, value: string | undefined]

/**
 * BibTeX in UTF-8: an entry for each publication under its own key, which stays the same whatever else is exported.
 * Words with capitals stand in braces in titles, so that styles don't make them small.
 */
export const BIBTEX: ExportTarget = publicationFile('publications.bib', (publication) => {
  const fields = bibtexFields(publication).flatMap(([name, value]) =>
    value === undefined ? [] : `  ${name} = ${value}`,
  )
  const type = publication.journal === null ? 'misc' : 'article'
  return `@${type}{${[citationKey(publication.id), ...fields].join(',\n')}\n}\n\n`
})

function bibtexFields(publication: PublicationForExport): readonly Field[] {
  const { pages, published } = publication
  const range = pages === null ? undefined : pageRange(oneLine(pages))
  const [year, month, day] = published?.split('-') ?? []
  const notes = notices(publication)
  const terms = subjectTerms(publication)
  return [
    ['title', braced(oneLine(publication.title).split(' ').map(caseKept).join(' '))],
    ['author', publication.authors.length === 0 ? undefined : braced(publication.authors.map(name).join(' and '))],
    ['journal', text(publication.journal)],
    ['year', text(year)],
    // A macro, which styles write out in their own language.
    ['month', month && MONTHS[Number(month) - 1]?.toLowerCase()],
    ['day', day && text(String(Number(day)))],
    ['volume', text(publication.volume)],
    ['number', text(publication.issue)],
    [
      'pages',
      range?.last === undefined ? text(range?.first) : braced(`${escaped(range.first)}--${escaped(range.last)}`),
    ],
    ['doi', verbatim(publication.doi)],
    ['pmid', text(publication.pmid)],
    ['pmcid', text(publication.pmcid)],
    ['language', text(publication.language)],
    ['keywords', terms.length === 0 ? undefined : braced(terms.map(keyword).join(', '))],
    ['abstract', text(abstractText(publication))],
    ['note', notes.length === 0 ? undefined : text(notes.join('; '))],
    ['annote', text(publication.note)],
  ]
}

const braced = (value: string): string => `{${value}}`
const text = (value: string | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : braced(escaped(oneLine(value)))

/** Styles print a DOI, or link to it, letter by letter; only its braces would end the field. */
const verbatim = (value: string | null): string | undefined =>
  value === null ? undefined : braced(oneLine(value).replace(/[{}\\]/g, (letter) => encodeURIComponent(letter)))

const COMMANDS: Readonly<Record<string, string>> = {
  // BibTeX counts braces even after a backslash, so that a lone one would run on to the end of the file.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '\\': '\\textbackslash{}',
}

/** A text in which nothing is a command to TeX. */
const escaped = (value: string): string =>
  value.replace(/[&%$#_{}~^\\]/g, (letter) => COMMANDS[letter] ?? `\\${letter}`)

/** Braces round a word with a capital. After two of them a backslash begins no accent, inside which BibTeX changes case. */
function caseKept(word: string): string {
  const written = escaped(word)
  if (!/\p{Lu}/u.test(word)) return written
  return written.startsWith('\\') ? `{{${written}}}` : `{${written}}`
}

/** "Last, First", "Last, Jr, First", or a group in braces, which keep it one name. */
function name(author: PublicationForExport['authors'][number]): string {
  const person = personName(author)
  if (person === undefined) return braced(escaped(groupName(author)))
  const { family, suffix, given } = person
  // Without a given name "World Health" would be a person named Health.
  if (given === undefined && suffix === undefined && family.includes(' ')) return braced(escaped(family))
  return [family, suffix, given ?? (suffix && '')]
    .flatMap((part) => (part === undefined ? [] : namePart(part)))
    .join(', ')
}

/** A comma or "and" within a part would take the name apart; braces keep it one. */
const namePart = (part: string): string =>
  part === '' || /,|(^| )and( |$)/i.test(part) ? braced(escaped(part)) : escaped(part)

/** Commas part keywords, and so one that has a comma stands in braces. */
const keyword = (term: string): string => (term.includes(',') ? braced(escaped(oneLine(term))) : escaped(oneLine(term)))

/** The publication's key, other characters than letters, digits and `.:/+-` by their numbers: two keys never meet in one. */
const citationKey = (id: string): string =>
  id.replace(/[^A-Za-z0-9.:/+-]/gu, (letter) => `_${letter.codePointAt(0)?.toString(16)}_`)
