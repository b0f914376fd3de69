import type { EffectInputRow } from '../../queries/extract-effects-input.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import type { Notes } from '../../queries/extraction/notes.ts'
import { effectSizes } from '../../stats/effect-sizes/effect-sizes.ts'
import { MEASURES } from '../../stats/effect-sizes/measures.ts'

/** The numbers of a row by its kind of data; those of a contrast are on the scale on which it is pooled. */
export type Numbers =
  | { readonly data: 'dichotomous'; readonly experimental: Counts; readonly control: Counts }
  | { readonly data: 'continuous'; readonly experimental: Means; readonly control: Means }
  | { readonly data: 'contrast'; readonly estimate: number; readonly standardError: number }
interface Counts {
  readonly events: number
  readonly total: number
}
interface Means {
  readonly n: number
  readonly mean: number
  readonly sd: number
}

/** The row's numbers; undefined where RevMan could do nothing with them, which is told. */
export function numbersOf(row: EffectInputRow, { derived }: ExtractionChoices, told: Notes): Numbers | undefined {
  const { ai, ci, n1i, n2i, m1i, m2i, sd1i, sd2i, yi, sei } = row
  const leaveOut = (why: string) => {
    told.note(`left out: ${why}`, `${row.study}: ${row.outcome}`)
    return undefined
  }
  switch (row.data) {
    case 'dichotomous':
      if (ai === null || ci === null || n1i === null || n2i === null) break
      if (!(isPart(ai, n1i) && isPart(ci, n2i))) return leaveOut('a 2×2 table of nobody, or of more events than people')
      return { data: 'dichotomous', experimental: { events: ai, total: n1i }, control: { events: ci, total: n2i } }
    case 'continuous':
      if (n1i === null || n2i === null || m1i === null || m2i === null || sd1i === null || sd2i === null) break
      if (!(n1i > 0 && n2i > 0 && sd1i >= 0 && sd2i >= 0))
        return leaveOut('means of nobody, or with a standard deviation below 0')
      return {
        data: 'continuous',
        experimental: { n: n1i, mean: m1i, sd: sd1i },
        control: { n: n2i, mean: m2i, sd: sd2i },
      }
    case 'contrast':
      if (yi === null) break
      if (sei === null)
        return leaveOut('a study’s own estimate without a standard error, which --derived takes from its interval')
      return sei > 0
        ? { data: 'contrast', estimate: yi, standardError: sei }
        : leaveOut('a study’s own estimate with a standard error of 0')
    case 'counts':
      return derived
        ? (rateRatioOf(row) ?? leaveOut('a rate ratio of no events or no time'))
        : leaveOut('events over person-time, which RevMan takes as a rate ratio that --derived makes')
  }
  return leaveOut('a row without all of its numbers')
}

/**
 * The log rate ratio of two groups, to be pooled by inverse variance. Where a group has no event ½ is added to both.
 *
 * @source Cochrane Handbook 6.5, section 6.7.1
 */
function rateRatioOf({ x1i, t1i, x2i, t2i }: EffectInputRow): Numbers | undefined {
  if (x1i === null || x2i === null || !(t1i !== null && t1i > 0) || !(t2i !== null && t2i > 0)) return undefined
  const rates = { experimental: { events: x1i, time: t1i }, control: { events: x2i, time: t2i } }
  const [size] = effectSizes(MEASURES.IRR, [rates])
  return size?.status === 'estimated'
    ? { data: 'contrast', estimate: size.yi, standardError: Math.sqrt(size.vi) }
    : undefined
}

const isPart = (part: number, whole: number): boolean => part >= 0 && part <= whole && whole > 0
