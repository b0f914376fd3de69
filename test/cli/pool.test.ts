import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import bcg from '../reference/bcg-rows.json' with { type: 'json' }
import { evibase, seededDatabase } from '../scratch.ts'
import { near } from '../stats/near.ts'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'evibase-pool-'))
  const lines = bcg.rows.map(
    ({ study, ai, bi, ci, di, year, alloc }) => `"${study}",${ai},${bi},${ci},${di},${year},${alloc}\n`,
  )
  writeFileSync(path.join(cwd, 'rows.csv'), `study,ai,bi,ci,di,year,group\n${lines.join('')}`)
  writeFileSync(path.join(cwd, 'zeros.csv'), 'study,ai,n1i,ci,n2i\nA,1,9,2,9\nB,0,8,0,9\nC,NA,8,0,9\n')
  writeFileSync(path.join(cwd, 'lacking.csv'), 'study,yi,vi,x,g\nA,1,1,1,a\nA,2,2,NA,b\nC,5,1,3,a\nD,4,3,x,\n')
  writeFileSync(path.join(cwd, 'wrong.csv'), 'study,ai,bi,ci,di\nA,1,2,x,4\n')
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const pool = (...options: string[]) => evibase(['pool', '--from', 'rows.csv', '--measure', 'RR', ...options], { cwd })

test.concurrent('a pool as JSON is one object, with nothing said where nothing is missing', async () => {
  const { code, stdout, stderr } = await pool('--method', 'REML', '--test', 'z', '--format', 'json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const record = JSON.parse(stdout)
  expect(record).toMatchObject({ measure: 'RR', method: 'REML', test: 'z', k: 13 })
  // rma(measure = "RR", ...) of metafor 3.8-1 on dat.bcg, with threshold = 1e-12
  expect(record.tau2).toSatisfy(near(0.31324325813648074, 1e-7))
  expect(record.transformed.estimate).toSatisfy(near(Math.exp(-0.7145323421581394), 1e-9))
  expect(record.studies).toHaveLength(13)
})

test.concurrent('without --from, studies come from the database, by the choices of extract', async () => {
  const { url: db } = await seededDatabase()
  const asked = ['--outcome', 'Complete response', '--measure', 'RR', '--json']
  const { code, stdout, stderr } = await evibase(['pool', ...asked], { cwd, db })
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'REML: one study cannot tell how studies differ.\n' })
  // 10 of 85 against 4 of 79.
  const study = { study: 'rosenberg-1993-il2-lak', outcome: 'Complete response', control: 'IL-2 alone', weight: 100 }
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ measure: 'RR', k: 1, studies: [study] },
    transformed: { estimate: expect.toSatisfy(near((10 * 79) / (85 * 4), 1e-12)) },
  })
  const twice = await evibase(['pool', '--outcome', 'response', '--measure', 'RR'], { cwd, db })
  expect(twice).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('one outcome by --outcome') })
})

test.concurrent('comma lists make an array: each method with each test that it has', async () => {
  const { code, stdout } = await pool(
    '--method',
    'reml,mh',
    '--test',
    'z,knha',
    '--level',
    '90',
    '--json',
    '--out',
    'all.json',
  )
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  const records = JSON.parse(readFileSync(path.join(cwd, 'all.json'), 'utf8'))
  expect(records).toMatchObject([
    { method: 'REML', test: 'z', level: 0.9 },
    { method: 'REML', test: 'knha' },
    { method: 'MH', test: 'z' },
  ])
})

test.concurrent('what is asked beside the pool has keys of its own, and tables', async () => {
  const asked = ['--by', 'group', '--mods', 'year', '--egger', '--leave1out']
  const { stdout } = await pool(...asked, '--json')
  expect(Object.keys(JSON.parse(stdout))).toEqual(
    expect.arrayContaining(['moderators', 'subgroups', 'subgroup_difference', 'egger', 'leave1out']),
  )
  const table = await pool(...asked)
  expect(table.stdout).toContain('REML, z: subgroups\n')
})

test.concurrent('studies that are not in the pool are told, and what one study cannot say', async () => {
  const { code, stderr } = await evibase(['pool', '--from', 'zeros.csv', '--measure', 'OR', '--json'], { cwd })
  expect(code).toBe(0)
  expect(stderr).toContain('B is left out: no events in either group.\nC is left out: a number that the measure needs')
  expect(stderr).toContain('REML: one study cannot tell how studies differ.')
})

test.concurrent('studies that lack a value, mixed columns and names that stand twice are told', async () => {
  const asked = ['--from', 'lacking.csv', '--measure', 'GEN', '--mods', 'x', '--by', 'g', '--json']
  const { code, stderr } = await evibase(['pool', ...asked], { cwd })
  expect(code).toBe(0)
  expect(stderr).toMatch(/^Several rows are called A: they are pooled as studies that share nobody\.$/m)
  expect(stderr).toMatch(/^A is not in the regression: it has no x\.$/m)
  expect(stderr).toMatch(/^D is in no subgroup: it has no g\.$/m)
  expect(stderr).toMatch(/^x is taken for categories, not numbers, because of "x" \(D\)\.$/m)
})

test.concurrent('a table has the studies with their weights, and the pool below', async () => {
  const { code, stdout } = await pool()
  expect(code).toBe(0)
  expect(stdout).toMatch(/│ TPT Madras 1980 .*│ +0\.01195 │ +0\.003962 │ +10\.19 │/)
  expect(stdout).toMatch(/│ RR +│ REML +│ z +│ 13 │ +0\.4894 │/)
})

test.concurrent.each([
  {
    what: 'a wrong cell',
    options: ['--from', 'wrong.csv', '--measure', 'RR'],
    code: 1,
    words: 'wrong.csv:2:7: ci is "x"',
  },
  { what: 'no file', options: ['--from', 'none.csv', '--measure', 'RR'], code: 1, words: "none.csv can't be read" },
  {
    what: 'a method',
    options: ['--from', 'rows.csv', '--measure', 'RR', '--method', 'X'],
    code: 2,
    words: '--method has no "X"',
  },
  {
    what: 'a level',
    options: ['--from', 'rows.csv', '--measure', 'RR', '--level', '0'],
    code: 2,
    words: '--level can\'t be "0"',
  },
  {
    what: 'a test',
    options: ['--from', 'rows.csv', '--measure', 'RR', '--method', 'MH', '--test', 't'],
    code: 2,
    words: 'MH is tested by z alone',
  },
  {
    what: 'a column',
    options: ['--from', 'rows.csv', '--measure', 'RR', '--mods', 'age'],
    code: 2,
    words: 'no column "age"; expected one of study, ai',
  },
  {
    what: 'an order',
    options: ['--from', 'rows.csv', '--measure', 'RR', '--cumulative', 'group'],
    code: 2,
    words: 'expected a number',
  },
  {
    what: 'a file and a choice of the database',
    options: ['--from', 'rows.csv', '--measure', 'RR', '--outcome', 'x'],
    code: 2,
    words: "'--from <file>' cannot be used with option '--outcome <text>'",
  },
  {
    what: 'a file and a study',
    options: ['colditz', '--from', 'rows.csv', '--measure', 'RR'],
    code: 2,
    words: 'colditz is a study of the database',
  },
  { what: 'no measure', options: ['--from', 'rows.csv'], code: 2, words: "'--measure <name>' not specified" },
])('$what is refused in words', async ({ options, code, words }) => {
  expect(await evibase(['pool', ...options], { cwd })).toMatchObject({
    code,
    stdout: '',
    stderr: expect.stringContaining(words),
  })
})
