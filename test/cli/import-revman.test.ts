import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { KINDS } from '../../src/cli/commands/import.ts'
import { importFiles } from '../../src/cli/import-files.ts'
import type { Database } from '../../src/index.ts'
import { empty } from '../queries/seeded.ts'
import { ROOT, scratchFolder } from '../scratch.ts'
import { contextIn } from './context-in.ts'

const FIXTURES = path.join(ROOT, 'test/fixtures/revman')
const PACKAGE = path.join(FIXTURES, 'package-1')
const DATA = '421-analysis-data/421-data-rows.csv'
const SETTINGS = '421-analysis-data/421-overall-estimates-and-settings.csv'
const INFORMATION = '421-study-data/421-study-information.csv'
const BIAS = '421-study-data/421-risk-of-bias.csv'
const REFERENCES = '421-study-data/421-included.ris'
const ALL = [DATA, SETTINGS, INFORMATION, BIAS, REFERENCES]

/** A folder with the package in a folder of its own, and one in which all its files lie side by side. */
function folders(): string {
  const folder = scratchFolder('packages')
  cpSync(PACKAGE, path.join(folder, 'unpacked'), { recursive: true })
  mkdirSync(path.join(folder, 'loose'))
  for (const name of ALL) cpSync(path.join(PACKAGE, name), path.join(folder, 'loose', path.basename(name)))
  const zip = zipSync(Object.fromEntries(ALL.map((name) => [name, readFileSync(path.join(PACKAGE, name))])))
  writeFileSync(path.join(folder, '421.zip'), zip)
  return folder
}

async function imported(db: Database, cwd: string, ...files: readonly string[]) {
  const said: string[] = []
  const kind = KINDS.find(({ verb }) => verb === 'revman')
  if (kind === undefined) throw new Error('no such command')
  const outcome = await importFiles(contextIn(cwd, said), db, files, kind.formatOf, {}, kind.together)
  return { outcome, said }
}

