/** The ORCID identifier in its own form, of however it was printed: as an address, without hyphens; undefined for others. */
export function orcidIn(printed: string): string | undefined {
  const [, a, b, c, d] = /(?<!\d)(\d{4})[- ]?(\d{4})[- ]?(\d{4})[- ]?(\d{3}[\dXx])\/?$/.exec(printed.trim()) ?? []
  return d === undefined ? undefined : [a, b, c, d.toUpperCase()].join('-')
}
