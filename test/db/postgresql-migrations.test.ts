import { lstatSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { constraintsOf } from '../../scripts/constraints.ts'
import { readSchema } from '../../scripts/prisma-schema.ts'
import { describePostgres, type ScratchPostgres, scratchPostgres } from '../engines.ts'
import { ROOT } from '../scratch.ts'
import { environment, finished } from '../scripts/prisma-project.ts'

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
    const wanted = constraintsOf(readSchema(MODELS), 'postgresql').map(({ table, name }) => [table, name])
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
