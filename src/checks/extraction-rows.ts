import { byKey } from '../model/byte-order.ts'
import { clientName } from '../model/client-name.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { givesNumber } from '../model/printing-link.ts'
import type { StudyRecord, StudyRows } from '../model/study-record.ts'
import { COMPARABLE_TABLES, type ComparableTable } from './comparable-tables.ts'
import type { AnyRow, FactValue } from './fact-values.ts'

/** A value as an extractor gives it: for people, and as what it is compared by. */
export interface Given {
  readonly shown: string | number | boolean
  /** Equal for two values that differ only in how they are written. */
  readonly same: string
  /** Equal for two names that a person would take for one: without case, punctuation and spaces. */
  readonly loose: string
}

/** A row that another one points at, in a role or in none. */
export interface Pointer {
  readonly table: string
  readonly id: string
  readonly role?: string
}

/** A row of one extractor's file. */
export interface ExtractedRow {
  readonly spec: ComparableTable
  readonly id: string
  /** What it is about, for people: its code, or the codes of what it points at, each empty where there is none. */
  readonly name: readonly string[]
  readonly values: ReadonlyMap<string, Given>
  readonly points: ReadonlyMap<string, readonly Pointer[]>
  /** Other columns by which rows are told apart. */
  readonly identity: ReadonlyMap<string, Given>
  /** The further names of an arm. */
  readonly names: readonly Given[]
  readonly missing: string | null
  /** The words that its values were read from, where they are asked for. */
  readonly quotes?: Given
}

/** All rows of a study that are compared, by table. */
export type Extraction = ReadonlyMap<string, readonly ExtractedRow[]>

/** The column behind each pointer that isn't a list. */
const POINTER_COLUMNS: Readonly<Record<string, string>> = {
  outcome: 'outcomeId',
  group: 'studyGroupId',
  analysis_set: 'analysisSetId',
  timepoint: 'timepointId',
  term: 'termId',
  within: 'parentId',
  arm: 'armId',
  intervention: 'interventionId',
  experimental: 'experimentalGroupId',
  reference: 'referenceGroupId',
  measurement: 'outcomeMeasurementId',
  analysis: 'outcomeAnalysisId',
}
/** The column behind each value that isn't named like it. */
const VALUE_COLUMNS: Readonly<Record<string, string>> = { tool: 'toolId', domain: 'domainId' }

/** Times that are the same in other words: 3 years and 36 months, 2 weeks and 14 days. */
const UNIT_OF_UNIT: Readonly<Record<string, readonly [times: number, unit: string]>> = {
  years: [12, 'months'],
  weeks: [7, 'days'],
}

/**
 * What of a study is compared with another extractor's file.
 *
 * @param withQuotes  also the words that each row was read from
 */
export function extractionRows(record: StudyRecord, withQuotes: boolean): Extraction {
  const { slug, rows } = record
  const lists = listPointers(rows)
  const quotes = withQuotes ? quotesByRow(rows) : new Map<string, Given>()
  const labels = groupedBy(rows.armLabel, ({ armId }) => armId)
  const names = new Map<string, string>()
  const code = (id: string) => (id.startsWith(`${slug}/`) ? id.slice(slug.length + 1) : id)
  return new Map(
    COMPARABLE_TABLES.map((spec) => {
      const own = (rows as unknown as Readonly<Record<string, readonly AnyRow[]>>)[clientName(spec.table)] ?? []
      const extracted = own.map((row, index): ExtractedRow => {
        const id = String(row.id ?? index)
        const points = new Map(
          Object.entries(spec.points).map(([point, table]) => {
            const column = POINTER_COLUMNS[point]
            const target = column === undefined ? undefined : row[column]
            const single = typeof target === 'string' ? [{ table, id: target }] : []
            return [point, column === undefined ? (lists.get(`${spec.table} ${point} ${id}`) ?? []) : single] as const
          }),
        )
        const given = (among: readonly string[]) =>
          new Map(
            among.flatMap((name) => {
              const value = valueIn(row, name)
              return value === null ? [] : [[name, value] as const]
            }),
          )
        const parts = spec.identity
          .flat()
          .filter((part) => part !== 'code' && part !== 'names' && !(part in spec.points))
        const nameOfPointer = ({ table, id: target }: Pointer) => names.get(`${table} ${target}`) ?? code(target)
        const named = spec.identity.some((set) => set.includes('code'))
          ? [code(id)]
          : nameOf(spec, points, given(parts), nameOfPointer)
        names.set(`${spec.table} ${id}`, named.filter((part) => part !== '').join(' / '))
        const quoted = quotes.get(`${spec.table}/${code(id)}`)
        return {
          spec,
          id,
          name: spec.table === 'study' ? [slug] : named,
          values: given(spec.values),
          points,
          identity: new Map([...given(parts), ['code', textValue(code(id))]]),
          names:
            spec.table === 'arm'
              ? [String(row.label), ...(labels.get(id) ?? []).map(({ label }) => label)].map(textValue)
              : [],
          missing: spec.missing && typeof row.missingReason === 'string' ? row.missingReason : null,
          ...(quoted && { quotes: quoted }),
        }
      })
      return [spec.table, extracted] as const
    }),
  )
}

