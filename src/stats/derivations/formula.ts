/** Deeper than anyone writes, and far from where the stack ends. */
const DEEPEST = 100

/**
 * The value of a derivation's formula: numbers, names, + − × ÷ written as + - * /, and parentheses.
 *
 * @param values  what each name stands for
 * @returns the value, or a sentence that says where the formula can't be read
 */
export function evaluateFormula(
  formula: string,
  values: Readonly<Record<string, number>>,
): { readonly value: number } | { readonly problem: string } {
  const tokens = formula.match(/\d+(?:\.\d+)?|\.\d+|[a-z][a-z0-9_]*|\S/g) ?? []
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
    if (token !== undefined && Object.hasOwn(values, token)) {
      at++
      return values[token] ?? Number.NaN
    }
    return problem(`a number, "(" or one of the inputs (${Object.keys(values).join(', ')})`) ?? Number.NaN
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

/** Whether a stored value is what its formula gives: a whole number exactly, else within half of the last digit stored. */
export function isFormulaValue(computed: number, stored: number): boolean {
  const [mantissa = '', exponent = '0'] = String(stored).split('e')
  const decimals = (mantissa.split('.')[1]?.length ?? 0) - Number(exponent)
  const difference = Math.abs(computed - stored)
  // Beside the digits that were rounded away, only what arithmetic in binary adds.
  if (decimals <= 0) return difference <= 1e-9 * Math.max(1, Math.abs(stored))
  return difference <= 0.5 * 10 ** -decimals + 1e-9 * Math.abs(stored)
}

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

class FormulaProblem extends Error {}
