import { describe, expect, test } from 'vitest'
import { poolFurther } from '../../../src/export/pool/pool-further.ts'
import { furtherTables } from '../../../src/export/pool/pool-tables.ts'
import { readEffectRows } from '../../../src/import/effect-rows/read-effect-rows.ts'
import { MEASURES } from '../../../src/stats/effect-sizes/measures.ts'
import type { PoolMethod } from '../../../src/stats/pooling/pool-studies.ts'
import { near } from '../../stats/near.ts'
import { ANALYSES } from '../../stats/pooling/reference.ts'

const EVERYTHING = {
  by: 'alloc',
  mods: ['ablat'],
  leave1out: true,
  cumulative: 'year',
  influence: true,
  egger: true,
  begg: true,
  trimfill: true,
  fsn: true,
} as const

function furtherOf(csv: string, method: PoolMethod) {
  const rows = readEffectRows(new TextEncoder().encode(csv), 'rows.csv', MEASURES.RR)
  return poolFurther(rows, EVERYTHING, { measure: 'RR', options: { method, level: 0.95 }, back: Math.exp })
}

const bcg = ANALYSES.find(({ title }) => title === 'bcg RR')
const COLUMNS = ['study', 'ai', 'n1i', 'ci', 'n2i', 'year', 'ablat', 'alloc']
const csv = [COLUMNS.join(','), ...(bcg?.rows ?? []).map((row) => COLUMNS.map((name) => row[name]).join(',')), ''].join(
  '\n',
)

describe('the keys under which a pool has more than itself', () => {
  const further = furtherOf(csv, 'REML')

  test('each is there when it is asked for', () => {
    expect(Object.keys(further)).toEqual([
      'moderators',
      'subgroups',
      'subgroup_difference',
      'leave1out',
      'cumulative',
      'influence',
      'egger',
      'begg',
      'trimfill',
      'fail_safe_n',
    ])
    expect(JSON.stringify(further)).not.toMatch(/NaN|not-estimable/)
  })

  test('they hold what metafor 3.8-1 gives', () => {
    const fit = bcg?.metareg?.[0]?.fits.REML
    expect(further.moderators).toMatchObject({
      k: 13,
      qm: expect.toSatisfy(near(Number(fit?.z.QM.stat), 1e-7)),
      qm_df: 1,
      r2: expect.toSatisfy(near(Number(fit?.R2_pct), 1e-6)),
      coefficients: [
        { name: 'intercept', estimate: expect.toSatisfy(near(Number(fit?.z.b[0]), 1e-7)) },
        { name: 'ablat', p_value: expect.toSatisfy(near(Number(fit?.z.p[1]), 1e-6)) },
      ],
    })
    expect(further.trimfill).toMatchObject({ estimator: 'L0', side: 'right', k0: 1, k: 14, p_k0: null })
    expect(further.fail_safe_n).toEqual({ rosenthal: 598, orwin: 13, rosenberg: 370 })
    expect(further.begg).toMatchObject({ p_value: expect.toSatisfy(near(Number(bcg?.bias.begg_rank.p), 1e-10)) })
    expect(further.egger).toMatchObject({ p_value: expect.toSatisfy(near(Number(bcg?.bias.egger_lm.p), 1e-8)) })
    expect(further.cumulative).toMatchObject([
      { study: 'Aronson 1948', k: 1 },
      { study: 'Ferguson & Simes 1949', k: 2 },
      ...Array(11).fill({}),
    ])
    expect(further.subgroup_difference).toMatchObject({ df: 2 })
  })

  test('tables for people are on the scale that they read', () => {
    const tables = furtherTables(further)
    expect(tables.map(({ title }) => title)).toContain('moderators, coefficients')
    const [random] = tables.find(({ title }) => title === 'subgroups')?.table.rows ?? []
    // exp(−0.9709647) of the reference file
    expect(random).toMatchObject({ level: 'random', k: 7, estimate: 0.3787 })
  })
})

test('what a pool of counts cannot have says so, and is left out of the tables', () => {
  const further = furtherOf(csv, 'MH')
  for (const key of ['moderators', 'influence', 'trimfill'])
    expect(further[key]).toMatchObject({ status: 'not-estimable', reason: expect.stringContaining('inverse variance') })
  expect(further.leave1out).toHaveLength(13)
  // The tests beside Mantel and Haenszel's estimate are of odds and rate ratios.
  expect(further.mh_tests).toBeUndefined()
  expect(furtherTables(further).map(({ title }) => title)).not.toContain('influence')
})

