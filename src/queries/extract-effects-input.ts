import type { EffectMeasure } from '../generated/prisma/enums.ts'
import { CONTINUOUS_NEEDS, MEANS, meansOf } from './extract-continuous.ts'
import { COUNT_NEEDS, RATES, ratesOf } from './extract-counts.ts'
import { COUNTS, countsOf, DICHOTOMOUS_NEEDS } from './extract-dichotomous.ts'
import { byId } from './extraction/by-id.ts'
import { type Columns, number, text, truth } from './extraction/columns.ts'
import { CONTRAST_NEEDS, contrastsOf } from './extraction/contrasts.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { groupsOf, overlap } from './extraction/groups.ts'
import { PAIR_CHOICES, PAIR_HEAD, PAIR_TAIL } from './extraction/pair-columns.ts'
import { type PairHead, type PairTail, pairRow, pairsOf } from './extraction/pairs.ts'
import type { Run } from './extraction/run.ts'
import { all } from './extraction/study-part.ts'

interface Numbers {
  readonly measure: EffectMeasure | null
  readonly log: boolean | null
  readonly yi: number | null
  readonly sei: number | null
  readonly ci_lower: number | null
  readonly ci_upper: number | null
  readonly ci_level: number | null
  readonly ai: number | null
  readonly ci: number | null
  readonly x1i: number | null
  readonly t1i: number | null
  readonly x2i: number | null
  readonly t2i: number | null
  readonly n1i: number | null
  readonly n2i: number | null
  readonly m1i: number | null
  readonly sd1i: number | null
  readonly m2i: number | null
  readonly sd2i: number | null
  readonly unit: string | null
}
export interface EffectInputRow extends PairHead, Numbers, PairTail {
  readonly data: string
}

const OF_ARM = 'outcome_measurement'

export const EFFECT_INPUT_COLUMNS: Columns<EffectInputRow> = {
  ...PAIR_HEAD,
  data: text('outcome_analysis', 'dichotomous, continuous or counts of arms; or contrast, the study’s own estimate'),
  measure: text('outcome_analysis.measure', 'of a contrast: risk_ratio, hazard_ratio …'),
  log: truth('outcome_analysis.measure', 'of a contrast: whether yi and sei are of the natural logarithm'),
  yi: number('outcome_analysis.estimate', 'measure, or its log', 'of a contrast: the estimate'),
  sei: number('outcome_analysis', 'as yi', 'of a contrast: standard error from the interval, with --derived'),
  ci_lower: number('outcome_analysis.ci_lower', 'measure', 'of a contrast: lower end of the interval, no logarithm'),
  ci_upper: number('outcome_analysis.ci_upper', 'measure', 'of a contrast: its upper end'),
  ci_level: number('outcome_analysis.ci_level', '0 to 1', 'of the interval'),
  ai: number(OF_ARM, 'participants', 'group 1: with the event'),
  ci: number(OF_ARM, 'participants', 'group 2: with the event'),
  x1i: number(OF_ARM, 'events', 'group 1: events'),
  t1i: number(OF_ARM, 'person-years', 'group 1: time at risk'),
  x2i: number(OF_ARM, 'events', 'group 2: events'),
  t2i: number(OF_ARM, 'person-years', 'group 2: time at risk'),
  n1i: number(OF_ARM, 'participants', 'group 1: participants'),
  n2i: number(OF_ARM, 'participants', 'group 2: participants'),
  m1i: number(OF_ARM, "the outcome's unit", 'group 1: mean'),
  sd1i: number(OF_ARM, "the outcome's unit", 'group 1: standard deviation'),
  m2i: number(OF_ARM, "the outcome's unit", 'group 2: mean'),
  sd2i: number(OF_ARM, "the outcome's unit", 'group 2: standard deviation'),
  unit: text('outcome.unit', 'of means and standard deviations'),
  ...PAIR_TAIL,
}

const NONE: Numbers = {
  ...{
    measure: null,
    log: null,
    yi: null,
    sei: null,
    ci_lower: null,
    ci_upper: null,
    ci_level: null,
    ai: null,
    ci: null,
    x1i: null,
    t1i: null,
    x2i: null,
    t2i: null,
  },
  ...{ n1i: null, n2i: null, m1i: null, sd1i: null, m2i: null, sd2i: null, unit: null },
}

