import type { Mark, Point } from './mark.ts'

/** A mark so much further down. */
export function shifted(mark: Mark, dy: number): Mark {
  const down = ({ x, y }: Point): Point => ({ x, y: y + dy })
  switch (mark.kind) {
    case 'line':
      return { ...mark, from: down(mark.from), to: down(mark.to) }
    case 'polygon':
    case 'polyline':
      return { ...mark, points: mark.points.map(down) }
    case 'circle':
      return { ...mark, centre: down(mark.centre) }
    case 'box':
    case 'text':
      return { ...mark, y: mark.y + dy }
  }
}
