import type { Lettering } from './text-width.ts'

/** How all pictures are set, so that those of one paper go together. */
export const SIZE = 11
export const PLAIN: Lettering = { size: SIZE }
export const BOLD: Lettering = { size: SIZE, isBold: true }
export const SMALL: Lettering = { size: 9.5 }

/** From one line of a text to the next, as a part of the size. */
export const LEADING = 1.25

/** Free at the edges of a picture. */
export const MARGIN = 12

/** The line on which words stand whose middle is at a height. */
export const baselineOf = (middle: number, { size }: Lettering): number => middle + size * 0.36
