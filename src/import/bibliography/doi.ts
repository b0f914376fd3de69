/**
 * A DOI without what may stand before it, in lower case; undefined where it is none.
 *
 * @param printed  10.1093/jnci/85.8.622, with or without `doi:` or a resolver's address
 */
export function doiIn(printed: string): string | undefined {
  const bare = printed
    .trim()
    .replace(/^(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\//i, '')
    .replace(/^doi:? */i, '')
    .toLowerCase()
  return /^10\.\d{4,9}\/[^\sA-Z]+$/.test(bare) ? bare : undefined
}
