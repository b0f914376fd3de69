import type { Builder } from '../bare-study.ts'
import { ASSESSABLE, type Case, continuous } from './case.ts'

export const ANALYSES_CASES: readonly Case[] = [
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
]

function responses(study: Builder): void {
  study.measure('complete-response', 'il2-lak', { events: 10, total: 85, ...ASSESSABLE })
  study.measure('complete-response', 'il2', { events: 4, total: 79, ...ASSESSABLE })
}

function ages(study: Builder): void {
  continuous(study)
  study.measure('pain', 'il2-lak', { mean: 61.2, sd: 9.4, total: 85 })
  study.measure('pain', 'il2', { mean: 60.8, sd: 9.9, total: 79 })
}
