import { groupedBy } from '../../model/grouped-by.ts'
import { inDays } from '../in-days.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import { isAbove, rounded } from '../rounded-number.ts'
import type { Observation, Rule } from '../rule.ts'

export const survivalMonotone: Rule = {
  id: 'survival-monotone',
  title: 'Survival does not rise',
  tests:
    'The probability of being free of an event does not rise with time, and cumulative incidence does not fall, in one group.',
  formula: 'S(t₂) ≤ S(t₁) for t₁ < t₂, within rounding; of an outcome whose event is bad, the other way round',
  source: 'by definition of a survival function',
  severity: 'error',
  *check(study): Iterable<Observation> {
    const { rows } = study
    const given = rows.outcomeMeasurement.filter(
      ({ proportion, outcomeId }) => proportion !== null && study.outcome(outcomeId)?.kind === 'time_to_event',
    )
    const keyOf = (row: (typeof given)[number]) =>
      [row.outcomeId, row.studyGroupId, row.analysisSetId, row.method].join('\n')
    for (const curve of groupedBy(given, keyOf).values()) {
      const points = curve
        .flatMap((row) => {
          const days = inDays(study.timepoint(row.timepointId))
          const at = { table: 'outcome_measurement', id: row.id, field: 'proportion' }
          return days === undefined
            ? []
            : [
                {
                  at,
                  days,
                  label: study.timepoint(row.timepointId)?.label ?? '',
                  text: study.printed(at, row.proportion ?? 0),
                },
              ]
        })
        .sort((one, other) => one.days - other.days)
      const direction = study.outcome(curve[0]?.outcomeId ?? '')?.direction
      const [first] = points
      if (!first || points.length < 2) continue
      if (direction !== 'benefit' && direction !== 'harm') {
        yield notCheckable(first.at, 'the outcome says not whether its event is good or bad')
        continue
      }
      // The extreme so far, so that a slow rise over several points is seen too.
      let extreme = first
      for (const point of points.slice(1)) {
        const [before, now] = [rounded(extreme.text), rounded(point.text)]
        const wrong = direction === 'benefit' ? isAbove(now, before) : isAbove(before, now)
        if (wrong && point.days > extreme.days)
          yield inconsistent(
            point.at,
            `${point.text} at ${point.label} is ${direction === 'benefit' ? 'more' : 'less'} than ${extreme.text} at ${extreme.label}.`,
            { earlier: extreme.text, later: point.text },
          )
        if (direction === 'benefit' ? now.value < before.value : now.value > before.value) extreme = point
      }
    }
  },
}
