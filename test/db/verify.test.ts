import { describe, expect, test } from 'vitest'
import type { VerifyRow } from '../../src/queries/verify-evidence-base.ts'
import { ENGINE } from '../engines.ts'
import { evibase, type ScratchDatabase, scratchDatabase, seededDatabase } from '../scratch.ts'
import { fillDatabase } from './full-database.ts'
import { SEED_SLUG } from './study-variants.ts'

async function verify({ url }: ScratchDatabase) {
  const { code, stdout, stderr } = await evibase(['db', 'verify', '--json'], { db: url })
  const rows = JSON.parse(stdout || '[]') as VerifyRow[]
  return { code, stderr, rows, wrong: rows.filter(({ problems }) => (problems ?? 0) > 0) }
}

/** What the database would refuse: its rules are out of force for the moment, as a fault or a hand may have them. */
const force = (scratch: ScratchDatabase, sql: string) =>
  scratch.exec(
    ENGINE === 'sqlite'
      ? `PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; ${sql}`
      : `SET session_replication_role = replica; ${sql}`,
  )

describe('evibase db verify', () => {
  test('finds nothing wrong in a good database, and counts what is in it', async () => {
    const scratch = await scratchDatabase()
    await fillDatabase(scratch)
    const { code, stderr, rows, wrong } = await verify(scratch)
    expect({ code, stderr, wrong }).toEqual({ code: 0, stderr: 'Everything is as it should be.\n', wrong: [] })
    const [counted] = await scratch.rows('SELECT count(*) AS n FROM quote_link')
    expect(rows.find(({ of }) => of === 'quote_link')).toMatchObject({ check: 'content', checked: counted?.n })
    expect(rows.filter(({ check }) => check === 'quotes').map(({ of }) => of)).toEqual(['aether-2001', 'zebra-1999'])
    expect(rows.filter(({ check, checked }) => check === 'quotes' && checked !== null && checked > 100)).toHaveLength(2)
  })

  test.each([
    {
      fault: 'a key that points at nothing',
      sql: `UPDATE quote_link SET quote_id = '${SEED_SLUG}/gone' WHERE fact_id LIKE '%m00001/events' AND position = 1`,
      check: 'foreign keys',
      detail: "a row of quote_link points at a row of quote that isn't there",
    },
    {
      fault: 'a row that breaks a rule',
      sql:
        ENGINE === 'sqlite'
          ? `UPDATE comparison SET reference_group_id = experimental_group_id WHERE position = 1`
          : `ALTER TABLE comparison DROP CONSTRAINT comparison_two_groups;
             UPDATE comparison SET reference_group_id = experimental_group_id WHERE position = 1;
             ALTER TABLE comparison ADD CONSTRAINT comparison_two_groups
               CHECK (experimental_group_id <> reference_group_id) NOT VALID`,
      check: 'rules',
      detail: /comparison/,
    },
    {
      fault: 'words that stand elsewhere',
      sql: `UPDATE publication_text SET body = ' ' || body WHERE label = 'Results'`,
      check: 'quotes',
      detail: /^not_found: /,
    },
    {
      fault: 'a value that its formula does not give',
      sql: `UPDATE outcome_measurement SET events = events + 1 WHERE id = (SELECT outcome_measurement_id FROM fact f
              JOIN derivation d ON d.fact_id = f.id WHERE f.outcome_measurement_id IS NOT NULL ORDER BY f.id LIMIT 1)`,
      check: 'quotes',
      detail: /^not_derived: /,
    },
  ])('finds $fault', async ({ sql, check, detail }) => {
    const scratch = await seededDatabase()
    await force(scratch, sql)
    const { code, stderr, wrong } = await verify(scratch)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^\d+ problems? (was|were) found, first: .+\.\n$/)
    const [found] = wrong.filter((row) => row.check === check)
    expect(found?.detail).toMatch(detail)
    expect(wrong.map((row) => row.check)).toEqual([check])
  })
})
