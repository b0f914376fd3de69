import type { ReviewResult } from '../generated/prisma/client.ts'
import { byKey } from '../model/byte-order.ts'
import type { PublicationRows, StudyRows, VocabularyRows } from '../model/study-record.ts'
import type { Transaction } from './database.ts'
import { type Engine, engineOf } from './engine.ts'
import { jsonOf, valuesOf } from './rows-as-json.ts'
import { sql } from './sql.ts'
import { ALL_TABLES, sqlName } from './tables.ts'
import type { Row } from './write-rows.ts'

/** The tables that a page of studies can be read from: the studies' own, and those that they point at. */
export type PageTables = StudyRows & PublicationRows & VocabularyRows & { reviewResult: ReviewResult[] }

/** What is read of a table: some of its columns, of all rows or of those that a condition picks. */
export interface TableNeed<Fields extends readonly string[] = readonly string[]> {
  readonly fields: Fields
  /** What SQL makes of other tables' rows, by what it is called. Never made of what somebody typed. */
  readonly made?: Readonly<Record<string, MadeColumn>>
  /**
   * SQL about the table's own columns, the same on both engines, and about the rows that are read of another table with a
   * condition, which are those of `picked(table)`. Never made of what somebody typed.
   */
  readonly where?: string
}

/** SQL of one value for each row of a table; it may be null. */
type MadeColumn = { readonly text: string } | { readonly number: string }

/** What a table's rows are read as: its own columns, and those that are made. */
const columnsOf = ({ fields, made }: TableNeed): readonly string[] => [...fields, ...Object.keys(made ?? {})]

/** What is true of the keys of a page's studies. */
export const OF_PAGE = 'IN (SELECT value FROM page)'

/** What the rows that are read of a table go by in the conditions of others. */
export const picked = (table: keyof PageTables): string => `"picked_${sqlName(table)}"`

/** How the rows of a table that isn't the studies' own are found. */
const POINTED_AT: Readonly<Record<string, string>> = {
  study: `"id" ${OF_PAGE}`,
  publication: `"id" IN (SELECT value FROM paper)`,
  publicationText: ofPublication(),
  source: ofPublication(),
  authorship: ofPublication(),
  publicationType: ofPublication(),
  publicationLink: ofPublication(),
  substance: ofPublication(),
  keyword: ofPublication(),
  publicationMesh: ofPublication(),
  author: `"id" IN (SELECT "author_id" FROM "authorship" WHERE ${ofPublication()})`,
  meshDescriptor: `"ui" IN (SELECT "descriptor_ui" FROM "publication_mesh" WHERE ${ofPublication()}
    ${['study_condition', 'intervention', 'subgroup', 'adverse_event_term']
      .map((table) => `UNION ALL SELECT "descriptor_ui" FROM "${table}" WHERE ${ofStudy()}`)
      .join(' ')})`,
  meshQualifier: `"ui" IN (SELECT "qualifier_ui" FROM "publication_mesh" WHERE ${ofPublication()})`,
  appraisalTool: ofTool('id'),
  appraisalDomain: ofTool('tool_id'),
  appraisalJudgement: ofTool('tool_id'),
}

function ofStudy(): string {
  return `"study_id" ${OF_PAGE}`
}
function ofPublication(): string {
  return '"publication_id" IN (SELECT value FROM paper)'
}
function ofTool(column: string): string {
  return `"${column}" IN (SELECT value FROM tool)`
}

/** SQLite keeps truth values as 0 and 1. A test holds the list equal to the schema. */
export const BOOLEAN_FIELDS = [
  ...(['derived', 'corrected', 'serious', 'related', 'fatal', 'overall'] as const),
  ...(['majorTopic', 'descriptorMajor', 'qualifierMajor'] as const),
  ...(['overlapping', 'percentages', 'prespecified', 'nonInferiority', 'summary', 'reports'] as const),
] as const

const KEYS = new Map(ALL_TABLES.map(([table, { key }]) => [table, key]))

/** The studies of a statement's one parameter, a JSON list of keys. */
const LISTED: Readonly<Record<Engine, string>> = {
  sqlite: 'SELECT value FROM json_each(?)',
  postgresql: 'SELECT jsonb_array_elements_text($1::jsonb) COLLATE "C" AS value',
}

/** A statement with its values. */
type Asked = readonly [statement: string, ...values: string[]]

/** The statement for studies that are listed. */
const ofListed = (engine: Engine, select: string, studies: readonly string[]): Asked => [
  `WITH RECURSIVE page AS MATERIALIZED (${LISTED[engine]}), ${select}`,
  JSON.stringify(studies),
]

/**
 * The statement for all studies between two, with these: each index is read once, and not for each of them. The keys stand
 * wherever they are asked for, since the engine gets ready anew for each page whatever it would have to look them up by.
 */
