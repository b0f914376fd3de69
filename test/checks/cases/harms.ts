import { type Case, TREATED } from './case.ts'

export const HARMS_CASES: readonly Case[] = [
  {
    rule: 'adverse-events-within-risk',
    when: 'all are affected',
    build: (s) => {
      s.enrol('il2', 'treated', 79)
      s.harm('other-toxicity', 'il2', { affected: 79, atRisk: 79, events: 90, ...TREATED })
    },
  },
  {
    rule: 'adverse-events-within-risk',
    when: 'more are affected than at risk, and at risk than there are',
    build: (s) => {
      s.enrol('il2', 'treated', 79)
      s.harm('other-toxicity', 'il2', { affected: 81, atRisk: 80, events: 80, ...TREATED })
    },
    finds: [
      ['inconsistent', 'error', 'e00001.affected', /81 affected are more than 80/],
      ['inconsistent', 'error', 'e00001.at_risk', /80 at risk are more than the group's 79/],
      ['inconsistent', 'error', 'e00001.events', /80 events are fewer than the 81/],
    ],
  },
  {
    rule: 'adverse-events-within-risk',
    when: 'nothing says how many were at risk',
    build: (s) => s.harm('other-toxicity', 'il2', { affected: 3 }),
    finds: [['not_checkable', 'note', 'e00001.affected', /at risk is not given/]],
  },
  {
    rule: 'adverse-events-nested',
    when: 'all deaths were infarctions',
    build: (s) => {
      s.harm('treatment-related-death', 'all', { affected: 6 })
      s.harm('fatal-myocardial-infarction', 'all', { affected: 6 })
    },
  },
  {
    rule: 'adverse-events-nested',
    when: 'more infarctions than deaths',
    build: (s) => {
      s.harm('treatment-related-death', 'all', { affected: 6 })
      s.harm('fatal-myocardial-infarction', 'all', { affected: 7 })
    },
    finds: [['inconsistent', 'error', 'e00002.affected', /7 are more than the 6 of Treatment-related death/]],
  },
  {
    rule: 'adverse-events-nested',
    when: 'the deaths are of other people',
    build: (s) => {
      s.harm('treatment-related-death', 'il2', { affected: 6 })
      s.harm('fatal-myocardial-infarction', 'all', { affected: 3 })
    },
    finds: [['not_checkable', 'note', 'e00002.affected', /not counted for the same people/]],
  },
  {
    rule: 'percentage-fits',
    when: 'it does, as printed',
    build: (s) => {
      s.harm('other-toxicity', 'all', { affected: 1, atRisk: 8, percent: 13 })
      s.measure('alive', 'il2', { events: 5, total: 28, proportion: 0.179 })
    },
  },
  {
    rule: 'percentage-fits',
    when: 'a percentage is of another denominator',
    build: (s) => s.harm('other-toxicity', 'all', { affected: 6, atRisk: 164, percent: 3.3 }),
    finds: [['inconsistent', 'error', 'e00001.percent', /3.659 %, not 3.3 %/]],
  },
  {
    rule: 'percentage-fits',
    when: 'a printed zero makes it too exact',
    build: (s) => {
      s.measure('alive', 'il2', { events: 4, total: 79, proportion: 0.05 })
      s.print('outcome_measurement/m00001', 'proportion', '5.0%')
    },
    finds: [['inconsistent', 'error', 'm00001.proportion', /not 0.050/]],
  },
  {
    rule: 'percentage-fits',
    when: 'the probability is actuarial',
    build: (s) => s.measure('survival', 'il2', { events: 5, total: 28, proportion: 0.5 }),
    finds: [['not_checkable', 'note', 'm00001.proportion', /estimated/]],
  },
  {
    rule: 'percentage-denominator',
    when: 'the group has such a size',
    build: (s) => {
      s.enrol('all', 'treated', 181)
      s.harm('other-toxicity', 'all', { affected: 6, percent: 3.3 })
    },
    finds: [['remark', 'note', 'e00001.percent', /180 to 184: it fits the 181 treated/]],
  },
  {
    rule: 'percentage-denominator',
    when: 'the group has no such size',
    build: (s) => {
      s.enrol('all', 'assessable', 164)
      s.harm('other-toxicity', 'all', { affected: 6, percent: 3.3 })
    },
    finds: [['inconsistent', 'warning', 'e00001.percent', /180 to 184; the group has 164/]],
  },
  {
    rule: 'percentage-denominator',
    when: 'no size is known',
    build: (s) => s.harm('other-toxicity', 'all', { affected: 6, percent: 3.3 }),
    finds: [['remark', 'note', 'e00001.percent', /180 to 184; no size/]],
  },
  {
    rule: 'percentage-denominator',
    when: 'no denominator can be',
    build: (s) => s.harm('other-toxicity', 'all', { affected: 0, percent: 3.3 }),
    finds: [['inconsistent', 'warning', 'e00001.percent', /No denominator/]],
  },
  {
    rule: 'percentage-denominator',
    when: 'the denominator is given',
    build: (s) => s.harm('other-toxicity', 'all', { affected: 6, atRisk: 164, percent: 3.3 }),
  },
]
