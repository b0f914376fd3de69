import type { Span } from './printed-value.ts'

/**
 * Finds exact words in a text. Words that begin or end with a digit don't match inside a longer number: "4" is not
 * found in "14", nor ".08" in ".089".
 *
 * @param occurrence  which one, counted from 1, where the words occur more than once
 * @returns the place, or what is wrong in words
 */
export function findWords(text: string, words: string, occurrence?: number): Span | { readonly problem: string } {
  const places = placesOf(text, words)
  if (places.length === 0) return { problem: `the words ${shorten(words)} are not there${absence(text, words)}` }
  if (occurrence === undefined && places.length > 1)
    return { problem: `the words ${shorten(words)} are there ${places.length} times; say which with occurrence` }
  const start = places[(occurrence ?? 1) - 1]
  if (start === undefined)
    return {
      problem: `the words ${shorten(words)} are there ${places.length === 1 ? 'once' : `${places.length} times`}; there is no occurrence ${occurrence}`,
    }
  return { start, end: start + words.length }
}

/** Where the words begin, each time that they stand in the text by themselves, in order. */
export function placesOf(text: string, words: string): readonly number[] {
  const places: number[] = []
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    if (standsAlone(text, words, at)) places.push(at)
  return places
}

function standsAlone(text: string, words: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at)
  const after = text.slice(at + words.length, at + words.length + 5)
  if (/^\d/.test(words) && NUMBER_BEFORE.test(before)) return false
  if (/^\d{3}(?!\d)/.test(words) && /\d[\u00a0\u2009\u202f]$/.test(before)) return false
  if (/^[.·]\d/.test(words) && /\d$/.test(before)) return false
  return !(/\d$/.test(words) && NUMBER_AFTER.test(after))
}

// Decimals are parted by a point, a comma or the middle dot of some journals, thousands also by narrow spaces. A point
// after a letter ends a sentence: "cells.10 patients".
const NUMBER_BEFORE = /(?:\d|(?:^|[^\p{L})\]])\.|·|\d,)$/u
const NUMBER_AFTER = /^(?:\d|[.,·]\d|[\u00a0\u2009\u202f]\d{3}(?!\d))/

/** Why words aren't found: they are within a longer number, or the text differs, from where it can be followed. */
function absence(text: string, words: string): string {
  const within = text.indexOf(words)
  if (within >= 0) {
    const number = text.slice(Math.max(0, within - 12), within + words.length + 12)
    return ` by themselves, only within a longer number: ${JSON.stringify(number)}`
  }
  // What is there of the words' beginning is there of every shorter beginning too.
  let [length, tooLong] = [0, words.length]
  while (length + 1 < tooLong) {
    const size = (length + tooLong) >> 1
    if (text.includes(words.slice(0, size))) length = size
    else tooLong = size
  }
  if (length < SHORTEST_BEGINNING) return '; expected the exact words of the text'
  const end = text.indexOf(words.slice(0, length)) + length
  return `; the text goes on with ${JSON.stringify(text.slice(end, end + 30))} after ${JSON.stringify(words.slice(Math.max(0, length - 30), length))}`
}

/** A shorter beginning would be found by chance. */
const SHORTEST_BEGINNING = 8

const shorten = (words: string) => JSON.stringify(words.length > 70 ? `${words.slice(0, 67)}…` : words)
