import type { Case } from './case.ts'

export const REPEATS_AND_TIMES_CASES: readonly Case[] = [
  {
    rule: 'same-quantity-twice',
    when: 'it is the same within rounding',
    build: (s) => {
      s.measure('survival', 'il2', { proportion: 0.31 })
      s.measure('survival', 'il2', { proportion: 0.314 })
    },
  },
  {
    rule: 'same-quantity-twice',
    when: 'it differs',
    build: (s) => {
      s.measure('alive', 'il2', { events: 4 })
      s.measure('alive', 'il2', { events: 5 })
    },
    finds: [['inconsistent', 'error', 'm00002.events', /5 here and 4 in m00001/]],
  },
  {
    rule: 'same-quantity-twice',
    when: 'it is of another time, or made another way',
    build: (s) => {
      s.measure('alive', 'il2', { events: 4 })
      s.measure('alive', 'il2', { events: 5, timepointId: '24-months' })
      s.measure('alive', 'il2', { events: 6, method: 'as treated' })
    },
  },
  {
    rule: 'same-quantity-twice',
    when: 'two p values of one comparison differ',
    build: (s) => {
      s.analyse('alive', { pValue: 0.04, pOperator: '=' })
      s.analyse('alive', { pValue: 0.06, pOperator: '=' })
    },
    finds: [['inconsistent', 'warning', 'a00002.p_value', /0.06 here and 0.04/]],
  },
  {
    rule: 'survival-monotone',
    when: 'it falls, and stays',
    build: (s) => {
      for (const [time, p] of [
        ['48-months', 0.18],
        ['24-months', 0.32],
        ['36-months', 0.18],
      ] as const)
        s.measure('survival', 'il2', { proportion: p, timepointId: time })
    },
  },
  {
    rule: 'survival-monotone',
    when: 'it rises',
    build: (s) => {
      s.measure('survival', 'il2', { proportion: 0.15, timepointId: '24-months' })
      s.measure('survival', 'il2', { proportion: 0.18, timepointId: '36-months' })
    },
    finds: [['inconsistent', 'error', 'm00002.proportion', /0.18 at 36 months is more than 0.15 at 24 months/]],
  },
  {
    rule: 'survival-monotone',
    when: 'it rises in years and months',
    build: (s) => {
      s.timepoint('3-years', { fromTime: 3, unit: 'years' })
      s.measure('survival', 'il2', { proportion: 0.2, timepointId: '48-months' })
      s.measure('survival', 'il2', { proportion: 0.1, timepointId: '3-years' })
    },
    finds: [['inconsistent', 'error', 'm00001.proportion', /0.2 at 48 months is more than 0.1 at 3-years/]],
  },
  {
    rule: 'survival-monotone',
    when: 'the groups differ',
    build: (s) => {
      s.measure('survival', 'il2', { proportion: 0.15, timepointId: '24-months' })
      s.measure('survival', 'il2-lak', { proportion: 0.18, timepointId: '36-months' })
    },
  },
  {
    rule: 'survival-monotone',
    when: 'cumulative incidence falls',
    build: (s) => {
      s.outcome('relapse', { kind: 'time_to_event', direction: 'harm' })
      s.measure('relapse', 'il2', { proportion: 0.5, timepointId: '24-months' })
      s.measure('relapse', 'il2', { proportion: 0.4, timepointId: '36-months' })
    },
    finds: [['inconsistent', 'error', 'm00002.proportion', /0.4 .* less than 0.5/]],
  },
  {
    rule: 'survival-monotone',
    when: 'the outcome says not which way',
    build: (s) => {
      s.outcome('relapse', { kind: 'time_to_event', direction: 'unclear' })
      s.measure('relapse', 'il2', { proportion: 0.5, timepointId: '24-months' })
      s.measure('relapse', 'il2', { proportion: 0.4, timepointId: '36-months' })
    },
    finds: [['not_checkable', 'note', 'm00001.proportion', /good or bad/]],
  },
  {
    rule: 'timepoint-within-follow-up',
    when: 'follow-up was long enough',
    build: (s) => {
      s.followUp({ value: 5, unit: 'years' })
      s.measure('survival', 'il2', { proportion: 0.1, timepointId: '48-months' })
    },
  },
  {
    rule: 'timepoint-within-follow-up',
    when: 'the result is later than the longest follow-up',
    build: (s) => {
      s.followUp({ value: 3, unit: 'years' })
      s.measure('survival', 'il2', { proportion: 0.1, timepointId: '48-months' })
    },
    finds: [
      ['inconsistent', 'warning', '48-months.from_time', /48 months is later than the longest follow-up, 3 years/],
    ],
  },
  {
    rule: 'timepoint-within-follow-up',
    when: 'the result is later than the median',
    build: (s) => {
      s.followUp({ value: 63.2, statistic: 'median' })
      s.measure('alive', 'il2', { events: 1, timepointId: '50-66-months' })
    },
    finds: [['not_checkable', 'note', '50-66-months.to_time', /median follow-up of 63.2 months/]],
  },
  {
    rule: 'timepoint-within-follow-up',
    when: 'nothing is said of follow-up',
    build: (s) => s.measure('alive', 'il2', { events: 1, timepointId: '24-months' }),
    finds: [['not_checkable', 'note', '24-months.from_time', /no length of follow-up/]],
  },
]
