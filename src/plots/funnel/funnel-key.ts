import type { Mark, Point } from '../mark.ts'
import { levelText } from '../number-text.ts'
import type { Lettering } from '../text-width.ts'
import type { FunnelData } from './funnel-data.ts'
import { shadeOf } from './shades.ts'

const BLACK = '#000000'
const SIDE = 9
const LINE = 1.4

/** What the marks of a funnel mean, one a line: only those that are there. */
export function keyOf(
  { significance, filled, centre, level }: FunnelData,
  { x, y }: Point,
  lettering: Lettering,
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const height = lettering.size * LINE
  const entries: readonly (readonly [sample: (middle: number) => Mark, words: string])[] = [
    ...(centre === undefined
      ? []
      : ([[(middle: number) => dashed(x, middle), `${levelText(level)} pseudo-confidence limits`]] as const)),
    ...(filled.length === 0 ? [] : ([[(middle: number) => hollow(x, middle), 'filled in by trim and fill']] as const)),
    ...significance
      .slice(1)
      .map((p, i) => [(middle: number) => patch(x, middle, shadeOf(i + 1)), between(p, significance[i])] as const),
  ]
  const marks = entries.flatMap(([sample, words], i): Mark[] => {
    const middle = y + (i + 0.5) * height
    return [
      sample(middle),
      { role: 'key', kind: 'text', text: words, x: x + 2 * SIDE + 6, y: middle + lettering.size * 0.36, ...lettering },
    ]
  })
  return { marks, bottom: y + entries.length * height }
}

const between = (p: number, above: number | undefined): string =>
  above === undefined ? `p < ${p}` : `${p} < p < ${above}`

const patch = (x: number, middle: number, fill: string): Mark => ({
  role: 'key-region',
  kind: 'box',
  x,
  y: middle - SIDE / 2,
  width: 2 * SIDE,
  height: SIDE,
  fill,
  stroke: BLACK,
  strokeWidth: 0.5,
})

const hollow = (x: number, middle: number): Mark => ({
  role: 'key-filled',
  kind: 'circle',
  centre: { x: x + SIDE, y: middle },
  radius: 3.5,
  fill: '#ffffff',
  stroke: BLACK,
  strokeWidth: 1,
})

const dashed = (x: number, middle: number): Mark => ({
  role: 'key-limit',
  kind: 'line',
  from: { x, y: middle },
  to: { x: x + 2 * SIDE, y: middle },
  stroke: BLACK,
  strokeWidth: 0.75,
  dashes: '4 3',
})
