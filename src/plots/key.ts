import { baselineOf } from './lettering.ts'
import type { Mark, Point } from './mark.ts'
import { type Lettering, wrapped } from './text-width.ts'

const BLACK = '#000000'
const LINE = 1.4

/** How wide a sample is. */
const SAMPLE = 18
const GAP = 6

/** A sample of a mark, of what it means. */
export interface KeyEntry {
  /** Drawn from x on, about the middle of its words' first line. */
  readonly sample: (x: number, middle: number) => Mark | readonly Mark[]
  readonly words: string
}

/** What the marks of a picture mean, one below the other; long words go on in further lines. */
export function keyMarks(
  entries: readonly KeyEntry[],
  { x, y, width }: Point & { readonly width: number },
  lettering: Lettering,
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const height = lettering.size * LINE
  const marks: Mark[] = []
  let top = y
  for (const { sample, words } of entries) {
    const lines = wrapped(words, width - SAMPLE - GAP, lettering)
    const sampled = sample(x, top + height / 2)
    marks.push(...('kind' in sampled ? [sampled] : sampled))
    lines.forEach((text, i) => {
      const baseline = baselineOf(top + (i + 0.5) * height, lettering)
      marks.push({ role: 'key', kind: 'text', text, x: x + SAMPLE + GAP, y: baseline, ...lettering })
    })
    top += lines.length * height
  }
  return { marks, bottom: top }
}

/** A sample of a line. */
export const sampleLine =
  (role: string, look: { readonly dashes?: string; readonly strokeWidth?: number } = {}) =>
  (x: number, middle: number): Mark => ({
    role,
    kind: 'line',
    from: { x, y: middle },
    to: { x: x + SAMPLE, y: middle },
    stroke: BLACK,
    strokeWidth: 0.75,
    ...look,
  })

/** A sample of a dot. */
export const sampleDot =
  (role: string, fill: string) =>
  (x: number, middle: number): Mark => ({
    role,
    kind: 'circle',
    centre: { x: x + SAMPLE / 2, y: middle },
    radius: 3.5,
    fill,
    stroke: BLACK,
    strokeWidth: 1,
  })

/** A sample of a region, or of what a bar is filled with. */
export const samplePatch =
  (role: string, fill: string) =>
  (x: number, middle: number): Mark => ({
    role,
    kind: 'box',
    x,
    y: middle - SAMPLE / 4,
    width: SAMPLE,
    height: SAMPLE / 2,
    fill,
    stroke: BLACK,
    strokeWidth: 0.5,
  })
