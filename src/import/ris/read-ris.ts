import { EvidenceError } from '../../errors.ts'
import type { PublicationRecord } from '../../model/publication-record.ts'
import type { RecordReader } from '../../model/reading.ts'
import { abstractSections } from '../bibliography/abstract-sections.ts'
import { filled, once } from '../bibliography/listed.ts'
import { digestKey, FieldSource, taggedFields } from '../bibliography/tagged-fields.ts'
import { risAuthor } from './ris-authors.ts'
import { risDate } from './ris-dates.ts'
import { type RisIdentifiers, risIdentifiers } from './ris-identifiers.ts'
import { languageOf } from './ris-languages.ts'

const LINE = /^\uFEFF?[ \t]{0,3}([A-Z][A-Z0-9]|PMID)[ \t]{1,2}-(?=[ \tA-Z]|$)[ \t]*(.*)$/

/** The types that RIS has codes for, in MEDLINE's words where it has some. Of GEN nothing is known. */
const TYPES: Readonly<Record<string, string>> = {
  JOUR: 'Journal Article',
  JFULL: 'Journal',
  EJOUR: 'Journal Article',
  ABST: 'Abstract',
  BOOK: 'Book',
  EBOOK: 'Book',
  CHAP: 'Book Chapter',
  ECHAP: 'Book Chapter',
  EDBOOK: 'Book',
  CONF: 'Conference Proceedings',
  CPAPER: 'Conference Paper',
  DATA: 'Dataset',
  DICT: 'Dictionary',
  ENCYC: 'Encyclopedia',
  INPR: 'Journal Article',
  MGZN: 'Magazine Article',
  NEWS: 'Newspaper Article',
  PAT: 'Patent',
  RPRT: 'Report',
  THES: 'Thesis',
  UNPB: 'Unpublished Work',
}

/**
 * Reads one record in RIS, in the dialects of PubMed, Embase, Ovid, Scopus, Web of Science, ProQuest, EBSCO, SciELO,
 * LILACS, Zotero, EndNote, RefMan, Covidence and ASReview.
 *
 * Its key is the database with the accession number there, else a digest of what it says: two databases' hits of one
 * publication are two records, whatever number they have in common. The types are TY's and M3's; labels of ASReview become keywords; affiliations
 * (AD), which name no author, find no place. The title is empty where the record has none.
 *
 * @throws EvidenceError RECORD_INVALID  it says nothing but its type, or has a NUL character
 * @checked test/import/ris/read-ris.test.ts
 */
export const readRis: RecordReader = ({ bytes }) => {
  const source = new FieldSource(taggedFields(bytes, LINE).filter(({ tag }) => tag !== 'ER'))
  if (source.fields.every(({ tag }) => tag === 'TY'))
    throw new EvidenceError('RECORD_INVALID', 'the record says nothing but its type')
  const known = risIdentifiers(source)
  const abstracts = source.each(['AB'], ({ value }) => (RIGHTS.test(value) ? undefined : value))
  const abstract = abstracts[0] ?? source.first('N2')
  const authors = source.each(['AU', 'A1'], ({ value }) => risAuthor(value))
  const pages = pagesOf(source)
  const record: PublicationRecord = {
    publication: {
      pmid: known.pmid,
      doi: known.doi,
      pmcid: known.pmcid,
      ...titleOf(source),
      volume: source.first('VL', 'VO'),
      issue: source.first('IS', 'CP'),
      pages,
      ...risDate(source),
      language: source.firstOf(['LA'], languageOf),
      authors: authors.length === 0 ? { missing: 'not_reported' } : authors,
      types: filled(once([...source.each(['TY'], ({ value }) => typeOf(value)), ...source.each(['M3'], typeInWords)])),
      keywords: filled(keywordsOf(source)),
    },
    sections: abstractSections(abstract),
    rights: source.firstOf(['AB', 'N1'], (value) => (RIGHTS.test(value) ? value : undefined)),
    headings: [],
    registrations: [],
    identifiers: known.others,
    database: known.database,
  }
  // What says the same again is in the record.
  source.each(['ST', 'N2', 'J2', 'JA', 'JO', 'T2', 'AB'], ({ value }) =>
    [record.publication.title, record.publication.journal, abstract].includes(value.replace(/\.$/, ''))
      ? value
      : undefined,
  )
  const key = keyOf(record, known) ?? digestKey(source.fields.map(({ tag, value }) => `${tag} ${value}`))
  return { kind: 'publication', key, record, unmapped: source.untaken('ris') }
}

const RIGHTS = /^(?:copyright\b|©)/i

function titleOf(source: FieldSource): { readonly title: string; readonly journal: string | undefined } {
  const title = source.first('TI', 'T1', 'CT', 'BT', 'ST') ?? ''
  return {
    title: title.replace(/\.$/, ''),
    journal: source.first('JF', 'T2', 'JO', 'JA', 'J2', 'JI', 'J9', 'J1', 'BT'),
  }
}

/** SP and EP, of which SP alone may hold both; else the number of an article (C7). "No"-"Specified" of Ovid is none. */
function pagesOf(source: FieldSource): string | undefined {
  const [start, end] = ['SP', 'EP'].map((tag) =>
    source.firstOf([tag], (value) => (/\d/.test(value) ? value : undefined)),
  )
  if (start === undefined) return end ?? source.firstOf(['C7'], (value) => value)
  if (end === undefined || end === start || /\d ?[-–] ?\w*\d/.test(start)) return start
  return end.startsWith(`${start}-`) ? end : `${start}-${end}`
}

const typeOf = (code: string): { name: string } | undefined =>
  code === 'GEN' ? undefined : { name: TYPES[code.toUpperCase()] ?? code }

/** Some programs put a DOI there. */
const typeInWords = ({ value }: { readonly value: string }): { name: string } | undefined =>
  /^(?:doi:|https?:|10\.\d{4,9}\/)/i.test(value) ? undefined : { name: value }

/** One a line, also where a field goes on for several; those with an asterisk are major. */
function keywordsOf(source: FieldSource) {
  const words = source.each(['KW', 'MH'], ({ lines }) => lines).flat()
  return [...words, ...labelsOf(source)].flatMap((word) => {
    const keyword = word.replace(/^\*/, '').trim()
    return keyword === '' ? [] : [{ keyword, ...(word.startsWith('*') ? { major: true } : {}) }]
  })
}

/** ASReview writes its labels into a note, maybe among other words. */
const LABEL = /\bASReview_\w+/g

const labelsOf = (source: FieldSource): readonly string[] =>
  source.fields.flatMap((field) => {
    const labels = field.tag === 'N1' ? (field.value.match(LABEL) ?? []) : []
    if (labels.length > 0 && !/\w/.test(field.value.replace(LABEL, ''))) source.take(field)
    return labels
  })

function keyOf({ database }: PublicationRecord, { accession }: RisIdentifiers): string | undefined {
  if (accession !== undefined && database !== undefined) return `${database}:${accession}`
  // Web of Science names itself in its numbers.
  return accession?.startsWith('WOS:') ? accession : undefined
}
