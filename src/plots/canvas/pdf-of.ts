import { PDFDocument, type SKRSContext2D } from '@napi-rs/canvas'
import type { Picture } from '../mark.ts'
import { marksWithin, type Page, pageHeight, pagesOf } from '../pages.ts'
import { shownText } from '../shown-text.ts'
import { drawMarks, type Surface } from './draw-marks.ts'
import { useTypeface } from './typeface.ts'

/** PDF's points in a picture's unit: 72 to an inch, and 96. */
const POINTS = 72 / 96

/** A picture as PDF, with its text as text; a tall one on several pages, each with its headings. */
export function pdfOf(picture: Picture): Uint8Array {
  useTypeface()
  const document = new PDFDocument({
    title: shownText(picture.title),
    subject: shownText(picture.description),
    creator: 'Evibase',
  })
  const { width, head = 0 } = picture
  const pages = pagesOf(picture)
  const height = pages.length === 1 ? picture.height : pageHeight(picture)
  pages.forEach(({ from, to }, i) => {
    const context = document.beginPage(width * POINTS, height * POINTS)
    context.scale(POINTS, POINTS)
    if (i > 0) drawPart(context, picture, { from: 0, to: head, top: 0 })
    drawPart(context, picture, { from, to, top: i === 0 ? 0 : head })
    document.endPage()
  })
  return document.close()
}

/** Draws what lies between two heights of the picture, further up or down. */
function drawPart(
  context: Surface & Pick<SKRSContext2D, 'save' | 'clip' | 'translate' | 'restore'>,
  { width, marks }: Picture,
  { from, to, top }: Page & { readonly top: number },
): void {
  context.save()
  context.beginPath()
  context.rect(0, top, width, to - from)
  context.clip()
  context.translate(0, top - from)
  drawMarks(context, marksWithin(marks, { from, to }))
  context.restore()
}
