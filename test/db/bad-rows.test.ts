import { fileURLToPath } from 'node:url'
import Driver from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Constraint, constraintsOf } from '../../scripts/constraints.ts'
import { readSchema } from '../../scripts/prisma-schema.ts'
import { openDatabase } from '../../src/db/connect.ts'
import { databaseLocation } from '../../src/db/database-url.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { type ScratchDatabase, scratchDatabase } from '../scratch.ts'
import { asOtherStudy, fillEveryTable, ORIGIN, SEED_SLUG, variant } from './study-variants.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const schema = readSchema(`${repository}prisma/schema`)
const constraints = constraintsOf(schema)
const OTHER_SLUG = 'other-study'
const OTHER_PMID = '7'

/** What a bad row has in some of its columns, each as SQL over the good row. */
type Change = Readonly<Record<string, string>>

/** Bad rows for the rules that can't be read off a column's type: each of these must be refused. */
const OWN_BAD_ROWS: Readonly<Record<string, readonly Change[]>> = {
  publication_key: [{ id: `''` }],
  publication_pmid_digits: [{ pmid: `'PMID8468720'` }, { pmid: `'84 68'` }, { pmid: `''` }],
  publication_doi_lower_case: [
    { doi: `'10.1093/JNCI'` },
    { doi: `'https://doi.org/10.1093/jnci'` },
    { doi: `'10.1093'` },
    { doi: `'10.1093/'` },
  ],
  publication_pmcid_letters: [{ pmcid: `'1234567'` }, { pmcid: `'PMC'` }, { pmcid: `''` }],
  publication_published_date: [
    { published: `'1993 April'` },
    { published: `'1993-4'` },
    { published: `'1993-04-21T00:00'` },
    { published: `'1993-20'` },
  ],
  publication_year_of_date: [{ year: '1994' }, { year: 'NULL' }, { published: 'NULL' }],
  source_key: [{ id: `'pmid-${OTHER_PMID}/abstracted'` }],
  publication_text_key: [{ id: `'pmid-${OTHER_PMID}/resulting'` }],
  publication_text_source_in_publication: [{ source_id: `'pmid-${OTHER_PMID}/abstract'` }],
  author_one_kind_of_name: [
    { last_name: `'First'`, collective_name: `'The group'` },
    { last_name: 'NULL', collective_name: 'NULL' },
  ],
  publication_mesh_major_qualifier: [{ qualifier_ui: 'NULL', qualifier_major: '1' }],
  study_key: [{ id: `''` }, { id: `'rosenberg/1993'` }],
  study_start_date_date: [{ start_date: `'June 1985'` }, { start_date: `''` }, { start_date: `'1985-06-99'` }],
  study_end_date_date: [{ end_date: `'June 1985'` }, { end_date: `''` }, { end_date: `'1985-06-99'` }],
  covariate_one_value: [
    { number: 'NULL', text: 'NULL' },
    { number: '1', text: `'one'` },
  ],
  arm_intervention_dose_missing_reason_known: [{ dose: 'NULL', dose_unit: 'NULL', dose_missing_reason: `'bogus'` }],
  arm_intervention_dose_has_unit: [
    { dose: 'NULL', dose_unit: `'IU/kg'` },
    { dose: '1', dose_unit: 'NULL' },
  ],
  comparison_two_groups: [{ reference_group_id: '"experimental_group_id"' }],
  enrolment_number_or_reason: [
    { participants: 'NULL', missing_reason: 'NULL' },
    { participants: '1', missing_reason: `'not_reported'` },
  ],
  participant_flow_number_or_reason: [
    { participants: 'NULL', missing_reason: 'NULL' },
    { participants: '1', missing_reason: `'not_reported'` },
  ],
  timepoint_times_of_kind: [
    { kind: `'at'`, from_time: 'NULL', to_time: 'NULL', unit: 'NULL' },
    { kind: `'at'`, from_time: '1', to_time: '2', unit: `'months'` },
    { kind: `'at'`, from_time: '1', to_time: 'NULL', unit: 'NULL' },
    { kind: `'over'`, from_time: '1', to_time: 'NULL', unit: `'months'` },
    { kind: `'over'`, from_time: '1', to_time: '2', unit: 'NULL' },
    { kind: `'last_follow_up'`, from_time: '1', to_time: 'NULL', unit: `'months'` },
    { kind: `'at_report'`, from_time: 'NULL', to_time: 'NULL', unit: `'months'` },
  ],
  outcome_measurement_person_time_has_unit: [
    { person_time: '1', person_time_unit: 'NULL' },
    { person_time: 'NULL', person_time_unit: `'years'` },
  ],
  outcome_analysis_p_operator_known: [{ p_operator: `'≤'` }, { p_operator: `'=='` }],
  outcome_analysis_p_value_has_operator: [
    { p_value: '0.5', p_operator: 'NULL' },
    { p_value: 'NULL', p_operator: `'='` },
  ],
  outcome_analysis_p_sides_known: [{ p_sides: '0' }, { p_sides: '3' }],
  adverse_event_term_not_within_itself: [{ parent_id: '"id"' }],
  quote_one_place: [
    { publication_text_id: 'NULL', start_offset: 'NULL', end_offset: 'NULL', source_id: 'NULL', locator: 'NULL' },
    {
      publication_text_id: `'pmid-8468720/results'`,
      start_offset: '0',
      end_offset: '1',
      source_id: `'pmid-8468720/abstract'`,
      locator: `'line 1'`,
    },
  ],
  quote_locator_in_source: [
    { locator: `'Table 2'` },
    {
      source_id: `'pmid-8468720/abstract'`,
      publication_text_id: 'NULL',
      start_offset: 'NULL',
      end_offset: 'NULL',
      locator: 'NULL',
    },
  ],
  quote_offsets_in_text: [
    { start_offset: 'NULL', end_offset: 'NULL' },
    { end_offset: 'NULL' },
    { publication_text_id: 'NULL', source_id: `'pmid-8468720/abstract'`, locator: `'line 1'` },
  ],
  quote_offsets_in_order: [
    { start_offset: '-1' },
    { end_offset: '"start_offset"' },
    { start_offset: '"end_offset" + 1' },
  ],
  fact_key: [{ id: `'${OTHER_SLUG}/' || "field"` }, { id: `'bogus/' || "field"` }],
  fact_field_in_key: [{ field: `'bogus'` }, { field: `substr("field", 2)` }, { field: `''` }],
  fact_one_row: [
    { outcome_id: 'NULL' },
    { outcome_measurement_id: 'NULL' },
    { outcome_id: `'${SEED_SLUG}/survival'` },
    { about_study_id: `'${SEED_SLUG}'` },
  ],
  quote_link_span_whole: [{ span_start: 'NULL' }, { span_end: 'NULL' }],
  quote_link_span_in_order: [{ span_start: '-1' }, { span_end: '"span_start"' }, { span_start: '"span_end" + 1' }],
  correction_original_or_reason: [
    { original_printed: 'NULL', original_missing_reason: 'NULL' },
    { original_printed: `'.05'`, original_missing_reason: `'not_reported'` },
  ],
  extraction_extracted_on_date: [{ extracted_on: `'2026-11'` }, { extracted_on: `'23 Nov 2026'` }],
  import_run_counts_add_up: [{ saved: '"saved" + 1' }, { read: '"read" + 1' }, { failed: '1' }],
  waiver_waived_on_date: [{ waived_on: `'2026'` }, { waived_on: `'yesterday'` }],
}

