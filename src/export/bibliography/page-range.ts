/** The first and last page of an article; of one that has several ranges, its pages as printed and no last one. */
export interface PageRange {
  readonly first: string
  readonly last: string | undefined
}

const RANGE = /^([A-Za-z]*)(\d+)([A-Za-z]*) ?[-–] ?([A-Za-z]*)(\d+)([A-Za-z]*)$/
const ROMAN = /^([ivxlcdm]+) ?[-–] ?([ivxlcdm]+)$/i

/**
 * Takes pages apart that are printed as MEDLINE has them, where the last page leaves out the digits that it shares with
 * the first: 622-32 is 622 to 632, S12-5 is S12 to S15. What is no such range stays whole: "622-32; discussion 640".
 */
export function pageRange(printed: string): PageRange {
  const whole = { first: printed, last: undefined }
  const [, romanFirst, romanLast] = ROMAN.exec(printed) ?? []
  if (romanFirst !== undefined && romanLast !== undefined) return { first: romanFirst, last: romanLast }
  const [, before = '', first = '', after = '', lastBefore = '', last = '', lastAfter = ''] = RANGE.exec(printed) ?? []
  if (first === '' || (lastBefore !== '' && lastBefore !== before) || (lastAfter !== '' && lastAfter !== after))
    return whole
  const full = first.slice(0, Math.max(0, first.length - last.length)) + last
  return BigInt(full) < BigInt(first) ? whole : { first: `${before}${first}${after}`, last: `${before}${full}${after}` }
}
