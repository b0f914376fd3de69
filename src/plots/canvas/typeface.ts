import { createRequire } from 'node:module'
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { shownText } from '../shown-text.ts'
import type { Lettering } from '../text-width.ts'

/** A name that no computer has, so that its own typefaces never come before ours. */
const FAMILY = 'Evibase Sans'

const require = createRequire(import.meta.url)

// Arimo has the widths of Arial and so of Helvetica, which texts are placed by, and Greek, Cyrillic, Hebrew and arrows.
const FILES = [
  require.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf'),
  require.resolve('@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf'),
]

/** Registers the typeface that comes with Evibase: the same letters on each computer. */
export function useTypeface(): void {
  if (GlobalFonts.has(FAMILY)) return
  for (const file of FILES)
    if (GlobalFonts.registerFromPath(file, FAMILY) === null) throw new Error(`the typeface ${file} can't be read`)
}

export const fontOf = ({ size, isBold = false }: Lettering): string => `${isBold ? 'bold ' : ''}${size}px "${FAMILY}"`

/** No typeface has this character: it shows what is drawn for one that is missing. */
const NOBODYS = '\u{10fffd}'
const SIDE = 40

/** Letters of texts that neither our typeface has nor one of this computer: boxes stand for them. */
export function missingLetters(texts: readonly string[]): readonly string[] {
  useTypeface()
  const letters = [...new Set(texts.map(shownText).join(''))].filter((letter) => !/[\s -~]|\p{M}|\p{Cf}/u.test(letter))
  if (letters.length === 0) return []
  const box = drawn(NOBODYS)
  return letters.filter((letter) => drawn(letter).equals(box))
}

function drawn(letter: string): Buffer {
  const canvas = createCanvas(SIDE, SIDE)
  const context = canvas.getContext('2d')
  context.font = fontOf({ size: SIDE / 2 })
  context.fillText(letter, SIDE / 4, (SIDE * 3) / 4)
  return canvas.data()
}
