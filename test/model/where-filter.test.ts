import { describe, expect, test } from 'vitest'
import { FIELDS, questionsOf, type StudyFilter } from '../../src/model/study-filter.ts'
import { whereFilter } from '../../src/model/where-filter.ts'

const refusal = (text: string): string => {
  try {
    return `understood as ${JSON.stringify(whereFilter(text))}`
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string }
    return `${code}: ${message}`
  }
}

/** Each field with a value, and the question that it asks. */
const ASKED: Readonly<Record<string, readonly (readonly [value: string, question: StudyFilter])[]>> = {
  condition: [['"kidney cancer"', { condition: 'kidney cancer' }]],
  intervention: [['aspirin', { intervention: 'aspirin' }]],
  outcome: [['death', { outcome: 'death' }]],
  'has-results-for': [['death', { hasResultsFor: 'death' }]],
  mesh: [['"Neoplasms/drug therapy"', { mesh: 'Neoplasms/drug therapy' }]],
  'mesh-only': [['D009369', { mesh: 'D009369', explode: false }]],
  'mesh-major': [['Neoplasms', { mesh: 'Neoplasms', major: true }]],
  text: [
    ['"\\"in a row\\" begin*"', { text: '"in a row" begin*' }],
    ['"a \\\\ b"', { text: 'a \\ b' }],
    ['10.1000/x:y', { text: '10.1000/x:y' }],
  ],
  type: [['INTERVENTIONAL', { type: 'interventional' }]],
  allocation: [['non-randomised', { allocation: 'non_randomised' }]],
  model: [['crossover', { model: 'crossover' }]],
  masking: [['double', { masking: 'double' }]],
  phase: [['phase-2', { phase: 'phase_2' }]],
  purpose: [['prevention', { purpose: 'prevention' }]],
  year: [
    ['1993', { year: { from: 1993, to: 1993 } }],
    ['1990-1999', { year: { from: 1990, to: 1999 } }],
    ['1990–1999', { year: { from: 1990, to: 1999 } }],
    ['>=1990', { year: { from: 1990 } }],
    ['>1990', { year: { from: 1991 } }],
    ['<=1990', { year: { to: 1990 } }],
    ['<1990', { year: { to: 1989 } }],
    ['"> 1990"', { year: { from: 1991 } }],
  ],
  enrolment: [
    ['>=100', { enrolment: { from: 100 } }],
    ['0', { enrolment: { from: 0, to: 0 } }],
  ],
  'registry-id': [['NCT00067236', { registryId: 'NCT00067236' }]],
  pmid: [['8468720', { pmid: '8468720' }]],
  doi: [['10.1093/jnci/85.8.622', { doi: '10.1093/jnci/85.8.622' }]],
  review: [
    ['bcg', { review: 'bcg' }],
    ['bcg/excluded', { review: 'bcg', decisions: ['excluded'] }],
  ],
}

test('there is a case for every field', () => {
  expect(Object.keys(ASKED)).toEqual([...FIELDS])
})

test.each(
  Object.entries(ASKED).flatMap(([field, cases]) => cases.map(([value, question]) => ({ field, value, question }))),
)('$field:$value asks $question', ({ field, value, question }) => {
  expect(whereFilter(`${field}:${value}`)).toEqual(question)
  expect(whereFilter(`${field.toUpperCase()}:${value}`)).toEqual(question)
})

