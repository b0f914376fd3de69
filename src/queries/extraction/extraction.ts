import type { Transaction } from '../../db/connect.ts'
import { pagesInSnapshot } from '../../db/pages-in-snapshot.ts'
import { type Needs, rowsOfStudies, studiesAfter } from '../../db/rows-of-studies.ts'
import { byKey } from '../../model/byte-order.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { ofStudies } from '../selection.ts'
import { type ChoiceName, type Choices, choicesOf, type ExtractionChoices } from './choices.ts'
import type { Columns } from './columns.ts'
import type { ExtractionNote } from './notes.ts'
import { chosenResults, Run } from './run.ts'
import type { StudyPart } from './study-part.ts'

type Settings = Readonly<Record<string, string | number | boolean>>

/** What a table was made with, for whoever reads it later. */
export interface ExtractionMetadata {
  readonly table: string
  /** All choices, made or by default. */
  readonly choices: Choices
  /** What else its numbers depend on, of a table that computes them. */
  readonly settings?: Settings
  /** Studies that were looked at. */
  readonly studies: number
  readonly rows: number
  /** What was left out or could not be done. */
  readonly notes: readonly ExtractionNote[]
}

/** Rows with what they were made with. A list like any other: `metadata` isn't written along with it. */
export interface Extracted<Row> extends Array<Row> {
  readonly metadata: ExtractionMetadata
}

/** Rows page by page, so that memory stays flat whatever their number. `metadata` is complete after the last page. */
export interface ExtractionPages<Row> extends AsyncIterable<readonly Row[]> {
  readonly metadata: ExtractionMetadata
}

/** A table of a review: what it is called, what one row is, its columns, and how it is asked for. */
export interface Extraction<Row extends object = object> {
  readonly table: string
  /** What one row is. */
  readonly about: string
  readonly columns: Columns<Row>
  /** The choices that make a difference to the table; others are refused. */
  readonly heeds: readonly ChoiceName[]
  readonly pages: (db: Transaction, choices?: ExtractionChoices) => ExtractionPages<Row>
  readonly extract: (db: Transaction, choices?: ExtractionChoices) => Promise<Extracted<Row>>
}

/**
 * So many studies are read at first, and then so many that they have about as many rows: enough that statements cost
 * little, and few enough that rows are gone before they are old. Twice as many take twice the time, nearly all of it
 * for clearing up.
 */
const STUDIES_AT_FIRST = 50
const ROWS_AT_ONCE = 8_000
const STUDIES_AT_ONCE = 1_000
/** Of a table that lists the studies of its questions. */
const LISTED_AT_ONCE = 500
/** Keys are short. */
const KEYS_AT_ONCE = 10_000

interface Definition<Row extends object, N extends Needs> {
  readonly table: string
  readonly about: string
  readonly columns: Columns<Row>
  readonly settings?: Settings
  readonly heeds: readonly ChoiceName[]
  readonly needs: N
  /** Conditions, by tables of the needs, on what these choices ask for; other rows are not read. */
  readonly only?: (choices: Choices) => { readonly [T in keyof N]?: string }
  /** The rows of one study. */
  readonly rows: (study: string, part: StudyPart<N>, run: Run) => readonly Row[]
}

/**
 * A table whose rows are made study by study. Each page of studies takes one statement, whatever the table needs.
 */
export const extractionByStudy = <Row extends object, const N extends Needs>(
  definition: Definition<Row, N>,
): Extraction<Row> =>
  extractionOf(definition, async function* (tx, run, seen) {
    const needs = narrowed(definition.needs, definition.only?.(run.choices))
    let most = STUDIES_AT_FIRST
    for await (const page of pagesOfStudies(tx, run, () => most)) {
      const { studies } = page
      seen(studies.length)
      const [parts, read] = await partsOf(tx, needs, page)
      most = Math.ceil(Math.min(STUDIES_AT_ONCE, (studies.length * ROWS_AT_ONCE) / Math.max(read, 1)))
      yield studies.flatMap((study) => definition.rows(study, parts(study), run))
    }
  })

/** A table whose rows are made for a page of studies at once. */
export const extractionByPage = <Row extends object>({
  rows,
  ...definition
}: Omit<Definition<Row, Needs>, 'rows' | 'needs' | 'only'> & {
  readonly rows: (tx: Transaction, studies: readonly string[], run: Run) => Promise<readonly Row[]>
}): Extraction<Row> =>
  extractionOf(definition, async function* (tx, run, seen) {
    for await (const { studies } of pagesOfStudies(tx, run, () => LISTED_AT_ONCE)) {
      seen(studies.length)
      yield await rows(tx, studies, run)
    }
  })

