import { groupedBy } from '../../model/grouped-by.ts'
import { evaluateFormula, isFormulaValue } from '../../stats/derivations/formula.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const derivedValue: Rule = {
  id: 'derived-value',
  title: 'Derived values follow from their formula',
  tests: 'A value of ours is what its formula gives from the values that it was made of, as they are stored now.',
  formula: 'the formula of each derivation: whole numbers exactly, others within half of the last stored digit',
  source: 'the study file',
  severity: 'error',
  *check(study): Iterable<Observation> {
    const { record, rows } = study
    const inputs = groupedBy(rows.derivationInput, ({ derivationId }) => derivationId)
    for (const { factId, formula } of rows.derivation) {
      const [, table = ''] = factId.split('/')
      const field = factId.slice(factId.lastIndexOf('/') + 1)
      const key = factId.slice(`${record.slug}/${table}/`.length, -(field.length + 1))
      const at = { table, id: table === 'study' ? record.slug : `${record.slug}/${key}`, field }
      const value = study.valueOf(factId)
      const named = (inputs.get(factId) ?? []).map((input) => [input.name, study.valueOf(input.factId)] as const)
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
