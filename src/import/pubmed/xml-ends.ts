/** The offset behind a tag that begins at `start`; undefined where it doesn't end within the text. */
export function tagEnd(text: string, start: number): number | undefined {
  for (let at = start; at < text.length; at++) {
    const letter = text[at]
    if (letter === '>') return at + 1
    if (letter === '"' || letter === "'") {
      at = text.indexOf(letter, at + 1)
      if (at < 0) return undefined
    }
  }
  return undefined
}

/** The offset behind a document type declaration with all that is in its brackets, of which nothing is read. */
export function doctypeEnd(text: string, start: number): number | undefined {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const letter = text[at]
    if (letter === '[') depth++
    else if (letter === ']') depth--
    else if (letter === '>' && depth <= 0) return at + 1
    const hidden =
      letter === '"' || letter === "'"
        ? letter
        : text.startsWith('<!--', at)
          ? '-->'
          : text.startsWith('<?', at)
            ? '?>'
            : undefined
    if (hidden === undefined) continue
    const end = text.indexOf(hidden, at + 1)
    if (end < 0) return undefined
    at = end + hidden.length - 1
  }
  return undefined
}