/** Rules that another rule of the same table implies: no row can break the first one alone. */
const IMPLIED_BY: Readonly<Record<string, readonly string[]>> = {
  publication_year_integer: ['publication_year_of_date'],
  outcome_analysis_p_sides_integer: ['outcome_analysis_p_sides_known'],
}

/** The bad rows for a rule: its own where it has some, else those that its column's type makes. */
function badRows({ table, name, check }: Constraint): readonly (readonly Change[])[] {
  const own = OWN_BAD_ROWS[name]
  if (own) return own.map((change) => [change])
  const rule = name.slice(table.length + 1)
  const [, column = '', kind = ''] =
    /^(?:(.+)_)?(known|integer|number|boolean|key|in_study|or_reason)$/.exec(rule) ?? []
  const value = column.replace(/_missing_reason$/, '')
  // A reason stands only where there is no value.
  const bare: Change = value !== column && columnsOf(table).includes(value) ? { [value]: 'NULL' } : {}
  switch (kind) {
    case 'known':
      return [[{ ...bare, [column]: `'bogus'` }]]
    case 'integer':
      // A fraction where a word would break a rule about order as well.
      return [[{ [column]: `'x'` }, { [column]: `"${column}" + 0.5` }]]
    case 'number':
      return [[{ [column]: `'x'` }]]
    case 'boolean':
      return [[{ [column]: '2' }], [{ [column]: `'true'` }]]
    case 'key':
      return [[{ id: `'${OTHER_SLUG}/bogus'` }], [{ id: `"study_id" || '-bogus'` }], [{ id: `'bogus'` }]]
    case 'in_study':
      return [
        foreignKeysOf(table)
          .filter(({ from }) => from === column)
          .map(ofOtherStudy),
      ]
    case 'or_reason':
      return [[{ [`${column}_missing_reason`]: `'not_reported'` }]]
    default:
      throw new Error(`${name} has no bad row: add one to OWN_BAD_ROWS (${check})`)
  }
}

