import { BOLD, REGULAR } from './glyph-widths.ts'

/** How a text is set; size in the picture's units. */
export interface Lettering {
  readonly size: number
  readonly isBold?: boolean
}

/** The typefaces whose widths are known, in the order in which a reader's computer is asked for them. */
export const TYPEFACES = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif"

/** Of the size, how far the tallest letters go above the line and the deepest below, with room for accents. */
export const ASCENT = 0.93
export const DESCENT = 0.22

const widthsOf = (glyphs: Readonly<Record<number, string>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(glyphs).flatMap(([width, letters]) => [...letters].map((one) => [one, Number(width)])))

const REGULAR_WIDTHS = widthsOf(REGULAR)
const BOLD_WIDTHS = widthsOf(BOLD)

// What Helvetica hasn't comes from another typeface of the reader's computer: these are at least as wide as the widest.
const EMOJI_WIDTH = 1400
const OTHER_WIDTH = 1060
const BOLDER = 1.2
const KNOWN_ELSEWHERE: ReadonlyMap<string, number> = new Map([
  ['τ', 560],
  ['χ', 600],
  ['←', 1010],
  ['→', 1010],
])

/** How wide a text is, in the picture's units: the sum of its letters, or more where the typeface lacks them. */
export function textWidth(text: string, { size, isBold = false }: Lettering): number {
  const widths = isBold ? BOLD_WIDTHS : REGULAR_WIDTHS
  let sum = 0
  for (const letter of text) sum += widths.get(letter) ?? widthElsewhere(letter) * (isBold ? BOLDER : 1)
  return (sum * size) / 1000
}

function widthElsewhere(letter: string): number {
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(letter)) return 0
  return KNOWN_ELSEWHERE.get(letter) ?? (/\p{Emoji_Presentation}/u.test(letter) ? EMOJI_WIDTH : OTHER_WIDTH)
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** What a reader takes for one letter each, such as a letter with its accent. */
const lettersOf = (text: string): string[] => Array.from(SEGMENTER.segment(text), ({ segment }) => segment)

/** A text with its end replaced by an ellipsis where it is wider than it may be. */
export function ellipsised(text: string, width: number, lettering: Lettering): string {
  if (textWidth(text, lettering) <= width) return text
  let kept = ''
  for (const letter of lettersOf(text)) {
    if (textWidth(`${kept}${letter}…`, lettering) > width) break
    kept += letter
  }
  return `${kept.trimEnd()}…`
}

/**
 * A text in lines that are no wider than they may be: broken between words, within a word only where that alone is too
 * wide. It ends with an ellipsis where it needs more lines than it may have.
 */
export function wrapped(
  text: string,
  width: number,
  lettering: Lettering & { readonly mostLines?: number },
): readonly string[] {
  const { mostLines = Number.POSITIVE_INFINITY } = lettering
  const fits = (line: string) => textWidth(line, lettering) <= width
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = fits(word) ? [word] : broken(word, fits)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  if (lines.length <= mostLines) return lines
  const last = lines.slice(mostLines - 1).join(' ')
  return [...lines.slice(0, mostLines - 1), ellipsised(last, width, lettering)]
}

/** A word in pieces that fit. */
function broken(word: string, fits: (piece: string) => boolean): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const letter of lettersOf(word)) {
    if (piece !== '' && !fits(piece + letter)) {
      pieces.push(piece)
      piece = ''
    }
    piece += letter
  }
  return [...pieces, piece]
}
