import { factKeyOf } from '../../model/fact-key.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { evaluateFormula, isFormulaValue } from '../../stats/derivations/formula.ts'
import { rowsOfFacts } from '../fact-values.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const derivedValue: Rule = {
  id: 'derived-value',
  title: 'Derived values follow from their formula',
  tests: 'A value of ours is what its formula gives from the values that it was made of, as they are stored now.',
  formula: 'the formula of each derivation: whole numbers exactly, others within half of the last stored digit',
  source: 'the study file',
  severity: 'error',
  *check({ record, rows }): Iterable<Observation> {
    const stored = rowsOfFacts(record)
    const inputs = groupedBy(rows.derivationInput, ({ derivationId }) => derivationId)
    for (const { factId, formula } of rows.derivation) {
      const { table, rowId: id, field } = factKeyOf(factId)
      const at = { table, id, field }
      const value = stored.get(factId)?.value
      const named = (inputs.get(factId) ?? []).map((input) => [input.name, stored.get(input.factId)?.value] as const)
      const missing = named.find(([, input]) => typeof input !== 'number')
      if (typeof value !== 'number' || missing) {
        yield notCheckable(at, missing ? `"${missing[0]}" of the formula has no value` : 'it has no value')
        continue
      }
      const values = Object.fromEntries(named) as Record<string, number>
      const result = evaluateFormula(formula, values)
      if ('problem' in result) yield inconsistent(at, `The formula ${formula} has no value: ${result.problem}.`, values)
      else if (!isFormulaValue(result.value, value))
        yield inconsistent(at, `${formula} gives ${result.value}, not ${value}.`, { ...values, [field]: value })
    }
  },
}
