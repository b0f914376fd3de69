import { ARITHMETIC_FORMULAS } from './arithmetic-formulas.ts'
import { HAZARD_RATIO_FORMULAS } from './hazard-ratio-formulas.ts'
import type { NamedFormula } from './named-formula.ts'
import { PERCENT_FORMULAS } from './percent-formulas.ts'
import { QUANTILE_FORMULAS } from './quantile-formulas.ts'
import { STANDARD_ERROR_FORMULAS } from './standard-error-formulas.ts'

/** Every formula that a derivation can name, by its name. The README's table is held equal to this one by a test. */
export const NAMED_FORMULAS: Readonly<Record<string, NamedFormula>> = {
  ...ARITHMETIC_FORMULAS,
  ...PERCENT_FORMULAS,
  ...STANDARD_ERROR_FORMULAS,
  ...QUANTILE_FORMULAS,
  ...HAZARD_RATIO_FORMULAS,
}

/** A formula as it is called: `count_of_percent(percent, total, decimals)`. */
export function signatureOf(name: string): string {
  const formula = Object.hasOwn(NAMED_FORMULAS, name) ? NAMED_FORMULAS[name] : undefined
  const parts = (formula?.arguments ?? []).map((argument) =>
    typeof argument === 'string' ? argument : Object.keys(argument).join(' or '),
  )
  return `${name}(${[...parts, ...(formula?.repeats ? ['…'] : [])].join(', ')})`
}
