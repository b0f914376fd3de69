import { NAMED_FORMULAS, signatureOf } from './named-formulas.ts'

/** Deeper than anyone writes, and far from where the stack ends. */
const DEEPEST = 100

const TOKEN = /\d+(?:\.\d+)?|\.\d+|[a-z][a-z0-9_]*|\S/g

/**
 * The value of a derivation's formula: numbers, names of inputs, + − × ÷ written as + - * /, parentheses, and the named
 * formulas with their arguments in parentheses.
 *
 * @param values  what each name stands for
 * @returns the value, or a sentence that says where the formula can't be read, or why it has no value
 */
export function evaluateFormula(
  formula: string,
  values: Readonly<Record<string, number>>,
): { readonly value: number } | { readonly problem: string } {
  const tokens: readonly string[] = formula.match(TOKEN) ?? []
  let at = 0
  let depth = 0
  const problem = (expected: string) => {
    throw new FormulaProblem(
      `expected ${expected} ${at < tokens.length ? `before "${shortened(tokens.slice(at, at + 20).join(' '))}"` : 'at the end'}`,
    )
  }

  const sum = (): number => {
    let value = product()
    while (tokens[at] === '+' || tokens[at] === '-')
      value = tokens[at++] === '+' ? value + product() : value - product()
    return value
  }
  const product = (): number => {
    let value = factor()
    while (tokens[at] === '*' || tokens[at] === '/') value = tokens[at++] === '*' ? value * factor() : value / factor()
    return value
  }
  const factor = (): number => {
    if (++depth > DEEPEST) throw new FormulaProblem(`more than ${DEEPEST} parentheses or signs lie within each other`)
    const value = factorWithin()
    depth--
    return value
  }
  const factorWithin = (): number => {
    const token = tokens[at]
    if (token === '(') {
      at++
      const value = sum()
      if (tokens[at] !== ')') problem('an operator (+ - * /) or ")"')
      at++
      return value
    }
    if (token === '-') {
      at++
      return -factor()
    }
    if (token !== undefined && /^\.?\d/.test(token)) {
      at++
      return Number(token)
    }
    if (token !== undefined && tokens[at + 1] === '(' && NAME.test(token)) {
      at += 2
      return called(token)
    }
    if (token !== undefined && Object.hasOwn(values, token)) {
      at++
      return values[token] ?? Number.NaN
    }
    return problem(`a number, "(" or one of the inputs (${Object.keys(values).join(', ')})`) ?? Number.NaN
  }
  const called = (name: string): number => {
    const named = Object.hasOwn(NAMED_FORMULAS, name) ? NAMED_FORMULAS[name] : undefined
    if (!named)
      throw new FormulaProblem(
        `no formula is named "${shortened(name)}"; expected one of: ${Object.keys(NAMED_FORMULAS).join(', ')}`,
      )
    const given: number[] = []
    do {
      const expected = named.arguments[given.length] ?? (named.repeats ? named.arguments.at(-1) : undefined)
      given.push(expected === undefined || typeof expected === 'string' ? sum() : word(expected))
    } while (tokens[at] === ',' && ++at)
    if (tokens[at] !== ')') problem('an operator (+ - * /), "," or ")"')
    at++
    if (given.length < named.arguments.length || (given.length > named.arguments.length && !named.repeats))
      throw new FormulaProblem(
        `${name} has ${given.length} ${given.length === 1 ? 'argument' : 'arguments'}; expected ${signatureOf(name)}`,
      )
    const result = named.compute(given)
    if (result.status === 'not-estimable') throw new FormulaProblem(`${name} is not estimable: ${result.reason}`)
    return result.value
  }
  const word = (words: Readonly<Record<string, number>>): number => {
    const token = tokens[at]
    const value = token !== undefined && Object.hasOwn(words, token) ? words[token] : undefined
    if (value === undefined) return problem(Object.keys(words).join(' or ')) ?? Number.NaN
    at++
    return value
  }

  try {
    const value = sum()
    if (at < tokens.length) problem('an operator (+ - * /)')
    return Number.isFinite(value) ? { value } : { problem: 'it divides by zero, or its numbers are too large' }
  } catch (error) {
    if (error instanceof FormulaProblem) return { problem: error.message }
    throw error
  }
}

/** The named formulas that a formula calls, each once. */
export function namedFormulasIn(formula: string): readonly string[] {
  const tokens = formula.match(TOKEN) ?? []
  const called = tokens.filter((token, index) => tokens[index + 1] === '(' && Object.hasOwn(NAMED_FORMULAS, token))
  return [...new Set(called)]
}

/** Whether a stored value is what its formula gives: a whole number exactly, else within half of the last digit stored. */
export function isFormulaValue(computed: number, stored: number): boolean {
  const [mantissa = '', exponent = '0'] = String(stored).split('e')
  const decimals = (mantissa.split('.')[1]?.length ?? 0) - Number(exponent)
  const difference = Math.abs(computed - stored)
  // Beside the digits that were rounded away, only what arithmetic in binary adds.
  if (decimals <= 0) return difference <= 1e-9 * Math.max(1, Math.abs(stored))
  return difference <= 0.5 * 10 ** -decimals + 1e-9 * Math.abs(stored)
}

const NAME = /^[a-z]/
const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

class FormulaProblem extends Error {}
