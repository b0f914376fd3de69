/** Words that stand beside each other; of the last one only the beginning where `prefix` is true. */
export interface SearchTerm {
  readonly tokens: readonly string[]
  readonly prefix: boolean
}

const TOKEN = /[\p{L}\p{N}\p{M}]+/gu

/**
 * What is asked for in a text: words parted by spaces, `"words in a row"`, and `beginning*`. A word with signs in it, such
 * as interleukin-2, is its parts in a row. Letters and digits alone are kept, so that nothing is a search engine's language.
 */
export const searchTerms = (asked: string): readonly SearchTerm[] =>
  [...asked.matchAll(/"([^"]*)"?(\*?)|[^\s"]+/g)].flatMap(([whole, phrase, star]) => {
    const tokens = [...(phrase ?? whole).matchAll(TOKEN)].map(([token]) => token.toLowerCase())
    return tokens.length === 0 ? [] : [{ tokens, prefix: phrase === undefined ? whole.endsWith('*') : star === '*' }]
  })

/** Characters that a highlight shows before and after the first hit. */
const AROUND = 60

/**
 * The place of a text where terms stand, with `**` around each word of theirs; null where none of them does.
 *
 * @param whole  shows all of the text, and not only what is around the first hit
 */
export function highlight(text: string, terms: readonly SearchTerm[], whole = false): string | null {
  const tokens = [...text.matchAll(TOKEN)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    word: match[0].toLowerCase(),
  }))
  const hits: { start: number; end: number }[] = []
  for (const [index] of tokens.entries())
    for (const term of terms) {
      const inText = tokens.slice(index, index + term.tokens.length)
      const stands = term.tokens.every((token, place) => {
        const word = inText[place]?.word
        return term.prefix && place === term.tokens.length - 1 ? word?.startsWith(token) : word === token
      })
      const [first, last] = [inText[0], inText.at(-1)]
      if (!stands || first === undefined || last === undefined) continue
      const before = hits.at(-1)
      if (before !== undefined && before.end >= first.start)
        hits[hits.length - 1] = { ...before, end: Math.max(before.end, last.end) }
      else hits.push({ start: first.start, end: last.end })
    }
  const [first] = hits
  if (first === undefined) return null
  const from = whole ? 0 : (tokens.find(({ start }) => start >= first.start - AROUND)?.start ?? first.start)
  const to = whole ? text.length : (tokens.findLast(({ end }) => end <= first.end + AROUND)?.end ?? first.end)
  let [shown, at] = ['', from]
  for (const { start, end } of hits.filter((hit) => hit.end <= to)) {
    shown += `${text.slice(at, start)}**${text.slice(start, end)}**`
    at = end
  }
  return `${from > 0 ? '…' : ''}${shown}${text.slice(at, to)}${to < text.length ? '…' : ''}`
}
