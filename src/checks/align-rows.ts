import { byKey } from '../model/byte-order.ts'
import { groupedBy } from '../model/grouped-by.ts'

/** What two rows can have in common that makes them one and the same thing. */
export interface Pass<Row> {
  /** Rows that share one of these are candidates for each other. */
  readonly keys: (row: Row, side: 'a' | 'b') => readonly string[]
  /** Whether a row with several candidates gets the likest; otherwise it waits for a looser pass. */
  readonly several: boolean
}

/** Beyond so many candidates the likest isn't looked for. */
const MOST_CANDIDATES = 1_000_000

/**
 * Pairs the rows of two lists that are about the same thing, by the strictest pass that finds a partner. The order of the
 * lists plays no part.
 *
 * @param likeness  how many values two rows share, from which the better of several candidates is told
 * @param content   a row's values as one text, which decides where candidates are equally like
 */
export function alignRows<Row>(
  as: readonly Row[],
  bs: readonly Row[],
  passes: readonly Pass<Row>[],
  likeness: (a: Row, b: Row) => number,
  content: (row: Row) => string,
): readonly (readonly [a: Row, b: Row])[] {
  const pairs: (readonly [Row, Row])[] = []
  const freeA = new Set(as)
  const freeB = new Set(bs)
  const pair = (a: Row, b: Row) => {
    if (!freeA.has(a) || !freeB.has(b)) return
    freeA.delete(a)
    freeB.delete(b)
    pairs.push([a, b])
  }
  for (const { keys, several } of passes) {
    const byA = groupedBy(
      [...freeA].flatMap((row) => keys(row, 'a').map((key) => ({ key, row }))),
      ({ key }) => key,
    )
    const byB = groupedBy(
      [...freeB].flatMap((row) => keys(row, 'b').map((key) => ({ key, row }))),
      ({ key }) => key,
    )
    const buckets = [...byA].map(([key, rows]) => [
      rows.map(({ row }) => row),
      (byB.get(key) ?? []).map(({ row }) => row),
    ])
    const seenA = groupedBy(
      buckets.flatMap(([a = [], b = []]) => (b.length > 0 ? a : [])),
      (row) => row,
    )
    const seenB = groupedBy(
      buckets.flatMap(([, b = []]) => b),
      (row) => row,
    )
    const alone = (row: Row, seen: ReadonlyMap<Row, readonly Row[]>) => (seen.get(row)?.length ?? 0) <= 1
    for (const [a = [], b = []] of buckets) {
      const [one, other] = [a[0], b[0]]
      if (a.length === 1 && b.length === 1 && one !== undefined && other !== undefined) {
        if (several || (alone(one, seenA) && alone(other, seenB))) pair(one, other)
      } else if (several && b.length > 0) pairLikest(a, b, likeness, content, pair)
    }
  }
  return pairs
}

function pairLikest<Row>(
  as: readonly Row[],
  bs: readonly Row[],
  likeness: (a: Row, b: Row) => number,
  content: (row: Row) => string,
  pair: (a: Row, b: Row) => void,
): void {
  const [sortedA, sortedB] = [as, bs].map((rows) =>
    rows.map((row) => ({ row, content: content(row) })).sort((one, other) => byKey(one.content, other.content)),
  ) as [{ row: Row; content: string }[], { row: Row; content: string }[]]
  if (as.length * bs.length > MOST_CANDIDATES) {
    for (const [index, { row }] of sortedA.entries()) if (sortedB[index]) pair(row, sortedB[index].row)
    return
  }
  const candidates = sortedA.flatMap((a) =>
    sortedB.map((b) => ({
      a: a.row,
      b: b.row,
      like: likeness(a.row, b.row),
      // The same whichever of the two lists comes first.
      contents: byKey(a.content, b.content) <= 0 ? [a.content, b.content] : [b.content, a.content],
    })),
  )
  candidates.sort(
    (one, other) =>
      other.like - one.like ||
      byKey(one.contents[0] ?? '', other.contents[0] ?? '') ||
      byKey(one.contents[1] ?? '', other.contents[1] ?? ''),
  )
  for (const { a, b } of candidates) pair(a, b)
}
