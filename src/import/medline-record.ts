import { EvidenceError } from '../errors.ts'
import { MEDLINE_LINK_TAGS } from '../model/medline-link-tags.ts'
import type { Heading, PublicationRecord } from '../model/publication-record.ts'
import { doiIn } from './bibliography/doi.ts'
import { filled } from './bibliography/listed.ts'
import { printedDate } from './bibliography/printed-date.ts'
import { abstractSections } from './medline-abstract.ts'
import { medlineAuthors } from './medline-authors.ts'
import type { MedlineField } from './medline-field.ts'

/**
 * Reads one record in MEDLINE format, as PubMed saves it with "Format: PubMed" or "Send to: Citation manager" (.nbib).
 * MeSH identifiers aren't in that format, and so headings come by name.
 *
 * @param file  the file's name, as messages should give it
 * @throws EvidenceError RECORD_INVALID  XML, another format, no record, or several
 */
export function readMedlineRecord(text: string, file: string): PublicationRecord {
  const refuse = (message: string) => new EvidenceError('RECORD_INVALID', `${file} ${message}`)
  if (/^\uFEFF?\s*</.test(text))
    throw refuse('is XML, which is not read here yet. In PubMed, save the record as "PubMed" (MEDLINE) or as .nbib.')
  const records = medlineRecords(text)
  const [record, ...others] = records
  if (!record)
    throw refuse(
      'holds no record in MEDLINE format. It begins with a line such as "PMID- 8468720"; save it so from PubMed.',
    )
  if (others.length > 0) throw refuse(`holds ${records.length} records; expected the one of the study's publication.`)

  const all = (tag: string) => record.flatMap((field) => (field.tag === tag ? [field.value] : []))
  const first = (tag: string): string | undefined => all(tag)[0]
  const doi = [...all('LID'), ...all('AID')].flatMap(
    (value) => doiIn(/^(.*) \[doi\]$/i.exec(value)?.[1] ?? '') ?? [],
  )[0]
  return {
    publication: {
      // A record of what PubMed doesn't know begins with an empty one.
      pmid: first('PMID') || undefined,
      doi,
      pmcid: first('PMC'),
      title: (first('TI') ?? '').replace(/\.$/, ''),
      journal: first('TA') ?? first('JT'),
      volume: first('VI'),
      issue: first('IP'),
      pages: first('PG'),
      ...printedDate(first('DP')),
      language: all('LA').find((value) => /^[a-z]{3}$/.test(value)),
      authors: medlineAuthors(record),
      types: filled(all('PT').map((name) => ({ name }))),
      substances: filled(all('RN').map(substance)),
      keywords: filled(all('OT').map(keyword)),
      links: filled(record.flatMap(link)),
    },
    sections: abstractSections(first('AB')),
    rights: first('CI'),
    headings: all('MH').map(heading),
    registrations: all('SI').flatMap((value) => {
      const [, registry, number] = /^([^/]+)\/(.+)$/.exec(value) ?? []
      return registry === undefined || number === undefined ? [] : [{ registry: registry.toLowerCase(), value: number }]
    }),
  }
}

/** The records of a file, each from its PMID on: four columns of tag, a hyphen, a space, and lines that go on are indented. */
function medlineRecords(text: string): readonly (readonly MedlineField[])[] {
  const records: { tag: string; value: string }[][] = []
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const [, tag, value = ''] = /^([A-Z][A-Z0-9 ]{3})- ?(.*)$/.exec(line) ?? []
    if (tag?.trim() === 'PMID') records.push([])
    const record = records.at(-1)
    const last = record?.at(-1)
    if (tag !== undefined) record?.push({ tag: tag.trim(), value: value.trim() })
    else if (last && /^\s+\S/.test(line)) last.value = `${last.value} ${line.trim()}`
  }
  return records
}

/** `0 (Interleukin-2)`: a number of 0 is none. */
function substance(value: string): { name: string; registry_number?: string } {
  const [, number = '0', name = value] = /^(\S+(?: \S+)?) \((.*)\)$/.exec(value) ?? []
  return number === '0' ? { name } : { name, registry_number: number }
}

const keyword = (value: string): { keyword: string; major?: true } =>
  value.startsWith('*') ? { keyword: value.slice(1), major: true } : { keyword: value }

/** `Neoplasms/pathology/*therapy`: a descriptor and its qualifiers, major ones with an asterisk. */
function heading(value: string): Heading {
  const parts = value.split('/').map((part) => ({ name: part.replace(/^\*/, ''), major: part.startsWith('*') }))
  const [descriptor, ...qualifiers] = parts
  return { descriptor: descriptor?.name ?? value, major: descriptor?.major ?? false, qualifiers }
}

function link({ tag, value }: MedlineField): { type: string; source?: string; pmid?: string }[] {
  const type = MEDLINE_LINK_TAGS[tag]
  if (type === undefined) return []
  const pmid = /PMID: (\d+)/.exec(value)?.[1]
  const source = value.replace(/\.? *PMID: \d+.*$/, '').trim()
  return [{ type, ...(source === '' ? {} : { source }), ...(pmid === undefined ? {} : { pmid }) }]
}