/** Pointers at several rows, by table, name and row. */
function listPointers(rows: StudyRows): ReadonlyMap<string, readonly Pointer[]> {
  const lists = new Map<string, Pointer[]>()
  const add = (table: string, point: string, id: string, pointer: Pointer) => {
    const key = `${table} ${point} ${id}`
    lists.set(key, [...(lists.get(key) ?? []), pointer])
  }
  for (const { studyGroupId, armId } of rows.studyGroupArm)
    add('study_group', 'arms', studyGroupId, { table: 'arm', id: armId })
  for (const { studyGroupId, subgroupId } of rows.studyGroupSubgroup)
    add('study_group', 'subgroups', studyGroupId, { table: 'subgroup', id: subgroupId })
  for (const { id, experimentalGroupId, referenceGroupId } of rows.comparison)
    for (const group of [experimentalGroupId, referenceGroupId])
      add('comparison', 'groups', id, { table: 'study_group', id: group })
  for (const { analysisId, studyGroupId, role } of rows.analysisGroup) {
    add('outcome_analysis', 'groups', analysisId, { table: 'study_group', id: studyGroupId })
    add('outcome_analysis', 'roles', analysisId, { table: 'study_group', id: studyGroupId, role })
  }
  return lists
}

/** The words behind each row's values, each once, by `table/row`; of a source that isn't held, the place. */
function quotesByRow(rows: StudyRows): ReadonlyMap<string, Given> {
  const words = new Map(rows.quote.map(({ id, words: own, locator }) => [id, own ?? locator ?? '']))
  const fields = new Map(
    rows.fact.map(({ id, studyId, field }) => [id, id.slice(studyId.length + 1, -(field.length + 1))]),
  )
  const valued = rows.quoteLink.filter(({ role }) => givesNumber(role))
  const byRow = groupedBy(valued, ({ factId }) => fields.get(factId) ?? '')
  return new Map(
    [...byRow].map(([row, links]) => {
      const own = new Set(links.map(({ quoteId }) => String(textValue(words.get(quoteId) ?? '').shown)))
      return [row, textValue([...own].sort(byKey).join(' | '))] as const
    }),
  )
}

/** The first way to tell a row, in words. */
const nameOf = (
  spec: ComparableTable,
  points: ReadonlyMap<string, readonly Pointer[]>,
  given: ReadonlyMap<string, Given>,
  pointed: (pointer: Pointer) => string,
): readonly string[] =>
  (spec.identity[0] ?? []).map((part) => {
    const pointers = points.get(part)
    if (pointers === undefined) return String(given.get(part)?.shown ?? '')
    return pointers.map(pointed).sort(byKey).join(' + ')
  })

function valueIn(row: AnyRow, name: string): Given | null {
  if (name === 'time') return timeValue(row.fromTime, row.toTime, row.unit)
  if (name === 'length') return timeValue(row.value, null, row.unit)
  // How a p value is printed is formatting, unless it is all that there is: NS.
  if (name === 'p_text' && row.pValue !== null) return null
  const value = row[VALUE_COLUMNS[name] ?? clientName(name)] ?? null
  const missing = row[`${clientName(name)}MissingReason`]
  return value === null ? (typeof missing === 'string' ? missingValue(missing) : null) : givenValue(value)
}

/** What stands where a value would. */
export const missingValue = (reason: string): Given => {
  const shown = `[${reason.replaceAll('_', ' ')}]`
  return { shown, same: `missing ${reason}`, loose: `missing ${reason}` }
}

function givenValue(value: Exclude<FactValue, null>): Given {
  return typeof value === 'string' ? textValue(value) : { shown: value, same: `${value}`, loose: `${value}` }
}

/** Texts are compared as Unicode means them, and with any run of white space as one space; a number in words is a number. */
function textValue(text: string): Given {
  const shown = text.normalize('NFC').trim().replace(/\s+/gu, ' ')
  const isNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(shown)
  const letters = shown
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return { shown, same: isNumber ? `${Number(shown)}` : `text ${shown}`, loose: letters === '' ? shown : letters }
}

function timeValue(from: FactValue | undefined, to: FactValue | undefined, unit: FactValue | undefined): Given | null {
  const ends = [from, to].filter((end) => typeof end === 'number')
  if (ends.length === 0 || typeof unit !== 'string') return null
  const [times, base] = UNIT_OF_UNIT[unit] ?? [1, unit]
  const same = `${ends.map((end) => end * times).join(' to ')} ${base}`
  return { shown: `${ends.join(' to ')} ${unit}`, same, loose: same }
}