// The row is there, so that the foreign key has nothing against it.
const ofOtherStudy = ({ from, parent, to }: ForeignKey): Change => ({
  [from]: `(SELECT "${to}" FROM "${parent}" WHERE substr("${to}", 1, ${OTHER_SLUG.length}) = '${OTHER_SLUG}' LIMIT 1)`,
})

let scratch: ScratchDatabase
let db: Driver.Database
beforeAll(async () => {
  scratch = await scratchDatabase()
  await loadTwoStudies(scratch)
  db = new Driver(scratch.file)
  db.exec(PROCESS_ROWS)
  for (const { table } of schema.models)
    db.exec(`CREATE TEMP TABLE "bare_${table}" AS SELECT * FROM "${table}" WHERE false`)
})
afterAll(() => {
  db.close()
  return scratch.remove()
})

async function loadTwoStudies({ file }: ScratchDatabase): Promise<void> {
  const client = openDatabase(databaseLocation(`file:${file}`, repository), repository)
  try {
    await saveStudy(client, variant(fillEveryTable), ORIGIN)
    const other = variant((study) => {
      asOtherStudy(study, OTHER_SLUG, OTHER_PMID)
      fillEveryTable(study)
    })
    await saveStudy(client, other, ORIGIN)
  } finally {
    await client.$disconnect()
  }
}

/** What no study file fills, twice each. */
const PROCESS_ROWS = `
  INSERT INTO mesh_tree_number VALUES ('C04', 'D009369'), ('C04.557', 'D008545');
  INSERT INTO mesh_entry_term VALUES ('D009369', 'Cancer'), ('D008545', 'Malignant melanoma');
  INSERT INTO import_run (id, format, file_name, file_sha256, started_at, status, read)
    VALUES (11, 'ris', 'a.ris', 'ab', 0, 'failed', 3), (12, 'ris', 'b.ris', 'cd', 0, 'running', 0);
  INSERT INTO check_run (id, started_at, version) VALUES (1, 0, '0.1.0'), (2, 0, '0.1.0');
  INSERT INTO finding (id, check_run_id, study_id, fact_id, rule, severity, message)
    SELECT row_number() OVER (), 1, study_id, id, 'sums', 'note', 'It adds up.' FROM fact WHERE field = 'events';
  INSERT INTO waiver SELECT study_id || '/w' || substr(id, -9, 2), study_id, id, 'sums', 'seen', 'me', '2026-11-23'
    FROM fact WHERE id LIKE '%/m0000_/events';`

const columnsOf = (table: string) =>
  schema.models.find((model) => model.table === table)?.fields.map((f) => f.column) ?? []
const tableChecks = (table: string) => constraints.filter((constraint) => constraint.table === table)
const rowsOf = (table: string) =>
  db.prepare(`SELECT rowid, * FROM "${table}" ORDER BY rowid`).safeIntegers().raw().all()
const setting = (change: Change) =>
  Object.entries(change)
    .map(([column, value]) => `"${column}" = ${value}`)
    .join(', ')

/** The rules that a table's row would break after a change, found without asking the table. */
function broken(table: string, rowid: bigint, change: Change): readonly string[] {
  db.exec(`DELETE FROM "bare_${table}"; INSERT INTO "bare_${table}" SELECT * FROM "${table}" WHERE rowid = ${rowid}`)
  db.exec(`UPDATE "bare_${table}" SET ${setting(change)}`)
  const checks = tableChecks(table)
  const results = db
    .prepare(`SELECT ${checks.map(({ check }) => `(${check}) IS FALSE`).join(', ')} FROM "bare_${table}"`)
    .raw()
    .get() as number[]
  return checks.filter((_, index) => results[index] === 1).map(({ name }) => name)
}

