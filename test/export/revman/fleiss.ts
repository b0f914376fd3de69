import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readReviewFile } from '../../../src/import/review-file/read-review-file.ts'
import { type Database, type StudyFile, saveReview } from '../../../src/index.ts'
import { ORIGIN } from '../../db/study-variants.ts'
import { empty, saveFile } from '../../queries/seeded.ts'
import { ROOT } from '../../scratch.ts'

interface Row {
  readonly study: string
  readonly year: number
  readonly effect_size: number
  readonly ci_start: number
  readonly ci_end: number
  readonly se: number
  readonly weight: number
  readonly total_1: number
  readonly total_2: number
}
interface Overall {
  readonly effect_size: number
  readonly ci_start: number
  readonly ci_end: number
  readonly chi2: number
  readonly df: number
  readonly i2: number
  readonly p_chi2: number
  readonly p_z: number
  readonly z: number
}
interface Events {
  readonly events_1: number
  readonly events_2: number
}
interface Means {
  readonly mean_1: number
  readonly sd_1: number
  readonly mean_2: number
  readonly sd_2: number
}

/** What RevMan itself wrote of two meta-analyses of Fleiss 1993, and of tables with zero cells. */
export const REFERENCE = JSON.parse(readFileSync(path.join(ROOT, 'test/reference/revman-5.json'), 'utf8')) as {
  readonly aspirin: { readonly outcome: string; readonly rows: readonly (Row & Events)[]; readonly overall: Overall }
  readonly mental_health: {
    readonly outcome: string
    readonly rows: readonly (Row & Means)[]
    readonly overall: Overall
  }
  readonly zero_cells: {
    readonly rows: readonly (Omit<Row, 'year' | 'weight'> & Events & { readonly estimable: boolean })[]
    readonly overall: Pick<Overall, 'chi2' | 'df' | 'i2' | 'p_chi2'>
  }
  readonly revman_web: {
    readonly columns: readonly string[]
    readonly overall_columns: readonly string[]
    readonly rows: readonly Readonly<Record<string, string>>[]
    readonly overall: Readonly<Record<string, string>>
  }
}

export const REVIEW = 'fleiss-1993'
export const slugOf = (study: string): string => study.toLowerCase()

/** A database with the studies of both, and the review that has them. @param means  what it pools of means */
export async function fleiss(means: string = 'mean_difference'): Promise<Database> {
  const db = await empty()
  const { aspirin, mental_health } = REFERENCE
  const files = [
    ...aspirin.rows.map((row) =>
      study(row, 'dichotomous', aspirin.outcome, [
        { events: row.events_1, total: row.total_1 },
        { events: row.events_2, total: row.total_2 },
      ]),
    ),
    ...mental_health.rows.map((row) =>
      study(row, 'continuous', mental_health.outcome, [
        { mean: row.mean_1, sd: row.sd_1, total: row.total_1 },
        { mean: row.mean_2, sd: row.sd_2, total: row.total_2 },
      ]),
    ),
  ]
  for (const file of files) await saveFile(db, file)
  await saveReview(db, readReviewFile(Buffer.from(JSON.stringify(review(means))), 'review.json'), ORIGIN)
  return db
}

type Numbers = Readonly<Record<string, number>>

function study(
  { study: label, year }: Pick<Row, 'study' | 'year'>,
  kind: 'dichotomous' | 'continuous',
  outcome: string,
  [experimental, control]: readonly [Numbers, Numbers],
): StudyFile {
  const measurement = (group: string, numbers: Numbers) => ({
    ...{ group, ...numbers },
    quotes: Object.entries(numbers).map(([field, value]) => ({
      ...{ field, role: 'value' as const, quote: 'table', printed: String(value) },
    })),
  })
  return {
    format: 1,
    study: {
      ...{ slug: slugOf(label), label, title: label, type: 'interventional', allocation: 'randomised' },
      ...{ intervention_model: 'parallel', masking: { missing: 'not_reported' }, purpose: 'treatment' },
      phase: { missing: 'not_reported' },
    },
    publications: [
      {
        ...{ code: 'report', role: 'primary', title: `${label} ${year}`, published: String(year) },
        doi: `10.5555/${slugOf(label)}`,
        authors: { missing: 'not_reported' },
        sources: [{ code: 'table', kind: 'table', label: 'Table' }],
      },
    ],
    quotes: [{ code: 'table', source: 'table', locator: 'all of it' }],
    arms: [
      { code: 'treated', label: 'Treated', role: 'experimental' },
      { code: 'control', label: 'Control', role: 'other' },
    ],
    groups: ['treated', 'control'].map((code) => ({ code, label: code, arms: [code] })),
    comparisons: [{ code: 'main', experimental: 'treated', reference: 'control' }],
    outcomes: [
      {
        ...{ code: 'outcome', label: outcome, kind, role: 'primary', direction: 'harm' },
        measurements: [measurement('treated', experimental), measurement('control', control)],
      },
    ],
    extractions: [{ role: 'import', by: 'The Evibase contributors', date: '2026-11-27' }],
  } as StudyFile
}

function review(measure: string) {
  const { aspirin, mental_health } = REFERENCE
  const result = (outcome: string) => ({ outcome, study_outcome: 'outcome', comparison: 'main' })
  const included = (rows: readonly Row[], outcome: string) =>
    rows.map((row) => ({ study: slugOf(row.study), decision: 'included', results: [result(outcome)] }))
  const outcome = { role: 'primary', direction: 'harm' }
  return {
    format: 1,
    review: { slug: REVIEW, label: 'Fleiss 1993', title: 'Examples from Fleiss (1993)' },
    question: { population: 'People', intervention: 'Treatment', comparator: 'Control' },
    outcomes: [
      { code: 'aspirin', label: aspirin.outcome, kind: 'dichotomous', measure: 'odds_ratio', ...outcome },
      { code: 'mental-health', label: mental_health.outcome, kind: 'continuous', measure, ...outcome },
    ],
    studies: [...included(aspirin.rows, 'aspirin'), ...included(mental_health.rows, 'mental-health')],
  }
}
