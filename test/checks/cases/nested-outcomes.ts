import { ASSESSABLE, type Case } from './case.ts'

export const NESTED_OUTCOMES_CASES: readonly Case[] = [
  {
    rule: 'outcomes-nested',
    when: 'all responses were complete, at each time',
    build: (s) => {
      s.timepoint('early', { fromTime: 3 })
      for (const time of [{ timepointId: 'early' }, {}]) {
        s.measure('complete-response', 'il2', { events: 4, ...ASSESSABLE, ...time })
        s.measure('complete-or-partial-response', 'il2', { events: 4, ...ASSESSABLE, ...time })
      }
    },
  },
  {
    rule: 'outcomes-nested',
    when: 'more were complete than there are responses',
    build: (s) => {
      s.measure('complete-or-partial-response', 'il2', { events: 16, ...ASSESSABLE })
      s.measure('complete-response', 'il2', { events: 17, ...ASSESSABLE })
    },
    finds: [['inconsistent', 'error', 'm00002.events', /17 are more than the 16 of Complete or partial response/]],
  },
  {
    rule: 'outcomes-nested',
    when: 'more were complete at the same time, though not than later',
    build: (s) => {
      s.timepoint('early', { fromTime: 3 })
      s.timepoint('late', { fromTime: 9 })
      s.measure('complete-or-partial-response', 'il2', { events: 4, timepointId: 'early' })
      s.measure('complete-or-partial-response', 'il2', { events: 8, timepointId: 'late' })
      s.measure('complete-response', 'il2', { events: 5, timepointId: 'early' })
    },
    finds: [['inconsistent', 'error', 'm00003.events', /5 are more than the 4/]],
  },
  {
    rule: 'outcomes-nested',
    when: 'only one of them states a time',
    build: (s) => {
      s.timepoint('early', { fromTime: 3 })
      s.timepoint('late', { fromTime: 9 })
      s.measure('complete-or-partial-response', 'il2', { events: 4, timepointId: 'early' })
      s.measure('complete-or-partial-response', 'il2', { events: 8, timepointId: 'late' })
      s.measure('complete-response', 'il2', { events: 9 })
      s.measure('complete-or-partial-response', 'il2-lak', { events: 3 })
      s.measure('complete-response', 'il2-lak', { events: 4, timepointId: 'late' })
    },
    finds: [
      ['inconsistent', 'warning', 'm00003.events', /9 are more than the 8/],
      ['inconsistent', 'warning', 'm00005.events', /4 are more than the 3/],
    ],
  },
  {
    rule: 'outcomes-nested',
    when: 'one that states no time has not more than at some time',
    build: (s) => {
      s.timepoint('early', { fromTime: 3 })
      s.timepoint('late', { fromTime: 9 })
      s.measure('complete-or-partial-response', 'il2', { events: 8, timepointId: 'early' })
      s.measure('complete-or-partial-response', 'il2', { events: 4, timepointId: 'late' })
      s.measure('complete-response', 'il2', { events: 8 })
    },
  },
  {
    rule: 'outcomes-nested',
    when: 'the responses are of other people, or of another time',
    build: (s) => {
      s.timepoint('early', { fromTime: 3 })
      s.timepoint('late', { fromTime: 9 })
      s.measure('complete-or-partial-response', 'il2', { events: 3, timepointId: 'early' })
      s.measure('complete-response', 'all', { events: 4, timepointId: 'early' })
      s.measure('complete-response', 'il2', { events: 4, timepointId: 'early', ...ASSESSABLE })
      s.measure('complete-response', 'il2', { events: 4, timepointId: 'late' })
    },
    finds: [
      ['not_checkable', 'note', 'm00002.events', /not counted for the same people/],
      ['not_checkable', 'note', 'm00003.events', /not counted for the same people/],
      ['not_checkable', 'note', 'm00004.events', /not counted for the same people and time/],
    ],
  },
]