/** A good row and a change that would make it break this rule, and no other one but those that the rule implies. */
function rowThatBreaks({ table, name }: Constraint, changes: readonly Change[]): { rowid: bigint; change: Change } {
  const allowed = [name, ...(IMPLIED_BY[name] ?? [])]
  const rowids = db.prepare(`SELECT rowid FROM "${table}" ORDER BY rowid`).pluck().safeIntegers().all() as bigint[]
  for (const change of changes)
    for (const rowid of rowids) {
      const names = broken(table, rowid, change)
      if (names.includes(name) && names.every((other) => allowed.includes(other))) return { rowid, change }
    }
  throw new Error(`no row of ${table} breaks ${name} alone by ${changes.map(setting).join(' or ')}`)
}

/** Does something that must not stay, whatever comes of it. */
function tried(sql: string): unknown {
  db.exec('SAVEPOINT attempt')
  try {
    db.exec(sql)
    return undefined
  } catch (error) {
    return error
  } finally {
    db.exec('ROLLBACK TO attempt; RELEASE attempt')
  }
}

test('each table has two rows or more to make a bad one of', () => {
  const counts = schema.models.map(({ table }) => ({ table, rows: rowsOf(table).length }))
  expect(counts.filter(({ rows }) => rows < 2)).toEqual([])
})

test('the good rows break no rule', () => {
  const bad = schema.models.flatMap(({ table }) =>
    tableChecks(table)
      .filter(({ check }) => db.prepare(`SELECT 1 FROM "${table}" WHERE (${check}) IS FALSE`).get() !== undefined)
      .map(({ name }) => name),
  )
  expect(bad).toEqual([])
  expect(db.pragma('foreign_key_check')).toEqual([])
})

describe('the database refuses', () => {
  test.each(constraints)('a row of $table that breaks $name', (constraint) => {
    const { table, name } = constraint
    const before = rowsOf(table)
    const kinds = badRows(constraint)
    expect(kinds.length).toBeGreaterThan(0)
    for (const changes of kinds) {
      const { rowid, change } = rowThatBreaks(constraint, changes)
      const sql = `UPDATE "${table}" SET ${setting(change)} WHERE rowid = ${rowid}`
      expect(tried(sql), sql).toMatchObject({
        code: 'SQLITE_CONSTRAINT_CHECK',
        message: `CHECK constraint failed: ${name}`,
      })
    }
    expect(rowsOf(table)).toEqual(before)
  })

  test('for no rule that is gone', () => {
    const names = constraints.map(({ name }) => name)
    expect([...Object.keys(OWN_BAD_ROWS), ...Object.keys(IMPLIED_BY)].filter((name) => !names.includes(name))).toEqual(
      [],
    )
  })

  // These ask the schema and not the list of rules: a rule that is missing from the list is missing here.
  const columns = schema.models.flatMap(({ table, fields }) =>
    fields
      .filter(({ attributes }) => !/@id\b/.test(attributes))
      .filter(
        ({ type }) => ['Int', 'Float', 'Boolean'].includes(type) || schema.enums.some(({ name }) => name === type),
      )
      .map(({ column, type }) => ({ table, column, type })),
  )
  test.each(columns)('a word that is no $type as $column of $table', ({ table, column }) => {
    expect(tried(`UPDATE "${table}" SET "${column}" = 'bogus'`)).toMatchObject({ code: 'SQLITE_CONSTRAINT_CHECK' })
  })

  const withinStudy = schema.models
    .filter(({ table }) => columnsOf(table).includes('study_id'))
    .flatMap(({ table }) => foreignKeysOf(table).map((key) => ({ table, ...key })))
    .filter(({ from, parent }) => from !== 'study_id' && (parent === 'study' || columnsOf(parent).includes('study_id')))
  test.each(withinStudy)("another study's $parent as $from of $table, though the row is there", (key) => {
    const { table, from } = key
    const others = Object.values(ofOtherStudy(key))[0]
    expect(db.prepare(`SELECT ${others} IS NOT NULL`).pluck().get()).toBe(1)
    expect(
      tried(`UPDATE "${table}" SET "${from}" = ${others} WHERE study_id = '${SEED_SLUG}' AND "${from}" IS NOT NULL`),
    ).toMatchObject({ code: 'SQLITE_CONSTRAINT_CHECK' })
  })

  test('no good row: a change that breaks nothing goes through', () => {
    expect(tried(`UPDATE study SET allocation = 'non_randomised', start_date = '1985-06-30', phase = NULL`)).toBe(
      undefined,
    )
  })
})

