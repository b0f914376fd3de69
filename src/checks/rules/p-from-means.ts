import { digits, inWords, measurementsOf, pRangesOf, reportedP } from '../analysis.ts'
import { pFromMeans } from '../formulas/means.ts'
import { canBeReportedAs } from '../formulas/reported-p.ts'
import { testsNamed } from '../named-tests.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const pFromMeansRule: Rule = {
  id: 'p-from-means',
  title: 'p values from means and SDs',
  tests:
    'A p value of groups’ means is what Student’s or Welch’s t test, or analysis of variance, gives, over all values that round to those printed.',
  formula: 'F = MS between / MS within (of two groups t²); Welch’s t with Satterthwaite’s degrees of freedom',
  source: 'Fisher 1925; Welch 1947; over all roundings as in Carlisle 2017, Anaesthesia 72:944–952',
  severity: 'warning',
  *check(study): Iterable<Observation> {
    const crossover = study.rows.study[0]?.interventionModel === 'crossover'
    for (const row of study.rows.outcomeAnalysis) {
      const reported = reportedP(study, row)
      if (!reported || study.outcome(row.outcomeId)?.kind !== 'continuous') continue
      const at = { table: 'outcome_analysis', id: row.id, field: 'p_value' }
      const tests = testsNamed(row.method, ['pooled', 'welch'])
      if (crossover || tests.length === 0) {
        yield notCheckable(
          at,
          crossover
            ? 'the groups of a crossover study are the same people'
            : `"${row.method}" can't be done again from means and SDs`,
        )
        continue
      }
      const found = measurementsOf(study, row, { has: ({ mean, sd }) => mean !== null && sd !== null && sd >= 0 })
      if ('because' in found) {
        yield notCheckable(at, found.because)
        continue
      }
      const groups = found.measurements.flatMap(({ id, mean, sd, total, studyGroupId, analysisSetId }) => {
        const n = total ?? study.size(studyGroupId, analysisSetId)
        const text = (field: string, value: number | null) =>
          study.printed({ table: 'outcome_measurement', id, field }, value ?? 0)
        return n === undefined ? [] : [{ mean: text('mean', mean), sd: text('sd', sd), n }]
      })
      const p = groups.length === found.measurements.length ? pFromMeans(groups) : undefined
      if (!p) {
        yield notCheckable(at, 'the number of participants of a group is not given, or below 2')
        continue
      }
      const ranges = tests.flatMap((name) => (p[name] === null ? [] : [p[name]]))
      if (ranges.length === 0) yield notCheckable(at, `"${row.method}" is a test of two groups`)
      else if (!ranges.some((range) => pRangesOf(row.pSides, range).some((sided) => canBeReportedAs(reported, sided))))
        yield inconsistent(
          at,
          `${groups.map(({ mean, sd, n }) => `${mean} (SD ${sd}, n ${n})`).join(' v ')} gives p from ${digits(Math.min(...ranges.map(([low]) => low)))} to ${digits(Math.max(...ranges.map(([, high]) => high)))}; reported is ${inWords(reported)}.`,
          { p_value: reported.value, groups: groups.map(({ mean, sd, n }) => `${mean} ${sd} ${n}`).join('; ') },
        )
    }
  },
}
