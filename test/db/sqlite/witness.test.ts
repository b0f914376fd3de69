import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import sqlite3 from 'sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { openDatabase } from '../../../src/db/connect.ts'
import { databaseLocation } from '../../../src/db/database-url.ts'
import { PUBLICATION_TABLES, REVIEW_TABLES, STUDY_TABLES, sqlName, VOCABULARY_TABLES } from '../../../src/db/tables.ts'
import { ROOT, SEED_FILE, seededFile } from '../../scratch.ts'

type Row = Readonly<Record<string, string | number | null>>
/** A study file as anybody would read it, by nothing of ours. */
type Plain = Readonly<Record<string, unknown>>

// Another driver with another build of SQLite, and a file read by the YAML package: neither has seen our code.
let all: (sql: string) => Promise<readonly Row[]>
let close: () => Promise<void>
let file: string
const plain = parse(readFileSync(SEED_FILE, 'utf8')) as Plain
const slug = (plain.study as Plain).slug as string

beforeAll(async () => {
  file = (await seededFile()).file
  const db = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened: sqlite3.Database = new sqlite3.Database(file, sqlite3.OPEN_READONLY, (error) =>
      error ? reject(error) : resolve(opened),
    )
  })
  all = (sql) =>
    new Promise((resolve, reject) => db.all<Row>(sql, (error, rows) => (error ? reject(error) : resolve(rows))))
  close = promisify(db.close.bind(db))
})
afterAll(() => close())

const list = (of: Plain, name: string): readonly Plain[] => (of[name] ?? []) as readonly Plain[]
/** A field's value, or null where the file says why there is none. */
const value = (of: Plain, name: string) => {
  const given = of[name] ?? null
  return typeof given === 'object' ? null : (given as string | number | boolean)
}
const key = (code: unknown) => (code === undefined ? null : `${slug}/${String(code)}`)
const numbered = (letter: string, index: number) => `${slug}/${letter}${String(index + 1).padStart(5, '0')}`
const fields = (of: Plain, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, value(of, name)]))
const flag = (given: unknown) => (given === undefined ? null : Number(given))

/** What only a registry's record fills; of a study file it is nothing. */
const OF_REGISTRIES = [
  ...['value', 'spread', 'lower', 'upper', 'units', 'units_of', 'measure_printed', 'dispersion', 'dispersion_value'],
  ...['ci_sides', 'group_description', 'method_comment', 'p_comment', 'estimate_comment', 'ci_lower_comment'],
  ...['ci_upper_comment', 'non_inferiority', 'hypothesis', 'hypothesis_comment', 'other_description', 'assessment'],
  'summary',
]
/** Rows with the columns that study files fill, after a look that the others are empty. */
const ofFile = async (sql: string): Promise<readonly Row[]> =>
  (await all(sql)).map((row) => {
    const columns = Object.entries(row)
    for (const [name, content] of columns) if (OF_REGISTRIES.includes(name)) expect(content, name).toBeNull()
    return Object.fromEntries(columns.filter(([name]) => !OF_REGISTRIES.includes(name)))
  })

