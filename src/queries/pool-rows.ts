import type { Transaction } from '../db/connect.ts'
import { EvidenceError } from '../errors.ts'
import { effectOptions } from '../stats/effect-sizes/effect-options.ts'
import { type Data, type EffectOptions, effectSize, type Measure, type RowOf } from '../stats/effect-sizes/measure.ts'
import { MEASURES } from '../stats/effect-sizes/measures.ts'
import { type EffectQuestion, refuseUnheeded } from './extract-effects.ts'
import type { ExtractionChoices } from './extraction/choices.ts'
import { text } from './extraction/columns.ts'
import { noteInWords } from './extraction/notes.ts'
import { PAIR_TAIL, SET } from './extraction/pair-columns.ts'
import { type EffectHead, type Measured, measuredRows } from './measured-rows.ts'
import { requireOneResult, rowInWords } from './one-result.ts'
import { byKey } from './selection.ts'
import { covariatesOf } from './study-covariates.ts'

/** A row of the database to pool, as `poolStudies` takes it. */
export interface PoolRow {
  /** The study's key; with what tells its rows apart, where it has several. */
  readonly study: string
  /** What a picture calls it. */
  readonly label: string
  readonly about: Omit<EffectHead, 'study'> & { readonly analysis_set: string | null }
  readonly data: RowOf[Data] | undefined
  readonly effect: undefined
  /** Why there are no data. */
  readonly missing: string | undefined
  /** The study's covariates and what the row is about, by their names; empty where there is no value. */
  readonly cells: ReadonlyMap<string, string>
}

export interface PoolRows {
  readonly rows: readonly PoolRow[]
  /** In words, what is not there, and what was taken together. */
  readonly notes: readonly string[]
}

/** So many studies without a result are named. */
const NAMES_TOLD = 10

/**
 * The rows of a database that one pool takes: of each study one result, or several that share nobody.
 *
 * @param covariates  those that are asked for, which must have one unit
 * @throws EvidenceError POOL_AMBIGUOUS  a study gives several rows that count the same people, or rows are of several outcomes
 *                                       or kinds of estimates; a covariate has several units
 * @throws EvidenceError USAGE           a measure of data that no study gives; an option that it has no use for
 */
export async function poolRows(
  db: Transaction,
  { measure: name, ...given }: Omit<EffectQuestion, 'level'>,
  choices: ExtractionChoices,
  covariates: readonly string[] = [],
): Promise<PoolRows> {
  // Which kind of data the measure is made of is the same for all rows.
  const measure = MEASURES[name] as Measure<Data>
  refuseUnheeded(name, given)
  const options = effectOptions(measure, given)
  const found = await measuredRows<Measured>(name, {
    table: 'pool',
    about: 'result to pool',
    columns: {
      head: text('study, outcome, timepoint, study_group', 'what it is about'),
      analysisSet: SET,
      countedAgain: PAIR_TAIL.counted_again,
      reviewOutcome: PAIR_TAIL.review_outcome,
      own: text('outcome_analysis.measure', 'what the study’s own estimate is'),
      data: text('outcome_measurement, outcome_analysis', 'what the measure is made of'),
    },
    rowOf: (measured) => measured,
  }).extract(db, choices)
  requireOneResult(found, choices)
  const studies = [...new Set(found.map(({ head }) => head.study))].sort(byKey)
  const cellsOf = await covariatesOf(db, studies, choices.review, covariates)
  const labelled = await db.study.findMany({ where: { id: { in: studies } }, select: { id: true, label: true } })
  const labels = new Map(labelled.map(({ id, label }) => [id, label]))
  return {
    rows: found.map((one): PoolRow => {
      const { study, ...head } = one.head
      const about = { ...head, analysis_set: one.analysisSet }
      const ofRow = Object.entries(about).map(([key, value]) => [key, value ?? ''] as const)
      const isOneOfSeveral = found.some((other) => other !== one && other.head.study === study)
      const named = (name: string) => (isOneOfSeveral ? `${name}: ${rowInWords(one)}` : name)
      return {
        study: named(study),
        label: named(labels.get(study) ?? study),
        about,
        ...usable(measure, one, options),
        effect: undefined,
        cells: new Map([...ofRow, ...cellsOf(study)]),
      }
    }),
    notes: [
      ...found.metadata.notes.map(noteInWords),
      ...(await withoutResult(db, new Set(studies), found.metadata.studies, choices)),
      ...togetherInWords(found),
    ],
  }
}

/** Numbers that no data can have are kept as they are printed: the row is left out, and the others are pooled. */
function usable(measure: Measure<Data>, { data }: Measured, options: EffectOptions): Pick<PoolRow, 'data' | 'missing'> {
  if ('missing' in data) return { data: undefined, missing: data.missing }
  try {
    effectSize(measure, data, options)
    return { data, missing: undefined }
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    return { data: undefined, missing: error.message }
  }
}

/** Studies that were searched and give no such result; of a review also those that the database does not hold. */
async function withoutResult(
  db: Transaction,
  withResult: ReadonlySet<string>,
  searched: number,
  { review, studies }: ExtractionChoices,
): Promise<string[]> {
  const included =
    review === undefined ? [] : await db.reviewStudy.findMany({ where: { reviewId: review, decision: 'included' } })
  const absent = included.flatMap(({ studyId, label, id }) => (studyId === null ? [label ?? id] : []))
  const named = studies ?? included.flatMap(({ studyId }) => studyId ?? [])
  const missing = [...new Set(named)].filter((study) => !withResult.has(study)).sort(byKey)
  return [
    ...(named.length === 0 && searched > withResult.size
      ? [`${searched - withResult.size} of ${searched} studies give no such result.`]
      : []),
    ...(missing.length > 0 ? [`Without such a result: ${listed(missing)}.`] : []),
    ...(absent.length > 0 ? [`Included by the review, but not in the database: ${listed(absent)}.`] : []),
  ]
}

/** Outcomes and times that studies call differently are pooled where the choices took them, which a reader must know. */
function togetherInWords(found: readonly Measured[]): string[] {
  const different = (what: string, values: readonly (string | null)[]) => {
    const names = [...new Set(values.map((value) => value ?? 'not stated'))]
    return names.length > 1 ? [`Pooled together, of ${what}: ${listed(names)}.`] : []
  }
  return [
    ...different(
      'outcomes',
      found.map(({ head }) => head.outcome),
    ),
    ...different(
      'times',
      found.map(({ head }) => head.timepoint),
    ),
    ...different(
      'analysis sets',
      found.map(({ analysisSet }) => analysisSet),
    ),
  ]
}

const listed = (names: readonly string[]): string =>
  `${names.slice(0, NAMES_TOLD).join('; ')}${names.length > NAMES_TOLD ? ` and ${names.length - NAMES_TOLD} more` : ''}`
