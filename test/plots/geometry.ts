import { expect } from 'vitest'
import type { Mark, Picture, TextMark } from '../../src/plots/mark.ts'
import { ASCENT, DESCENT, textWidth } from '../../src/plots/text-width.ts'

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const textsOf = ({ marks }: Picture): TextMark[] => marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : []))

function boxOf(mark: Mark): Box {
  if (mark.kind === 'text') {
    const width = textWidth(mark.text, mark)
    const left = mark.x - (mark.anchor === 'end' ? width : mark.anchor === 'middle' ? width / 2 : 0)
    return { left, right: left + width, top: mark.y - ASCENT * mark.size, bottom: mark.y + DESCENT * mark.size }
  }
  const points = pointsOf(mark)
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}

function pointsOf(mark: Exclude<Mark, TextMark>) {
  if (mark.kind === 'line') return [mark.from, mark.to]
  if (mark.kind === 'polygon' || mark.kind === 'polyline') return mark.points
  if (mark.kind === 'box')
    return [
      { x: mark.x, y: mark.y },
      { x: mark.x + mark.width, y: mark.y + mark.height },
    ]
  const { centre, radius } = mark
  return [
    { x: centre.x - radius, y: centre.y - radius },
    { x: centre.x + radius, y: centre.y + radius },
  ]
}

/** All circles that are for one thing, in the order in which they are drawn. */
export const circlesOf = ({ marks }: Picture, role: string) =>
  marks.flatMap((mark) => (mark.kind === 'circle' && mark.role === role ? [mark] : []))

/** No text lies over another mark, and all is within the picture. */
export function expectTidy(picture: Picture): void {
  expect(overlapsIn(picture)).toEqual([])
  for (const { left, right, top, bottom } of picture.marks.map(boxOf)) {
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
    expect(right).toBeLessThanOrEqual(picture.width)
    expect(bottom).toBeLessThanOrEqual(picture.height)
  }
}

export const touching = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Which texts lie over another mark of any kind. */
export function overlapsIn(picture: Picture): { readonly text: string; readonly over: string }[] {
  const boxes = picture.marks.map((mark) => ({ mark, box: boxOf(mark) })).sort((a, b) => a.box.top - b.box.top)
  return boxes.flatMap(({ mark, box }, i) => {
    const overlaps: { readonly text: string; readonly over: string }[] = []
    for (const other of boxes.slice(i + 1)) {
      if (other.box.top >= box.bottom) break
      const texts = [mark, other.mark].filter((one) => one.kind === 'text')
      if (texts.length > 0 && touching(box, other.box))
        overlaps.push({ text: texts[0]?.text ?? '', over: texts[1]?.text ?? `${mark.role} ${other.mark.role}` })
    }
    return overlaps
  })
}