function ofNeighbours(engine: Engine, select: string, first: string, last: string): Asked {
  const parts = `WITH RECURSIVE ${select}`.split(OF_PAGE)
  if (engine === 'postgresql') return [parts.join('BETWEEN $1 AND $2'), first, last]
  return [parts.join('BETWEEN ? AND ?'), ...parts.slice(1).flatMap(() => [first, last])]
}

/** What is read for a page of studies: of some tables some of the columns. */
export type Needs = { readonly [T in keyof PageTables]?: TableNeed }

/**
 * What some studies have in several tables, each in the order of its keys, all by one statement: one for each table would
 * cost as much again where the tables are small.
 *
 * @param needs       of each table the fields, which must include its key
 * @param neighbours  whether the database has no study between the first and the last but these, in their order
 */
export async function rowsOfStudies(
  tx: Transaction,
  needs: Needs,
  studies: readonly string[],
  neighbours = false,
): Promise<ReadonlyMap<string, readonly Row[]>> {
  const tables = Object.entries(needs) as readonly (readonly [keyof PageTables, TableNeed])[]
  const columns = tables.map(
    ([table, need]) => `(SELECT ${jsonOf(tx, columnsOf(need).map(sqlName))} FROM ${picked(table)}) AS "${table}"`,
  )
  const conditions = tables.map(([, { where }]) => where).join(' ')
  const rows = tables.map(([table, { fields, made = {}, where }]) => {
    const columns = [
      ...fields.map((field) => `"${sqlName(field)}"`),
      ...Object.entries(made).map(
        ([name, value]) => `(${'text' in value ? value.text : value.number}) AS "${sqlName(name)}"`,
      ),
    ]
    const ofThem = POINTED_AT[table] ?? ofStudy()
    const those = where === undefined ? ofThem : `${ofThem} AND (${where})`
    const once = conditions.includes(picked(table)) ? 'MATERIALIZED ' : ''
    return `${picked(table)} AS ${once}(SELECT ${columns.join(', ')} FROM "${sqlName(table)}" WHERE ${those})`
  })
  // Recursive is none of them: but then each may be of rows that are named after it.
  const select = `paper AS MATERIALIZED (
      SELECT DISTINCT "publication_id" AS value FROM "study_publication" WHERE ${ofStudy()}),
    tool AS MATERIALIZED (SELECT DISTINCT "tool_id" AS value FROM "risk_of_bias" WHERE ${ofStudy()}),
    ${rows.join(', ')}
    SELECT ${columns.join(', ')}`
  const [first, last] = [studies[0], studies.at(-1)]
  const [statement, ...values] =
    neighbours && first !== undefined && last !== undefined
      ? ofNeighbours(engineOf(tx), select, first, last)
      : ofListed(engineOf(tx), select, studies)
  const [answer] = await tx.$queryRawUnsafe<Readonly<Record<string, string>>[]>(statement, ...values)
  return new Map(tables.map(([table, need]) => [table, parsed(table, columnsOf(need), answer?.[table] ?? '[]')]))
}

/** The keys of so many studies that come after one, in their order. */
export async function studiesAfter(tx: Transaction, study: string, most: number): Promise<readonly string[]> {
  const rows = await valuesOf(
    tx,
    ['id'],
    sql`SELECT "id" FROM "study" WHERE "id" > ${study} ORDER BY "id" LIMIT ${most}`,
  )
  return rows.map(([key]) => String(key))
}

function parsed(table: string, fields: readonly string[], json: string): readonly Row[] {
  const truths = fields.filter((field) => (BOOLEAN_FIELDS as readonly string[]).includes(field))
  const rows = (JSON.parse(json) as (readonly Row[string][])[]).map((values) => {
    const row: Record<string, Row[string]> = {}
    for (let index = 0; index < fields.length; index++) {
      row[fields[index] as string] = values[index] as Row[string]
    }
    for (const field of truths) if (typeof row[field] === 'number') row[field] = row[field] === 1
    return row
  })
  return inOrder(rows, KEYS.get(table) ?? ['id'])
}

/** Rows in the order of their keys; most come in it, and then only looking at them costs time. */
function inOrder(rows: Row[], key: readonly string[]): Row[] {
  const compare = (one: Row, other: Row): number => {
    for (const field of key) {
      const [a, b] = [one[field], other[field]]
      const order = typeof a === 'string' && typeof b === 'string' ? byKey(a, b) : Number(a) - Number(b)
      if (order !== 0) return order
    }
    return 0
  }
  for (let index = 1; index < rows.length; index++)
    if (compare(rows[index - 1] as Row, rows[index] as Row) > 0) return rows.sort(compare)
  return rows
}
