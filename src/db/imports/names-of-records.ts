import { keyOfTitle } from './match-publications.ts'
import type { ReadRecord } from './read-record.ts'

/** What records write, and what decides how: their publications by all their numbers, their studies. For locks. */
export const namesOf = (records: readonly ReadRecord[]): readonly string[] =>
  records.flatMap(({ key, reading }) => [
    `record ${key}`,
    ...(reading.kind === 'study' ? [`study ${reading.record.slug}`] : numbersOf(reading.record.publication)),
  ])

const numbersOf = ({
  pmid,
  doi,
  pmcid,
}: {
  pmid?: string | undefined
  doi?: string | undefined
  pmcid?: string | undefined
}) => [pmid, doi, pmcid].flatMap((number) => (number === undefined ? [] : [`publication ${number}`]))

/**
 * The same records in rounds: no two of a round are known by the same key, number or title, so that each finds what the
 * ones before it have made.
 */
export function* rounds<Waiting extends { readonly record: ReadRecord }>(
  waiting: readonly Waiting[],
): Generator<readonly Waiting[]> {
  let round: Waiting[] = []
  let taken = new Set<string>()
  for (const entry of waiting) {
    const { reading } = entry.record
    const names = [
      ...namesOf([entry.record]),
      ...(reading.kind === 'publication' ? [keyOfTitle(reading.record) ?? []].flat() : []),
    ]
    if (names.some((name) => taken.has(name))) {
      yield round
      round = []
      taken = new Set()
    }
    round.push(entry)
    for (const name of names) taken.add(name)
  }
  if (round.length > 0) yield round
}