describe('the sqlite3 package opens what the loader wrote', () => {
  test('with another SQLite than the one that wrote it', async () => {
    const [own] = await all('SELECT sqlite_version() AS version')
    const client = await openDatabase(databaseLocation(`file:${file}`, ROOT), ROOT)
    const [writer] = (await client.$queryRawUnsafe('SELECT sqlite_version() AS version')) as Row[]
    await client.$disconnect()
    expect(own?.version).toMatch(/^3\./)
    expect(writer?.version).not.toBe(own?.version)
  })

  test('and finds it whole', async () => {
    expect(await all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(await all('PRAGMA foreign_key_check')).toEqual([])
  })

  test('and counts as many rows in each table as Prisma does', async () => {
    const client = await openDatabase(databaseLocation(`file:${file}`, ROOT), ROOT)
    const count = client as unknown as Record<string, { count(): Promise<number> }>
    const tables = [
      ...Object.keys({ ...STUDY_TABLES, ...PUBLICATION_TABLES, ...VOCABULARY_TABLES, ...REVIEW_TABLES }),
      ...['meshTreeNumber', 'meshEntryTerm', 'importRun', 'importedRecord', 'recordIdentifier', 'reportDecision'],
      ...['checkRun', 'finding'],
    ]
    const counted = await all(
      tables.map((name) => `SELECT '${name}' AS name, count(*) AS rows FROM "${sqlName(name)}"`).join(' UNION ALL '),
    )
    const expected = await Promise.all(tables.map(async (name) => ({ name, rows: await count[name]?.count() })))
    await client.$disconnect()
    expect(counted).toEqual(expected)
    const [existing] = await all(
      `SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_prisma%' AND name NOT LIKE 'text\\_%' ESCAPE '\\'`,
    )
    expect(existing, 'no table is left out').toEqual({ tables: tables.length })
  })
})

describe('it reads there what the file says', () => {
  const MEASURED = ['events', 'total', 'person_time', 'mean', 'sd', 'se', 'median', 'q1', 'q3', 'minimum', 'maximum']
  const BOUNDED = ['proportion', 'ci_lower', 'ci_upper', 'ci_level', 'method', 'note']
  const outcomes = list(plain, 'outcomes')

  test('every measurement, a zero as a zero and nothing as nothing', async () => {
    const expected = outcomes
      .flatMap((outcome) => list(outcome, 'measurements').map((measurement) => ({ outcome, measurement })))
      .map(({ outcome, measurement }, index) => ({
        id: numbered('m', index),
        study_id: slug,
        outcome_id: key(outcome.code),
        study_group_id: key(measurement.group),
        analysis_set_id: key(measurement.analysis_set),
        timepoint_id: key(measurement.timepoint),
        person_time_unit: value(measurement, 'person_time_unit'),
        missing_reason: value(measurement, 'missing'),
        derived: Number(measurement.derived !== undefined),
        ...fields(measurement, [...MEASURED, ...BOUNDED]),
      }))
    expect(expected).toHaveLength(18)
    expect(await ofFile('SELECT * FROM outcome_measurement ORDER BY id')).toEqual(expected)
  })

  test('numbers as numbers: counts as integers, the rest as real', async () => {
    const types = await all(
      `SELECT DISTINCT typeof(events) AS events, typeof(total) AS total, typeof(proportion) AS proportion FROM outcome_measurement ORDER BY 1, 2, 3`,
    )
    expect(types).toEqual([
      { events: 'integer', total: 'integer', proportion: 'null' },
      { events: 'integer', total: 'null', proportion: 'null' },
      { events: 'null', total: 'null', proportion: 'null' },
      { events: 'null', total: 'null', proportion: 'real' },
    ])
    expect(
      await all(`SELECT typeof(events) AS type, events FROM outcome_measurement WHERE id = '${slug}/m00017'`),
    ).toEqual([{ type: 'integer', events: 0 }])
  })

  test('every analysis, and the groups in their roles', async () => {
    const entries = outcomes.flatMap((outcome) => list(outcome, 'analyses').map((analysis) => ({ outcome, analysis })))
    const expected = entries.map(({ outcome, analysis }, index) => ({
      id: numbered('a', index),
      study_id: slug,
      outcome_id: key(outcome.code),
      comparison_id: key(analysis.comparison),
      timepoint_id: key(analysis.timepoint),
      analysis_set_id: key(analysis.analysis_set),
      method_missing_reason: ((analysis.method ?? {}) as Plain).missing ?? null,
      missing_reason: value(analysis, 'missing'),
      corrected: Number(analysis.corrections !== undefined),
      derived: Number(analysis.derived !== undefined),
      ...fields(analysis, [
        'measure',
        'estimate',
        'ci_lower',
        'ci_upper',
        'ci_level',
        'p_operator',
        'p_value',
        'p_text',
      ]),
      ...fields(analysis, ['p_sides', 'method', 'finding', 'finding_direction', 'note']),
    }))
    expect(expected).toHaveLength(3)
    expect(await ofFile('SELECT * FROM outcome_analysis ORDER BY id')).toEqual(expected)
    const comparisons = new Map(list(plain, 'comparisons').map((comparison) => [comparison.code, comparison]))
    const groups = entries.flatMap(({ analysis }, index) =>
      (['experimental', 'reference'] as const).map((role) => ({
        analysis_id: numbered('a', index),
        study_group_id: key(comparisons.get(analysis.comparison)?.[role]),
        study_id: slug,
        role,
      })),
    )
    expect(await all('SELECT * FROM analysis_group ORDER BY analysis_id, role')).toEqual(groups)
  })

  test('every harm and its counts', async () => {
    const terms = list(plain, 'adverse_events')
    expect(await ofFile('SELECT * FROM adverse_event_term ORDER BY position')).toEqual(
      terms.map((term, index) => ({
        id: key(term.code),
        study_id: slug,
        position: index + 1,
        parent_id: key(term.within),
        descriptor_ui: ((term.mesh ?? {}) as Plain).ui ?? null,
        serious: flag(term.serious),
        related: flag(term.related),
        fatal: flag(term.fatal),
        ...fields(term, ['term', 'organ_system', 'vocabulary', 'narrative']),
      })),
    )
    const counts = terms.flatMap((term) => list(term, 'counts').map((count) => ({ term, count })))
    expect(counts).toHaveLength(6)
    expect(await all('SELECT * FROM adverse_event_count ORDER BY id')).toEqual(
      counts.map(({ term, count }, index) => ({
        id: numbered('e', index),
        study_id: slug,
        term_id: key(term.code),
        study_group_id: key(count.group),
        analysis_set_id: key(count.analysis_set),
        timepoint_id: key(count.timepoint),
        derived: Number(count.derived !== undefined),
        missing_reason: value(count, 'missing'),
        ...fields(count, ['affected', 'at_risk', 'events', 'percent', 'note']),
      })),
    )
  })

  test('every size, baseline figure and length of follow-up', async () => {
    const reason = (entry: Plain) => ((entry.participants ?? {}) as Plain).missing ?? null
    expect(await all('SELECT id, participants, missing_reason, note FROM enrolment ORDER BY rowid')).toEqual(
      list(plain, 'enrolment').map((entry) => ({
        id: key(`${String(entry.group)}+${String(entry.analysis_set)}`),
        participants: value(entry, 'participants'),
        missing_reason: reason(entry),
        note: value(entry, 'note'),
      })),
    )
    expect(
      await all('SELECT id, characteristic, category, count, total FROM baseline_measurement ORDER BY id'),
    ).toEqual(
      list(plain, 'baseline').map((entry, index) => ({
        id: numbered('b', index),
        ...fields(entry, ['characteristic', 'category', 'count', 'total']),
      })),
    )
    expect(await all('SELECT statistic, basis, value, unit FROM follow_up')).toEqual(
      list(plain, 'follow_up').map((entry) => fields(entry, ['statistic', 'basis', 'value', 'unit'])),
    )
  })

  test('the text, and every quote at its place in it', async () => {
    const sections = list(plain, 'publications').flatMap((entry) =>
      list(entry, 'sources').flatMap((source) => list(source, 'sections')),
    )
    expect(await all('SELECT label, body FROM publication_text ORDER BY position')).toEqual(
      sections.map(({ label, body }) => ({ label, body })),
    )
    const quotes = await all(
      `SELECT q.words, substr(t.body, q.start_offset + 1, q.end_offset - q.start_offset) AS found
       FROM quote q JOIN publication_text t ON t.id = q.publication_text_id ORDER BY q.position`,
    )
    expect(quotes).toEqual(list(plain, 'quotes').map(({ words }) => ({ words, found: words })))
  })
})
