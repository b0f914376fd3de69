import { type NamedFormula, where } from './named-formula.ts'

const positive = (value: number, name: string) => [value > 0, `${name} of ${value}; expected more than 0`] as const

/** Sums, differences and the functions that take a number to another scale. They assume nothing. */
export const ARITHMETIC_FORMULAS = {
  sum: {
    arguments: ['a', 'b'],
    repeats: true,
    gives: 'a + b + …',
    assumes: null,
    source: 'arithmetic',
    compute: (values) => where([], () => values.reduce((sum, value) => sum + value, 0)),
  },
  difference: {
    arguments: ['a', 'b'],
    gives: 'a − b',
    assumes: null,
    source: 'arithmetic',
    compute: ([a = 0, b = 0]) => where([], () => a - b),
  },
  exp: {
    arguments: ['x'],
    gives: 'eˣ: a log ratio back on the scale of the ratio',
    assumes: null,
    source: 'arithmetic',
    compute: ([x = 0]) => where([], () => Math.exp(x)),
  },
  log: {
    arguments: ['x'],
    gives: 'the natural logarithm',
    assumes: null,
    source: 'arithmetic',
    compute: ([x = 0]) => where([positive(x, 'the logarithm')], () => Math.log(x)),
  },
  sqrt: {
    arguments: ['x'],
    gives: 'the square root',
    assumes: null,
    source: 'arithmetic',
    compute: ([x = 0]) => where([[x >= 0, `the square root of ${x}; expected 0 or more`]], () => Math.sqrt(x)),
  },
} as const satisfies Readonly<Record<string, NamedFormula>>
