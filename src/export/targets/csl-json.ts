import { type PublicationForExport, publications } from '../../queries/publications.ts'
import { abstractText } from '../bibliography/abstract-text.ts'
import { isRetracted, notices } from '../bibliography/notices.ts'
import { oneLine } from '../bibliography/one-line.ts'
import { pageRange } from '../bibliography/page-range.ts'
import { groupName, personName } from '../bibliography/person-name.ts'
import { subjectTerms } from '../bibliography/subject-terms.ts'
import type { ExportTarget } from '../export-target.ts'

/** A list of items by the schema of CSL 1.0.2, one item a line. An item's id is the publication's key. */
export const CSL_JSON: ExportTarget = {
  heeds: ['studies', 'review'],
  files: async function* (db, choices) {
    yield { name: 'publications.csl.json', chunks: itemsOf(publications(db, choices)) }
  },
}

async function* itemsOf(pages: AsyncIterable<readonly PublicationForExport[]>): AsyncGenerator<string> {
  let written = 0
  yield '['
  for await (const page of pages)
    yield page.map((publication) => `${written++ === 0 ? '' : ','}\n  ${JSON.stringify(cslItem(publication))}`).join('')
  yield written === 0 ? ']\n' : '\n]\n'
}

function cslItem(publication: PublicationForExport): object {
  const { pages, journal, published, language } = publication
  const range = pages === null ? undefined : pageRange(oneLine(pages))
  const all = {
    id: publication.id,
    type: journal === null ? 'document' : 'article-journal',
    title: oneLine(publication.title),
    author: filled(publication.authors.map(cslName)),
    issued: published === null ? undefined : { 'date-parts': [published.split('-').map(Number)] },
    'container-title': journal ?? undefined,
    volume: publication.volume ?? undefined,
    issue: publication.issue ?? undefined,
    page: range?.last === undefined ? range?.first : `${range.first}-${range.last}`,
    'page-first': range?.last === undefined ? undefined : range.first,
    DOI: publication.doi ?? undefined,
    PMID: publication.pmid ?? undefined,
    PMCID: publication.pmcid ?? undefined,
    language: language === null ? undefined : languageTag(language),
    status: isRetracted(publication) ? 'retracted' : undefined,
    abstract: abstractText(publication),
    keyword: filled(subjectTerms(publication))?.join('; '),
    note: filled(notices(publication))?.join('; '),
    annote: publication.note ?? undefined,
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? oneLine(value) : value]],
    ),
  )
}

function cslName(author: PublicationForExport['authors'][number]): object {
  const name = personName(author)
  if (name === undefined) return { literal: groupName(author) }
  const { family, given, suffix } = name
  return { family, ...(given === undefined ? {} : { given }), ...(suffix === undefined ? {} : { suffix }) }
}

/** CSL's languages have two letters where there are two: eng is en. */
function languageTag(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? language
  } catch {
    return language
  }
}

const filled = <Item>(list: readonly Item[]): readonly Item[] | undefined => (list.length === 0 ? undefined : list)
