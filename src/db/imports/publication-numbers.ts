import type { PublicationRecord } from '../../model/publication-record.ts'
import type { Transaction } from '../database.ts'
import { valuesOf } from '../rows-as-json.ts'
import { isAmong, join, raw, type Sql, sql } from '../sql.ts'

/** What a publication is known by, the surest first. */
export const NUMBERS = ['pmid', 'doi', 'pmcid'] as const
export type NumberOf = (typeof NUMBERS)[number]

/** A publication that is there, as far as it is needed to know it again. */
export interface Standing {
  readonly id: string
  readonly pmid: string | null
  readonly doi: string | null
  readonly pmcid: string | null
  readonly pages: string | null
}

/** The columns of that, in the order of its values. */
export const STANDING = ['id', 'pmid', 'doi', 'pmcid', 'pages'] as const
export type StandingValues = readonly [
  ...(readonly [id: string, pmid: string | null, doi: string | null]),
  ...(readonly [pmcid: string | null, pages: string | null]),
]

/** The same of a table that a statement calls by another name. */
export const STANDING_OF = (table: string): Sql => raw(STANDING.map((column) => `${table}."${column}"`).join(', '))

export const standingOf = ([id, pmid, doi, pmcid, pages]: StandingValues): Standing => ({ id, pmid, doi, pmcid, pages })

/** What may have these numbers. */
export type Numbered = { readonly [Name in NumberOf]?: string | null | undefined }

/** The numbers that a publication has, each with the key that maps know it by. */
export const numbersOf = (publication: Numbered): readonly { readonly name: NumberOf; readonly number: string }[] =>
  NUMBERS.flatMap((name) => {
    const value = publication[name]
    return value === undefined || value === null ? [] : [{ name, number: `${name} ${value}` }]
  })

/** A record as if it didn't have some of its numbers. */
export const withoutNumbers = (record: PublicationRecord, names: readonly NumberOf[]): PublicationRecord =>
  names.length === 0
    ? record
    : {
        ...record,
        publication: { ...record.publication, ...Object.fromEntries(names.map((name) => [name, undefined])) },
      }

/** The publications that have numbers of records, by these numbers. */
export async function holdersOfNumbers(
  tx: Transaction,
  records: readonly PublicationRecord[],
): Promise<ReadonlyMap<string, Standing>> {
  const asked = NUMBERS.flatMap((name) => {
    const values = records.flatMap(({ publication }) => publication[name] ?? [])
    const rows = sql`SELECT ${STANDING_OF('p')} FROM "publication" AS p WHERE ${isAmong(tx, raw(`"${name}"`), values)}`
    return values.length === 0 ? [] : [rows]
  })
  if (asked.length === 0) return new Map()
  const rows = await valuesOf<StandingValues>(tx, STANDING, join(asked, ' UNION '))
  return new Map(
    rows
      .map(standingOf)
      .flatMap((publication) => numbersOf(publication).map(({ number }) => [number, publication] as const)),
  )
}
