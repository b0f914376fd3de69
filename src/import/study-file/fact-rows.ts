import type { FactTable } from '../../model/facts.ts'
import { isMissing } from '../../model/study-file/values.ts'
import type { StudyFile } from '../../model/study-file.ts'
import type { Draft } from './shape.ts'
import type { DocumentPath } from './yaml-document.ts'

/** One entry of the file that becomes a row with facts: its table, its path, the last part of its key, and its values. */
export interface FactRow {
  readonly table: FactTable
  readonly path: DocumentPath
  readonly key: string
  readonly values: FactRowValues
}

type LinkDraft = Draft<NonNullable<StudyFile['study']['quotes']>[number]>
type DerivationDraft = Draft<NonNullable<StudyFile['study']['derived']>[number]>
type CorrectionDraft = Draft<NonNullable<StudyFile['study']['corrections']>[number]>

interface FactRowValues {
  readonly ref?: string | undefined
  readonly quotes?: readonly (LinkDraft | undefined)[] | undefined
  readonly derived?: readonly (DerivationDraft | undefined)[] | undefined
  readonly corrections?: readonly (CorrectionDraft | undefined)[] | undefined
}

/** Keys of an entry that aren't fields of its own row: what it points at, and what stands below it. */
const NOT_FIELDS = new Set([
  'slug',
  'code',
  'ref',
  'group',
  'groups',
  'analysis_set',
  'timepoint',
  'comparison',
  'intervention',
  'interventions',
  'identifiers',
  'mesh',
  'within',
  'printed_as',
  'missing',
  'measurements',
  'analyses',
  'counts',
  'quotes',
  'derived',
  'corrections',
  'tool',
  'version',
  'on',
  'domain',
  'assessor',
])

/** Whether a field had a value of a wrong shape: that has been said, and what follows from it needn't be. */
export const isHole = (values: object | undefined, field: string): boolean =>
  values !== undefined && Object.hasOwn(values, field) && (values as Record<string, unknown>)[field] === undefined

/** The fields of an entry that a quote can speak of: those that have a value. */
export const factFields = (row: FactRow): readonly string[] =>
  Object.entries(row.values)
    .filter(([key, value]) => !NOT_FIELDS.has(key) && value !== undefined && !isMissing(value))
    .map(([key]) => key)

/** Result rows are numbered in the file's order, zero-padded so that byte order is the same order. */
const numbered = (letter: string, index: number) => `${letter}${String(index + 1).padStart(5, '0')}`

/** Every entry of a file that becomes a row with facts, in the file's order; entries without a code that need one are left out. */
export function factRows(file: Draft<StudyFile>): readonly FactRow[] {
  const rows: FactRow[] = []
  const add = (table: FactTable, path: DocumentPath, key: string | undefined, values: object | undefined) => {
    if (values && key !== undefined) rows.push({ table, path, key, values })
  }
  const coded = (
    table: FactTable,
    name: string,
    list: readonly ({ readonly code?: string | undefined } | undefined)[] = [],
  ) => {
    list.forEach((entry, index) => {
      add(table, [name, index], entry?.code, entry)
    })
  }
  const counted = (table: FactTable, name: string, letter: string, list: readonly (object | undefined)[] = []) => {
    list.forEach((entry, index) => {
      add(table, [name, index], numbered(letter, index), entry)
    })
  }

  add('study', ['study'], file.study?.slug, file.study)
  coded('study_condition', 'conditions', file.conditions)
  counted('eligibility_criterion', 'eligibility', 'c', file.eligibility)
  coded('covariate', 'covariates', file.covariates)
  coded('intervention', 'interventions', file.interventions)
  coded('arm', 'arms', file.arms)
  for (const [index, arm] of (file.arms ?? []).entries())
    for (const [place, given] of (arm?.interventions ?? []).entries())
      if (arm?.code && given?.intervention)
        add('arm_intervention', ['arms', index, 'interventions', place], `${arm.code}+${given.intervention}`, given)
  coded('analysis_set', 'analysis_sets', file.analysis_sets)
  coded('subgroup', 'subgroups', file.subgroups)
  for (const [index, entry] of (file.enrolment ?? []).entries())
    if (entry?.group && entry.analysis_set)
      add('enrolment', ['enrolment', index], `${entry.group}+${entry.analysis_set}`, entry)
  counted('follow_up', 'follow_up', 'u', file.follow_up)
  counted('participant_flow', 'flow', 'f', file.flow)
  counted('baseline_measurement', 'baseline', 'b', file.baseline)
  coded('outcome', 'outcomes', file.outcomes)
  let measurements = 0
  let analyses = 0
  for (const [index, outcome] of (file.outcomes ?? []).entries()) {
    for (const [place, entry] of (outcome?.measurements ?? []).entries())
      add('outcome_measurement', ['outcomes', index, 'measurements', place], numbered('m', measurements++), entry)
    for (const [place, entry] of (outcome?.analyses ?? []).entries())
      add('outcome_analysis', ['outcomes', index, 'analyses', place], numbered('a', analyses++), entry)
  }
  coded('adverse_event_term', 'adverse_events', file.adverse_events)
  let counts = 0
  for (const [index, term] of (file.adverse_events ?? []).entries())
    for (const [place, entry] of (term?.counts ?? []).entries())
      add('adverse_event_count', ['adverse_events', index, 'counts', place], numbered('e', counts++), entry)
  counted('risk_of_bias', 'risk_of_bias', 'j', file.risk_of_bias)
  return rows
}
