import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { REVIEW_RULES } from '../../src/checks/check-review.ts'
import { RULES } from '../../src/checks/rules.ts'
import {
  evibase,
  ROOT,
  type ScratchDatabase,
  SEED_FILE,
  scratchDatabase,
  scratchPath,
  seededDatabase,
} from '../scratch.ts'

const STUDY = 'rosenberg-1993-il2-lak'
const MORE_EVENTS = `UPDATE outcome_measurement SET events = 90 WHERE id = '${STUDY}/m00001'`

/** Findings come rule by rule. */
const ORDER = RULES.map(({ id }) => id)

/** A database with the first study after an edit by hand. */
async function edited(sql: string): Promise<ScratchDatabase> {
  const database = await seededDatabase()
  await database.exec(sql)
  return database
}

describe('evibase check', () => {
  let untouched: ScratchDatabase
  beforeAll(async () => {
    untouched = await seededDatabase()
  })

  test('exits 0 where there are notes only, and says how much is not checkable', async () => {
    const { code, stdout, stderr } = await evibase(['check', '--json'], { db: untouched.url })
    const rows = JSON.parse(stdout) as { severity: string; status: string; study: string }[]
    expect(code).toBe(0)
    expect(rows.length).toBeGreaterThan(0)
    expect(
      rows.every(({ severity, status, study }) => severity === 'note' && status === 'remark' && study === STUDY),
    ).toBe(true)
    expect(stderr).toMatch(/^1 study: 0 errors, 0 warnings, \d+ notes; \d+ not checkable \(--all shows them\)\.\n$/)
  })

  test('shows with --all what is not checkable, and why', async () => {
    const { code, stdout, stderr } = await evibase(['check', STUDY, '--all', '--json'], { db: untouched.url })
    const missing = (JSON.parse(stdout) as { status: string; message: string }[]).filter(
      ({ status }) => status === 'not_checkable',
    )
    expect(code).toBe(0)
    expect(stderr).toContain(`; ${missing.length} not checkable.`)
    for (const { message } of missing) expect(message).toMatch(/^Not checkable, because .*\.$/)
  })

  test('exits 1 at an error, which --severity error shows alone', async () => {
    const { url } = await edited(MORE_EVENTS)
    const { code, stdout, stderr } = await evibase(['check', '--severity', 'error', '--json'], { db: url })
    const rows = JSON.parse(stdout) as { rule: string; severity: string; row: string }[]
    expect(code).toBe(1)
    expect(rows.map(({ rule, row }) => `${rule} ${row}`)).toContain('events-within-total m00001')
    expect(new Set(rows.map(({ severity }) => severity))).toEqual(new Set(['error']))
    expect(stderr).toMatch(new RegExp(`^1 study: ${rows.length} errors, `))
  })

  test('exits 0 where a waiver of the study file lets each error stand, and gives its reason', async () => {
    const database = await scratchDatabase()
    const file = scratchPath('waived.yaml')
    const waiver = (code: string, rule: string, on: string) =>
      `  - { code: ${code}, rule: ${rule}, on: ${on}, reason: As printed., by: Someone, date: "2026-11-24" }\n`
    const text = readFileSync(SEED_FILE, 'utf8')
      .replace('- group: all\n        affected: 6\n', '- ref: deaths\n        group: all\n        affected: 6\n')
      .replace('- group: all\n        affected: 3\n', '- ref: infarctions\n        group: all\n        affected: 3\n')
      .replace(
        '\nextractions:',
        `\nwaivers:\n${waiver('a', 'adverse-events-nested', 'infarctions')}${waiver('b', 'source-gives-value', 'deaths.affected')}\nextractions:`,
      )
    writeFileSync(file, text)
    expect(await evibase(['load', file], { db: database.url })).toMatchObject({ code: 0 })
    // Then three infarctions are within two deaths, and the words still say six.
    await database.exec(`UPDATE adverse_event_count SET affected = 2 WHERE id = '${STUDY}/e00001'`)
    const { code, stdout, stderr } = await evibase(['check', '--severity', 'error', '--json'], { db: database.url })
    expect(JSON.parse(stdout)).toMatchObject(
      [
        { rule: 'adverse-events-nested', row: 'e00004', waived: 'As printed.' },
        { rule: 'source-gives-value', row: 'e00001', waived: 'As printed.' },
      ].sort((one, other) => ORDER.indexOf(one.rule) - ORDER.indexOf(other.rule)),
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(', 2 waived;') })
  })

  test('keeps with --save what it shows, in the place of what it kept of the study before', async () => {
    const { url, exec, rows } = await edited(MORE_EVENTS)
    const first = await evibase(['check', '--save', '--severity', 'error', '--json'], { db: url })
    const shown = JSON.parse(first.stdout) as unknown
    const kept = () =>
      rows(
        `SELECT study_id AS study, rule, severity, status, table_name AS "table", row_key AS "row", field, about, message, waived
         FROM finding ORDER BY id`,
      )
    expect(await kept()).toEqual(shown)
    expect(await rows('SELECT fact_id FROM finding')).toContainEqual({
      fact_id: `${STUDY}/outcome_measurement/m00001/events`,
    })
    await exec(`UPDATE outcome_measurement SET events = 10 WHERE id = '${STUDY}/m00001'`)
    expect(await evibase(['check', '--save', '--severity', 'error'], { db: url })).toMatchObject({ code: 0 })
    expect(await kept()).toEqual([])
    const run = { studies: 1, reviews: 0, version: packageVersion() }
    expect(await rows('SELECT studies, reviews, version FROM check_run WHERE finished_at IS NOT NULL')).toEqual([
      run,
      run,
    ])
  })

  test('says which study it does not know', async () => {
    const { code, stderr } = await evibase(['check', 'unknown-2000'], { db: untouched.url })
    expect(code).toBe(1)
    expect(stderr).toContain('The database has no study "unknown-2000".')
  })

  test('explains its rules without a database', async () => {
    const { code, stdout } = await evibase(['check', '--rules', '--json'])
    const rules = JSON.parse(stdout) as { rule: string; tests: string; formula: string; source: string }[]
    expect(code).toBe(0)
    expect(rules.map(({ rule }) => rule)).toEqual([...RULES, ...REVIEW_RULES].map(({ id }) => id))
    for (const { tests, formula, source } of rules)
      expect([tests, formula, source].every((text) => text.length > 0)).toBe(true)
  })
})

const packageVersion = () =>
  (JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }).version
