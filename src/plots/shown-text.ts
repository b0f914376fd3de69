import { onOneLine } from '../model/xml.ts'

/** Embeddings, overrides and isolates: they would turn the digits of a year round. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/gu

/** A text as pictures show it: on one line, and in the direction that its own letters have. */
export const shownText = (text: string): string => onOneLine(text).replace(DIRECTIONS, '')
