import { MEDLINE_LINK_TAGS } from '../../model/medline-link-tags.ts'
import type { Heading, PublicationRecord } from '../../model/publication-record.ts'
import type { RecordReader } from '../../model/reading.ts'
import { abstractSections } from '../bibliography/abstract-sections.ts'
import { doiIn } from '../bibliography/doi.ts'
import { filled, once } from '../bibliography/listed.ts'
import { printedDate } from '../bibliography/printed-date.ts'
import { digestKey, FieldSource, type TaggedField, taggedFields } from '../bibliography/tagged-fields.ts'
import { medlineAuthors } from './medline-authors.ts'

const LINE = /^(?=.{4}-)([A-Z][A-Z0-9]{1,3} *)-(?=[ \d]|$) ?(.*)$/
const LINK_TAGS = Object.keys(MEDLINE_LINK_TAGS)

/**
 * Reads one record in MEDLINE format, as PubMed saves it with "Format: PubMed" or "Send to: Citation manager" (.nbib).
 * MeSH identifiers aren't in that format, and so headings come by name. Its key is the PMID, else the number of PubMed
 * Central, of the database that it is from (UI), or a digest of its fields. The title is empty where the record has none.
 *
 * @throws EvidenceError RECORD_INVALID  it has a NUL character
 * @checked test/import/medline/read-medline.test.ts
 */
export const readMedline: RecordReader = ({ bytes }) => {
  const fields = taggedFields(bytes, LINE)
  const source = new FieldSource(fields)
  const database = source.first('DB')
  // A record of what PubMed doesn't know begins with an empty PMID.
  const pmid = source.firstOf(['PMID'], (value) => /^[1-9]\d{0,8}$/.exec(value)?.[0])
  const pmcid = source.firstOf(['PMC'], (value) => {
    const number = /^(?:PMC)?(\d+)$/.exec(value)?.[1]
    return number && `PMC${number}`
  })
  const identifiers = identifiersOf(source)
  const accession = identifiers.find(({ type }) => type === 'accession')?.value
  const record: PublicationRecord = {
    publication: {
      pmid,
      doi: identifiers.flatMap(({ type, value }) => (type === 'doi' ? (doiIn(value) ?? []) : []))[0],
      pmcid,
      ...titleOf(source),
      volume: source.first('VI'),
      issue: source.first('IP'),
      pages: source.first('PG'),
      ...printedDate(source.first('DP')),
      language: source.firstOf(['LA'], (value) => /^[a-z]{3}$/.exec(value)?.[0]),
      authors: medlineAuthors(source),
      types: filled(source.all('PT').map((name) => ({ name }))),
      substances: filled(source.all('RN').map(substance)),
      keywords: filled(source.all('OT').map(keyword)),
      links: filled(source.each(LINK_TAGS, link)),
    },
    sections: abstractSections(source.first('AB')),
    rights: source.first('CI'),
    headings: source.all('MH').map(heading),
    registrations: once(source.each(['SI'], registration)),
    identifiers: identifiers.filter(({ type, value }) => type !== 'doi' || doiIn(value) === undefined),
    database,
  }
  const key =
    pmid ??
    pmcid ??
    (accession && [database, accession].filter(Boolean).join(':')) ??
    digestKey(fields.map(({ tag, value }) => `${tag} ${value}`))
  return { kind: 'publication', key, record, unmapped: source.untaken('medline') }
}

/** A chapter's journal is its book (BTI), which else is the title. */
function titleOf(source: FieldSource): { readonly title: string; readonly journal: string | undefined } {
  const title = source.first('TI')
  const book = source.first('BTI')
  const journal = source.first('TA', 'JT')
  return {
    title: (title ?? book ?? '').replace(/\.$/, ''),
    journal: journal ?? (title === undefined ? undefined : book),
  }
}

type Identifiers = NonNullable<PublicationRecord['identifiers']>

const ISSN_TYPES: Readonly<Record<string, string>> = {
  print: 'issn',
  electronic: 'eissn',
  linking: 'issn-linking',
}

function identifiersOf(source: FieldSource): Identifiers {
  const named = (type: string, ...tags: readonly string[]) => source.all(...tags).map((value) => ({ type, value }))
  return once([
    ...source.each(['LID', 'AID'], ({ value }) => {
      const [, number = value, type] = /^(.*?) \[(\w+)\]$/.exec(value) ?? []
      return { type: type?.toLowerCase() ?? (doiIn(value) === undefined ? 'pii' : 'doi'), value: number }
    }),
    ...named('mid', 'MID'),
    ...source.each(['OID'], ({ value }) => {
      const [, type = 'other', number = value] = /^(\w+): (.*)$/.exec(value) ?? []
      return { type: type.toLowerCase(), value: number }
    }),
    ...source.each(['IS'], ({ value }) => {
      const [, number = value, medium = 'print'] = /^(\S+)(?: \((\w+)\))?/.exec(value) ?? []
      return { type: ISSN_TYPES[medium.toLowerCase()] ?? 'issn', value: number }
    }),
    ...named('isbn', 'ISBN'),
    ...named('nlm-journal', 'JID'),
    ...named('accession', 'UI', 'AN'),
  ])
}

function registration({ value }: TaggedField) {
  const [, registry, number] = /^([^/]+)\/(.+)$/.exec(value) ?? []
  return registry === undefined || number === undefined
    ? undefined
    : { registry: registry.toLowerCase(), value: number }
}

/** `0 (Interleukin-2)`: a number of 0 is none. */
function substance(value: string): { name: string; registry_number?: string } {
  const [, number = '0', name = value] = /^(\S+(?: \S+)?) \((.*)\)$/.exec(value) ?? []
  return number === '0' ? { name } : { name, registry_number: number }
}

function keyword(value: string): { keyword: string; major?: true } {
  return value.startsWith('*') && value.length > 1 ? { keyword: value.slice(1), major: true } : { keyword: value }
}

/** `Neoplasms/pathology/*therapy`: a descriptor and its qualifiers, major ones with an asterisk. */
function heading(value: string): Heading {
  const parts = value.split('/').map((part) => ({ name: part.replace(/^\*/, ''), major: part.startsWith('*') }))
  const [descriptor, ...qualifiers] = parts
  return { descriptor: descriptor?.name ?? value, major: descriptor?.major ?? false, qualifiers }
}

function link({ tag, value }: TaggedField): { type: string; source?: string; pmid?: string } | undefined {
  const type = MEDLINE_LINK_TAGS[tag]
  if (type === undefined) return undefined
  const pmid = /PMID: (\d+)/.exec(value)?.[1]
  const source = value.replace(/\.? *PMID: \d+.*$/, '').trim()
  return { type, ...(source === '' ? {} : { source }), ...(pmid === undefined ? {} : { pmid }) }
}
