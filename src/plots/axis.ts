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
