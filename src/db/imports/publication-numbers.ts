import type { PublicationRecord } from '../../model/publication-record.ts'
import type { Transaction } from '../database.ts'
import { valuesOf } from '../rows-as-json.ts'
import { isAmong, join, raw, sql } from '../sql.ts'

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

export const STANDING = { id: true, pmid: true, doi: true, pmcid: true, pages: true } as const

const COLUMNS = raw(`"id", "pmid", "doi", "pmcid", "pages"`)
type StandingValues = readonly [string, ...[string | null, string | null, string | null, string | null]]

/** What may have these numbers. */
export type Numbered = { readonly [Name in NumberOf]?: string | null | undefined }

/** The numbers that a publication has, each with the key that maps know it by. */
export const numbersOf = (publication: Numbered): readonly { readonly name: NumberOf; readonly number: string }[] =>
  NUMBERS.flatMap((name) => {
    const value = publication[name]
    return value === undefined || value === null ? [] : [{ name, number: `${name} ${value}` }]
  })

/** The publications that have numbers of records, by these numbers. */
export async function holdersOfNumbers(
  tx: Transaction,
  records: readonly PublicationRecord[],
): Promise<ReadonlyMap<string, Standing>> {
  const asked = NUMBERS.flatMap((name) => {
    const values = records.flatMap(({ publication }) => publication[name] ?? [])
    const rows = sql`SELECT ${COLUMNS} FROM "publication" WHERE ${isAmong(tx, raw(`"${name}"`), values)}`
    return values.length === 0 ? [] : [rows]
  })
  if (asked.length === 0) return new Map()
  const rows = await valuesOf<StandingValues>(tx, Object.keys(STANDING), join(asked, ' UNION '))
  const standing = rows.map(([id, pmid, doi, pmcid, pages]) => ({ id, pmid, doi, pmcid, pages }))
  return new Map(
    standing.flatMap((publication) => numbersOf(publication).map(({ number }) => [number, publication] as const)),
  )
}
