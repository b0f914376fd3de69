import { type KeyEntry, keyMarks, sampleDot, sampleLine, samplePatch } from '../key.ts'
import type { Mark, Point } from '../mark.ts'
import { levelText } from '../number-text.ts'
import type { Lettering } from '../text-width.ts'
import type { FunnelData } from './funnel-data.ts'
import { shadeOf } from './shades.ts'

/** What the marks of a funnel mean, one a line: only those that are there. */
export function keyOf(
  { significance, filled, centre, level }: FunnelData,
  at: Point & { readonly width: number },
  lettering: Lettering,
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const limits = sampleLine('key-limit', { dashes: '4 3' })
  const entries: readonly KeyEntry[] = [
    ...(centre === undefined ? [] : [{ sample: limits, words: `${levelText(level)} pseudo-confidence limits` }]),
    ...(filled.length === 0
      ? []
      : [{ sample: sampleDot('key-filled', '#ffffff'), words: 'filled in by trim and fill' }]),
    ...significance.slice(1).map((p, i) => ({
      sample: samplePatch('key-region', shadeOf(i + 1)),
      words: between(p, significance[i]),
    })),
  ]
  return keyMarks(entries, at, lettering)
}

const between = (p: number, above: number | undefined): string =>
  above === undefined ? `p < ${p}` : `${p} < p < ${above}`
