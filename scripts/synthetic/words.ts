import type { Random } from './random.ts'

// Words made of syllables: nothing real is named, and the common ones are as common as words are.

const SYLLABLES = [
  'ba',
  'ce',
  'di',
  'fo',
  'gu',
  'la',
  'me',
  'ni',
  'po',
  'ru',
  'sa',
  'te',
  'vi',
  'xo',
  'zu',
  'tra',
  'plo',
]

const word = (number: number): string => {
  let [text, left] = ['', number + SYLLABLES.length]
  while (left > 0) {
    text += SYLLABLES[left % SYLLABLES.length]
    left = Math.floor(left / SYLLABLES.length)
  }
  return text
}

const WORDS: readonly string[] = Array.from({ length: 8_000 }, (_, number) => word(number))

export const COMMON_WORD = WORDS[3] ?? ''

/** The word at a place among all of them. */
export const wordAt = (place: number): string => WORDS[place % WORDS.length] ?? ''

export const someWords = (random: Random, count: number): string =>
  Array.from({ length: count }, () => wordAt(random.skewed(WORDS.length))).join(' ')

export const capitalised = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`
