import { baselineOf } from './lettering.ts'
import type { Mark, TextMark } from './mark.ts'
import { tickText } from './number-text.ts'
import type { Scale } from './scale.ts'
import { type Lettering, textWidth } from './text-width.ts'

const MOST_TICKS = 9
const TICK_LENGTH = 4

/** The least distance between the numbers of an axis. */
const APART = 6

/** The most ticks of a scale whose numbers stand apart when written side by side. */
function ticksApart(scale: Scale, lettering: Lettering): readonly number[] {
  for (let most = MOST_TICKS; most > 1; most--) {
    const ticks = scale.ticks(most)
    const isFree = ticks.every((tick, i) => {
      const next = ticks[i + 1]
      if (next === undefined) return true
      const halves = (textWidth(tickText(tick), lettering) + textWidth(tickText(next), lettering)) / 2
      return scale.place(next) - scale.place(tick) >= halves + APART
    })
    if (isFree) return ticks
  }
  return scale.ticks(1)
}

/** An axis below a plot: its line at y, ticks down from it, and their numbers; and how far down these go. */
export function bottomAxis(
  scale: Scale,
  y: number,
  lettering: Lettering,
  [left, right]: readonly [number, number] = scale.range,
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const baseline = y + TICK_LENGTH + 2 + lettering.size
  const ticks = ticksApart(scale, lettering)
  const line = { role: 'axis', kind: 'line', stroke: '#000000', strokeWidth: 1 } as const
  return {
    marks: [
      { ...line, from: { x: left, y }, to: { x: right, y } },
      ...ticks.map((tick) => {
        const x = scale.place(tick)
        return { ...line, role: 'tick', from: { x, y }, to: { x, y: y + TICK_LENGTH } }
      }),
      ...ticks.map(
        (tick): TextMark => ({
          role: 'tick-label',
          kind: 'text',
          text: tickText(tick),
          x: scale.place(tick),
          y: baseline,
          anchor: 'middle',
          ...lettering,
        }),
      ),
    ],
    bottom: baseline + lettering.size * 0.3,
  }
}

const MOST_DOWN = 7

/** How far the numbers of a left axis go to the left of it, without the ticks. */
export const widestTick = (scale: Scale, lettering: Lettering): number =>
  Math.max(0, ...scale.ticks(MOST_DOWN).map((tick) => textWidth(tickText(tick), lettering)))

/** An axis left of a plot: its line at x, ticks to the left, and their numbers. */
export function leftAxis(
  scale: Scale,
  x: number,
  lettering: Lettering,
  [top, bottom]: readonly [number, number] = scale.range,
): readonly Mark[] {
  const line = { role: 'axis', kind: 'line', stroke: '#000000', strokeWidth: 1 } as const
  return [
    { ...line, from: { x, y: top }, to: { x, y: bottom } },
    ...scale.ticks(MOST_DOWN).flatMap((tick): Mark[] => {
      const y = scale.place(tick)
      return [
        { ...line, role: 'tick', from: { x: x - TICK_LENGTH, y }, to: { x, y } },
        {
          role: 'tick-label',
          kind: 'text',
          text: tickText(tick),
          x: x - TICK_LENGTH - 2,
          y: baselineOf(y, lettering),
          anchor: 'end',
          ...lettering,
        },
      ]
    }),
  ]
}
