import { givesNumber } from '../../model/printing-link.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'
import { traceRecord, type Verdict } from '../trace-record.ts'

/** What another rule says, or is as it should be. */
const NOT_HERE: readonly Verdict[] = ['found', 'derived', 'not_derived']

export const sourceGivesValue: Rule = {
  id: 'source-gives-value',
  title: 'The source gives the value',
  tests:
    'The words of each quote stand at their place in the stored text; a number can be read out of them and is the stored one; they name its arm, subgroup and time and no other.',
  formula: 'the number read from the words = the stored number; the arms named = the arms of the group',
  source: 'the texts that the study file holds',
  severity: 'error',
  *check({ record }): Iterable<Observation> {
    const [study] = record.rows.study
    if (study?.registry) {
      const at = { table: 'study', id: record.slug, field: null }
      yield notCheckable(at, `the numbers are those of a record of ${study.registry}, and not of a text`)
      return
    }
    for (const { table, row, field, value, verdict, problem, role, section, quote } of traceRecord(record)) {
      if (NOT_HERE.includes(verdict)) continue
      const at = { table, id: table === 'study' ? record.slug : `${record.slug}/${row}`, field }
      if (verdict === 'no_source') yield notCheckable(at, 'neither words nor a formula stand behind the number')
      else if (verdict !== 'source_not_held')
        yield inconsistent(at, `${field} is ${value}: ${problem}${quote === null ? '' : ` (${section})`}.`, {})
      else if ((role === null || givesNumber(role)) && typeof value === 'number')
        yield notCheckable(at, `the source is not held: ${section}`)
    }
  },
}