describe('a data package', () => {
  test('is one import from a zip, its folder, or its files in any order, and the same each time', async () => {
    const [db, cwd] = [await empty(), folders()]
    const loose = ALL.map((name) => path.join('loose', path.basename(name)))
    const first = await imported(db, cwd, ...loose)
    expect(first.outcome).toBe('done')
    expect(first.said[0]).toBe('loose: 3 records: 3 saved.')
    for (const [shown, ...files] of [
      ['unpacked', 'unpacked'],
      ['421.zip', '421.zip'],
      ['loose', ...loose.slice().reverse(), ...loose],
      ['.', ...loose.slice(1), path.join('unpacked', DATA)],
    ] as const)
      expect(await imported(db, cwd, ...files)).toEqual({
        outcome: 'done',
        said: [`${shown}: 3 records: nothing changed.`],
      })
    expect(await db.importRun.findMany({ select: { fileName: true, status: true, read: true } })).toEqual(
      ['loose', 'unpacked', '421.zip', 'loose', '.'].map((fileName) => ({ fileName, status: 'done', read: 3 })),
    )
    expect(await db.study.count()).toBe(2)
  })

  test('without what it may lack is read, and says so', async () => {
    const [db, cwd] = [await empty(), folders()]
    const { outcome, said } = await imported(db, cwd, ...[DATA, SETTINGS].map((name) => path.join('unpacked', name)))
    expect(outcome).toBe('done')
    expect(said.slice(0, 2)).toEqual([
      expect.stringMatching(
        /^\S+421-data-rows\.csv:1: record 3 \(421\): the data package has no included\.ris, study-info.+ no references, /,
      ),
      'unpacked/421-analysis-data: 3 records: 3 saved.',
    ])
    expect((await db.study.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)).toEqual([
      'revman-421-doe-1999',
      'revman-421-roe-2001',
    ])
  })

  test('may be among others, and beside a review', async () => {
    const [db, cwd] = [await empty(), folders()]
    cpSync(path.join(FIXTURES, 'package-2'), path.join(cwd, 'other'), { recursive: true })
    cpSync(path.join(FIXTURES, 'tea.rm5'), path.join(cwd, 'tea.rm5'))
    // As downloads come.
    writeFileSync(
      path.join(cwd, 'other', 'more.zip'),
      zipSync({ 'a/tea.rm5': readFileSync(path.join(cwd, 'tea.rm5')) }),
    )
    const { outcome, said } = await imported(
      db,
      cwd,
      'tea.rm5',
      'other',
      ...ALL.map((name) => path.join('unpacked', name)),
    )
    expect(outcome).toBe('done')
    expect(said.slice(0, 4)).toEqual([
      'tea.rm5: 3 records: 3 saved.',
      'other: 6 records: 3 saved, 3 unchanged.',
      'unpacked: 3 records: 3 saved.',
      '3 files: 12 records: 9 saved, 3 unchanged, 0 left out.',
    ])
    expect((await db.review.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)).toEqual([
      'revman-42',
      'revman-421',
      'revman-422',
    ])
  })

  test.each<[string, (cwd: string) => void, readonly string[], RegExp]>([
    [
      'without its settings',
      () => undefined,
      [DATA, INFORMATION],
      /^unpacked: the data package 421 has no overall-estimates-and-settings\.csv\. All files of a package/,
    ],
    [
      'with those of another',
      (cwd) =>
        renameSync(
          path.join(cwd, 'unpacked', SETTINGS),
          path.join(cwd, 'unpacked', '7-overall-estimates-and-settings.csv'),
        ),
      [DATA, '7-overall-estimates-and-settings.csv'],
      /421-data-rows\.csv:1: record 1: unpacked: the data package 421 has no overall.+; 7-overall-estimates-and-settings\.csv is of another package/,
    ],
    [
      'with a table twice',
      (cwd) => cpSync(path.join(cwd, 'unpacked', DATA), path.join(cwd, 'unpacked', '421-data-rows.csv')),
      [...ALL, '421-data-rows.csv'],
      /two files of data-rows: 421-analysis-data\/421-data-rows\.csv and 421-data-rows\.csv/,
    ],
    [
      'with a table that can’t be read',
      (cwd) => rmSync(path.join(cwd, 'unpacked', BIAS)),
      ALL,
      /421-risk-of-bias\.csv can't be read/,
    ],
    [
      'with a row that has no number',
      (cwd) =>
        writeFileSync(
          path.join(cwd, 'unpacked', DATA),
          readFileSync(path.join(cwd, 'unpacked', DATA), 'utf8').replace(',13,', ',many,'),
        ),
      ALL,
      /421-study-information\.csv:2: record 1: CONT_DATA: TOTAL_1 is "many"; expected a whole number/,
    ],
  ])('%s says so', async (_, spoil, names, message) => {
    const [db, cwd] = [await empty(), folders()]
    spoil(cwd)
    const files = names.map((name) => path.join('unpacked', name))
    const { outcome, said } = await imported(db, cwd, ...files).catch((error: Error) => ({
      outcome: 'failed',
      said: [error.message],
    }))
    expect(outcome).toBe('failed')
    expect(said.join('\n')).toMatch(message)
  })
})

test('a folder without such files, and a table with another name than it had, are told', async () => {
  const [db, cwd] = [await empty(), folders()]
  mkdirSync(path.join(cwd, 'nothing'))
  await expect(imported(db, cwd, 'nothing')).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' })
  renameSync(path.join(cwd, 'unpacked', DATA), path.join(cwd, 'download.csv'))
  const { outcome, said } = await imported(db, cwd, 'download.csv')
  expect(outcome).toBe('failed')
  expect(said.join()).toMatch(/give all its files together, with the names that they had/)
  writeFileSync(path.join(cwd, 'tea.rm5.gz'), gzipSync(readFileSync(path.join(FIXTURES, 'tea.rm5'))))
  expect(await imported(db, cwd, 'tea.rm5.gz')).toMatchObject({ outcome: 'done' })
})
