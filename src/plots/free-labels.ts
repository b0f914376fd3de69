import { baselineOf } from './lettering.ts'
import type { Point, TextMark } from './mark.ts'
import { type Box, squareAbout, textBox } from './mark-box.ts'
import { ASCENT, DESCENT, ellipsised, type Lettering } from './text-width.ts'

/** A dot that may have its name beside it. */
export interface NamedDot extends Point {
  readonly radius: number
  readonly name: string
}

/** Between a dot and its name. */
const GAP = 3

/** A name goes no further than the first of these where it has room, or than the others; the rest is an ellipsis. */
const WIDTHS = [150, 100, 60] as const

/** No other dot is as near to a name, so that nobody takes it for that one's. */
const APART = 4

/**
 * Names beside dots, where there is room: right of a dot, left, above or below it, within bounds, over no other name, and near
 * to no other dot. The first dots come first; those that find no room have none.
 */
export function freeLabels(dots: readonly NamedDot[], bounds: Box, lettering: Lettering): TextMark[] {
  const taken: Box[] = []
  return dots.flatMap((dot) => {
    const texts = new Set(WIDTHS.map((width) => ellipsised(dot.name, width, lettering)))
    for (const mark of [...texts].flatMap((text) => placesOf(dot, text, lettering))) {
      const box = textBox(mark)
      const isFree = !taken.some((other) => isTouching(box, other))
      const isAlone = dots.every((other) => other === dot || !isTouching(box, squareAbout(other, other.radius + APART)))
      if (!isWithin(box, bounds) || !isFree || !isAlone) continue
      taken.push(box)
      return [mark]
    }
    return []
  })
}

function placesOf({ x, y, radius }: NamedDot, text: string, lettering: Lettering): TextMark[] {
  const { size } = lettering
  const away = radius + GAP
  const mark = (anchor: 'start' | 'middle' | 'end', at: Point): TextMark => ({
    role: 'study-label',
    kind: 'text',
    text,
    ...at,
    anchor,
    ...lettering,
  })
  const beside = baselineOf(y, lettering)
  const [above, below] = [y - away - DESCENT * size, y + away + ASCENT * size]
  return [
    mark('start', { x: x + away, y: beside }),
    mark('end', { x: x - away, y: beside }),
    mark('middle', { x, y: above }),
    mark('middle', { x, y: below }),
  ]
}

const isWithin = (box: Box, bounds: Box): boolean =>
  box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom

const isTouching = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
