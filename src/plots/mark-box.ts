import type { Mark, Point, TextMark } from './mark.ts'
import { ASCENT, DESCENT, textWidth } from './text-width.ts'

/** What a mark takes up, without the width of its lines. */
export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export function boxOf(mark: Mark): Box {
  switch (mark.kind) {
    case 'text':
      return textBox(mark)
    case 'line':
      return around([mark.from, mark.to])
    case 'polygon':
    case 'polyline':
      return around(mark.points)
    case 'box':
      return { left: mark.x, right: mark.x + mark.width, top: mark.y, bottom: mark.y + mark.height }
    case 'circle':
      return squareAbout(mark.centre, mark.radius)
  }
}

/** Of the tallest and deepest letters that its line could have. */
export function textBox(mark: TextMark): Box {
  const { text, x, y, size, anchor = 'start' } = mark
  const width = textWidth(text, mark)
  const left = x - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
  return { left, right: left + width, top: y - ASCENT * size, bottom: y + DESCENT * size }
}

export const squareAbout = ({ x, y }: Point, half: number): Box => ({
  left: x - half,
  right: x + half,
  top: y - half,
  bottom: y + half,
})

const around = (points: readonly Point[]): Box => {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}