interface ForeignKey {
  readonly from: string
  readonly parent: string
  readonly to: string
}

/** The foreign keys that the schema asks for. */
function foreignKeysOf(table: string): ForeignKey[] {
  const model = schema.models.find((candidate) => candidate.table === table)
  const column = (owner: typeof model, name: string) =>
    owner?.fields.find((field) => field.name === name)?.column ?? name
  return (model?.fields ?? []).flatMap(({ type, attributes }) => {
    const [, from, to] = /fields: \[(\w+)\], references: \[(\w+)\]/.exec(attributes) ?? []
    const parent = schema.models.find((candidate) => candidate.name === type)
    return from && to && parent ? [{ from: column(model, from), parent: parent.table, to: column(parent, to) }] : []
  })
}

describe('a foreign key refuses', () => {
  const keys = schema.models.flatMap(({ table }) => foreignKeysOf(table).map((key) => ({ table, ...key })))

  test.each(keys)('a $table whose $from is no $parent', ({ table, from }) => {
    // Only the foreign key is to have a say: a dangling key could break a rule on how keys look as well.
    const dangling = from === 'check_run_id' ? '999' : `'no-such-row/at-all'`
    db.pragma('ignore_check_constraints = ON')
    const refused = tried(
      `UPDATE "${table}" SET "${from}" = ${dangling} WHERE rowid = (SELECT max(rowid) FROM "${table}" WHERE "${from}" IS NOT NULL)`,
    )
    db.pragma('ignore_check_constraints = OFF')
    expect(refused).toMatchObject({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' })
  })

  test('a row to go that others point at', () => {
    expect(tried(`DELETE FROM quote WHERE id = '${SEED_SLUG}/deaths'`)).toMatchObject({
      code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
    })
    expect(tried(`DELETE FROM study WHERE id = '${SEED_SLUG}'`), 'a waiver outlives what it is about').toMatchObject({
      code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
    })
  })
})

describe('a unique key refuses', () => {
  const keys = schema.models.flatMap(({ table, key, fields, indexes }) => [
    { table, key: [...key] },
    ...fields.filter(({ attributes }) => /@unique\b/.test(attributes)).map(({ column }) => ({ table, key: [column] })),
    ...indexes.filter(({ unique }) => unique).map((index) => ({ table, key: [...index.fields] })),
  ])

  test.each(keys)('a second $table with the same $key', ({ table, key }) => {
    const list = key.map((column) => `"${column}"`).join(', ')
    const given = key.map((column) => `"${column}" IS NOT NULL`).join(' AND ')
    db.pragma('ignore_check_constraints = ON')
    const refused = tried(
      `UPDATE "${table}" SET (${list}) = (SELECT ${list} FROM "${table}" WHERE ${given} ORDER BY rowid LIMIT 1)
       WHERE rowid = (SELECT max(rowid) FROM "${table}" WHERE ${given})`,
    )
    db.pragma('ignore_check_constraints = OFF')
    expect(refused).toMatchObject({
      code: expect.stringMatching(/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)$/),
      message: `UNIQUE constraint failed: ${key.map((column) => `${table}.${column}`).join(', ')}`,
    })
  })
})

describe('foreign keys are on', () => {
  const location = () => databaseLocation(`file:${scratch.file}`, repository)
  const dangling = `INSERT INTO arm (id, study_id, position, label, role) VALUES ('none/a', 'none', 1, 'A', 'other')`

  test('for every connection that is opened, the first and those beside it', async () => {
    const clients = [1, 2, 3].map(() => openDatabase(location(), repository))
    try {
      for (const client of [...clients, ...clients].reverse())
        await expect(client.$executeRawUnsafe(dangling)).rejects.toThrow(/foreign key/i)
      await expect(
        clients[0]?.$transaction((tx) => tx.$executeRawUnsafe(dangling)),
        'within a transaction',
      ).rejects.toThrow(/foreign key/i)
      await expect(clients[0]?.$queryRawUnsafe('PRAGMA foreign_keys')).resolves.toEqual([{ foreign_keys: 1n }])
    } finally {
      await Promise.all(clients.map((client) => client.$disconnect()))
    }
    expect(db.prepare(`SELECT count(*) FROM arm WHERE study_id = 'none'`).pluck().get()).toBe(0)
  })
})