describe('questions are joined', () => {
  const [a, b, c] = [{ text: 'a' }, { text: 'b' }, { text: 'c' }]
  test.each([
    { text: 'text:a AND text:b', filter: { and: [a, b] } },
    { text: 'text:a text:b', filter: { and: [a, b] } },
    { text: 'text:a or text:b', filter: { or: [a, b] } },
    { text: 'text:a OR text:b AND text:c', filter: { or: [a, { and: [b, c] }] } },
    { text: 'text:a AND text:b OR text:c', filter: { or: [{ and: [a, b] }, c] } },
    { text: '(text:a OR text:b) AND text:c', filter: { and: [{ or: [a, b] }, c] } },
    { text: 'NOT text:a AND text:b', filter: { and: [{ not: a }, b] } },
    { text: 'NOT (text:a AND text:b)', filter: { not: { and: [a, b] } } },
    { text: 'not not text:a', filter: { not: { not: a } } },
    { text: '((text:a))', filter: a },
    { text: 'text:AND AND text:"OR"', filter: { and: [{ text: 'AND' }, { text: 'OR' }] } },
    { text: '\n text:a\t', filter: a },
  ])('$text', ({ text, filter }) => {
    expect(whereFilter(text)).toEqual(filter)
  })

  test('as deep as can be, and no deeper', () => {
    const nested = (levels: number) => `${'('.repeat(levels)}text:a${')'.repeat(levels)}`
    expect(whereFilter(nested(39))).toEqual(a)
    expect(refusal(nested(5_000))).toMatch(/^FILTER_INVALID: .*more than 40 levels deep/)
    expect(refusal(`${'NOT '.repeat(5_000)}text:a`)).toMatch(/^FILTER_INVALID: .*more than 40 levels deep/)
  })

  test('as many as can be, and no more', () => {
    expect(questionsOf(whereFilter('text:a '.repeat(200)))).toHaveLength(200)
    expect(() => questionsOf(whereFilter('text:a '.repeat(201)))).toThrow(/more than 200 questions/)
  })

  test('with what is said of all headings, which a field of its own overrules', () => {
    const filter = whereFilter('mesh:x OR mesh-major:y OR mesh-only:z', { explode: false })
    expect(filter).toEqual({
      or: [
        { mesh: 'x', explode: false },
        { mesh: 'y', explode: false, major: true },
        { mesh: 'z', explode: false },
      ],
    })
  })
})

describe('what can’t be is refused at its column', () => {
  test.each([
    { text: '', says: 'column 1: expected a field and a colon' },
    {
      text: 'melanoma',
      says: 'column 1: expected a field and a colon, such as year:1993, NOT or a parenthesis; found "melanoma"',
    },
    { text: 'txet:a', says: 'column 1: there is no field "txet"; there are condition, intervention, ' },
    { text: 'text:', says: 'column 6: expected the value of text' },
    { text: 'text: a', says: 'column 6: expected the value of text' },
    { text: ':a', says: 'column 1: expected a field; found ":"' },
    { text: 'text:"a', says: 'column 6: the quote is never closed' },
    { text: 'text:""', says: 'column 1: text needs a value' },
    { text: 'text:a OR', says: 'column 10: expected a field and a colon' },
    { text: 'AND text:a', says: 'column 1: expected a field and a colon' },
    { text: 'text:a AND NOT', says: 'column 15: expected a field and a colon' },
    { text: '(text:a', says: 'column 8: expected a closing parenthesis; found the end' },
    { text: 'text:a)', says: 'column 7: expected the end; found ")"' },
    { text: '()', says: 'column 2: expected a field and a colon' },
    { text: 'text:a year:soon', says: 'column 8: year can\'t be "soon"; expected a number such as 1993, 1990-1999' },
    { text: 'year:1990-', says: 'year can\'t be "1990-"' },
    { text: 'year:>=1990-1999', says: 'year can\'t be ">=1990-1999"' },
    { text: 'year:19.5', says: 'year can\'t be "19.5"' },
    { text: 'year:1999-1990', says: 'year can\'t be "1999-1990"; it ends before it begins' },
    { text: 'enrolment:-5', says: 'enrolment can\'t be "-5"' },
    { text: 'enrolment:12345678901', says: 'enrolment can\'t be "12345678901"' },
    { text: 'type:trial', says: 'type has no value "trial"; it has interventional, ' },
    { text: 'allocation:random', says: 'allocation has no value "random"; it has ' },
    { text: 'model:both', says: 'model has no value "both"; it has ' },
    { text: 'masking:some', says: 'masking has no value "some"; it has ' },
    { text: 'phase:2', says: 'phase has no value "2"; it has ' },
    { text: 'purpose:fun', says: 'purpose has no value "fun"; it has ' },
    { text: 'review:bcg/maybe', says: 'review has no value "maybe"; it has ' },
  ])('$text', ({ text, says }) => {
    const [first = ''] = refusal(text).split('\n')
    expect(first).toMatch(/^FILTER_INVALID: The filter can't be understood at column \d+: /)
    expect(first.toLowerCase()).toContain(says.toLowerCase())
  })
})
