import { type Case, continuous } from './case.ts'

export const SUMMARIES_CASES: readonly Case[] = [
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
]
