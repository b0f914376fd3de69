import { beforeAll, describe, expect, test } from 'vitest'
import { type Database, DICHOTOMOUS_COLUMNS, type DichotomousRow, extractDichotomous } from '../../src/index.ts'
import { STUDY, seeded, withVariants } from './seeded.ts'

// As the abstract gives them: 10 of 85 and "four" of 79.
const COMPLETE = { outcome: 'Complete response', ai: 10, bi: 75, n1i: 85, ci: 4, di: 75, n2i: 79 }
// Our sums of the first two.
const EITHER = { outcome: 'Complete or partial response', ai: 24, bi: 61, n1i: 85, ci: 16, di: 63, n2i: 79 }

let db: Database
beforeAll(async () => {
  db = await seeded()
})

describe('the 2×2 tables', () => {
  test('with what our own formula made stand in the order of the file, and the one of ours says so', async () => {
    const rows = await extractDichotomous(db, { derived: true })
    expect(rows.map(({ outcome, derived }) => [outcome, derived])).toEqual([
      ['Complete response', false],
      ['Partial response', false],
      ['Complete or partial response', true],
      ['Alive', false],
    ])
    expect(rows[2]).toMatchObject(EITHER)
  })

  test('have the columns of the issue first, in its order', () => {
    expect(Object.keys(DICHOTOMOUS_COLUMNS).slice(0, 14).join(', ')).toBe(
      'study, year, outcome, analysis_set, subgroup, timepoint, experimental, control, ai, bi, ci, di, n1i, n2i',
    )
  })

  test('have the columns’ names for keys, in their order', async () => {
    for (const row of await extractDichotomous(db)) expect(Object.keys(row)).toEqual(Object.keys(DICHOTOMOUS_COLUMNS))
  })
})

describe('which group is which does not depend on', () => {
  const tables = (rows: readonly DichotomousRow[]) =>
    rows.map(({ outcome, experimental, control, ai, n1i, ci, n2i }) => ({
      outcome,
      experimental,
      control,
      ai,
      n1i,
      ci,
      n2i,
    }))
  const sorted = (rows: readonly DichotomousRow[]) =>
    tables(rows).sort((one, other) => (one.outcome < other.outcome ? -1 : 1))

  test('the order of arms, groups and measurements in the file', async () => {
    const reversed = await withVariants((file) => {
      file.arms?.reverse()
      file.groups?.reverse()
      file.comparisons?.reverse()
      file.analysis_sets?.reverse()
      for (const group of file.groups ?? []) group.arms.reverse()
      for (const outcome of file.outcomes ?? []) outcome.measurements?.reverse()
    })
    expect(sorted(await extractDichotomous(reversed, { derived: true }))).toEqual(
      sorted(await extractDichotomous(db, { derived: true })),
    )
  })

  test('what the arms are called', async () => {
    const renamed = await withVariants((file) => {
      for (const group of file.groups ?? [])
        group.label = group.code === 'il2' ? 'A' : group.code === 'il2-lak' ? 'Z' : group.label
    })
    const [first] = await extractDichotomous(renamed)
    expect(first).toMatchObject({ ...COMPLETE, experimental: 'Z', control: 'A' })
  })
})

describe('there is no table', () => {
  const outcomes = async (database: Database) => (await extractDichotomous(database)).map(({ outcome }) => outcome)

  test.each([
    { when: 'a group has no total', sql: `UPDATE outcome_measurement SET total = NULL WHERE id = '${STUDY}/m00002'` },
    { when: 'a group has no events', sql: `UPDATE outcome_measurement SET events = NULL WHERE id = '${STUDY}/m00001'` },
    {
      when: 'the groups are counted in other sets',
      sql: `UPDATE outcome_measurement SET analysis_set_id = '${STUDY}/treated' WHERE id = '${STUDY}/m00002'`,
    },
    {
      when: 'the groups are counted at other times',
      sql: `UPDATE outcome_measurement SET timepoint_id = '${STUDY}/24-months' WHERE id = '${STUDY}/m00002'`,
    },
  ])('where $when', async ({ sql }) => {
    expect(await outcomes(await seeded(sql))).toEqual(['Partial response', 'Alive'])
  })

  test('of survival, which is told in per cent without a denominator', async () => {
    expect(await outcomes(db)).not.toContain('Survival')
  })
})

test('no group may have more events than people without the numbers showing it', async () => {
  const edited = await seeded(`UPDATE outcome_measurement SET events = 90 WHERE id = '${STUDY}/m00001'`)
  expect((await extractDichotomous(edited))[0]).toMatchObject({ ai: 90, bi: -5, n1i: 85 })
})
