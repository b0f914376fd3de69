import { describe, expect, test } from 'vitest'
import { checkStudy } from '../../src/checks/check-study.ts'
import type { FindingStatus, Severity } from '../../src/checks/rule.ts'
import { RULES } from '../../src/checks/rules.ts'
import { variant } from '../db/study-variants.ts'
import { type Builder, bareStudy, foundBy } from './bare-study.ts'

interface Case {
  readonly rule: string
  readonly when: string
  readonly build: (study: Builder) => void
  /** What is found: its status and severity, its place, and words of its message. Nothing where the rule passes. */
  readonly finds?: readonly (readonly [FindingStatus, Severity, place: string, words: RegExp])[]
}

const assessable = { analysisSetId: 'assessable' }
const continuous = (study: Builder, unit: string | null = null) =>
  study.outcome('pain', { kind: 'continuous', direction: 'harm', unit })

const CASES: readonly Case[] = [
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
      s.measure('alive', 'il2', { total: 79, ...assessable })
    },
  },
  {
    rule: 'total-within-enrolment',
    when: 'the total is larger',
    build: (s) => {
      s.enrol('il2', 'assessable', 79)
      s.measure('alive', 'il2', { total: 80, ...assessable })
    },
    finds: [['inconsistent', 'error', 'm00001.total', /80 is more than the 79/]],
  },
  {
    rule: 'total-within-enrolment',
    when: 'the total is smaller',
    build: (s) => {
      s.enrol('il2', 'assessable', 79)
      s.measure('alive', 'il2', { total: 70, ...assessable })
    },
    finds: [['remark', 'note', 'm00001.total', /70 is 9 fewer than the 79/]],
  },
  {
    rule: 'total-within-enrolment',
    when: 'the size is not given',
    build: (s) => s.measure('alive', 'il2', { total: 80, ...assessable }),
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

  {
    rule: 'adverse-events-within-risk',
    when: 'all are affected',
    build: (s) => {
      s.enrol('il2', 'treated', 79)
      s.harm('other-toxicity', 'il2', { affected: 79, atRisk: 79, events: 90, ...treatedCode })
    },
  },
  {
    rule: 'adverse-events-within-risk',
    when: 'more are affected than at risk, and at risk than there are',
    build: (s) => {
      s.enrol('il2', 'treated', 79)
      s.harm('other-toxicity', 'il2', { affected: 81, atRisk: 80, events: 80, ...treatedCode })
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

  {
    rule: 'order-of-statistics',
    when: 'all are in order',
    build: (s) => s.baseline('all', { minimum: 1, q1: 2, median: 2, q3: 5, maximum: 9, mean: 4 }),
  },
  {
    rule: 'order-of-statistics',
    when: 'the median is above the third quartile',
    build: (s) => s.baseline('all', { q1: 2, median: 6, q3: 5 }),
    finds: [['inconsistent', 'error', 'b00001.median', /median 6 is above the q3 5/]],
  },
  {
    rule: 'order-of-statistics',
    when: 'the mean is above the largest value',
    build: (s) => {
      continuous(s)
      s.measure('pain', 'il2', { minimum: 1, mean: 10, maximum: 9 })
    },
    finds: [['inconsistent', 'error', 'm00001.mean', /mean 10 is above the maximum 9/]],
  },
  {
    rule: 'order-of-statistics',
    when: 'rounding explains it',
    build: (s) => s.baseline('all', { median: 5.2, q3: 5 }),
  },

  {
    rule: 'sd-within-range',
    when: 'half of them at either end',
    build: (s) => s.baseline('all', { mean: 50, sd: 51.03, minimum: 0, maximum: 100, total: 25 }),
  },
  {
    rule: 'sd-within-range',
    when: 'the SD is larger than that',
    build: (s) => s.baseline('all', { mean: 50.0, sd: 54.2, minimum: 0, maximum: 100, total: 25 }),
    finds: [['inconsistent', 'error', 'b00001.sd', /54.2 is more than the/]],
  },
  {
    rule: 'sd-within-range',
    when: 'the range is not given',
    build: (s) => s.baseline('all', { mean: 50, sd: 52, total: 25 }),
    finds: [['not_checkable', 'note', 'b00001.sd', /smallest or the largest/]],
  },

  {
    rule: 'standard-error-coherent',
    when: 'SE and interval follow from the SD',
    build: (s) => {
      continuous(s)
      s.measure('pain', 'il2', { mean: 5, sd: 2, se: 0.4, total: 25, ciLower: 4.17, ciUpper: 5.83 })
    },
  },
  {
    rule: 'standard-error-coherent',
    when: 'the interval is by the normal distribution',
    build: (s) => {
      continuous(s)
      s.measure('pain', 'il2', { mean: 5, se: 0.4, ciLower: 4.22, ciUpper: 5.78 })
    },
  },
  {
    rule: 'standard-error-coherent',
    when: 'the SE is that of another n',
    build: (s) => {
      continuous(s)
      s.measure('pain', 'il2', { mean: 5, sd: 2, se: 0.2, total: 25 })
    },
    finds: [['inconsistent', 'warning', 'm00001.se', /gives the SE 0.4, not 0.2/]],
  },
  {
    rule: 'standard-error-coherent',
    when: 'the interval is half as wide',
    build: (s) => {
      continuous(s)
      s.measure('pain', 'il2', { mean: 5, sd: 2, total: 25, ciLower: 4.6, ciUpper: 5.4 })
    },
    finds: [['inconsistent', 'warning', 'm00001.ci_lower', /1 standard errors to either side.*1.96 or 2.064/]],
  },
  {
    rule: 'standard-error-coherent',
    when: 'n is not given',
    build: (s) => {
      continuous(s)
      s.measure('pain', 'il2', { mean: 5, sd: 2, se: 0.2 })
    },
    finds: [['not_checkable', 'note', 'm00001.se', /number of participants/]],
  },

  {
    rule: 'mean-possible',
    when: 'a mean of counts can be',
    build: (s) => {
      s.outcome('falls', { kind: 'count' })
      s.measure('falls', 'il2', { mean: 5.18, total: 28 })
    },
  },
  {
    rule: 'mean-possible',
    when: 'a mean of counts can’t be',
    build: (s) => {
      s.outcome('falls', { kind: 'count' })
      s.measure('falls', 'il2', { mean: 5.19, total: 28 })
    },
    finds: [['inconsistent', 'warning', 'm00001.mean', /28 participants is 5.19/]],
  },
  {
    rule: 'mean-possible',
    when: 'a unit says that values are whole',
    build: (s) => {
      continuous(s, 'whole points')
      s.measure('pain', 'il2', { mean: 5.19, total: 28 })
    },
    finds: [['inconsistent', 'warning', 'm00001.mean', /5.19/]],
  },
  {
    rule: 'mean-possible',
    when: 'a printed zero makes it impossible',
    build: (s) => {
      s.baseline('all', { unit: 'whole years', mean: 5.2, total: 28 })
      s.print('baseline_measurement/b00001', 'mean', '5.20')
    },
    finds: [['inconsistent', 'warning', 'b00001.mean', /is 5.20/]],
  },
  {
    rule: 'mean-possible',
    when: 'nobody says that values are whole',
    build: (s) => {
      continuous(s)
      s.measure('pain', 'il2', { mean: 5.19, total: 28 })
    },
    finds: [['not_checkable', 'note', 'm00001.mean', /not known to be whole/]],
  },
  {
    rule: 'mean-possible',
    when: 'there are too many participants',
    build: (s) => {
      s.outcome('falls', { kind: 'count' })
      s.measure('falls', 'il2', { mean: 5.19, total: 100 })
    },
    finds: [['not_checkable', 'note', 'm00001.mean', /every such number is possible/]],
  },
  {
    rule: 'mean-possible',
    when: 'a proportion without its count can’t be',
    build: (s) => s.measure('alive', 'il2', { proportion: 0.17, total: 79 }),
    finds: [['inconsistent', 'warning', 'm00001.proportion', /79 participants is 0.17/]],
  },
  {
    rule: 'mean-possible',
    when: 'a probability is actuarial',
    build: (s) => s.measure('survival', 'il2', { proportion: 0.17, total: 79 }),
    finds: [['not_checkable', 'note', 'm00001.proportion', /estimated/]],
  },

  {
    rule: 'sd-possible',
    when: 'whole numbers can have it',
    build: (s) => {
      s.outcome('falls', { kind: 'count' })
      s.measure('falls', 'il2', { mean: 5.21, sd: 1.6, total: 28 })
    },
  },
  {
    rule: 'sd-possible',
    when: 'whole numbers can’t have it',
    build: (s) => {
      s.outcome('falls', { kind: 'count' })
      s.measure('falls', 'il2', { mean: 3.44, sd: 2.47, total: 18 })
    },
    finds: [['inconsistent', 'warning', 'm00001.sd', /No 18 whole numbers with mean 3.44 have the SD 2.47/]],
  },
  {
    rule: 'sd-possible',
    when: 'the mean can’t be either',
    build: (s) => {
      s.outcome('falls', { kind: 'count' })
      s.measure('falls', 'il2', { mean: 5.19, sd: 1.5, total: 28 })
    },
    finds: [['not_checkable', 'note', 'm00001.sd', /mean itself/]],
  },
  {
    rule: 'sd-possible',
    when: 'nobody says that values are whole',
    build: (s) => s.baseline('all', { mean: 3.44, sd: 2.47, total: 18 }),
    finds: [['not_checkable', 'note', 'b00001.sd', /not known to be whole/]],
  },

  {
    rule: 'binary-sd',
    when: 'zeros and ones can have it',
    build: (s) => s.measure('alive', 'il2', { mean: 0.53, sd: 0.5, total: 1683 }),
  },
  {
    rule: 'binary-sd',
    when: 'zeros and ones can’t have it',
    build: (s) => s.measure('alive', 'il2', { mean: 0.35, sd: 0.18, total: 20 }),
    finds: [['inconsistent', 'warning', 'm00001.sd', /0.4877 to 0.4909, not 0.18/]],
  },
  {
    rule: 'binary-sd',
    when: 'n is not given',
    build: (s) => s.measure('alive', 'il2', { mean: 0.35, sd: 0.18 }),
    finds: [['not_checkable', 'note', 'm00001.sd', /number of participants/]],
  },

  {
    rule: 'interval-contains-estimate',
    when: 'it does',
    build: (s) => s.analyse('survival', { measure: 'hazard_ratio', estimate: 0.8, ciLower: 0.7, ciUpper: 0.94 }),
  },
  {
    rule: 'interval-contains-estimate',
    when: 'it does within rounding',
    build: (s) => s.analyse('survival', { measure: 'hazard_ratio', estimate: 0.8, ciLower: 0.81, ciUpper: 0.94 }),
  },
  {
    rule: 'interval-contains-estimate',
    when: 'it doesn’t',
    build: (s) => s.analyse('survival', { measure: 'hazard_ratio', estimate: 1.4, ciLower: 1.5, ciUpper: 2.1 }),
    finds: [['inconsistent', 'error', 'a00001.estimate', /1.4 lies outside its interval, 1.5 to 2.1/]],
  },
  {
    rule: 'interval-contains-estimate',
    when: 'its ends are the wrong way round',
    build: (s) => s.measure('survival', 'il2', { proportion: 0.5, ciLower: 0.7, ciUpper: 0.4 }),
    finds: [['inconsistent', 'error', 'm00001.ci_lower', /0.7 is above its upper end 0.4/]],
  },
  {
    rule: 'interval-contains-estimate',
    when: 'there is no estimate',
    build: (s) => s.analyse('survival', { ciLower: 0.7, ciUpper: 0.94 }),
    finds: [['not_checkable', 'note', 'a00001.ci_lower', /no estimate/]],
  },
  {
    rule: 'interval-contains-estimate',
    when: 'it may be that of the mean or the median',
    build: (s) => s.measure('survival', 'il2', { mean: 3, median: 2, ciLower: 0.7, ciUpper: 0.94 }),
    finds: [['not_checkable', 'note', 'm00001.ci_lower', /mean or the median/]],
  },

  {
    rule: 'interval-symmetric',
    when: 'it is on the log scale',
    build: (s) => s.analyse('survival', { measure: 'odds_ratio', estimate: 2.5, ciLower: 0.75, ciUpper: 8.32 }),
  },
  {
    rule: 'interval-symmetric',
    when: 'it isn’t',
    build: (s) => s.analyse('survival', { measure: 'odds_ratio', estimate: 1.4, ciLower: 1.05, ciUpper: 1.6 }),
    finds: [['inconsistent', 'warning', 'a00001.estimate', /off by 18.3 %/]],
  },
  {
    rule: 'interval-symmetric',
    when: 'the measure has no scale',
    build: (s) => s.analyse('survival', { measure: 'median_difference', estimate: 1.4, ciLower: 1.05, ciUpper: 1.6 }),
    finds: [['not_checkable', 'note', 'a00001.estimate', /median difference/]],
  },

  {
    rule: 'interval-agrees-with-p',
    when: 'it does',
    build: (s) =>
      s.analyse('survival', {
        measure: 'hazard_ratio',
        estimate: 0.85,
        ciLower: 0.71,
        ciUpper: 1.02,
        pValue: 0.075,
        pOperator: '=',
        pText: '.075',
      }),
  },
  {
    rule: 'interval-agrees-with-p',
    when: 'it doesn’t',
    build: (s) =>
      s.analyse('survival', {
        measure: 'hazard_ratio',
        estimate: 0.85,
        ciLower: 0.71,
        ciUpper: 1.02,
        pValue: 0.03,
        pOperator: '=',
        pText: '.03',
      }),
    finds: [
      [
        'inconsistent',
        'warning',
        'a00001.p_value',
        /p = 0.07868, from 0.05952 to 0.1008 with rounding; reported is p = 0.03/,
      ],
    ],
  },
  {
    rule: 'interval-agrees-with-p',
    when: 'p is one-sided',
    build: (s) =>
      s.analyse('survival', {
        measure: 'hazard_ratio',
        estimate: 0.85,
        ciLower: 0.71,
        ciUpper: 1.02,
        pValue: 0.039,
        pOperator: '=',
        pSides: 1,
      }),
  },
  {
    rule: 'interval-agrees-with-p',
    when: 'there is no interval',
    build: (s) => s.analyse('survival', { pValue: 0.03, pOperator: '=' }),
    finds: [['not_checkable', 'note', 'a00001.p_value', /no estimate with an interval/]],
  },

  {
    rule: 'p-from-counts',
    when: 'a test gives it',
    build: (s) => {
      responses(s)
      s.analyse('complete-response', { pValue: 0.165, pOperator: '=', pText: '.165' })
    },
  },
  {
    rule: 'p-from-counts',
    when: 'the named test gives it',
    build: (s) => {
      responses(s)
      s.analyse('complete-response', { pValue: 0.125, pOperator: '=', method: 'chi-square test' })
    },
  },
  {
    rule: 'p-from-counts',
    when: 'another test than the named one gives it',
    build: (s) => {
      responses(s)
      s.analyse('complete-response', { pValue: 0.125, pOperator: '=', method: 'Fisher exact test' })
    },
    finds: [
      ['inconsistent', 'warning', 'a00001.p_value', /10\/85 v 4\/79 gives 0.1647 \(Fisher\); reported is p = 0.125/],
    ],
  },
  {
    rule: 'p-from-counts',
    when: 'no test gives it',
    build: (s) => {
      responses(s)
      s.analyse('complete-response', { pValue: 0.03, pOperator: '=' })
    },
    finds: [
      [
        'inconsistent',
        'warning',
        'a00001.p_value',
        /0.1647 \(Fisher\), 0.1249 \(χ²\), 0.2095 \(χ² corrected\), 0.1172 .*0.1354/,
      ],
    ],
  },
  {
    rule: 'p-from-counts',
    when: 'it is said to be below',
    build: (s) => {
      responses(s)
      s.analyse('complete-response', { pValue: 0.05, pOperator: '<' })
    },
    finds: [['inconsistent', 'warning', 'a00001.p_value', /reported is p < 0.05/]],
  },
  {
    rule: 'p-from-counts',
    when: 'it is said to be above',
    build: (s) => {
      responses(s)
      s.analyse('complete-response', { pValue: 0.05, pOperator: '>' })
    },
  },
  {
    rule: 'p-from-counts',
    when: 'the test was adjusted',
    build: (s) => {
      responses(s)
      s.analyse('complete-response', { pValue: 0.03, pOperator: '=', method: 'logistic regression' })
    },
    finds: [['not_checkable', 'note', 'a00001.p_value', /logistic regression/]],
  },
  {
    rule: 'p-from-counts',
    when: 'the analysis is of another time',
    build: (s) => {
      responses(s)
      s.analyse('complete-response', { pValue: 0.03, pOperator: '=', timepointId: '24-months' })
    },
    finds: [['not_checkable', 'note', 'a00001.p_value', /no such numbers/]],
  },
  {
    rule: 'p-from-counts',
    when: 'it is of times',
    build: (s) => s.analyse('survival', { pValue: 0.03, pOperator: '=' }),
    finds: [['not_checkable', 'note', 'a00001.p_value', /needs the times/]],
  },

  // Carlisle's age: 61.2 (9.4) of 85 against 60.8 (9.9) of 79 gives p from .7392 to .8433 (R 4.2.2).
  {
    rule: 'p-from-means',
    when: 'a t test gives it',
    build: (s) => {
      ages(s)
      s.analyse('pain', { pValue: 0.79, pOperator: '=' })
    },
  },
  {
    rule: 'p-from-means',
    when: 'no t test gives it',
    build: (s) => {
      ages(s)
      s.analyse('pain', { pValue: 0.5, pOperator: '=' })
    },
    finds: [
      [
        'inconsistent',
        'warning',
        'a00001.p_value',
        /61.2 \(SD 9.4, n 85\) v 60.8 \(SD 9.9, n 79\).*reported is p = 0.5/,
      ],
    ],
  },
  {
    rule: 'p-from-means',
    when: 'it is of ranks',
    build: (s) => {
      ages(s)
      s.analyse('pain', { pValue: 0.5, pOperator: '=', method: 'Mann-Whitney U test' })
    },
    finds: [['not_checkable', 'note', 'a00001.p_value', /Mann-Whitney/]],
  },
  {
    rule: 'p-from-means',
    when: 'there are no means',
    build: (s) => {
      continuous(s)
      s.analyse('pain', { pValue: 0.5, pOperator: '=' })
    },
    finds: [['not_checkable', 'note', 'a00001.p_value', /no such numbers/]],
  },

  {
    rule: 'publication-status',
    when: 'nothing happened to it',
    build: ({ publications }) => link(publications, 'CommentIn'),
  },
  {
    rule: 'publication-status',
    when: 'it retracts another one',
    build: ({ publications }) => link(publications, 'RetractionOf'),
  },
  {
    rule: 'publication-status',
    when: 'it was retracted',
    build: ({ publications }) => link(publications, 'RetractionIn'),
    finds: [['inconsistent', 'error', 'pmid-8468720.', /was retracted: J Tea 2001, PMID 123/]],
  },
  {
    rule: 'publication-status',
    when: 'there is an expression of concern',
    build: ({ publications }) => link(publications, 'ExpressionOfConcernIn'),
    finds: [['inconsistent', 'warning', 'pmid-8468720.', /expression of concern/]],
  },
  {
    rule: 'publication-status',
    when: 'there is an erratum',
    build: ({ publications }) => link(publications, 'ErratumIn'),
    finds: [['remark', 'note', 'pmid-8468720.', /erratum/]],
  },
  {
    rule: 'publication-status',
    when: 'it is indexed as retracted',
    build: ({ publications }) =>
      void publications[0]?.publicationType.push({
        publicationId: 'pmid-8468720',
        position: 9,
        name: 'Retracted Publication',
        ui: 'D016441',
      }),
    finds: [['inconsistent', 'error', 'pmid-8468720.', /was retracted/]],
  },
]

const treatedCode = { analysisSetId: 'treated' }

function responses(study: Builder): void {
  study.measure('complete-response', 'il2-lak', { events: 10, total: 85, ...assessable })
  study.measure('complete-response', 'il2', { events: 4, total: 79, ...assessable })
}

function ages(study: Builder): void {
  continuous(study)
  study.measure('pain', 'il2-lak', { mean: 61.2, sd: 9.4, total: 85 })
  study.measure('pain', 'il2', { mean: 60.8, sd: 9.9, total: 79 })
}

function link(publications: Builder['publications'], refType: string): void {
  publications[0]?.publicationLink.push({
    publicationId: 'pmid-8468720',
    position: 1,
    refType,
    refSource: 'J Tea 2001',
    refPmid: '123',
    linkedPublicationId: null,
    note: null,
  })
}

describe.each(RULES.map(({ id }) => id))('%s', (id) => {
  const cases = CASES.filter(({ rule }) => rule === id)
  test.each(cases)('when $when', ({ build, finds = [] }) => {
    const found = foundBy(id, bareStudy(build))
    expect(found.map(({ status, severity, row, field }) => [status, severity, `${row}.${field ?? ''}`])).toEqual(
      finds.map(([status, severity, place]) => [status, severity, place]),
    )
    finds.forEach(([, , , words], index) => {
      expect(found[index]?.message).toMatch(words)
    })
  })
  test('says nothing of a study without numbers', () => {
    expect(
      foundBy(
        id,
        bareStudy(() => undefined),
      ),
    ).toEqual([])
  })
})

describe('rules about what belongs to facts', () => {
  test('a derived value that its formula gives passes, and one that it no longer gives is an error', () => {
    const record = structuredClone(variant())
    expect(foundBy('derived-value', record)).toEqual([])
    for (const row of record.rows.outcomeMeasurement) if (row.events === 10) row.events = 11
    expect(foundBy('derived-value', record)).toMatchObject([
      {
        severity: 'error',
        status: 'inconsistent',
        row: 'm00005',
        field: 'events',
        values: { complete: 11, partial: 14, events: 24 },
      },
    ])
    for (const row of record.rows.outcomeMeasurement) if (row.events === 11) row.events = null
    expect(foundBy('derived-value', record)).toMatchObject([{ status: 'not_checkable', row: 'm00005' }])
  })

  test('a correction without an erratum is a note, and one with it is none', () => {
    const record = structuredClone(variant())
    expect(foundBy('correction-without-notice', record)).toMatchObject([
      { severity: 'note', status: 'remark', table: 'outcome_analysis', field: 'p_value' },
    ])
    link(record.publications, 'ErratumIn')
    expect(foundBy('correction-without-notice', record)).toEqual([])
  })
})

test('every rule has a case that passes, one that it finds, and, where something can be missing, one that it can’t check', () => {
  /** Rules that need nothing beside what they judge. */
  const alwaysCheckable = [
    'values-possible',
    'percentage-denominator',
    'same-quantity-twice',
    'order-of-statistics',
    'publication-status',
  ]
  const elsewhere = ['derived-value', 'correction-without-notice']
  for (const { id } of RULES.filter((rule) => !elsewhere.includes(rule.id))) {
    const of = CASES.filter(({ rule }) => rule === id)
    const statuses = of.flatMap(({ finds = [] }) => finds.map(([status]) => status))
    expect(
      of.some(({ finds }) => finds === undefined),
      `${id} passes`,
    ).toBe(true)
    expect(
      statuses.some((status) => status !== 'not_checkable'),
      `${id} finds`,
    ).toBe(true)
    if (!alwaysCheckable.includes(id)) expect(statuses, `${id} can't check`).toContain('not_checkable')
  }
})

test('rules have names of their own, and no rule weighs more than it says', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
  const order = ['error', 'warning', 'note']
  for (const { build } of CASES)
    for (const { rule, severity } of checkStudy(bareStudy(build))) {
      const worst = RULES.find(({ id }) => id === rule)?.severity ?? ''
      expect(order.indexOf(severity)).toBeGreaterThanOrEqual(order.indexOf(worst))
    }
})

test('no message and no value is NaN, infinite or undefined', () => {
  for (const { build } of CASES)
    for (const { message, values, about } of checkStudy(bareStudy(build))) {
      expect(`${about} ${message}`).not.toMatch(/NaN|undefined|null|Infinity|\[object/)
      for (const value of Object.values(values))
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
    }
})
