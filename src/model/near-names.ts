/** Names to offer for one that isn't there. */
const MOST = 5

/**
 * The names nearest to one that isn't there: by fewest letters inserted, left out or put for another (Levenshtein 1966),
 * at most a third of them; case doesn't count. Nearest first, then in the names' own order.
 */
export function nearNames(wanted: string, names: Iterable<string>): readonly string[] {
  const word = wanted.toLowerCase()
  const most = Math.max(1, Math.floor(word.length / 3))
  const near: { name: string; distance: number }[] = []
  for (const name of new Set(names)) {
    const distance = distanceWithin(word, name.toLowerCase(), most)
    if (distance !== undefined) near.push({ name, distance })
  }
  return near
    .sort((one, other) => one.distance - other.distance)
    .slice(0, MOST)
    .map(({ name }) => name)
}

function distanceWithin(one: string, other: string, most: number): number | undefined {
  if (Math.abs(one.length - other.length) > most) return undefined
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let at = 1; at <= one.length; at++) {
    const next = [at]
    for (let to = 1; to <= other.length; to++)
      next.push(
        Math.min(
          (row[to] ?? 0) + 1,
          (next[to - 1] ?? 0) + 1,
          (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1),
        ),
      )
    if (Math.min(...next) > most) return undefined
    row = next
  }
  const distance = row[other.length] ?? Number.POSITIVE_INFINITY
  return distance <= most ? distance : undefined
}