interface Found {
  readonly row: EffectInputRow
  /** Outcome, set, time and groups, as pairs and contrasts write them. */
  readonly whose: string
  readonly contrast: boolean
}

export const EFFECTS_INPUT = extractionByStudy({
  table: 'effects-input',
  about: 'pair of groups with what an effect size is made of: arms’ numbers or the study’s own estimate',
  columns: EFFECT_INPUT_COLUMNS,
  heeds: [...PAIR_CHOICES, 'prefer'],
  needs: {
    ...CONTRAST_NEEDS,
    ...DICHOTOMOUS_NEEDS,
    outcomeMeasurement: all(
      ...new Set([
        ...DICHOTOMOUS_NEEDS.outcomeMeasurement.fields,
        ...CONTINUOUS_NEEDS.outcomeMeasurement.fields,
        ...COUNT_NEEDS.outcomeMeasurement.fields,
      ]),
    ),
  },
  rows: (study, part, run) => {
    const { prefer } = run.choices
    const found: Found[] = []
    const add = (data: string, one: { head: PairHead; tail: PairTail; whose: string }, numbers: Partial<Numbers>) =>
      found.push({
        row: pairRow(one.head, Object.assign({ data }, NONE, numbers), one.tail),
        whose: one.whose,
        contrast: data === 'contrast',
      })
    if (prefer !== 'only contrast') {
      for (const pair of pairsOf(study, part, countsOf(part, run), COUNTS, run)) {
        const { experimental: one, control: two } = pair
        add('dichotomous', pair, { ai: one.events, n1i: one.total, ci: two.events, n2i: two.total })
      }
      for (const pair of pairsOf(study, part, meansOf(part, run), MEANS, run)) {
        const { experimental: one, control: two } = pair
        add('continuous', pair, {
          ...{ m1i: one.mean, sd1i: one.sd, n1i: one.n },
          ...{ m2i: two.mean, sd2i: two.sd, n2i: two.n, unit: one.unit },
        })
      }
      for (const pair of pairsOf(study, part, ratesOf(part, run), RATES, run)) {
        const { experimental: one, control: two } = pair
        add('counts', pair, { x1i: one.events, t1i: one.years, x2i: two.events, t2i: two.years })
      }
    }
    if (prefer !== 'only arm')
      for (const one of contrastsOf(study, part, run))
        add('contrast', one, {
          ...{ measure: one.measure, log: one.log, yi: one.yi, sei: one.sei },
          ...{ ci_lower: one.ciLower, ci_upper: one.ciUpper, ci_level: one.ciLevel },
        })
    const preferred = prefer === 'both preferring contrast'
    const better = new Set(found.filter(({ contrast }) => contrast === preferred).map(({ whose }) => whose))
    const left = found.filter(({ whose, contrast }) => contrast === preferred || !better.has(whose))
    return withSharedPeople(left, part, run)
  },
})

/**
 * One row per pair of groups with what an effect size is made of: the arms' numbers, the study's own estimate, or of both
 * the preferred one, by RevMan's four names.
 */
export const extractEffectsInput = EFFECTS_INPUT.extract

/**
 * Tells also of people that rows of different data have in common, such as counts at one time and an estimate at another:
 * those of the same data are told by what made them.
 */
function withSharedPeople(found: readonly Found[], part: Parameters<typeof groupsOf>[0], run: Run): EffectInputRow[] {
  if (new Set(found.map(({ row }) => row.data)).size < 2) return found.map(({ row }) => row)
  const groupOf = byId(groupsOf(part))
  const rows = found.map(({ row, whose }) => {
    const [outcome = '', set = '', time = '', ...pair] = whose.split(' ')
    const control = pair.slice(pair.indexOf('v') + 1).join(' ')
    const people = pair.flatMap((key) => groupOf(key) ?? [])
    return { row, outcome, cell: `${outcome} ${set} ${time}`, control, people }
  })
  return rows.map(({ row, outcome, cell, control, people }) => {
    const others = rows.filter((other) => other.outcome === outcome && other.row.data !== row.data)
    const sharing = others.filter((other) => other.cell === cell && other.control === control)
    const again = others.some((other) => people.some((one) => other.people.some((theirs) => overlap(one, theirs))))
    return {
      ...row,
      // Split, it says what the control was divided by, and an estimate can't be divided.
      shared_control: run.choices.sharedControl === 'split' ? row.shared_control : row.shared_control + sharing.length,
      counted_again: row.counted_again || again,
    }
  })
}
