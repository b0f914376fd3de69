/**
 * Codes for the sections of a text by their labels: `results`, and for what has that label again `results-4`, where it is
 * the fourth section. A label without Latin letters or digits gives `section-4`.
 */
export function sectionCodes(labels: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return labels.map((label, index) => {
    const name = label
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 50)
      .replace(/^-|-$/g, '')
    const numbered = `${name === '' ? 'section' : name}-${index + 1}`
    const code = [name, numbered, `section-${numbered}`].find((candidate) => candidate !== '' && !taken.has(candidate))
    taken.add(code ?? numbered)
    return code ?? numbered
  })
}
