import { createCanvas } from '@napi-rs/canvas'
import { EvidenceError } from '../../errors.ts'
import type { Picture } from '../mark.ts'
import { drawMarks } from './draw-marks.ts'
import { withResolution } from './resolution.ts'
import { useTypeface } from './typeface.ts'

/** A picture's units in an inch: CSS's pixels. */
const UNITS_PER_INCH = 96

/** More pixels, across or down, are no picture that programs open. */
const MOST_PIXELS = 32_767

/**
 * A picture as PNG, with so many pixels to an inch of the size that it has as SVG: the same bytes for the same picture, where
 * its letters are those of the typeface that comes with Evibase.
 *
 * @throws EvidenceError USAGE  it would have more pixels than a picture may
 */
export function pngOf(picture: Picture, dpi: number): Uint8Array {
  const scale = dpi / UNITS_PER_INCH
  const [width, height] = [Math.ceil(picture.width * scale), Math.ceil(picture.height * scale)]
  const longest = Math.max(width, height)
  if (longest > MOST_PIXELS)
    throw new EvidenceError(
      'USAGE',
      `The picture would have ${width} × ${height} pixels, of which PNG takes ${MOST_PIXELS} either way; expected --dpi ${Math.floor((dpi * MOST_PIXELS) / longest)} or less, or a name that ends in .pdf or .svg.`,
    )
  useTypeface()
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.scale(scale, scale)
  drawMarks(context, picture.marks)
  return withResolution(canvas.toBuffer('image/png'), dpi)
}
