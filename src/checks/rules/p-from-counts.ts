import { twoByTwoPValues } from '../../stats/hypothesis-tests/two-by-two.ts'
import { digits, inWords, measurementsOf, pRangesOf, reportedP } from '../analysis.ts'
import { canBeReportedAs } from '../formulas/reported-p.ts'
import { testsNamed } from '../named-tests.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

const TESTS = ['fisher', 'chiSquare', 'chiSquareCorrected', 'riskDifference', 'logOddsRatio'] as const
const NAMES: Readonly<Record<(typeof TESTS)[number], string>> = {
  fisher: 'Fisher',
  chiSquare: 'χ²',
  chiSquareCorrected: 'χ² corrected',
  riskDifference: 'z of the risk difference',
  logOddsRatio: 'z of the log odds ratio',
}

export const pFromCounts: Rule = {
  id: 'p-from-counts',
  title: 'p values from 2×2 tables',
  tests:
    'A p value of two groups’ events is what one of the common tests gives for their 2×2 table, at the printed precision.',
  formula:
    'Fisher’s exact test; χ² with and without Yates’ correction; z of the risk difference and of the log odds ratio',
  source: 'Fisher 1935, Pearson 1900, Yates 1934, Woolf 1955; consistent if any of them fits, or the one that is named',
  severity: 'warning',
  *check(study): Iterable<Observation> {
    const crossover = study.rows.study[0]?.interventionModel === 'crossover'
    for (const row of study.rows.outcomeAnalysis) {
      const reported = reportedP(study, row)
      if (!reported || study.outcome(row.outcomeId)?.kind === 'continuous') continue
      const at = { table: 'outcome_analysis', id: row.id, field: 'p_value' }
      if (study.outcome(row.outcomeId)?.kind === 'time_to_event') {
        yield notCheckable(at, 'a test of times to an event needs the times')
        continue
      }
      if (crossover) {
        yield notCheckable(at, 'the groups of a crossover study are the same people')
        continue
      }
      const tests = testsNamed(row.method, TESTS)
      if (tests.length === 0) {
        yield notCheckable(at, `"${row.method}" can't be done again from the counts`)
        continue
      }
      const found = measurementsOf(study, row, { has: ({ events, total }) => events !== null && total !== null })
      if ('because' in found) {
        yield notCheckable(at, found.because)
        continue
      }
      const [experimental, control, third] = found.measurements.map(({ events, total }) => ({
        events: events ?? 0,
        total: total ?? 0,
      }))
      const usable = (group: typeof control) =>
        group && group.total >= 1 && group.events >= 0 && group.events <= group.total
      if (third || !experimental || !control || !usable(experimental) || !usable(control)) {
        yield notCheckable(at, 'the counts make no 2×2 table')
        continue
      }
      const values = twoByTwoPValues({ experimental, control })
      const all = tests.flatMap((name) => {
        const p = values[name]
        return p === null ? [] : [{ name, p }]
      })
      if (all.length === 0) yield notCheckable(at, 'the test has no value for this table')
      else if (!all.some(({ p }) => pRangesOf(row.pSides, [p, p]).some((range) => canBeReportedAs(reported, range))))
        yield inconsistent(
          at,
          `${experimental.events}/${experimental.total} v ${control.events}/${control.total} gives ${all.map(({ name, p }) => `${digits(p)} (${NAMES[name]})`).join(', ')}; reported is ${inWords(reported)}.`,
          { p_value: reported.value, ...Object.fromEntries(all.map(({ name, p }) => [name, p])) },
        )
    }
  },
}