test("a pool of odds ratios by Mantel and Haenszel has that method's tests, as metafor 3.8-1 gives them", () => {
  const expected = ANALYSES.find(({ title }) => title === 'bcg OR')?.mh
  const rows = readEffectRows(new TextEncoder().encode(csv), 'rows.csv', MEASURES.OR)
  const further = poolFurther(rows, {}, { measure: 'OR', options: { method: 'MH', level: 0.95 }, back: Math.exp })
  const statistic = (value: number | null | undefined) => expect.toSatisfy(near(Number(value), 1e-9))
  expect(further).toEqual({
    mh_tests: [
      expect.objectContaining({ correction: 0.5, statistic: statistic(expected?.CMH_cc?.chisq), df: 1 }),
      expect.objectContaining({ correction: 0, statistic: statistic(expected?.CMH_nocc?.chisq), df: 1 }),
      expect.objectContaining({ test: 'Breslow-Day', statistic: statistic(expected?.breslow_day?.chisq), df: 12 }),
      expect.objectContaining({ test: 'Tarone', statistic: statistic(expected?.tarone?.chisq), df: 12 }),
    ],
  })
  expect(furtherTables(further)).toMatchObject([{ title: 'mh_tests' }])
})

describe('studies that a part of the answer has to do without', () => {
  const lines = ['A,1,1,1,a', 'B,2,2,NA,b', 'C,5,1,3,a', 'D,9,3,5,', 'E,3,3,.,b', 'F,3,1,7,b']
  const rows = readEffectRows(new TextEncoder().encode(`study,yi,vi,x,g\n${lines.join('\n')}\n`), 'a', MEASURES.GEN)
  const context = { measure: 'GEN', options: { method: 'REML', level: 0.95 }, back: (value: number) => value } as const

  test('are named, with what they lack', () => {
    const { moderators, subgroups, subgroups_left_out } = poolFurther(rows, { mods: ['x'], by: 'g' }, context)
    expect(moderators).toMatchObject({
      k: 4,
      left_out: [
        { study: 'B', reason: 'it has no x' },
        { study: 'E', reason: 'it has no x' },
      ],
    })
    expect(subgroups).toMatchObject([
      { level: 'a', k: 2 },
      { level: 'b', k: 3 },
    ])
    expect(subgroups_left_out).toEqual([{ study: 'D', reason: 'it has no g' }])
    expect(poolFurther(rows, { mods: ['x', 'g'] }, context).moderators).toMatchObject({
      left_out: [{ study: 'B' }, { study: 'D', reason: 'it has no g' }, { study: 'E' }],
    })
  })

  test('none are where none lacks anything', () => {
    const whole = rows.filter(({ cells }) => cells.get('x') !== '' && cells.get('g') !== '')
    const further = poolFurther(whole, { mods: ['x'], by: 'g' }, context)
    expect(further).not.toHaveProperty('subgroups_left_out')
    expect(further.moderators).not.toHaveProperty('left_out')
    expect(further.moderators).not.toHaveProperty('notes')
  })

  test('a column with both numbers and words is told to be taken for categories', () => {
    const mixed = rows.map((row) => (row.study === 'C' ? { ...row, cells: new Map([['x', '1,024']]) } : row))
    expect(poolFurther(mixed, { mods: ['x'] }, context).moderators).toMatchObject({
      notes: [{ column: 'x', note: expect.stringContaining('because of "1,024" (C)') }],
    })
  })
})

test.each([
  { what: 'no study', lines: [] },
  { what: 'one study', lines: ['A,3,10,1,9,1990,40,random'] },
  { what: 'one study without events', lines: ['A,0,10,0,9,1990,40,random'] },
  { what: 'two studies', lines: ['A,3,10,1,9,1990,40,random', 'B,5,10,1,9,1991,,random'] },
  { what: 'studies that are the same', lines: Array<string>(4).fill('A,3,10,1,9,1990,40,random') },
])('$what: reasons and no NaN', ({ lines }) => {
  for (const method of ['REML', 'EE', 'MH'] as const) {
    const text = JSON.stringify(furtherOf([COLUMNS.join(','), ...lines, ''].join('\n'), method), (_, value) => {
      if (typeof value === 'number') expect(value).toSatisfy(Number.isFinite)
      return value
    })
    expect(text).toContain('not-estimable')
  }
})
