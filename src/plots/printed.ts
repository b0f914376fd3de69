import { EvidenceError } from '../errors.ts'
import type { Picture } from './mark.ts'

/** A picture for print, and the letters in it that no typeface has, for which boxes stand. */
export interface Printed {
  readonly bytes: Uint8Array
  readonly missing: readonly string[]
}

/**
 * A picture as PNG, with so many pixels to an inch.
 *
 * @throws EvidenceError USAGE            it would have more pixels than PNG takes
 * @throws EvidenceError PROGRAM_MISSING  what draws it doesn't run on this computer
 */
export async function printedPng(picture: Picture, dpi: number): Promise<Printed> {
  const { pngOf, missingLetters } = await canvas()
  return { bytes: pngOf(picture, dpi), missing: missingLetters(textsOf(picture)) }
}

/**
 * A picture as PDF, on pages where it is tall.
 *
 * @throws EvidenceError PROGRAM_MISSING  what draws it doesn't run on this computer
 */
export async function printedPdf(picture: Picture): Promise<Printed> {
  const { pdfOf, missingLetters } = await canvas()
  return { bytes: pdfOf(picture), missing: missingLetters(textsOf(picture)) }
}

const textsOf = ({ marks }: Picture): readonly string[] =>
  marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []))

/** Loaded only when it is needed: it has a program for each kind of computer, which npm may have left out. */
async function canvas() {
  try {
    // By itself: where it fails below other modules, Node tells of it twice, the second time to nobody.
    await import('@napi-rs/canvas')
  } catch (cause) {
    throw new EvidenceError(
      'PROGRAM_MISSING',
      "PNG and PDF can't be drawn: @napi-rs/canvas doesn't run on this computer. Install the packages with their optional parts, or have the picture as SVG.",
      {},
      { cause },
    )
  }
  return await import('./canvas/canvas.ts')
}
