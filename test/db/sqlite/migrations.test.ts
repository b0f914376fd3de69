import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSchema } from '../../../scripts/prisma-schema.ts'
import { type ScratchFile, scratchFile, seededFile } from '../../scratch.ts'
import { environment, finished, sha256 } from '../../scripts/prisma-project.ts'
import { SEED_SLUG } from '../study-variants.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))
const schemaFolder = path.join(repository, 'prisma/schema')
const schema = readSchema(schemaFolder)
const SNAKE_CASE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/

const prisma = (file: string, ...args: readonly string[]) =>
  finished(path.join(repository, 'node_modules/.bin/prisma'), args, {
    cwd: repository,
    env: environment({ DATABASE_URL: `file:${file}` }),
  })
const migrationsFolder = path.join(repository, 'prisma/migrations')
const migrations = readdirSync(migrationsFolder)
  .filter((name) => name !== 'migration_lock.toml')
  .sort()
const migrationSql = (name: string) => readFileSync(path.join(migrationsFolder, name, 'migration.sql'), 'utf8')

describe('an empty database migrated forward', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'evibase-migrations-'))
  const file = path.join(folder, 'a.db')
  afterAll(() => rmSync(folder, { recursive: true }))
  const diff = () =>
    prisma(file, 'migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema', '--exit-code')

  test('takes every migration, and remembers each by its content', async () => {
    const deployed = await prisma(file, 'migrate', 'deploy')
    expect(deployed.status, deployed.output).toBe(0)
    const db = new Database(file, { readonly: true })
    const applied = db
      .prepare('SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1')
      .raw()
      .all()
    db.close()
    expect(applied).toEqual(migrations.map((name) => [name, sha256(migrationSql(name))]))
  })

  test('has no difference to the schema', async () => {
    const { status, output } = await diff()
    expect(output).toContain('No difference detected')
    expect(status).toBe(0)
  })

  test('is what the other tests make for themselves without Prisma', async () => {
    const tables = (name: string) => {
      const db = new Database(name, { readonly: true })
      const rows = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name').all()
      db.close()
      return rows
    }
    expect(tables((await scratchFile()).file)).toEqual(tables(file))
  })

  test('has one as soon as a column is missing', async () => {
    const db = new Database(file)
    db.exec('DROP VIEW outcome_table; ALTER TABLE outcome DROP COLUMN unit')
    db.close()
    const { status, output } = await diff()
    expect(output).toContain('outcome')
    expect(status).toBe(2)
  })
})

