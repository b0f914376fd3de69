import { describe, expect, test } from 'vitest'
import { misreading, printedOperator } from '../../src/model/printed-value.ts'

const spanOf = (text: string, span: string) => ({ start: text.indexOf(span), end: text.indexOf(span) + span.length })
const said = (field: string, value: number, text: string, span = text) =>
  misreading(field, value, text, spanOf(text, span))

describe('the words give the value', () => {
  test.each([
    ['events', 4, 'compared with four among the 79', 'four'],
    ['events', 0, 'None of 26', 'None'],
    ['events', 0, 'None of 26', 'None of 26'],
    ['total', 26, 'None of 26', 'None of 26'],
    ['total', 85, '10/85', '10/85'],
    ['proportion', 0.31, 'was 31%, compared', '31%'],
    ['proportion', 0.31, 'was 31%, compared', '31'],
    ['proportion', 0.07, '7%', '7%'],
    ['proportion', 0.31, 'a probability of .31', '.31'],
    ['percent', 3.3, 'deaths (3.3%)', '3.3%'],
    ['p_value', 0.089, 'P = .089', '.089'],
    ['p_sides', 2, 'two-sided P value', 'two-sided'],
    ['p_sides', 2, 'P2 = .064', 'P2'],
    ['p_sides', 1, 'by a one-tailed test', 'one-tailed'],
    ['ci_level', 0.95, '95% CI 9 to 18', '95% CI 9 to 18'],
    ['ci_lower', 9, '95% CI 9 to 18', '95% CI 9 to 18'],
    ['ci_upper', 18, '95% CI 9 to 18', '95% CI 9 to 18'],
    ['mean', 12.5, '12.5 ± 3.1', '12.5 ± 3.1'],
    ['sd', 3.1, '12.5 ± 3.1', '12.5 ± 3.1'],
    ['mean', -1.2, 'a change of −1.2', '−1.2'],
    ['mean', -1.2, 'a change of −1.2', '1.2'],
    ['estimate', 12, 'a difference of 12%', '12%'],
    ['estimate', 0.12, 'a difference of 12%', '12%'],
    ['dose', 3e6, '3×10⁶ U/m²', '3×10⁶'],
  ])('%s %d of %j', (field, value, text, span) => {
    expect(said(field, value, text, span)).toBeUndefined()
  })
})

describe('the words give another value, which is said', () => {
  test.each([
    ['a digit', 'events', 5, 'compared with four', 'four', '"four" gives 4'],
    ['no number', 'events', 5, 'some of them', 'some', '"some" gives no number'],
    ['a percentage for a count', 'events', 31, 'was 31%', '31', '"31" gives 31 %'],
    ['a percentage for a part of one', 'proportion', 31, 'was 31%', '31%', '"31%" gives 31 %'],
    ['a decimal place', 'p_value', 0.89, 'P = .089', '.089', '".089" gives 0.089'],
    ['a sign', 'mean', 1.2, 'a change of −1.2', '1.2', '"1.2" gives -1.2'],
    ['the ends of an interval', 'ci_lower', 18, '9 to 18', '9 to 18', '"9 to 18" gives 9 and 18'],
    ['events for the total', 'total', 10, '10/85', '10/85', '"10/85" gives 10 and 85'],
    ['the sides', 'p_sides', 1, 'two-sided', 'two-sided', '"two-sided" gives 2'],
    ['no sides', 'p_sides', 2, 'P value', 'P value', '"P value" gives no number of sides'],
    ['part of a number', 'events', 4, 'of 14 patients', '4', '"4" gives 14'],
    [
      'too many numbers',
      'events',
      4,
      '1, 2, 3, 4',
      '1, 2, 3, 4',
      '"1, 2, 3, 4" holds 4 numbers; narrow the span to the one that gives 4',
    ],
  ])('%s', (_, field, value, text, span, says) => {
    expect(said(field, value, text, span)).toBe(says)
  })
})

test('the operator is the one that stands before the number', () => {
  expect(printedOperator('P < .001', spanOf('P < .001', '.001'))).toBe('<')
  expect(printedOperator('P of .001', spanOf('P of .001', '.001'))).toBeUndefined()
})
