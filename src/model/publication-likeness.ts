import { firstPage, lettersOf } from './title-key.ts'

/** What two publications are compared by. */
export interface Comparable {
  readonly title: string
  readonly year: number | null
  readonly pages: string | null
}

export interface Likeness {
  /** 0 to 1. */
  readonly score: number
  /** What they have in common, in words: title, year, first page. */
  readonly matched: readonly string[]
}

/** Less alike is not worth a look: titles that differ in more than a word or two. */
const LEAST_TITLE = 0.85

/**
 * How alike two publications are: their titles count for half, the year for a fifth, the first page for the rest. A year
 * apart is half a year's worth, for a paper that was online before; a page that one of them hasn't is a third of a page's
 * worth.
 *
 * @returns undefined where the titles alone tell them apart
 * @checked test/model/publication-likeness.test.ts
 */
export function likenessOf(one: Comparable, other: Comparable): Likeness | undefined {
  const title = titleLikeness(lettersOf(one.title), lettersOf(other.title))
  if (title < LEAST_TITLE) return undefined
  const year = yearLikeness(one.year, other.year)
  const page = pageLikeness(firstPage(one.pages), firstPage(other.pages))
  return {
    score: Math.round((0.5 * title + 0.2 * year + 0.3 * page) * 1000) / 1000,
    matched: [
      title === 1 ? 'title' : 'nearly the title',
      ...(year === 1 ? ['year'] : year > 0 ? ['a year apart'] : []),
      ...(page === 1 ? ['first page'] : []),
    ],
  }
}

function yearLikeness(one: number | null, other: number | null): number {
  if (one === null || other === null) return 0
  return one === other ? 1 : Math.abs(one - other) === 1 ? 0.5 : 0
}

const pageLikeness = (one: string | undefined, other: string | undefined): number =>
  one === undefined || other === undefined ? 1 / 3 : one === other ? 1 : 0

/** Dice's coefficient of the threes of letters that two titles have. */
function titleLikeness(one: string, other: string): number {
  if (one === other) return 1
  const [first, second] = [threes(one), threes(other)]
  let common = 0
  for (const [three, times] of first) common += Math.min(times, second.get(three) ?? 0)
  const all = Math.max(one.length - 2, 0) + Math.max(other.length - 2, 0)
  return all === 0 ? 0 : (2 * common) / all
}

function threes(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (let at = 0; at + 3 <= text.length; at++) {
    const three = text.slice(at, at + 3)
    counts.set(three, (counts.get(three) ?? 0) + 1)
  }
  return counts
}