describe('each migration', () => {
  test.each(migrations)('%s opens with why, and names its intent in the imperative', (name) => {
    expect(name).toMatch(/^\d{14}_(create|add|remove|rename|change|split|widen|fill|index|rebuild)_[a-z0-9_]+$/)
    expect(migrationSql(name)).toMatch(/^-- [A-Z].{20,}/)
  })

  test('is in one of SQLite’s folders, which hold nothing else', () => {
    for (const name of migrations) expect(readdirSync(path.join(migrationsFolder, name))).toEqual(['migration.sql'])
  })

  test('can be read by SQLite before 3.44, which knows no ORDER BY within an aggregate', () => {
    for (const name of migrations) expect(migrationSql(name), name).not.toMatch(/group_concat\([^()]*ORDER BY/)
  })

  test('makes or changes tables, or makes views, or moves data, and not two of these', () => {
    for (const name of migrations) {
      // Building a table anew copies its rows, which moves nothing.
      const kinds = [/^(CREATE|ALTER) TABLE/m, /^CREATE VIEW/m, /^(UPDATE|INSERT(?! INTO "new_)|DELETE)/m].filter(
        (kind) => kind.test(migrationSql(name)),
      )
      expect(kinds, name).toHaveLength(1)
    }
  })
})

describe('the schema says what a reader must know', () => {
  test.each(schema.models.map(({ name, doc }) => ({ name, doc })))('$name has its grain', ({ doc }) => {
    expect(doc).toMatch(/^One row per /)
  })

  test('each index says which question it serves', () => {
    const silent = schema.models.flatMap(({ name, indexes }) =>
      indexes.filter(({ unique, serves }) => !unique && !serves).map(({ fields }) => `${name}: ${fields.join(', ')}`),
    )
    expect(silent).toEqual([])
  })

  test('each relation says what happens when its row goes', () => {
    const silent = schema.models.flatMap(({ name, fields }) =>
      fields
        .filter(({ attributes }) => /@relation\(.*fields:/.test(attributes))
        .filter(({ attributes }) => !/onDelete: (Cascade|NoAction|Restrict|SetNull)\b/.test(attributes))
        .map((field) => `${name}.${field.name}`),
    )
    expect(silent).toEqual([])
  })

  test('the reader of the schema misses no model, index or relation', () => {
    const text = readdirSync(schemaFolder)
      .map((name) => readFileSync(path.join(schemaFolder, name), 'utf8'))
      .join('\n')
    const count = (pattern: RegExp) => [...text.matchAll(pattern)].length
    const fields = schema.models.flatMap((model) => model.fields)
    expect(schema.models).toHaveLength(count(/^model /gm))
    expect(schema.enums).toHaveLength(count(/^enum /gm))
    expect(schema.models.flatMap(({ indexes }) => indexes.filter(({ unique }) => !unique))).toHaveLength(
      count(/^ *@@index/gm),
    )
    expect(fields.filter(({ attributes }) => attributes.includes('fields: ['))).toHaveLength(count(/\bfields: \[/g))
  })

  test('an index without its reason, a model without its grain would be seen', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'evibase-schema-'))
    writeFileSync(
      path.join(folder, 'a.prisma'),
      '/// A thing.\nmodel Thing {\n  id String @id\n\n  @@index([id])\n  @@map("thing")\n}\n',
    )
    const [model] = readSchema(folder).models
    rmSync(folder, { recursive: true })
    expect(model?.doc).toBe('A thing.')
    expect(model?.indexes).toEqual([{ fields: ['id'], unique: false, serves: undefined }])
  })
})

describe('a seeded database', () => {
  let seeded: ScratchFile
  let db: Database.Database
  beforeAll(async () => {
    seeded = await seededFile()
    db = new Database(seeded.file, { readonly: true })
  })
  afterAll(() => {
    db.close()
    return seeded.remove()
  })
  const rows = (sql: string) => db.prepare(sql).all()

  test('names tables and columns in snake_case, tables in the singular', () => {
    const names = rows(
      `SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m JOIN pragma_table_info(m.name) c
       WHERE m.type IN ('table', 'view') AND m.name NOT GLOB 'sqlite_*' AND m.name <> '_prisma_migrations'`,
    ) as { table: string; column: string }[]
    expect(names.length).toBeGreaterThan(300)
    expect(names.filter(({ table, column }) => !SNAKE_CASE.test(table) || !SNAKE_CASE.test(column))).toEqual([])
    expect(names.filter(({ table }) => /(?<!bia|[si])s$/.test(table))).toEqual([])
  })

  test('has every table of the schema, and the views for people', () => {
    const named = (type: string) =>
      (rows(`SELECT name FROM sqlite_master WHERE type = '${type}' ORDER BY name`) as { name: string }[])
        .map(({ name }) => name)
        .filter((name) => !/^(sqlite_|_prisma)/.test(name))
    const index = ['text_part', ...['', '_config', '_data', '_docsize', '_idx'].map((part) => `text_index${part}`)]
    expect(named('table')).toEqual([...schema.models.map(({ table }) => table), ...index].sort())
    expect(named('view')).toEqual([
      'adverse_event_table',
      'analysis_table',
      'outcome_table',
      'provenance_table',
      'study_overview',
    ])
    // A migration that rebuilds one of their tables must create them again.
    expect(named('trigger')).toEqual([
      'publication_indexed',
      'publication_indexed_again',
      'publication_text_indexed',
      'publication_text_indexed_again',
      'publication_text_unindexed',
      'publication_unindexed',
    ])
  })

  test('study_overview: what the study is', () => {
    expect(rows('SELECT * FROM study_overview')).toEqual([
      expect.objectContaining({
        study: SEED_SLUG,
        label: 'Rosenberg 1993',
        year: 1993,
        title: 'High-dose interleukin-2 with or without lymphokine-activated killer cells in advanced cancer',
        type: 'interventional',
        allocation: 'randomised',
        masking: 'not_reported',
        conditions: 'Metastatic cancer; Renal cell cancer; Melanoma',
        arms: 'IL-2 plus LAK cells; IL-2 alone',
        publications: 'pmid-8468720',
      }),
    ])
  })

  test.each([
    {
      sentence: '10 of 85 had a complete response',
      row: 'm00001',
      events: 10,
      total: 85,
      subgroup: null,
      words: '10 complete responses among the 85',
    },
    {
      sentence: '4 of 79 had one on IL-2 alone',
      row: 'm00002',
      events: 4,
      total: 79,
      subgroup: null,
      words: 'four among the 79',
    },
    {
      sentence: '7 of all go on in complete response',
      row: 'm00007',
      events: 7,
      total: null,
      subgroup: null,
      words: 'continues in seven patients',
    },
    {
      sentence: 'none of 26 with melanoma is alive',
      row: 'm00017',
      events: 0,
      total: 26,
      subgroup: 'diagnosis = melanoma',
      words: 'None of 26',
    },
  ])('outcome_table: $sentence', ({ row, events, total, subgroup, words }) => {
    expect(rows(`SELECT * FROM outcome_table WHERE "row" = '${SEED_SLUG}/${row}'`)).toEqual([
      expect.objectContaining({ events, total, subgroup, derived: 0, words: expect.stringContaining(words) }),
    ])
  })

  test('outcome_table: a number that is not split by arm says so', () => {
    const split = rows(`SELECT study_group, events FROM outcome_table WHERE missing_reason = 'not_split_by_arm'`)
    expect(split).toEqual([
      { study_group: 'IL-2 plus LAK cells', events: null },
      { study_group: 'IL-2 alone', events: null },
    ])
  })

  test('outcome_table: one row per measurement, whatever is joined to it', () => {
    expect(rows('SELECT "row" FROM outcome_table ORDER BY 1')).toEqual(
      rows('SELECT id AS "row" FROM outcome_measurement ORDER BY 1'),
    )
  })

  test('analysis_table: survival, P2 = .089; in melanoma .064, corrected; none in renal cell cancer', () => {
    expect(
      rows(
        'SELECT experimental, p_operator, p_value, p_text, p_sides, corrected, finding_direction FROM analysis_table ORDER BY "row"',
      ),
    ).toEqual([
      {
        experimental: 'IL-2 plus LAK cells',
        p_operator: '=',
        p_value: 0.089,
        p_text: '.089',
        p_sides: 2,
        corrected: 0,
        finding_direction: null,
      },
      {
        experimental: 'Melanoma, IL-2 plus LAK cells',
        p_operator: '=',
        p_value: 0.064,
        p_text: '.064',
        p_sides: 2,
        corrected: 1,
        finding_direction: 'favours_experimental',
      },
      {
        experimental: 'Renal cell cancer, IL-2 plus LAK cells',
        p_operator: null,
        p_value: null,
        p_text: null,
        p_sides: null,
        corrected: 0,
        finding_direction: 'no_difference',
      },
    ])
  })

  test('adverse_event_table: six deaths of all, three of them of infarction, no number for an arm, two harms only told', () => {
    expect(rows('SELECT term, parent, study_group, affected, missing_reason FROM adverse_event_table')).toEqual([
      row('Treatment-related death', null, 'All arms together', 6, null),
      row('Treatment-related death', null, 'IL-2 plus LAK cells', null, 'not_split_by_arm'),
      row('Treatment-related death', null, 'IL-2 alone', null, 'not_split_by_arm'),
      row('Fatal myocardial infarction', 'Treatment-related death', 'All arms together', 3, null),
      row('Fatal myocardial infarction', 'Treatment-related death', 'IL-2 plus LAK cells', null, 'not_split_by_arm'),
      row('Fatal myocardial infarction', 'Treatment-related death', 'IL-2 alone', null, 'not_split_by_arm'),
      row('Other toxic effects', null, null, null, null),
      row('Toxic effects of increased vascular permeability', null, null, null, null),
    ])
  })
  const row = (...[term, parent, study_group, affected, missing_reason]: (string | number | null)[]) => ({
    term,
    parent,
    study_group,
    affected,
    missing_reason,
  })

  test('provenance_table: the 10 was read from these words, and the derived sum from no words but a formula', () => {
    const of = (fact: string) =>
      rows(`SELECT printed, role, section, publication, formula, correction FROM provenance_table
            WHERE fact = '${SEED_SLUG}/${fact}' AND coalesce(role, 'value') = 'value'`)
    const none = { formula: null, correction: null }
    const results = { role: 'value', section: 'Results', publication: 'pmid-8468720' }
    expect(of('outcome_measurement/m00001/events')).toEqual([{ ...none, ...results, printed: '10' }])
    expect(of('outcome_analysis/a00002/p_value')).toEqual([
      { ...none, ...results, printed: '.064', correction: '[corrected]' },
    ])
    expect(of('outcome_measurement/m00005/events')).toEqual([
      { printed: null, role: null, section: null, publication: null, formula: 'complete + partial', correction: null },
    ])
  })

  test('provenance_table: the stored text has the words at their offsets', () => {
    const places = rows(
      `SELECT p.words, p.start_offset, p.end_offset, t.body FROM provenance_table p
       JOIN publication_text t ON t.publication_id = p.publication AND t.label = p.section WHERE p.start_offset IS NOT NULL`,
    ) as { words: string; start_offset: number; end_offset: number; body: string }[]
    expect(places.length).toBeGreaterThan(100)
    expect(places.filter(({ words, body, ...at }) => body.slice(at.start_offset, at.end_offset) !== words)).toEqual([])
  })
})
