import type { PublicationRecord } from '../../model/publication-record.ts'
import type { Transaction } from '../database.ts'

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
    return values.length === 0 ? [] : [{ [name]: { in: values } }]
  })
  if (asked.length === 0) return new Map()
  const standing = await tx.publication.findMany({ where: { OR: asked }, select: STANDING })
  return new Map(
    standing.flatMap((publication) => numbersOf(publication).map(({ number }) => [number, publication] as const)),
  )
}
