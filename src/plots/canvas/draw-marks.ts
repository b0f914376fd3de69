import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Look, Mark, Point, TextMark } from '../mark.ts'
import { shownText } from '../shown-text.ts'
import { fontOf } from './typeface.ts'

/** What both pictures of pixels and pages of PDF can be drawn on with. */
export type Surface = Pick<
  SKRSContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'rect'
  | 'arc'
  | 'fill'
  | 'stroke'
  | 'fillText'
  | 'setLineDash'
  | 'fillStyle'
  | 'globalAlpha'
  | 'strokeStyle'
  | 'lineWidth'
  | 'font'
  | 'textAlign'
>

/** Draws marks, each over those before it, as SVG shows them. */
export function drawMarks(context: Surface, marks: readonly Mark[]): void {
  for (const mark of marks)
    if (mark.kind === 'text') write(context, mark)
    else {
      context.beginPath()
      outline(context, mark)
      paint(context, mark, mark.kind !== 'line' && mark.kind !== 'polyline')
    }
}

function outline(context: Surface, mark: Exclude<Mark, TextMark>): void {
  if (mark.kind === 'line') path(context, [mark.from, mark.to])
  else if (mark.kind === 'box') context.rect(mark.x, mark.y, mark.width, mark.height)
  else if (mark.kind === 'circle') context.arc(mark.centre.x, mark.centre.y, mark.radius, 0, 2 * Math.PI)
  else path(context, mark.points)
  if (mark.kind === 'polygon') context.closePath()
}

function path(context: Surface, points: readonly Point[]): void {
  points.forEach(({ x, y }, i) => {
    if (i === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
}

function paint(context: Surface, look: Look, isFilled: boolean): void {
  if (isFilled) {
    context.fillStyle = look.fill ?? '#000000'
    context.globalAlpha = look.fillOpacity ?? 1
    context.fill()
    context.globalAlpha = 1
  }
  if (look.stroke === undefined) return
  context.strokeStyle = look.stroke
  context.lineWidth = look.strokeWidth ?? 1
  context.setLineDash(
    (look.dashes ?? '')
      .split(' ')
      .filter((one) => one !== '')
      .map(Number),
  )
  context.stroke()
}

const ALIGNED = { start: 'left', middle: 'center', end: 'right' } as const

function write(context: Surface, mark: TextMark): void {
  context.font = fontOf(mark)
  context.textAlign = ALIGNED[mark.anchor ?? 'start']
  context.fillStyle = '#000000'
  context.fillText(shownText(mark.text), mark.x, mark.y)
}
