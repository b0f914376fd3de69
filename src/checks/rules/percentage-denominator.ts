import { fittingTotals, type Whole } from '../formulas/percentage.ts'
import type { IndexedStudy, Place } from '../indexed-study.ts'
import { inconsistent, remark } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const percentageDenominator: Rule = {
  id: 'percentage-denominator',
  title: 'Denominators that a percentage implies',
  tests:
    'Of a count with a percentage and no denominator, which denominators fit, and which known sizes of the group are among them.',
  formula: '100 · count / (percentage ± half a unit)',
  source: 'by definition',
  severity: 'warning',
  *check(study): Iterable<Observation> {
    for (const { id, affected, atRisk, percent, studyGroupId } of study.rows.adverseEventCount)
      if (affected !== null && percent !== null && atRisk === null)
        yield* denominators(
          study,
          { table: 'adverse_event_count', id, field: 'percent' },
          studyGroupId,
          affected,
          percent,
          100,
        )
    for (const { id, events, total, proportion, studyGroupId, outcomeId, method } of study.rows.outcomeMeasurement)
      if (events !== null && proportion !== null && total === null && method === null)
        if (study.outcome(outcomeId)?.kind !== 'time_to_event')
          yield* denominators(
            study,
            { table: 'outcome_measurement', id, field: 'proportion' },
            studyGroupId,
            events,
            proportion,
            1,
          )
  },
}

function* denominators(
  study: IndexedStudy,
  at: Place,
  groupId: string,
  count: number,
  value: number,
  whole: Whole,
): Iterable<Observation> {
  const share = study.printed(at, value)
  const unit = whole === 100 ? `${share} %` : share
  const totals = fittingTotals(share, count, whole)
  if (!totals) {
    yield inconsistent(at, `No denominator gives ${unit} for ${count}.`, { count, share })
    return
  }
  const range =
    totals.to === null
      ? `${totals.from} or more`
      : totals.from === totals.to
        ? `${totals.from}`
        : `${totals.from} to ${totals.to}`
  const sizes = study.sizes(groupId)
  const fits = sizes.filter(
    ({ participants }) => participants >= totals.from && (totals.to === null || participants <= totals.to),
  )
  const named = (list: typeof sizes) => list.map(({ participants, label }) => `${participants} ${label}`).join(', ')
  const shown = { count, share, from: totals.from, to: totals.to }
  if (fits.length > 0) yield remark(at, `${count} are ${unit} of ${range}: it fits the ${named(fits)}.`, shown)
  else if (sizes.length === 0)
    yield remark(at, `${count} are ${unit} of ${range}; no size of the group is given.`, shown)
  else yield inconsistent(at, `${count} are ${unit} of ${range}; the group has ${named(sizes)}.`, shown)
}
