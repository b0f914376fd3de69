import type { PublicationRecord } from '../../model/publication-record.ts'
import { doiIn } from '../bibliography/doi.ts'
import { once } from '../bibliography/listed.ts'
import type { FieldSource, TaggedField } from '../bibliography/tagged-fields.ts'

type Identifiers = NonNullable<PublicationRecord['identifiers']>

export interface RisIdentifiers {
  readonly pmid: string | undefined
  readonly pmcid: string | undefined
  readonly doi: string | undefined
  readonly database: string | undefined
  readonly accession: string | undefined
  readonly others: Identifiers
}

const PUBMED = /\b(?:pubmed|medline|nlm)\b/i

/** What a record is known by. A number is a PMID only where the record says so, or its database is PubMed's. */
export function risIdentifiers(source: FieldSource): RisIdentifiers {
  const database = source.first('DB')
  const provider = source.first('DP')
  const from = database ?? provider
  const accession = accessionOf(source, from ?? '')
  const isPubmed = [database, provider].some((name) => name !== undefined && PUBMED.test(name))
  const isScopus = database !== undefined && /^scopus$/i.test(database)
  const pmid =
    source.firstOf(['PMID'], pmidIn) ??
    source.firstOf(['PMID', 'U1', 'U2', 'C2', 'AN', 'L2'], saidPmid) ??
    source.firstWithin(['UR', 'N1'], saidPmid) ??
    (isPubmed && accession !== undefined ? pmidIn(accession) : undefined) ??
    (isScopus ? source.firstOf(['C2'], (value) => /^\d{7,8}$/.exec(value)?.[0]) : undefined)
  const printed = source.all('DO')
  const doi =
    printed.flatMap((value) => doiIn(value) ?? [])[0] ??
    source.firstOf(['UR', 'L3', 'L2', 'M3', 'N1', 'ID'], (value) => (SAYS_DOI.test(value) ? doiIn(value) : undefined))
  return {
    pmid,
    pmcid: source.firstOf(['U1', 'U2', 'C2', 'UR', 'N1'], (value) =>
      /^(PMC\d+)(?: ?\[pmcid\])?$/i.exec(value)?.[1]?.toUpperCase(),
    ),
    doi,
    database: from,
    accession,
    others: once([
      ...printed.flatMap((value) =>
        doiIn(value) === undefined || doiIn(value) !== doi ? [{ type: 'doi', value }] : [],
      ),
      ...(accession === undefined ? [] : [{ type: 'accession', value: accession }]),
      ...source.each(['SN'], serialNumbers).flat(),
      ...source.all('UR').map((value) => ({ type: 'url', value })),
      ...source.all('PB').map((value) => ({ type: 'publisher', value })),
      ...(database === undefined || provider === undefined ? [] : [{ type: 'provider', value: provider }]),
    ]),
  }
}

/** With its name or resolver before it, or bare. */
const SAYS_DOI = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:? ?|10\.\d{4,9}\/)\S+$/i

function saidPmid(value: string): string | undefined {
  const [, tagged, labelled, address] =
    /^(\d+) ?\[pmid\]$|\bPMID: ?(?:NLM)?(\d+)|ncbi\.nlm\.nih\.gov\/(?:pubmed\/)?(\d+)\/?$/i.exec(value) ?? []
  return pmidIn(tagged ?? labelled ?? address ?? '')
}

const pmidIn = (value: string): string | undefined => /^[1-9]\d{0,8}$/.exec(value.trim())?.[0]

/** AN; in Embase U2, in SciELO ID; of EBSCO what its note says. */
function accessionOf(source: FieldSource, database: string): string | undefined {
  const shaped = (tag: string, shape: RegExp) => source.firstOf([tag], (value) => shape.exec(value)?.[1])
  return (
    shaped('AN', /^(?!PMID)([^;]+)/) ??
    (/embase/i.test(database) ? shaped('U2', /^(L\d{6,})$/) : undefined) ??
    (/scielo/i.test(database) ? shaped('ID', /^(S\d{4}-\S+)$/) : undefined) ??
    (source.fields.some(({ tag }) => tag === 'ID') ? ebscoAccession(source) : undefined)
  )
}

/** The note begins with the number, which ID repeats. */
function ebscoAccession(source: FieldSource): string | undefined {
  const noted = source.fields.flatMap(({ tag, value }) =>
    tag === 'N1' ? (/^Accession Number: ([\w-]+)/.exec(value)?.[1] ?? []) : [],
  )
  return source.firstOf(['ID'], (value) => noted.find((number) => number === value))
}

/** ISSNs, which may lack their hyphen, and ISBNs, several of them in one field; what is neither stays as printed. */
function serialNumbers({ value }: TaggedField): Identifiers {
  const isbns = [...value.matchAll(/(?<![\d-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dX](?![\d-])/gi)].map(([isbn]) =>
    isbn.trim(),
  )
  const rest = isbns.reduce((text, isbn) => text.replace(isbn, ' '), value)
  const issns = [...rest.matchAll(/(?<![\d-])(\d{4})-?(\d{3}[\dX])(?![\d-])/gi)].map(
    ([, first = '', second = '']) => `${first}-${second.toUpperCase()}`,
  )
  const found = [
    ...issns.map((issn) => ({ type: 'issn', value: issn })),
    ...isbns.map((isbn) => ({ type: 'isbn', value: isbn })),
  ]
  return found.length === 0 ? [{ type: 'serial-number', value }] : found
}
