import { lstatSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { constraintsOf } from '../../../scripts/constraints.ts'
import { describePostgres, type ScratchPostgres, scratchPostgres } from '../../engines.ts'
import { ROOT, type ScratchDatabase, scratchDatabase, seededDatabase, seededFile } from '../../scratch.ts'
import { environment, finished } from '../../scripts/prisma-project.ts'
import { SCHEMA } from '../models.ts'

const MODELS = path.join(ROOT, 'prisma/schema')
const OWN = path.join(ROOT, 'prisma/postgresql')
const prisma = ({ url }: ScratchPostgres, ...args: readonly string[]) =>
  finished(path.join(ROOT, 'node_modules/.bin/prisma'), args, { cwd: ROOT, env: environment({ DATABASE_URL: url }) })

test("PostgreSQL's schema is a datasource of its own and the very models of SQLite", () => {
  const models = readdirSync(MODELS).filter((name) => name !== 'main.prisma')
  expect(readdirSync(path.join(OWN, 'schema')).sort()).toEqual(['main.prisma', ...models].sort())
  for (const name of models)
    expect(realpathSync(path.join(OWN, 'schema', name)), name).toBe(realpathSync(path.join(MODELS, name)))
  expect(lstatSync(path.join(OWN, 'schema/main.prisma')).isSymbolicLink()).toBe(false)
})

test('both engines have migrations of the same names', () => {
  const names = (folder: string) => readdirSync(folder).filter((name) => /^\d/.test(name))
  expect(names(path.join(OWN, 'migrations'))).toEqual(names(path.join(ROOT, 'prisma/migrations')))
})

describePostgres('an empty database migrated forward on postgresql', () => {
  test('has no difference to the schema, the same rules as on SQLite, and refuses what breaks them', async () => {
    const scratch = await scratchPostgres()
    expect(await prisma(scratch, 'migrate', 'deploy')).toMatchObject({ status: 0 })
    const diff = ['--from-config-datasource', '--to-schema', path.join(OWN, 'schema'), '--exit-code']
    expect(await prisma(scratch, 'migrate', 'diff', ...diff)).toMatchObject({ status: 0 })

    const standing = await scratch.rows(
      `SELECT conrelid::regclass::text, conname FROM pg_constraint
       WHERE contype = 'c' AND connamespace = 'public'::regnamespace`,
    )
    const wanted = constraintsOf(SCHEMA, 'postgresql').map(({ table, name }) => [table, name])
    expect(standing.map(String).sort()).toEqual(wanted.map(String).sort())
    expect(wanted.length).toBeGreaterThan(100)

    await scratch.rows(
      `INSERT INTO study (id, label, title, type) VALUES ('a', 'A', 'A', 'interventional'), ('b', 'B', 'B', 'interventional')`,
    )
    await scratch.rows(
      `INSERT INTO study_group (id, study_id, position, label) VALUES ('a/one', 'a', 1, 'One'), ('b/one', 'b', 1, 'One')`,
    )
    const insert = (experimental: string, reference: string) =>
      scratch.rows(
        `INSERT INTO comparison (id, study_id, position, experimental_group_id, reference_group_id)
         VALUES ('a/c', 'a', 1, '${experimental}', '${reference}')`,
      )
    await expect(insert('a/one', 'a/one')).rejects.toThrow(/comparison_two_groups/)
    await expect(insert('a/one', 'b/one')).rejects.toThrow(/comparison_reference_group_id_in_study/)
    await expect(scratch.rows(`UPDATE study SET type = 'bogus'`)).rejects.toThrow(/study_type/)
    for (const view of ['study_overview', 'outcome_table', 'analysis_table', 'adverse_event_table', 'provenance_table'])
      expect(await scratch.rows(`SELECT * FROM ${view}`), view).toHaveLength(view === 'study_overview' ? 2 : 0)
  })
})

describePostgres('a migrated database on postgresql', () => {
  test('has every text in byte order, as SQLite has it, whatever language the server was set up in', async () => {
    const scratch = await scratchDatabase()
    const texts = await scratch.rows<{ table: string; column: string; collation: string }>(
      `SELECT c.relname::text AS "table", a.attname::text AS "column", l.collname::text AS collation
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = a.attcollation
       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'
         AND a.attnum > 0 AND NOT a.attisdropped`,
    )
    const wanted = SCHEMA.models.flatMap(({ table, fields }) =>
      fields.filter(({ type }) => type === 'String').map(({ column }) => `${table}.${column}`),
    )
    expect(wanted.length).toBeGreaterThan(100)
    expect(texts.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(wanted.sort())
    expect(texts.filter(({ collation }) => collation !== 'C')).toEqual([])
  })

  describe('has the views of SQLite', () => {
    const VIEWS = ['study_overview', 'outcome_table', 'analysis_table', 'adverse_event_table', 'provenance_table']
    let sqlite: ScratchDatabase
    let postgresql: ScratchDatabase
    beforeAll(async () => {
      sqlite = await seededFile()
      postgresql = await seededDatabase()
    })

    test('and no other', async () => {
      const there = `SELECT table_name::text AS name FROM information_schema.views WHERE table_schema = 'public'`
      expect((await postgresql.rows<{ name: string }>(there)).map(({ name }) => name).sort()).toEqual(VIEWS.toSorted())
      expect(
        (await sqlite.rows<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'view'`))
          .map(({ name }) => name)
          .sort(),
      ).toEqual(VIEWS.toSorted())
    })

    test.each(VIEWS)('%s, with the same columns in the same order, and the same rows', async (view) => {
      const columns = await sqlite.rows(`SELECT name FROM pragma_table_info('${view}') ORDER BY cid`)
      expect(columns.length).toBeGreaterThan(10)
      expect(
        await postgresql.rows(
          `SELECT attname::text AS name FROM pg_attribute WHERE attrelid = '${view}'::regclass AND attnum > 0 ORDER BY attnum`,
        ),
      ).toEqual(columns)
      const rowsOf = async (scratch: ScratchDatabase) =>
        (await scratch.rows(`SELECT * FROM ${view}`))
          .map((row) => JSON.stringify(Object.entries(row).map(asOnSqlite)))
          .sort()
      const rows = await rowsOf(sqlite)
      expect(rows.length).toBeGreaterThan(0)
      expect(await rowsOf(postgresql)).toEqual(rows)
    })
    const asOnSqlite = ([column, value]: [string, unknown]) => [
      column,
      typeof value === 'boolean' ? Number(value) : value,
    ]
  })
})
