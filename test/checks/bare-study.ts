import { checkStudy } from '../../src/checks/check-study.ts'
import type { Finding } from '../../src/checks/rule.ts'
import { RULES } from '../../src/checks/rules.ts'
import type { StudyRecord, StudyRows } from '../../src/model/study-record.ts'
import { SEED_SLUG, variant } from '../db/study-variants.ts'

type Row<T extends keyof StudyRows> = StudyRows[T][number]

/** Tables that a bare study has no rows of: everything that holds a number, and where it came from. */
const EMPTY = [
  'enrolment',
  'followUp',
  'participantFlow',
  'baselineMeasurement',
  'outcomeMeasurement',
  'outcomeAnalysis',
  'analysisGroup',
  'adverseEventCount',
  'fact',
  'quoteLink',
  'derivation',
  'derivationInput',
  'correction',
  'waiver',
] as const satisfies readonly (keyof StudyRows)[]

const key = (code: string): string => `${SEED_SLUG}/${code}`

const SEED = variant()

/** Writes rows into a study, named by the codes of the first study: groups all, il2, il2-lak, melanoma-il2 … */
export interface Builder {
  readonly rows: StudyRows
  readonly publications: StudyRecord['publications']
  enrol(group: string, set: string, participants: number | null): void
  followUp(row: Partial<Row<'followUp'>>): void
  flow(group: string, row: Partial<Row<'participantFlow'>>): void
  baseline(group: string, row: Partial<Row<'baselineMeasurement'>>): void
  outcome(code: string, row: Partial<Row<'outcome'>>): void
  timepoint(code: string, row: Partial<Row<'timepoint'>>): void
  measure(outcome: string, group: string, row: Partial<Row<'outcomeMeasurement'>>): void
  analyse(outcome: string, row: Partial<Row<'outcomeAnalysis'>>): void
  harm(term: string, group: string, row: Partial<Row<'adverseEventCount'>>): void
  /** How a field of a row is printed: "5.30". */
  print(place: string, field: string, printed: string): void
}

/** The first study's arms, groups, analysis sets, outcomes and times, without its numbers, and with those that are built. */
export function bareStudy(build: (study: Builder) => void): StudyRecord {
  const record = structuredClone(SEED)
  const templates = Object.fromEntries(
    EMPTY.map((table) => [table, blank(record.rows[table][0] as Readonly<Record<string, unknown>> | undefined)]),
  )
  for (const table of EMPTY) record.rows[table] = []
  const { rows } = record
  const add = (table: keyof StudyRows, letter: string, row: object) => {
    const list = rows[table] as object[]
    const id = key(`${letter}${String(list.length + 1).padStart(5, '0')}`)
    list.push({ ...templates[table], id, studyId: SEED_SLUG, ...row })
  }
  build({
    rows,
    publications: record.publications,
    enrol: (group, set, participants) =>
      add('enrolment', '', {
        id: key(`${group}+${set}`),
        studyGroupId: key(group),
        analysisSetId: key(set),
        participants,
        derived: false,
      }),
    followUp: (row) =>
      add('followUp', 'u', { studyGroupId: key('all'), statistic: 'maximum', basis: 'actual', unit: 'months', ...row }),
    flow: (group, row) =>
      add('participantFlow', 'f', {
        studyGroupId: key(group),
        period: null,
        milestone: 'completed',
        reason: null,
        derived: false,
        missingReason: null,
        ...row,
      }),
    baseline: (group, row) =>
      add('baselineMeasurement', 'b', {
        studyGroupId: key(group),
        characteristic: 'Diagnosis',
        derived: false,
        ...row,
      }),
    outcome: (code, row) => {
      rows.outcome.push({
        ...(rows.outcome[0] as Row<'outcome'>),
        id: key(code),
        label: code,
        position: rows.outcome.length + 1,
        ...row,
      })
    },
    timepoint: (code, row) => {
      rows.timepoint.push({
        id: key(code),
        studyId: SEED_SLUG,
        position: rows.timepoint.length + 1,
        kind: 'at',
        label: code,
        fromTime: null,
        toTime: null,
        unit: 'months',
        ...row,
      })
    },
    measure: (outcome, group, row) =>
      add('outcomeMeasurement', 'm', {
        outcomeId: key(outcome),
        studyGroupId: key(group),
        derived: false,
        ...codes(row),
      }),
    analyse: (outcome, row) =>
      add('outcomeAnalysis', 'a', {
        outcomeId: key(outcome),
        comparisonId: key('overall'),
        derived: false,
        corrected: false,
        ...codes(row),
      }),
    harm: (term, group, row) =>
      add('adverseEventCount', 'e', { termId: key(term), studyGroupId: key(group), derived: false, ...codes(row) }),
    print: (place, field, printed) => {
      const template = blank(SEED.rows.fact[0] as unknown as Readonly<Record<string, unknown>>)
      const fact = { ...template, id: `${SEED_SLUG}/${place}/${field}`, studyId: SEED_SLUG, field, printed }
      rows.fact.push(fact as unknown as Row<'fact'>)
    },
  })
  return record
}

/** Timepoints and analysis sets may be named by their codes. */
const codes = <T extends { timepointId?: string | null; analysisSetId?: string | null }>(row: T): T => ({
  ...row,
  ...(row.timepointId && { timepointId: key(row.timepointId) }),
  ...(row.analysisSetId && { analysisSetId: key(row.analysisSetId) }),
})

const blank = (row: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.keys(row ?? {}).map((field) => [field, null]))

/** What one rule finds in a study. */
export function foundBy(rule: string, study: StudyRecord): readonly Finding[] {
  const rules = RULES.filter(({ id }) => id === rule)
  if (rules.length !== 1) throw new Error(`no rule is named "${rule}"`)
  return checkStudy(study, rules)
}
