import type { Point, TextMark } from './mark.ts'
import { ASCENT, DESCENT, ellipsised, type Lettering, textWidth } from './text-width.ts'

/** A dot that may have its name beside it. */
export interface NamedDot extends Point {
  readonly radius: number
  readonly name: string
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Between a dot and its name. */
const GAP = 3

/** A name goes no further than this; the rest is an ellipsis. */
const WIDEST = 150

/** No other dot is as near to a name, so that nobody takes it for that one's. */
const APART = 4

/**
 * Names beside dots, where there is room: right of a dot, left, above or below it, within bounds, over no other name, and near
 * to no other dot. The first dots come first; those that find no room have none.
 */
export function freeLabels(dots: readonly NamedDot[], bounds: Box, lettering: Lettering): TextMark[] {
  const taken: Box[] = []
  return dots.flatMap((dot) => {
    const text = ellipsised(dot.name, WIDEST, lettering)
    for (const { mark, box } of placesOf(dot, text, lettering)) {
      const isFree = !taken.some((other) => isTouching(box, other))
      const isAlone = dots.every((other) => other === dot || !isTouching(box, around(other, APART)))
      if (!isWithin(box, bounds) || !isFree || !isAlone) continue
      taken.push(box)
      return [mark]
    }
    return []
  })
}

function placesOf({ x, y, radius }: NamedDot, text: string, lettering: Lettering) {
  const { size } = lettering
  const width = textWidth(text, lettering)
  const away = radius + GAP
  const mark = (anchor: 'start' | 'middle' | 'end', at: Point) => {
    const left = at.x - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
    const box = { left, right: left + width, top: at.y - ASCENT * size, bottom: at.y + DESCENT * size }
    return { mark: { role: 'study-label', kind: 'text', text, ...at, anchor, ...lettering } satisfies TextMark, box }
  }
  const beside = y + size * 0.36
  const [above, below] = [y - away - DESCENT * size, y + away + ASCENT * size]
  return [
    mark('start', { x: x + away, y: beside }),
    mark('end', { x: x - away, y: beside }),
    mark('middle', { x, y: above }),
    mark('middle', { x, y: below }),
  ]
}

const around = ({ x, y, radius }: NamedDot, more: number): Box => ({
  left: x - radius - more,
  right: x + radius + more,
  top: y - radius - more,
  bottom: y + radius + more,
})

const isWithin = (box: Box, bounds: Box): boolean =>
  box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom

const isTouching = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
