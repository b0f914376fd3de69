import { ASSESSABLE, type Case } from './case.ts'

export const COUNTS_CASES: readonly Case[] = [
  {
    rule: 'values-possible',
    when: 'every value can be',
    build: (s) =>
      s.analyse('survival', {
        pValue: 1,
        pOperator: '=',
        measure: 'hazard_ratio',
        estimate: 0.5,
        ciLower: 0.2,
        ciUpper: 1.2,
      }),
  },
  {
    rule: 'values-possible',
    when: 'a p value is above 1',
    build: (s) => s.analyse('survival', { pValue: 1.2, pOperator: '=' }),
    finds: [['inconsistent', 'error', 'a00001.p_value', /p_value is 1.2/]],
  },
  {
    rule: 'values-possible',
    when: 'a ratio is negative',
    build: (s) => s.analyse('survival', { measure: 'hazard_ratio', ciLower: -0.2 }),
    finds: [['inconsistent', 'error', 'a00001.ci_lower', /-0.2.*a ratio/]],
  },
  {
    rule: 'values-possible',
    when: 'a difference is negative',
    build: (s) => s.analyse('survival', { measure: 'risk_difference', estimate: -0.2 }),
  },
  {
    rule: 'values-possible',
    when: 'an SD is negative and a percentage above 100',
    build: (s) => {
      s.baseline('all', { sd: -1 })
      s.harm('other-toxicity', 'all', { percent: 101 })
    },
    finds: [
      ['inconsistent', 'error', 'b00001.sd', /-1/],
      ['inconsistent', 'error', 'e00001.percent', /101.*0 to 100/],
    ],
  },
  {
    rule: 'events-within-total',
    when: 'everybody had the event',
    build: (s) => s.measure('alive', 'il2', { events: 9, total: 9 }),
  },
  {
    rule: 'events-within-total',
    when: 'more had the event than there are',
    build: (s) => s.measure('alive', 'il2', { events: 10, total: 9 }),
    finds: [['inconsistent', 'error', 'm00001.events', /10 of 9/]],
  },
  {
    rule: 'events-within-total',
    when: 'more are in a category than there are',
    build: (s) => s.baseline('all', { category: 'Melanoma', count: 10, total: 9 }),
    finds: [['inconsistent', 'error', 'b00001.count', /10 of 9/]],
  },
  {
    rule: 'events-within-total',
    when: 'there is no total',
    build: (s) => s.measure('alive', 'il2', { events: 10 }),
    finds: [['not_checkable', 'note', 'm00001.events', /total is not given/]],
  },
  {
    rule: 'total-within-enrolment',
    when: 'the total is the size',
    build: (s) => {
      s.enrol('il2', 'assessable', 79)
      s.measure('alive', 'il2', { total: 79, ...ASSESSABLE })
    },
  },
  {
    rule: 'total-within-enrolment',
    when: 'the total is larger',
    build: (s) => {
      s.enrol('il2', 'assessable', 79)
      s.measure('alive', 'il2', { total: 80, ...ASSESSABLE })
    },
    finds: [['inconsistent', 'error', 'm00001.total', /80 is more than the 79/]],
  },
  {
    rule: 'total-within-enrolment',
    when: 'the total is smaller',
    build: (s) => {
      s.enrol('il2', 'assessable', 79)
      s.measure('alive', 'il2', { total: 70, ...ASSESSABLE })
    },
    finds: [['remark', 'note', 'm00001.total', /70 is 9 fewer than the 79/]],
  },
  {
    rule: 'total-within-enrolment',
    when: 'the size is not given',
    build: (s) => s.measure('alive', 'il2', { total: 80, ...ASSESSABLE }),
    finds: [['not_checkable', 'note', 'm00001.total', /size of the group/]],
  },
  {
    rule: 'total-within-enrolment',
    when: 'the analysis set is not stated',
    build: (s) => s.measure('alive', 'il2', { total: 80 }),
    finds: [['not_checkable', 'note', 'm00001.total', /analysis set is not stated/]],
  },
  {
    rule: 'arms-sum-to-whole',
    when: 'they do',
    build: (s) => {
      s.enrol('all', 'assessable', 164)
      s.enrol('il2', 'assessable', 79)
      s.enrol('il2-lak', 'assessable', 85)
    },
  },
  {
    rule: 'arms-sum-to-whole',
    when: 'they are one short',
    build: (s) => {
      s.enrol('all', 'assessable', 165)
      s.enrol('il2', 'assessable', 79)
      s.enrol('il2-lak', 'assessable', 85)
    },
    finds: [['inconsistent', 'error', 'all+assessable.participants', /85 \+ 79 = 164|79 \+ 85 = 164/]],
  },
  {
    rule: 'arms-sum-to-whole',
    when: 'one arm is already more',
    build: (s) => {
      s.harm('other-toxicity', 'all', { affected: 6 })
      s.harm('other-toxicity', 'il2', { affected: 7 })
    },
    finds: [['inconsistent', 'error', 'e00001.affected', /1 of 2 arms/]],
  },
  {
    rule: 'arms-sum-to-whole',
    when: 'one arm is missing',
    build: (s) => {
      s.harm('other-toxicity', 'all', { affected: 6 })
      s.harm('other-toxicity', 'il2', { affected: 5 })
    },
    finds: [['not_checkable', 'note', 'e00001.affected', /1 of 2 arms only/]],
  },
  {
    rule: 'arms-sum-to-whole',
    when: 'the arms are of other times',
    build: (s) => {
      s.measure('alive', 'all', { events: 6, timepointId: '24-months' })
      s.measure('alive', 'il2', { events: 9, timepointId: '36-months' })
    },
    finds: [['not_checkable', 'note', 'm00001.events', /not given for any arm/]],
  },
  {
    rule: 'arms-sum-to-whole',
    when: 'participants change arms',
    build: (s) => {
      if (s.rows.study[0]) s.rows.study[0].interventionModel = 'crossover'
      s.flow('all', { participants: 20 })
      s.flow('il2', { participants: 20 })
      s.flow('il2-lak', { participants: 19 })
    },
    finds: [['not_checkable', 'note', 'f00001.participants', /crossover/]],
  },
  {
    rule: 'subgroups-sum-to-whole',
    when: 'they are all',
    build: (s) => {
      s.measure('alive', 'il2', { total: 79 })
      s.measure('alive', 'melanoma-il2', { total: 26 })
      s.measure('alive', 'renal-cell-il2', { total: 53 })
    },
  },
  {
    rule: 'subgroups-sum-to-whole',
    when: 'they are more',
    build: (s) => {
      s.measure('alive', 'il2', { total: 79 })
      s.measure('alive', 'melanoma-il2', { total: 26 })
      s.measure('alive', 'renal-cell-il2', { total: 54 })
    },
    finds: [['inconsistent', 'error', 'm00001.total', /26 \+ 54 = 80, the whole 79/]],
  },
  {
    rule: 'subgroups-sum-to-whole',
    when: 'they are fewer',
    build: (s) => {
      s.measure('alive', 'il2', { events: 9 })
      s.measure('alive', 'melanoma-il2', { events: 2 })
    },
    finds: [['remark', 'note', 'm00001.events', /2 of 9; the other 7/]],
  },
  {
    rule: 'subgroups-sum-to-whole',
    when: 'the whole is not given',
    build: (s) => s.measure('alive', 'melanoma-il2', { total: 26 }),
    finds: [['not_checkable', 'note', 'm00001.total', /not counted/]],
  },
  {
    rule: 'subgroup-size',
    when: 'the arms have as many as the baseline table',
    build: (s) => {
      s.baseline('all', { category: 'Melanoma', count: 54, total: 181 })
      s.measure('alive', 'melanoma-il2', { total: 26 })
      s.measure('alive', 'melanoma-il2-lak', { total: 28 })
    },
  },
  {
    rule: 'subgroup-size',
    when: 'the arms have more',
    build: (s) => {
      s.baseline('all', { category: 'Melanoma', count: 53 })
      s.measure('alive', 'melanoma-il2', { total: 26 })
      s.measure('alive', 'melanoma-il2-lak', { total: 28 })
    },
    finds: [['inconsistent', 'error', 'b00001.count', /= 54 with melanoma, the baseline table 53/]],
  },
  {
    rule: 'subgroup-size',
    when: 'the arms have fewer',
    build: (s) => {
      s.baseline('all', { category: 'Melanoma', count: 56 })
      s.measure('alive', 'melanoma-il2', { total: 26 })
      s.measure('alive', 'melanoma-il2-lak', { total: 28 })
    },
    finds: [['remark', 'note', 'b00001.count', /= 54 of the 56/]],
  },
  {
    rule: 'subgroup-size',
    when: 'the baseline table lacks the category',
    build: (s) => s.measure('alive', 'melanoma-il2', { total: 26 }),
    finds: [['not_checkable', 'note', 'm00001.total', /no diagnosis melanoma/]],
  },
  {
    rule: 'categories-sum-to-total',
    when: 'they are all',
    build: (s) => {
      s.baseline('all', { category: 'A', count: 97, total: 151 })
      s.baseline('all', { category: 'B', count: 54, total: 151 })
    },
  },
  {
    rule: 'categories-sum-to-total',
    when: 'they are fewer',
    build: (s) => {
      s.baseline('all', { category: 'A', count: 97, total: 181 })
      s.baseline('all', { category: 'B', count: 54, total: 181 })
    },
    finds: [['remark', 'note', 'b00001.count', /= 151 of 181.*other 30/]],
  },
  {
    rule: 'categories-sum-to-total',
    when: 'a category of ours fills them up',
    build: (s) => {
      s.baseline('all', { category: 'A', count: 97, total: 181 })
      s.baseline('all', { category: 'Other', count: 84, total: 181, derived: true })
    },
    finds: [['remark', 'note', 'b00001.count', /other 84/]],
  },
  {
    rule: 'categories-sum-to-total',
    when: 'they are more',
    build: (s) => {
      s.baseline('all', { category: 'A', count: 97, total: 150 })
      s.baseline('all', { category: 'B', count: 54, total: 150 })
    },
    finds: [['inconsistent', 'warning', 'b00001.count', /= 151 are more than all 150/]],
  },
  {
    rule: 'categories-sum-to-total',
    when: 'the total is not given',
    build: (s) => s.baseline('all', { category: 'A', count: 97 }),
    finds: [['not_checkable', 'note', 'b00001.count', /total is not given/]],
  },
  {
    rule: 'analysis-sets-nested',
    when: 'all were treated and assessable',
    build: (s) => {
      for (const set of ['randomised', 'treated', 'assessable']) s.enrol('il2', set, 79)
    },
  },
  {
    rule: 'analysis-sets-nested',
    when: 'more were treated than randomised',
    build: (s) => {
      s.enrol('il2', 'randomised', 79)
      s.enrol('il2', 'treated', 80)
    },
    finds: [['inconsistent', 'error', 'il2+treated.participants', /80 treated are more than 79 randomised/]],
  },
  {
    rule: 'analysis-sets-nested',
    when: 'the arms assessable are fewer than all treated',
    build: (s) => {
      s.enrol('all', 'treated', 181)
      s.enrol('all', 'randomised', 181)
      s.enrol('il2', 'assessable', 79)
      s.enrol('il2-lak', 'assessable', 85)
    },
    finds: [
      ['remark', 'note', 'all+treated.participants', /164 of 181 treated.*17 are not/],
      ['remark', 'note', 'all+randomised.participants', /164 of 181/],
      ['not_checkable', 'note', 'il2-lak+assessable.participants', /treated/],
      ['not_checkable', 'note', 'il2-lak+assessable.participants', /randomised/],
      ['not_checkable', 'note', 'il2+assessable.participants', /treated/],
      ['not_checkable', 'note', 'il2+assessable.participants', /randomised/],
    ],
  },
]
