import type { IndexedStudy } from '../indexed-study.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import { isAbove, rounded } from '../rounded-number.ts'
import type { Observation, Rule } from '../rule.ts'

export const intervalContainsEstimate: Rule = {
  id: 'interval-contains-estimate',
  title: 'Intervals contain their estimate',
  tests: 'The ends of an interval are in order, and the estimate lies between them, within rounding.',
  formula: 'lower ≤ estimate ≤ upper',
  source: 'by definition',
  severity: 'error',
  *check(study): Iterable<Observation> {
    for (const { id, estimate, ciLower, ciUpper } of study.rows.outcomeAnalysis)
      yield* within(study, 'outcome_analysis', id, { estimate }, ciLower, ciUpper)
    for (const { id, mean, median, proportion, ciLower, ciUpper } of study.rows.outcomeMeasurement)
      yield* within(study, 'outcome_measurement', id, { mean, median, proportion }, ciLower, ciUpper)
  },
}

function* within(
  study: IndexedStudy,
  table: string,
  id: string,
  estimates: Readonly<Record<string, number | null>>,
  ciLower: number | null,
  ciUpper: number | null,
): Iterable<Observation> {
  if (ciLower === null && ciUpper === null) return
  const at = (field: string) => ({ table, id, field })
  const range = (field: string, value: number) => rounded(study.printed(at(field), value))
  const lower = ciLower === null ? undefined : range('ci_lower', ciLower)
  const upper = ciUpper === null ? undefined : range('ci_upper', ciUpper)
  if (lower && upper && lower.value > upper.value) {
    yield inconsistent(at('ci_lower'), `The interval's lower end ${ciLower} is above its upper end ${ciUpper}.`, {
      ci_lower: ciLower,
      ci_upper: ciUpper,
    })
    return
  }
  const given = Object.entries(estimates).filter((entry): entry is [string, number] => entry[1] !== null)
  const [only] = given
  if (!only || given.length > 1) {
    const because = only
      ? `the row doesn't say whether the interval is that of the ${given.map(([name]) => name).join(' or the ')}`
      : 'there is no estimate'
    yield notCheckable(at(lower ? 'ci_lower' : 'ci_upper'), because)
    return
  }
  const [field, value] = only
  const estimate = range(field, value)
  if ((lower && isAbove(lower, estimate)) || (upper && isAbove(estimate, upper)))
    yield inconsistent(at(field), `${value} lies outside its interval, ${ciLower ?? '…'} to ${ciUpper ?? '…'}.`, {
      [field]: value,
      ci_lower: ciLower,
      ci_upper: ciUpper,
    })
}
