/** RevMan writes what an XML name can't have by its number: STD-ISIS_x002d_2. */
const ESCAPED = /_x([\da-f]{4})_/gi

/** What RevMan calls a study, as a part of keys: isis-2 of STD-ISIS_x002d_2. */
export function studyCode(id: string): string {
  const name = id
    .replace(/^STD-/, '')
    .replace(ESCAPED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return codeOf(name) || 'study'
}

/** Words as a code: lower case letters and digits, with hyphens between. */
export const codeOf = (words: string): string =>
  words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
