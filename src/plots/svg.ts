import { type Attributes, closing, leaf, opening } from '../model/xml.ts'
import type { Look, Mark, Picture, TextMark } from './mark.ts'
import { shownText } from './shown-text.ts'
import { TYPEFACES } from './text-width.ts'

/**
 * A picture as SVG 1.1: the same bytes for the same picture. It needs nothing from elsewhere and runs nothing; title
 * and description are told to those who listen.
 *
 * @param id  begins the names of title and description: one page that holds several pictures gives each its own
 */
export function svgOf({ width, height, title, description, marks }: Picture, id = 'plot'): string {
  const [titleId, descriptionId] = [`${id}-title`, `${id}-description`]
  const frame = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: placed(width),
    height: placed(height),
    viewBox: `0 0 ${placed(width)} ${placed(height)}`,
    role: 'img',
    'aria-labelledby': `${titleId} ${descriptionId}`,
    'font-family': TYPEFACES,
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    opening('svg', frame),
    leaf('title', title, { id: titleId }),
    leaf('desc', description, { id: descriptionId }),
    leaf('rect', '', { width: placed(width), height: placed(height), fill: '#ffffff' }),
    ...marks.map(markXml),
    closing('svg'),
  ].join('')
}

/** A place or length with two decimals at most: finer is not seen, and rounding hides what processors differ in. */
const placed = (value: number): number => {
  const rounded = Math.round(value * 100) / 100
  return rounded === 0 ? 0 : rounded
}

function markXml(mark: Mark): string {
  const { role } = mark
  switch (mark.kind) {
    case 'text':
      return textXml(mark)
    case 'line': {
      const { from, to } = mark
      const ends = { x1: placed(from.x), y1: placed(from.y), x2: placed(to.x), y2: placed(to.y) }
      return leaf('line', '', { class: role, ...ends, ...lookOf(mark) })
    }
    case 'box': {
      const box = { x: placed(mark.x), y: placed(mark.y), width: placed(mark.width), height: placed(mark.height) }
      return leaf('rect', '', { class: role, ...box, ...lookOf(mark) })
    }
    case 'polygon':
    case 'polyline': {
      const points = mark.points.map(({ x, y }) => `${placed(x)},${placed(y)}`).join(' ')
      const look = mark.kind === 'polyline' ? { ...lookOf(mark), fill: 'none' } : lookOf(mark)
      return leaf(mark.kind, '', { class: role, points, ...look })
    }
    case 'circle': {
      const { centre, radius } = mark
      const circle = { cx: placed(centre.x), cy: placed(centre.y), r: placed(radius) }
      return leaf('circle', '', { class: role, ...circle, ...lookOf(mark) })
    }
  }
}

const textXml = ({ role, text, x, y, size, isBold, anchor = 'start' }: TextMark): string =>
  leaf('text', shownText(text), {
    class: role,
    x: placed(x),
    y: placed(y),
    'font-size': placed(size),
    'font-weight': isBold ? 'bold' : null,
    'text-anchor': anchor === 'start' ? null : anchor,
  })

const lookOf = ({ fill, fillOpacity, stroke, strokeWidth, dashes }: Look): Attributes => ({
  fill: fill ?? null,
  'fill-opacity': fillOpacity ?? null,
  stroke: stroke ?? null,
  'stroke-width': strokeWidth === undefined ? null : placed(strokeWidth),
  'stroke-dasharray': dashes ?? null,
})
