import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openEvidenceBase, readStudyFile, saveStudy } from '../../src/index.ts'
import { ORIGIN } from '../db/study-variants.ts'
import { threeArms } from '../queries/extraction/three-arms.ts'
import { evibase, scratchDatabase, scratchPath, seededDatabase } from '../scratch.ts'

let [db, first, cwd] = ['', '', '']
beforeAll(async () => {
  db = (await scratchDatabase()).url
  first = (await seededDatabase()).url
  cwd = scratchPath('extracted')
  mkdirSync(cwd)
  const opened = await openEvidenceBase(db)
  await saveStudy(opened, readStudyFile(Buffer.from(JSON.stringify(threeArms())), 'three.json'), ORIGIN)
  await opened.$disconnect()
})

const extract = (...args: string[]) => evibase(['extract', ...args], { db, cwd })
const cells = (stdout: string) =>
  (JSON.parse(stdout) as Record<string, unknown>[]).map(
    ({ experimental, ai, n1i, control, ci, n2i, timepoint }) =>
      `${timepoint}: ${experimental} ${ai}/${n1i} v ${control} ${ci}/${n2i}`,
  )

describe('the choices of an extraction are options', () => {
  test('set, time and a shared control, kept beside the file with what was looked at', async () => {
    const written = await extract(
      ...['dichotomous', '--outcome', 'SLEPT', '--analysis-set', 'safety, treated', '--at', '1 year'],
      ...['--shared-control', 'split', '--format', 'json', '--out', 'slept.json'],
    )
    expect(written).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(cells(readFileSync(path.join(cwd, 'slept.json'), 'utf8'))).toEqual([
      '12 months: low 10/22 v water 3/21',
      '12 months: high 12/32 v water 3/21',
    ])
    expect(JSON.parse(readFileSync(path.join(cwd, 'slept.json.metadata.json'), 'utf8'))).toEqual({
      table: 'dichotomous',
      choices: {
        studies: [],
        outcomes: ['SLEPT'],
        analysisSets: ['safety', 'treated'],
        time: { at: { value: 1, unit: 'years' } },
        arms: 'comparisons',
        merge: false,
        sharedControl: 'split',
        derived: false,
        asPrinted: false,
        prefer: 'both preferring arm',
      },
      studies: 1,
      rows: 2,
      notes: [],
    })
    expect(readdirSync(cwd)).toEqual(['slept.json', 'slept.json.metadata.json'])
  })

  test('arms on sides, merged, at the latest time of a window; --verbose tells all of them', async () => {
    const { code, stdout, stderr } = await extract(
      ...['dichotomous', '--arms', 'low,High:placebo_comparator', '--merge', '--window', '0-6 months', '--latest'],
      ...['--verbose', '--json'],
    )
    expect(code).toBe(0)
    expect(cells(stdout)).toEqual(['6 months: low + high 22/50 v water 6/40'])
    expect(stderr).toContain('arms {"experimental":["low","High"],"control":["placebo_comparator"]}; merge true;')
    expect(stderr).toContain('time {"within":{"unit":"months","from":0,"to":6},"pick":"latest"}')
  })

  test('the nearest time, all pairs of arms', async () => {
    const { stdout } = await extract('dichotomous', '--arms', 'all pairs', '--nearest', '7 months', '--json')
    expect(cells(stdout)).toEqual([
      '6 months: low 10/20 v high 12/30',
      '6 months: low 10/20 v water 6/40',
      '6 months: high 12/30 v water 6/40',
    ])
  })

  test('the study’s own estimate rather than its arms, with what formulas make of it', async () => {
    const { stdout } = await extract('effects-input', '--prefer', 'only contrast', '--derived', '--format', 'jsonl')
    const rows = stdout.trimEnd().split('\n')
    expect(rows).toHaveLength(1)
    expect(JSON.parse(rows[0] ?? '')).toMatchObject({ data: 'contrast', experimental: 'low', control: 'water' })
  })

  test('as printed: what was corrected is empty, and how often is told', async () => {
    const asked = ['extract', 'analyses', '--as-printed', '--format', 'csv']
    const { code, stdout, stderr } = await evibase(asked, { db: first })
    expect(code).toBe(0)
    expect(stdout).toContain('p_value: before its correction [')
    expect(stderr).toMatch(/^1 × the value before its correction is not known: rosenberg-1993-il2-lak\/\S+ p_value\n$/)
  })
})

describe('what cannot be is told with what there is, and nothing is written', () => {
  test.each([
    {
      of: 'an outcome, even one that is SQL',
      args: ['dichotomous', '--outcome', "'); DROP TABLE study; --", '--out', 'x.csv'],
      code: 1,
      says: /has an outcome "'\); DROP TABLE study; --"\. There is Death; Falls; Hours; Slept\./,
    },
    {
      of: 'an arm',
      args: ['counts', '--arms', 'mead:water', '--format', 'csv'],
      code: 1,
      says: /has an arm "mead"\. There is low \(Low, experimental\); high \(High, experimental\); water \(Water, /,
    },
    {
      of: 'an analysis set',
      args: ['dichotomous', '--analysis-set', 'itt'],
      code: 1,
      says: /no analysis set "itt"\. The kinds are .*randomised, .*treated/,
    },
    {
      of: 'a review',
      args: ['dichotomous', '--review', "x' OR '1'='1"],
      code: 1,
      says: /no review "x' OR '1'='1"/,
    },
    {
      of: 'a choice that the table does not know',
      args: ['arms', '--merge'],
      code: 2,
      says: /The table "arms" knows no choice "merge"\. It knows studies, review, /,
    },
    { of: 'a length of time', args: ['dichotomous', '--at', 'soon'], code: 2, says: /Expected days, weeks, months or/ },
  ])('$of', async ({ args, code, says }) => {
    const before = readdirSync(cwd)
    const answer = await extract(...args)
    expect(answer).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(says) })
    expect(readdirSync(cwd)).toEqual(before)
  })
})

test('where nothing is found, what was searched is said, and the table is empty', async () => {
  expect(await extract('dichotomous', '--at', '7 years', '--json')).toEqual({
    code: 0,
    stdout: '[]\n',
    stderr: expect.stringMatching(/^No rows\. Searched 1 study with time \{"at":\{"unit":"years","value":7\}\}; .*\n$/),
  })
})
