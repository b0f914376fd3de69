import { describe, expect, test } from 'vitest'
import { integrityOf } from '../../src/db/integrity.ts'
import { reindexTexts } from '../../src/db/reindex-texts.ts'
import { findStudies } from '../../src/queries/find-studies.ts'
import type { VerifyRow } from '../../src/queries/verify-evidence-base.ts'
import { ENGINE } from '../engines.ts'
import { evibase, ROOT, type ScratchDatabase, scratchDatabase, seededDatabase } from '../scratch.ts'
import { fillDatabase } from './full-database.ts'
import { open } from './saving.ts'
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

/** Ways in which an index and its texts part, by what is said of them; the first study's title has number 1 in SQLite's. */
const PARTED: readonly { readonly fault: string; readonly sql: string; readonly detail: RegExp }[] =
  ENGINE === 'sqlite'
    ? [
        {
          fault: 'words that were changed behind a trigger',
          sql: `DROP TRIGGER publication_indexed_again; UPDATE publication SET title = 'Zymurgy'`,
          detail: /^the full-text index has other words than pmid-8468720\/$/,
        },
        {
          fault: 'the same words in another order',
          sql: `DELETE FROM text_index WHERE rowid = 1;
                INSERT INTO text_index (rowid, words) SELECT 1, replace(title, 'randomized trial', 'trial randomized') FROM publication`,
          detail: /^the full-text index has other words than pmid-8468720\/$/,
        },
        {
          fault: 'words that are missing',
          sql: 'DELETE FROM text_index WHERE rowid = 1',
          detail: /^the full-text index lacks the words of pmid-8468720\/$/,
        },
        {
          fault: 'a text that is missing',
          sql: `DELETE FROM text_part WHERE no = 1`,
          detail: /^the full-text index lacks pmid-8468720\/$/,
        },
        {
          fault: 'a text that is gone',
          sql: `INSERT INTO text_part (publication_id, part) VALUES ('x', 'x/'); INSERT INTO text_index (rowid, words) VALUES (last_insert_rowid(), 'x')`,
          detail: /^the full-text index has x\/, which is gone$/,
        },
        {
          fault: 'a text of another publication',
          sql: `UPDATE text_part SET publication_id = 'x' WHERE no = 1`,
          detail: /^the full-text index has pmid-8468720\/ under another publication$/,
        },
        {
          fault: 'a trigger that is missing',
          sql: 'DROP TRIGGER publication_text_unindexed',
          detail: /^the trigger publication_text_unindexed is missing$/,
        },
        { fault: 'no index at all', sql: 'DROP TABLE text_index', detail: /^the table text_index is missing$/ },
      ]
    : [
        {
          fault: 'words that were changed while the index slept',
          sql: `UPDATE pg_index SET indisready = false WHERE indexrelid = 'publication_title_words'::regclass;
                UPDATE publication SET title = 'Zymurgy';
                UPDATE pg_index SET indisready = true WHERE indexrelid = 'publication_title_words'::regclass`,
          detail: /^the full-text index has other words than pmid-8468720$/,
        },
        {
          fault: 'an index that was never finished',
          sql: `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'publication_text_body_words'::regclass`,
          detail: /^the index publication_text_body_words is not in use$/,
        },
        {
          fault: 'an index that is missing',
          sql: 'DROP INDEX publication_title_words',
          detail: /^the index publication_title_words is missing$/,
        },
      ]

describe('the full-text index', () => {
  const definitions = ({ rows }: ScratchDatabase) =>
    rows(
      ENGINE === 'sqlite'
        ? 'SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name'
        : `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname`,
    )

  test.each(PARTED)('with $fault is found wanting, and made anew as it was', async ({ sql, detail }) => {
    const scratch = await seededDatabase()
    const before = await definitions(scratch)
    await scratch.exec(sql)
    const db = await open(scratch)
    const wrong = async () => (await db.$transaction(integrityOf)).filter(({ problems }) => problems > 0)
    expect(await wrong()).toMatchObject([
      { check: 'integrity', of: 'text_index', detail: expect.stringMatching(detail) },
    ])
    await reindexTexts(db, ROOT)
    expect(await wrong()).toEqual([])
    expect(await definitions(scratch)).toEqual(before)
    const [{ title = '' } = {}] = await scratch.rows<{ title?: string }>('SELECT title FROM publication')
    const found = await findStudies(db, { and: [{ text: `"${title}"` }, { text: 'melanoma' }] })
    expect(found.rows.map(({ study }) => study)).toEqual([SEED_SLUG])
    await scratch.exec(`UPDATE publication SET title = 'Quite another'`)
    expect((await findStudies(db, { text: '"quite another"' })).total).toBe(1)
    await db.$disconnect()
  })

  test('is made anew by the command that verify names', async () => {
    const scratch = await seededDatabase()
    await scratch.exec(PARTED[0]?.sql ?? '')
    const found = await verify(scratch)
    expect(found).toMatchObject({ code: 1, stderr: expect.stringMatching(/`evibase db reindex`\.\n$/) })
    expect(await evibase(['db', 'reindex'], { db: scratch.url })).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^The full-text index of .* was made anew\.\n$/),
    })
    // The title was changed in the database alone, so that its quotes are where they were.
    expect(await verify(scratch)).toMatchObject({ code: 0, wrong: [] })
  })
})
