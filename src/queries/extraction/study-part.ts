import { type Needs, type PageTables, picked, type TableNeed } from '../../db/rows-of-studies.ts'
import { firstYear } from './year.ts'

type Rows = { readonly [T in keyof PageTables]: PageTables[T][number] }
/** Tables whose rows several studies may share: they are handed over by key. */
type Shared = 'publication' | 'publicationText' | 'source' | 'appraisalTool' | 'appraisalDomain' | 'appraisalJudgement'
type Read<T extends keyof Rows, Need> =
  Need extends TableNeed<infer Fields> ? Pick<Rows[T], Extract<Fields[number], keyof Rows[T]>> & Made<Need> : never
type Made<Need> = Need extends { readonly made: infer Columns }
  ? { readonly [Name in keyof Columns]: (Columns[Name] extends { readonly number: string } ? number : string) | null }
  : unknown

/** What one study has in the tables that were read, each in the order of its keys. */
export type StudyPart<N extends Needs> = {
  readonly [T in keyof N & keyof Rows]: T extends Shared ? ReadonlyMap<string, Read<T, N[T]>> : readonly Read<T, N[T]>[]
}

/** Some columns of all rows of a table. */
export const all = <const Fields extends readonly string[]>(...fields: Fields): TableNeed<Fields> => ({ fields })

/** Some columns of the rows that a condition of SQL, the same on both engines, picks. */
export const those = <const Fields extends readonly string[]>(where: string, ...fields: Fields): TableNeed<Fields> => ({
  fields,
  where,
})

/** What labels of outcomes, sets and times are made of. */
export const LABELS = {
  outcome: all('id', 'studyId', 'label', 'kind', 'parentId', 'unit'),
  analysisSet: all('id', 'studyId', 'kind', 'label'),
  timepoint: all('id', 'studyId', 'kind', 'label', 'fromTime', 'toTime', 'unit'),
} as const satisfies Needs

/** The same, with no times but those that the rows of a table are about. */
export const labelsOf = (table: keyof PageTables) => ({
  ...LABELS,
  timepoint: those(`"id" IN (SELECT "timepoint_id" FROM ${picked(table)})`, ...LABELS.timepoint.fields),
})

/** What groups are called, and what they are limited to. */
export const GROUP_LABELS = {
  subgroup: all('id', 'studyId', 'position', 'factor', 'level'),
  studyGroup: all('id', 'studyId', 'position', 'label'),
  studyGroupSubgroup: all('studyGroupId', 'subgroupId', 'studyId'),
} as const satisfies Needs

/** What tells whose numbers they are, and whether groups share people. */
export const GROUPS = {
  ...GROUP_LABELS,
  arm: all('id', 'studyId', 'position', 'label', 'role'),
  studyGroupArm: all('studyGroupId', 'armId', 'studyId'),
} as const satisfies Needs

/** What formulas made, and what publications corrected. */
export const CHANGES = {
  derivation: all('factId', 'studyId'),
  derivationInput: all('derivationId', 'name', 'factId', 'studyId'),
  correction: all('factId', 'studyId', 'originalPrinted', 'originalMissingReason'),
} as const satisfies Needs

/** The year of a study. */
export const YEARS = {
  study: { ...all('id'), made: { year: { number: firstYear('"study"."id"') } } },
} as const satisfies Needs

export const COMPARISONS = {
  comparison: all('id', 'studyId', 'experimentalGroupId', 'referenceGroupId'),
} as const satisfies Needs
