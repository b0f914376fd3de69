import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import type { StudyFile } from '../../../src/index.ts'
import { ROOT } from '../../scratch.ts'

const README_STUDY = /^```yaml\n([\s\S]*?)^```$/m.exec(readFileSync(path.join(ROOT, 'README.md'), 'utf8'))?.[1] ?? ''

/** An invented trial of two doses against one control, made of the README's: 3 × 10/20, 12/30 and 6/40 slept. */
export function threeArms(): StudyFile {
  const file = parse(README_STUDY) as StudyFile
  file.quotes?.push({ code: 'table', source: 'table-1', locator: 'all of it' })
  file.publications[0]?.sources.push({ code: 'table-1', kind: 'table', label: 'Table 1' })
  file.arms = [
    { code: 'low', label: 'Low', role: 'experimental' },
    { code: 'high', label: 'High', role: 'experimental' },
    { code: 'water', label: 'Water', role: 'placebo_comparator' },
  ]
  file.groups = ['low', 'high', 'water'].map((code) => ({ code, label: code, arms: [code] }))
  file.comparisons = ['low', 'high'].map((code) => ({ code, experimental: code, reference: 'water' }))
  file.timepoints = [6, 12].map((from) => ({
    code: `m${from}`,
    kind: 'at',
    label: `${from} months`,
    from,
    unit: 'months',
  }))
  file.analysis_sets = [
    { code: 'itt', kind: 'randomised', label: 'randomised' },
    { code: 'done', kind: 'treated', label: 'treated' },
  ]
  const read = (fields: Record<string, number>) =>
    Object.entries(fields).map(([field, value]) => ({
      field,
      role: 'value' as const,
      quote: 'table',
      printed: String(value),
    }))
  const entry = (group: string, fields: Record<string, number>, more: object = {}) => ({
    ...{ group, ...fields, ...more },
    quotes: read(fields),
  })
  const slept = (timepoint: string, analysis_set: string, n: number) =>
    [
      entry('low', { events: 10, total: n + 20 }),
      entry('high', { events: 12, total: n + 30 }),
      entry('water', { events: 6, total: n + 40 }),
    ].map((one) => ({ ...one, timepoint, analysis_set }))
  file.outcomes = [
    {
      ...{ code: 'sleep', label: 'Slept', kind: 'dichotomous', role: 'not_stated', direction: 'benefit' },
      measurements: [...slept('m6', 'itt', 0), ...slept('m12', 'itt', 1), ...slept('m12', 'done', 2)],
    },
    {
      ...{ code: 'hours', label: 'Hours', kind: 'continuous', role: 'not_stated', direction: 'benefit', unit: 'hours' },
      measurements: [
        entry('low', { mean: 11.8, sd: 2.4, total: 10 }),
        entry('high', { mean: 15.3, sd: 3.2, total: 20 }),
        // Cochrane Handbook 6.5.2.2: 25 people with a 95% interval from 30.0 to 34.2 have an SD of 5.09.
        entry('water', { mean: 32.1, ci_lower: 30, ci_upper: 34.2, ci_level: 0.95, total: 25 }),
      ],
    },
    {
      ...{ code: 'falls', label: 'Falls', kind: 'count', role: 'not_stated', direction: 'harm' },
      measurements: [
        entry('low', { events: 5, person_time: 24 }, { person_time_unit: 'months' }),
        entry('water', { events: 9, person_time: 3 }, { person_time_unit: 'years' }),
      ],
    },
    {
      ...{ code: 'death', label: 'Death', kind: 'time_to_event', role: 'not_stated', direction: 'harm' },
      analyses: [
        {
          ...{ comparison: 'low', measure: 'hazard_ratio', estimate: 0.5, ci_lower: 0.25, ci_upper: 1, ci_level: 0.95 },
          quotes: read({ estimate: 0.5, ci_lower: 0.25, ci_upper: 1, ci_level: 0.95 }),
        },
      ],
    },
  ] as StudyFile['outcomes']
  return file
}
