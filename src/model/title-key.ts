/** A shorter title is a heading that many have: Editorial, Reply to the authors. */
const SHORTEST = 20
const LONGEST = 200

/**
 * What a title is compared by: its letters and digits, in lower case and without their accents, and the year. Undefined
 * where the title is too short to tell one publication from another, or the year is unknown.
 */
export function titleKey(title: string, year: string | undefined): string | undefined {
  const letters = lettersOf(title).slice(0, LONGEST)
  return letters.length < SHORTEST || year === undefined ? undefined : `${letters}|${year}`
}

/** The letters and digits of a title, in lower case and without accents. */
export const lettersOf = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** The page that a range begins with: 622 of 622-32. Undefined where there is none. */
export const firstPage = (pages: string | null | undefined): string | undefined =>
  /^\s*([A-Za-z]*\d[\w.]*)/.exec(pages ?? '')?.[1]?.toLowerCase()
