import { lengthInDays } from '../in-days.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const timepointWithinFollowUp: Rule = {
  id: 'timepoint-within-follow-up',
  title: 'Timepoints within follow-up',
  tests: 'No result is later than the longest follow-up. A median or mean of follow-up says nothing of times after it.',
  formula: 'time ≤ maximum follow-up',
  source: 'by definition; months of 365.25 / 12 days',
  severity: 'warning',
  *check({ rows }): Iterable<Observation> {
    const used = new Set([...rows.outcomeMeasurement, ...rows.adverseEventCount].map(({ timepointId }) => timepointId))
    const lengths = rows.followUp.map((row) => ({ ...row, days: lengthInDays(row.value, row.unit) }))
    const longest = (list: typeof lengths) =>
      list.reduce<(typeof lengths)[number] | undefined>(
        (most, row) => (most && most.days >= row.days ? most : row),
        undefined,
      )
    const maximum = longest(lengths.filter(({ statistic }) => statistic === 'maximum'))
    const known = longest(lengths)
    for (const { id, label, fromTime, toTime, unit } of rows.timepoint) {
      const time = toTime ?? fromTime
      if (time === null || unit === null || !used.has(id)) continue
      const at = { table: 'timepoint', id, field: toTime === null ? 'from_time' : 'to_time' }
      const days = lengthInDays(time, unit)
      if (maximum && days > maximum.days)
        yield inconsistent(at, `${label} is later than the longest follow-up, ${maximum.value} ${maximum.unit}.`, {
          time,
          follow_up: maximum.value,
        })
      else if (!maximum && !known) yield notCheckable(at, 'no length of follow-up is given', { time })
      else if (!maximum && known && days > known.days)
        yield notCheckable(
          at,
          `${label} is later than the ${known.statistic} follow-up of ${known.value} ${known.unit}, and the longest is not given`,
          { time, follow_up: known.value },
        )
    }
  },
}
