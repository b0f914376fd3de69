import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { evibase, ROOT, scratchDatabase, scratchPath, seededDatabase } from '../scratch.ts'
import { environment, finished } from '../scripts/prisma-project.ts'

const STUDY = 'rosenberg-1993-il2-lak'
let db: string
beforeAll(async () => {
  db = (await seededDatabase()).url
})
const folder = (...files: readonly string[]) => {
  const made = scratchPath('folder')
  mkdirSync(made)
  for (const file of files) writeFileSync(path.join(made, file), 'old\n')
  return made
}

describe('data go to stdout, words to stderr', () => {
  test('--json is --format json, with the names of the CSV for keys', async () => {
    const [short, long, csv] = await Promise.all([
      evibase(['extract', 'dichotomous', '--json'], { db }),
      evibase(['extract', 'dichotomous', STUDY, '--format', 'json'], { db }),
      evibase(['extract', 'dichotomous', '-f', 'csv'], { db }),
    ])
    expect(short).toEqual({ code: 0, stdout: long.stdout, stderr: '' })
    const rows = JSON.parse(short.stdout) as Record<string, unknown>[]
    expect(rows.map(({ ai, n1i, ci, n2i }) => [ai, n1i, ci, n2i])).toEqual([
      [10, 85, 4, 79],
      [14, 85, 12, 79],
      [5, 28, 0, 26],
    ])
    expect(Object.keys(rows[0] ?? {}).join(',')).toBe(csv.stdout.split('\n')[0])
    expect(csv.stdout.split('\n')[1]).toMatch(
      new RegExp(`^${STUDY},1993,Complete response,.*,10,75,4,75,85,79,false,Complete or partial response,,1,false,,$`),
    )
  })

  test('--derived adds what our formulas made', async () => {
    const { stdout } = await evibase(['extract', 'dichotomous', '--derived', '-f', 'csv'], { db })
    expect(stdout.match(/,\d+,true,/g)).toHaveLength(1)
    expect(stdout).toContain(',24,61,16,63,85,79,true,')
  })

  test('--columns explains them without a database', async () => {
    const { code, stdout } = await evibase(['extract', 'survival', '--columns', '-f', 'csv'])
    expect(code).toBe(0)
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'column,type,unit,meaning,source',
      "study,text,,the study's key,study.id",
    ])
    expect(stdout).toContain('probability,number,0 to 1,of being without the event,outcome_measurement.proportion')
  })

  test('a database without studies gives no rows, and says so', async () => {
    const { url } = await scratchDatabase()
    const [table, csv] = await Promise.all([
      evibase(['extract', 'arms'], { db: url }),
      evibase(['extract', 'arms', '-f', 'csv'], { db: url }),
    ])
    expect(table).toEqual({ code: 0, stdout: '', stderr: 'No rows.\n' })
    expect(csv).toEqual({
      code: 0,
      stdout: 'study,arm,label,role,interventions,analysis_set,n,missing_reason,correction\n',
      stderr: 'No rows.\n',
    })
  })

  test('a study that is not there is told on stderr, and stdout stays empty', async () => {
    expect(await evibase(['extract', 'arms', 'rosenberg-1994', '--json'], { db })).toEqual({
      code: 1,
      stdout: '',
      stderr: `The database has no study "rosenberg-1994". It has ${STUDY}.\n`,
    })
  })
})

describe('--out', () => {
  test('writes what would have been printed, over what was there, from the current folder', async () => {
    const cwd = folder('arms.csv')
    const [printed, written] = await Promise.all([
      evibase(['extract', 'arms', '-f', 'csv'], { db }),
      evibase(['extract', 'arms', '-f', 'csv', '--out', 'arms.csv'], { db, cwd }),
    ])
    expect(written).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(readFileSync(path.join(cwd, 'arms.csv'), 'utf8')).toBe(printed.stdout)
    expect(readdirSync(cwd)).toEqual(['arms.csv', 'arms.csv.metadata.json'])
  })

  test('into a folder that is not there, or over a folder, writes nothing', async () => {
    const cwd = folder()
    mkdirSync(path.join(cwd, 'taken'))
    const [missing, taken] = await Promise.all([
      evibase(['extract', 'arms', '--out', 'missing/arms.csv'], { db, cwd }),
      evibase(['extract', 'arms', '--out', 'taken'], { db, cwd }),
    ])
    expect(missing).toEqual({
      code: 1,
      stdout: '',
      stderr: `${path.join(cwd, 'missing/arms.csv')} can't be written: no such file or directory. Name another file with --out.\n`,
    })
    expect(taken).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining("taken can't be written: ") })
    expect(readdirSync(cwd)).toEqual(['taken'])
    expect(readdirSync(path.join(cwd, 'taken'))).toEqual([])
  })

  test('leaves the old file alone when the question fails', async () => {
    const cwd = folder('old.csv')
    const { code } = await evibase(['extract', 'arms', 'nobody', '--out', 'old.csv'], { db, cwd })
    expect(code).toBe(1)
    expect(readFileSync(path.join(cwd, 'old.csv'), 'utf8')).toBe('old\n')
  })
})

describe('a reader that', () => {
  const shell = (command: string) =>
    finished('/bin/sh', ['-c', command.replace('evibase', `"${process.execPath}" "${ROOT}scripts/evibase.mjs"`)], {
      cwd: ROOT,
      env: environment({ DATABASE_URL: db }),
    })

  test('has seen enough after a line is no fault', async () => {
    const run = await shell(`{ evibase trace ${STUDY} -f csv; echo "code $?" >&2; } | head -n 1`)
    expect(run.stdout).toMatch(/^study,table,row,field,[^\n]*\n$/)
    expect(run.stderr).toBe('code 0\n')
  })

  test('never reads is no fault', async () => {
    const run = await shell(`{ evibase trace ${STUDY} -f csv; echo "code $?" >&2; } | true`)
    expect(run.stderr).toBe('code 0\n')
  })

  test.runIf(existsSync('/dev/full'))('has no room left is told of, in a sentence', async () => {
    const run = await shell(`evibase trace ${STUDY} -f csv > /dev/full`)
    expect(run).toMatchObject({ status: 1, stderr: "The output can't be written: no space left on device.\n" })
  })
})
