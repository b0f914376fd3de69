import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluateFormula, isFormulaValue } from '../../../src/stats/derivations/formula.ts'

describe('the value of a formula', () => {
  test.each([
    { formula: '1 + 2 * 3', value: 7 },
    { formula: '(1 + 2) * 3', value: 9 },
    { formula: '10 - 4 - 3', value: 3 },
    { formula: '10 - (4 - 3)', value: 9 },
    { formula: '24 / 4 / 2', value: 3 },
    { formula: '24 / (4 / 2)', value: 12 },
    { formula: '2 * 3 / 4', value: 1.5 },
    { formula: '-3 + 5', value: 2 },
    { formula: '5 * -3', value: -15 },
    { formula: '-(2 + 3)', value: -5 },
    { formula: '--4', value: 4 },
    { formula: '5--4', value: 9 },
    { formula: '.5 + 0.25', value: 0.75 },
    { formula: '  1+1\n+1 ', value: 3 },
    { formula: '((((7))))', value: 7 },
    { formula: '181 - 97 - 54', value: 30 },
  ])('$formula is $value', ({ formula, value }) => {
    expect(evaluateFormula(formula, {})).toEqual({ value })
  })

  test('names stand for their values', () => {
    const values = { treated: 181, renal: 97, melanoma_2: 54 }
    expect(evaluateFormula('treated - renal - melanoma_2', values)).toEqual({ value: 30 })
    expect(evaluateFormula('100 * renal / treated', values)).toEqual({ value: (100 * 97) / 181 })
  })

  test('a name that an object has by nature is no input', () => {
    expect(evaluateFormula('constructor', {})).toHaveProperty('problem')
    expect(evaluateFormula('valueof + 1', { valueof: 2 })).toEqual({ value: 3 })
  })

  test('agrees with the language that it is written in', () => {
    const number = fc.integer({ min: -50, max: 50 }).map((value) => (value < 0 ? `(${value})` : `${value}`))
    const { tree } = fc.letrec<{ tree: string; node: string }>((tie) => ({
      tree: fc.oneof({ maxDepth: 6, depthSize: 'large' }, number, tie('node')),
      node: fc
        .tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/'), tie('tree'), fc.boolean())
        .map(([one, operator, other, wrapped]) =>
          wrapped ? `(${one} ${operator} ${other})` : `${one}${operator}${other}`,
        ),
    }))
    fc.assert(
      fc.property(tree, (formula) => {
        const value: unknown = new Function(`return ${formula}`)()
        const result = evaluateFormula(formula, {})
        if (Number.isFinite(value)) expect(result).toEqual({ value })
        else expect(result).toHaveProperty('problem')
      }),
      { numRuns: 500 },
    )
  })
})

describe('a formula without a value', () => {
  const inputs = 'a number, "(" or one of the inputs (a, b)'
  test.each([
    { formula: '', problem: `expected ${inputs} at the end` },
    { formula: 'a +', problem: `expected ${inputs} at the end` },
    { formula: '* a', problem: `expected ${inputs} before "* a"` },
    { formula: 'c', problem: `expected ${inputs} before "c"` },
    { formula: 'a + A', problem: `expected ${inputs} before "A"` },
    { formula: 'a b', problem: 'expected an operator (+ - * /) before "b"' },
    { formula: '2 a', problem: 'expected an operator (+ - * /) before "a"' },
    { formula: 'a × b', problem: 'expected an operator (+ - * /) before "× b"' },
    { formula: 'a ** b', problem: `expected ${inputs} before "* b"` },
    { formula: 'a)', problem: 'expected an operator (+ - * /) before ")"' },
    { formula: '(a', problem: 'expected an operator (+ - * /) or ")" at the end' },
    { formula: '()', problem: `expected ${inputs} before ")"` },
    { formula: '1.2.3', problem: 'expected an operator (+ - * /) before ".3"' },
    { formula: '1e5', problem: 'expected an operator (+ - * /) before "e5"' },
    { formula: '1,000', problem: 'expected an operator (+ - * /) before ", 000"' },
    { formula: '.', problem: `expected ${inputs} before "."` },
    { formula: 'a; process.exit()', problem: 'expected an operator (+ - * /) before "; process . exit ( )"' },
    { formula: 'a / (b - 4)', problem: 'it divides by zero, or its numbers are too large' },
    { formula: '0 / 0', problem: 'it divides by zero, or its numbers are too large' },
    { formula: `1${'0'.repeat(400)}`, problem: 'it divides by zero, or its numbers are too large' },
  ])('“$formula”', ({ formula, problem }) => {
    expect(evaluateFormula(formula, { a: 8, b: 4 })).toEqual({ problem })
  })

  test.each([
    { what: 'parentheses', formula: `${'('.repeat(100_000)}1${')'.repeat(100_000)}` },
    { what: 'parentheses that never close', formula: '('.repeat(100_000) },
    { what: 'signs', formula: `${'-'.repeat(100_000)}1` },
  ])('100,000 $what do not end the process', ({ formula }) => {
    expect(evaluateFormula(formula, {})).toEqual({
      problem: 'more than 100 parentheses or signs lie within each other',
    })
  })

  test('99 levels are read, and so are 100,000 terms', () => {
    expect(evaluateFormula(`${'('.repeat(99)}1${')'.repeat(99)}`, {})).toEqual({ value: 1 })
    expect(evaluateFormula(`1${' + 1'.repeat(99_999)}`, {})).toEqual({ value: 100_000 })
  })

  test('the message stays short however long the formula is', () => {
    const result = evaluateFormula(`1 ${'x'.repeat(10_000)}`, {})
    expect(result).toHaveProperty('problem')
    expect(JSON.stringify(result).length).toBeLessThan(200)
  })
})

describe('a stored value is what its formula gives', () => {
  test.each([
    { computed: 24, stored: 24, is: true },
    { computed: 24.4, stored: 24, is: false },
    { computed: 24.0000001, stored: 24, is: false },
    { computed: 0.1 + 0.2, stored: 0.3, is: true },
    { computed: 0.1 + 0.2 - 0.3, stored: 0, is: true },
    { computed: 14.1176, stored: 14.1, is: true },
    { computed: 14.15, stored: 14.1, is: true },
    { computed: 14.16, stored: 14.1, is: false },
    { computed: 14.04, stored: 14.1, is: false },
    { computed: -2.34, stored: -2.3, is: true },
    { computed: 2.3, stored: -2.3, is: false },
    { computed: 1.4e-7, stored: 1e-7, is: true },
    { computed: 1.6e-7, stored: 1e-7, is: false },
    { computed: 5e-10, stored: 1e-12, is: false },
    { computed: 3_000_000_000, stored: 3e9, is: true },
    { computed: 3_000_000_010, stored: 3e9, is: false },
  ])('$computed for $stored: $is', ({ computed, stored, is }) => {
    expect(isFormulaValue(computed, stored)).toBe(is)
  })
})
