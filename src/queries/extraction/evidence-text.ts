import type { SourcedFact } from './sources.ts'

/** Why there is no number. */
export const reason = (missing: string | null) => `[${(missing ?? 'not_reported').replaceAll('_', ' ')}]`

interface Numbers {
  readonly events?: number | null
  /** In place of events, of what isn't one. */
  readonly count?: number | null
  readonly total: number | null
  readonly proportion?: number | null
  readonly mean: number | null
  readonly sd: number | null
  readonly se?: number | null
  readonly median: number | null
  readonly q1: number | null
  readonly q3: number | null
  readonly minimum: number | null
  readonly maximum: number | null
  readonly ciLower?: number | null
  readonly ciUpper?: number | null
}

/** A part of a result, and whether its publication corrected one of the fields that it is made of. */
export function marked(text: string, facts: readonly SourcedFact[], ...fields: readonly string[]): string {
  const corrected = facts.some(({ field, correction }) => correction !== null && fields.includes(field))
  return corrected ? `${text} [corrected]` : text
}

/** The parts that say something, each with its mark. */
const joined = (
  parts: readonly (readonly [text: string | null, ...fields: string[]])[],
  facts: readonly SourcedFact[],
  separator: string,
): string =>
  parts
    .flatMap(([text, ...fields]) => (text === null || text === '' ? [] : [marked(text, facts, ...fields)]))
    .join(separator)

const given = (value: number | null | undefined, text: (value: number) => string): string | null =>
  value == null ? null : text(value)
const range = (
  low: number | null | undefined,
  high: number | null | undefined,
  text: (range: string) => string,
): string | null => (low == null || high == null ? null : text(`${low} to ${high}`))
/** A count with what it is out of: 10/85, 10, of 85. */
const outOf = (count: number | null, total: number | null): string | null =>
  count === null ? given(total, (people) => `of ${people}`) : total === null ? `${count}` : `${count}/${total}`

/** The numbers of a row as a report writes them: 10/85, 31%, mean 4.2, SD 1.1; else why there are none. */
export function numbersText(
  row: Numbers,
  unit: string | null,
  facts: readonly SourcedFact[],
  missing: string | null,
): string {
  const { events = row.count ?? null } = row
  const text = joined(
    [
      [outOf(events, row.total), row.events === undefined ? 'count' : 'events', 'total'],
      [given(row.proportion, (value) => `${Number((value * 100).toPrecision(12))}%`), 'proportion'],
      [given(row.mean, (value) => `mean ${value}`), 'mean'],
      [given(row.sd, (value) => `SD ${value}`), 'sd'],
      [given(row.se, (value) => `SE ${value}`), 'se'],
      [given(row.median, (value) => `median ${value}`), 'median'],
      [range(row.q1, row.q3, (ends) => `quartiles ${ends}`), 'q1', 'q3'],
      [range(row.minimum, row.maximum, (ends) => `range ${ends}`), 'minimum', 'maximum'],
      [range(row.ciLower, row.ciUpper, (ends) => `interval ${ends}`), 'ci_lower', 'ci_upper', 'ci_level'],
    ],
    facts,
    ', ',
  )
  if (text === '') return reason(missing)
  return `${text}${unit === null || events !== null ? '' : ` ${unit}`}`
}

/** An analysis as a report writes it: the finding in words, the estimate with its interval, the p value. */
export function analysisText(
  row: {
    readonly measure: string | null
    readonly estimate: number | null
    readonly ciLower: number | null
    readonly ciUpper: number | null
    readonly pOperator: string | null
    readonly pValue: number | null
    readonly pText: string | null
    readonly pSides: number | null
    readonly finding: string | null
    readonly missingReason: string | null
  },
  facts: readonly SourcedFact[],
): string {
  const p = row.pText ?? row.pValue
  const sides = row.pSides === null ? '' : row.pSides === 2 ? ', two-sided' : ', one-sided'
  const text = joined(
    [
      [row.finding, 'finding', 'finding_direction'],
      [given(row.estimate, (value) => `${(row.measure ?? 'estimate').replaceAll('_', ' ')} ${value}`), 'estimate'],
      [range(row.ciLower, row.ciUpper, (ends) => `interval ${ends}`), 'ci_lower', 'ci_upper', 'ci_level'],
      [p === null ? null : `P ${row.pOperator ?? '='} ${p}${sides}`, 'p_value', 'p_operator', 'p_text', 'p_sides'],
    ],
    facts,
    '; ',
  )
  return text === '' ? reason(row.missingReason) : text
}

/** How many had a harm: 3/85, 4%, 5 events. */
export function countText(
  row: {
    readonly affected: number | null
    readonly atRisk: number | null
    readonly events: number | null
    readonly percent: number | null
    readonly missingReason: string | null
  },
  facts: readonly SourcedFact[],
): string {
  const text = joined(
    [
      [row.affected === null ? null : outOf(row.affected, row.atRisk), 'affected', 'at_risk'],
      [given(row.percent, (value) => `${value}%`), 'percent'],
      [given(row.events, (value) => `${value} events`), 'events'],
    ],
    facts,
    ', ',
  )
  return text === '' ? reason(row.missingReason) : text
}
