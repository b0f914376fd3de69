import { describe, expect, test } from 'vitest'
import { checkStudy } from '../../src/checks/check-study.ts'
import { RULES } from '../../src/checks/rules.ts'
import { variant } from '../db/study-variants.ts'
import { bareStudy, foundBy } from './bare-study.ts'
import { ANALYSES_CASES } from './cases/analyses.ts'
import { COUNTS_CASES } from './cases/counts.ts'
import { HARMS_CASES } from './cases/harms.ts'
import { link } from './cases/link.ts'
import { NESTED_OUTCOMES_CASES } from './cases/nested-outcomes.ts'
import { PUBLICATIONS_CASES } from './cases/publications.ts'
import { REPEATS_AND_TIMES_CASES } from './cases/repeats-and-times.ts'
import { SUMMARIES_CASES } from './cases/summaries.ts'

const CASES = [
  ...COUNTS_CASES,
  ...NESTED_OUTCOMES_CASES,
  ...HARMS_CASES,
  ...REPEATS_AND_TIMES_CASES,
  ...SUMMARIES_CASES,
  ...ANALYSES_CASES,
  ...PUBLICATIONS_CASES,
]

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

  test('a number that its words give passes, one that they do not is an error, and one without words is not checkable', () => {
    const record = structuredClone(variant())
    expect(foundBy('source-gives-value', record)).toEqual([])
    const [first, second, third] = record.rows.outcomeMeasurement
    Object.assign(first ?? {}, { events: 11 })
    Object.assign(second ?? {}, { studyGroupId: first?.studyGroupId })
    Object.assign(third ?? {}, { mean: 2 })
    expect(
      foundBy('source-gives-value', record).map(({ status, severity, row, field, message }) => [
        status,
        severity,
        row,
        field,
        message,
      ]),
    ).toEqual([
      ['inconsistent', 'error', 'm00001', 'events', 'events is 11: "10" gives 10 (Results).'],
      [
        'inconsistent',
        'error',
        'm00002',
        'events',
        'events is 4: the words name "IL-2 alone", and the row is about "IL-2 plus LAK cells" (Results).',
      ],
      [
        'inconsistent',
        'error',
        'm00002',
        'total',
        'total is 79: the words name "IL-2 alone", and the row is about "IL-2 plus LAK cells" (Results).',
      ],
      [
        'not_checkable',
        'note',
        'm00003',
        'mean',
        'Not checkable, because neither words nor a formula stand behind the number.',
      ],
    ])
  })

  test('a number of a source that is not held is not checkable, and its place is told', () => {
    const record = structuredClone(variant())
    const quote = record.rows.quote.find(({ id }) => id.endsWith('/follow-up'))
    Object.assign(quote ?? {}, {
      publicationTextId: null,
      startOffset: null,
      endOffset: null,
      words: null,
      sourceId: 'pmid-8468720/abstract',
      locator: 'line 9',
    })
    for (const link of record.rows.quoteLink)
      if (link.quoteId === quote?.id) Object.assign(link, { spanStart: null, spanEnd: null })
    const [found, ...others] = foundBy('source-gives-value', record)
    expect(others).toEqual([])
    expect(found).toMatchObject({ status: 'not_checkable', row: 'u00001', field: 'value' })
    expect(found?.message).toMatch(/^Not checkable, because the source is not held: Abstract .*, line 9\.$/)
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
  const elsewhere = ['derived-value', 'correction-without-notice', 'source-gives-value']
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
