import { MARGIN } from './lettering.ts'
import type { Mark, Picture } from './mark.ts'
import { boxOf } from './mark-box.ts'

/** The part of a picture that a page shows below the headings: from where to where. */
export interface Page {
  readonly from: number
  readonly to: number
}

/** So much taller than wide is a sheet of paper of the A series. */
const PROPORTION = Math.SQRT2

/** A4 is so high in a picture's units, 96 to an inch. */
const A4_HEIGHT = (297 / 25.4) * 96

/** How high a page may be: a sheet as wide as the picture, and A4 at least. */
export const pageHeight = ({ width }: Picture): number => Math.max(A4_HEIGHT, width * PROPORTION)

/**
 * Cuts a tall picture into pages, between rows: no mark is cut but upright lines, which go on. Pages after the first begin
 * with the headings.
 */
export function pagesOf(picture: Picture): readonly Page[] {
  const { height, head = 0, marks } = picture
  const most = pageHeight(picture)
  if (height <= most) return [{ from: 0, to: height }]
  const ends = rowsOf(marks)
  const pages: Page[] = []
  let from = 0
  while (from < height) {
    const room = most - (pages.length === 0 ? 0 : head)
    const furthest = from + room - MARGIN
    const end = ends.findLast((bottom) => bottom > from + head && bottom <= furthest)
    const to = from + room >= height ? height : (end ?? furthest)
    pages.push({ from, to })
    from = to
  }
  return pages
}

/** Where marks end that no other reaches beyond: there a picture may be cut. */
function rowsOf(marks: readonly Mark[]): readonly number[] {
  const boxes = marks
    .filter((mark) => !isUpright(mark))
    .map(boxOf)
    .sort((one, other) => one.top - other.top)
  let bottom = Number.NEGATIVE_INFINITY
  return boxes.flatMap((box, i) => {
    bottom = Math.max(bottom, box.bottom)
    const next = boxes[i + 1]
    return next === undefined || next.top > bottom ? [bottom] : []
  })
}

/** Of marks, those that can be seen between two heights of the picture. */
export const marksWithin = (marks: readonly Mark[], { from, to }: Page): readonly Mark[] =>
  marks.filter((mark) => {
    const { top, bottom } = boxOf(mark)
    return bottom > from && top < to
  })

const isUpright = (mark: Mark): boolean => mark.kind === 'line' && mark.from.x === mark.to.x
