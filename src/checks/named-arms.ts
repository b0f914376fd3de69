/** Text as labels are compared: case, dashes and white space don't count. */
const normal = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[‐-―−]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()

/**
 * Which of several things some words name, each known by its labels. The longest label wins where one lies within
 * another: "IL-2 plus LAK cells" names the arm of that label and not the arm "IL-2".
 *
 * @param labels  of each thing, by its key
 */
export function namedBy(words: string, labels: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const text = normal(words)
  const taken: { from: number; to: number }[] = []
  const named = new Set<string>()
  const all = [...labels]
    .flatMap(([key, names]) => names.map((name) => ({ key, name: normal(name) })))
    .filter(({ name }) => name !== '')
    .sort((one, other) => other.name.length - one.name.length)
  for (const { key, name } of all)
    for (let from = text.indexOf(name); from >= 0; from = text.indexOf(name, from + 1)) {
      const to = from + name.length
      if (!isWhole(text, from, to)) continue
      // Two arms may have a label in common: both are named then.
      if (taken.some((other) => from >= other.from && to <= other.to && to - from < other.to - other.from)) continue
      taken.push({ from, to })
      named.add(key)
    }
  return named
}

const isWhole = (text: string, from: number, to: number): boolean =>
  !/[\p{L}\p{N}]/u.test(text[from - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(text[to] ?? ' ')