/** A table whose rows are made by a reader of its own. */
export function extractionOf<Row extends object>(
  { table, about, columns, settings, heeds }: Omit<Definition<Row, Needs>, 'rows' | 'needs' | 'only'>,
  read: (tx: Transaction, run: Run, seen: (studies: number) => void) => AsyncGenerator<readonly Row[]>,
): Extraction<Row> {
  const pages = (db: Transaction, given: ExtractionChoices = {}): ExtractionPages<Row> => {
    const choices = choicesOf(table, heeds, given)
    let [studies, rows, notes]: [number, number, readonly ExtractionNote[]] = [0, 0, []]
    const readAll = async function* (tx: Transaction): AsyncGenerator<readonly Row[]> {
      const run = new Run(choices, choices.review === undefined ? undefined : await chosenResults(tx, choices.review))
      for await (const page of read(tx, run, (some) => {
        studies += some
      })) {
        rows += page.length
        notes = run.told
        if (page.length > 0) yield page
      }
      notes = run.told
      run.requireNamed(studies)
    }
    return {
      get metadata() {
        return { table, choices, ...(settings && { settings }), studies, rows, notes }
      },
      [Symbol.asyncIterator]: () => pagesInSnapshot(db, readAll)[Symbol.asyncIterator](),
    }
  }
  const extract = async (db: Transaction, choices?: ExtractionChoices): Promise<Extracted<Row>> => {
    const asked = pages(db, choices)
    const rows: Row[] = []
    for await (const page of asked) for (const row of page) rows.push(row)
    return Object.defineProperty(rows, 'metadata', { value: asked.metadata }) as Extracted<Row>
  }
  return { table, about, columns, heeds, pages, extract }
}

/** Some studies in the order of their keys, and whether the database has no other one between them. */
interface StudyPage {
  readonly studies: readonly string[]
  readonly neighbours: boolean
}

/** The studies that are asked for, in pages of so many as are wanted at that time. */
async function* pagesOfStudies(tx: Transaction, run: Run, most: () => number): AsyncGenerator<StudyPage> {
  const asked = await askedStudies(tx, run)
  if (asked !== undefined) yield* inPages([...asked].sort(byKey), false, most)
  for (let after = ''; asked === undefined; ) {
    const keys = await studiesAfter(tx, after, KEYS_AT_ONCE)
    yield* inPages(keys, true, most)
    const last = keys.at(-1)
    if (last === undefined || keys.length < KEYS_AT_ONCE) return
    after = last
  }
}

function* inPages(keys: readonly string[], neighbours: boolean, most: () => number): Generator<StudyPage> {
  for (let from = 0; from < keys.length; ) {
    const studies = keys.slice(from, from + most())
    from += studies.length
    yield { studies, neighbours }
  }
}

/** The studies that are named, or that a review includes, or both; nothing where all are asked for. */
async function askedStudies(tx: Transaction, { choices, review }: Run): Promise<readonly string[] | undefined> {
  const named = (await ofStudies(tx, choices)).studyId?.in
  return named === undefined
    ? review?.studies
    : review
      ? review.studies.filter((study) => named.includes(study))
      : named
}

const NONE: readonly never[] = []
/** Those of `StudyPart` that are handed over by key. */
const SHARED_TABLES: ReadonlySet<string> = new Set([
  ...['publication', 'publicationText', 'source'],
  ...['appraisalTool', 'appraisalDomain', 'appraisalJudgement'],
])

/** Needs with further conditions on their tables. */
const narrowed = <N extends Needs>(needs: N, only: { readonly [T in keyof N]?: string } = {}): N => ({
  ...needs,
  ...Object.fromEntries(
    Object.entries(only).map(([table, where]) => [table, { ...needs[table as keyof Needs], where }] as const),
  ),
})

/** What each study of a page has, by one statement, and how many rows that are. */
async function partsOf<N extends Needs>(
  tx: Transaction,
  needs: N,
  { studies, neighbours }: StudyPage,
): Promise<readonly [(study: string) => StudyPart<N>, rows: number]> {
  const tables = [...(await rowsOfStudies(tx, needs, studies, neighbours))]
  // One shape for all: a study without rows in a table costs nothing then.
  const nothing: Readonly<Record<string, unknown>> = Object.fromEntries(
    tables.map(([table, rows]) => [table, SHARED_TABLES.has(table) ? new Map(rows.map((row) => [row.id, row])) : NONE]),
  )
  const parts = new Map(studies.map((study) => [study, { ...nothing } as Record<string, unknown>]))
  for (const [table, rows] of tables)
    if (!SHARED_TABLES.has(table))
      for (const [study, own] of groupedBy(rows, (row) => (table === 'study' ? row.id : row.studyId))) {
        const part = parts.get(String(study))
        if (part !== undefined) part[table] = own
      }
  return [
    (study) => (parts.get(study) ?? nothing) as StudyPart<N>,
    tables.reduce((sum, [, rows]) => sum + rows.length, 0),
  ]
}
