import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { threeArms } from '../queries/extraction/three-arms.ts'
import { readCsv } from '../read-csv.ts'
import { evibase, ROOT, type ScratchDatabase, scratchDatabase, scratchPath } from '../scratch.ts'

const REVIEW = 'colditz-1994-bcg'
const BCG = JSON.parse(readFileSync(path.join(ROOT, 'test/reference/bcg-rows.json'), 'utf8')) as {
  readonly rows: readonly Readonly<Record<'ai' | 'bi' | 'ci' | 'di' | 'n1i' | 'n2i', number>>[]
}

const EFFECTS = JSON.parse(readFileSync(path.join(ROOT, 'test/reference/bcg-effects.json'), 'utf8')) as {
  readonly yi: readonly number[]
}

let database: ScratchDatabase
let folder: string
const run = (...args: string[]) => evibase(args, { db: database.url, cwd: folder })
const read = (...names: readonly string[]) => readFileSync(path.join(folder, ...names), 'utf8')
const csv = (...names: readonly string[]) => readCsv(read(...names))
const contents = (name: string) =>
  Object.fromEntries(readdirSync(path.join(folder, name)).map((file) => [file, read(name, file)]))

beforeAll(async () => {
  database = await scratchDatabase()
  folder = scratchPath('exports')
  mkdirSync(folder)
  expect(await run('load', path.join(ROOT, 'seeds/studies'), path.join(ROOT, 'seeds/reviews'))).toMatchObject({
    code: 0,
  })
})

/** Whole numbers by the names of a reference, in an order of their own. */
const tables = (rows: readonly Readonly<Record<string, unknown>>[], names: readonly string[]) =>
  rows.map((row) => names.map((name) => Number(row[name])).join(' ')).sort()

describe('evibase export metafor', () => {
  test('gives the 13 BCG trials as metafor’s own data set has them', async () => {
    expect(await run('export', 'metafor', '--review', REVIEW, '--out', 'bcg')).toEqual({
      code: 0,
      stdout: '',
      stderr:
        'dichotomous.csv, continuous.csv, counts.csv, contrasts.csv, long.csv, analysis.R and manifest.json in bcg.\n',
    })
    const names = ['ai', 'bi', 'ci', 'di', 'n1i', 'n2i']
    expect(tables(csv('bcg', 'dichotomous.csv'), names)).toEqual(tables(BCG.rows, names))
    expect(tables(csv('bcg', 'long.csv'), ['events', 'n'])).toEqual(
      [...tables(BCG.rows, ['ai', 'n1i']), ...tables(BCG.rows, ['ci', 'n2i'])].sort(),
    )
  })

  test('has a manifest with the sums of its files, the choices and the studies', async () => {
    const { files, studies, ...manifest } = JSON.parse(read('bcg', 'manifest.json')) as {
      readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
      readonly studies: readonly { readonly study: string; readonly sha256: string }[]
    }
    expect(manifest).toEqual({
      evibase_export: 'metafor',
      evibase_version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      schema_version: readdirSync(path.join(ROOT, 'prisma/migrations'))
        .filter((name) => /^\d/.test(name))
        .sort()
        .at(-1),
      choices: { review: REVIEW },
      unverified: null,
      left_out: [],
    })
    for (const { name, bytes, sha256 } of files) {
      const data = readFileSync(path.join(folder, 'bcg', name))
      expect([name, data.length, createHash('sha256').update(data).digest('hex')]).toEqual([name, bytes, sha256])
    }
    expect(readdirSync(path.join(folder, 'bcg')).sort()).toEqual(
      [...files.map(({ name }) => name), 'manifest.json'].sort(),
    )
    expect(studies).toHaveLength(13)
    const [first] = studies
    const { stdout } = await run('dump', first?.study ?? '', '--json')
    expect(first?.sha256).toBe(createHash('sha256').update(stdout).digest('hex'))
  })

  test('writes the same bytes again, in the place of the first', async () => {
    const before = contents('bcg')
    expect(await run('export', 'metafor', '--review', REVIEW, '--out', 'bcg')).toMatchObject({ code: 0 })
    expect(contents('bcg')).toEqual(before)
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('leaves alone what is no export, and an export to which somebody added', async () => {
    mkdirSync(path.join(folder, 'mine'))
    writeFileSync(path.join(folder, 'mine', 'thesis.txt'), 'years of work')
    writeFileSync(path.join(folder, 'bcg', 'notes.txt'), 'mine')
    for (const out of ['mine', 'bcg']) {
      expect(await run('export', 'metafor', '--out', out)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/holds something else than an earlier export, and was left as it is\./),
      })
    }
    expect(contents('mine')).toEqual({ 'thesis.txt': 'years of work' })
    expect(existsSync(path.join(folder, 'bcg', 'dichotomous.csv'))).toBe(true)
  })
})

describe('evibase export for other programs', () => {
  test('meta: e before c, with the same numbers', async () => {
    expect(await run('export', 'meta', '--review', REVIEW, '--out', 'meta')).toMatchObject({ code: 0 })
    const rows = csv('meta', 'metabin.csv')
    expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining(['studlab', 'event.e', 'n.e', 'event.c', 'n.c']))
    expect(tables(rows, ['event.e', 'n.e', 'event.c', 'n.c'])).toEqual(tables(BCG.rows, ['ai', 'n1i', 'ci', 'n2i']))
  })

  test('netmeta: each arm once, by the names of pairwise()', async () => {
    expect(await run('export', 'netmeta', 'rosenberg-1993-il2-lak', '--out', 'netmeta')).toMatchObject({ code: 0 })
    const rows = csv('netmeta', 'arms.csv')
    expect(Object.keys(rows[0] ?? {})).toEqual(
      expect.arrayContaining(['studlab', 'treat', 'event', 'n', 'mean', 'sd', 'time']),
    )
    const complete = rows.filter(({ outcome, subgroup }) => outcome === 'Complete response' && subgroup === '')
    // Of 85 and 79 assessable patients 10 and 4 had one (Rosenberg 1993, results).
    expect(complete.map(({ event, n }) => [event, n]).sort()).toEqual([
      ['10', '85'],
      ['4', '79'],
    ])
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length)
  })

  test('metapsy: one file, printed where no place is named', async () => {
    const { code, stdout, stderr } = await run('export', 'metapsy', '--review', REVIEW)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const rows = readCsv(stdout)
    expect(tables(rows, ['event_arm1', 'totaln_arm1', 'event_arm2', 'totaln_arm2'])).toEqual(
      tables(BCG.rows, ['ai', 'n1i', 'ci', 'n2i']),
    )
    expect(await run('export', 'metapsy', '--review', REVIEW, '--out', 'm.csv')).toMatchObject({ code: 0, stderr: '' })
    expect(read('m.csv')).toBe(stdout)
  })

  test.each([
    { target: 'ris', begins: 'TY  - JOUR\r\n', holds: 'AN  - 8468720' },
    { target: 'medline', begins: 'PMID- 8468720\n', holds: 'AID - 10.1093/jnci/85.8.622 [doi]' },
    { target: 'csl-json', begins: '[', holds: '"DOI":"10.1093/jnci/85.8.622"' },
    { target: 'bibtex', begins: '@article{pmid-8468720,', holds: 'doi = {10.1093/jnci/85.8.622}' },
  ])('$target: the publication of a study', async ({ target, begins, holds }) => {
    const { code, stdout, stderr } = await run('export', target, 'rosenberg-1993-il2-lak')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.slice(0, begins.length)).toBe(begins)
    expect(stdout).toContain(holds)
  })

  test('xlsx: a workbook of the same bytes each time', async () => {
    for (const out of ['one.xlsx', 'two.xlsx'])
      expect(await run('export', 'xlsx', '--review', REVIEW, '--out', out)).toMatchObject({ code: 0, stderr: '' })
    const [one, two] = ['one.xlsx', 'two.xlsx'].map((name) => readFileSync(path.join(folder, name)))
    expect(one?.subarray(0, 2).toString()).toBe('PK')
    expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true)
  })

  test('json: a study file on each line, which loads as unchanged', async () => {
    const { stdout } = await run('export', 'json')
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(15)
    writeFileSync(path.join(folder, 'line.json'), lines[3] ?? '')
    expect(await run('load', 'line.json')).toMatchObject({ code: 0, stderr: expect.stringMatching(/: unchanged\n$/) })
  })

  test('json in a folder: its studies have the sums that any other export of them has', async () => {
    expect(await run('export', 'json', '--review', REVIEW, '--out', 'json')).toMatchObject({ code: 0 })
    const sums = (name: string) => (JSON.parse(read(name, 'manifest.json')) as { readonly studies: unknown }).studies
    expect(sums('json')).toEqual(sums('bcg'))
  })

  test('revman: a data package in its folders, written again in its place, with what was left out in the manifest', async () => {
    writeFileSync(path.join(folder, 'three.json'), JSON.stringify(threeArms()))
    expect(await run('load', 'three.json')).toMatchObject({ code: 0 })
    const { slug } = threeArms().study
    const leftOut = 'left out: events over person-time, which RevMan takes as a rate ratio that --derived makes'
    for (const time of [1, 2])
      expect(await run('export', 'revman', slug, '--outcome', 'Falls', '--out', 'revman'), `${time}`).toEqual({
        code: 0,
        stdout: '',
        stderr: expect.stringMatching(
          new RegExp(
            `^1 × ${leftOut}: ${slug}: Falls\\nevibase-analysis-data/evibase-data-rows\\.csv, .* in revman\\.\\n$`,
          ),
        ),
      })
    expect(readdirSync(path.join(folder, 'revman')).sort()).toEqual([
      ...['evibase-analysis-data', 'evibase-study-data', 'manifest.json'],
    ])
    expect(JSON.parse(read('revman', 'manifest.json'))).toMatchObject({
      choices: { studies: [slug], outcomes: ['Falls'] },
      unverified: expect.stringContaining('contrasts'),
      left_out: [{ note: leftOut, count: 1, rows: [`${slug}: Falls`] }],
    })
    writeFileSync(path.join(folder, 'revman', 'evibase-study-data', 'thesis.txt'), 'years of work')
    expect(await run('export', 'revman', '--out', 'revman')).toMatchObject({ code: 1 })
    expect(existsSync(path.join(folder, 'revman', 'evibase-study-data', 'thesis.txt'))).toBe(true)
  })

  test('robvis: D1 to Overall with robvis’s own words, and the domains’ names where it takes those', async () => {
    expect(await run('export', 'robvis', '--out', 'robvis')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'manifest.json in robvis: no study has what robvis is about.\n',
    })
    const judgements = [
      '{ tool: rob-2, domain: randomisation, judgement: some_concerns }',
      '{ tool: rob-2, domain: overall, judgement: high }',
      '{ tool: rob-1, domain: allocation-concealment, judgement: unclear }',
    ].map((entry) => `  - ${entry}\n`)
    const invented = readFileSync(path.join(ROOT, 'test/fixtures/study-files/invented-2001.yaml'), 'utf8')
    writeFileSync(path.join(folder, 'judged.yaml'), `${invented}\nrisk_of_bias:\n${judgements.join('')}`)
    expect(await run('load', 'judged.yaml')).toMatchObject({ code: 0 })
    expect(await run('export', 'robvis', '--out', 'robvis')).toMatchObject({ code: 0 })
    expect(read('robvis', 'rob-2-2019-08-22.csv')).toBe(
      'Study,D1,D2,D3,D4,D5,Overall\nInvented 2001,Some concerns,,,,,High\n',
    )
    const [header, row] = read('robvis', 'rob-1-2011.csv').split('\n')
    expect(header).toBe(
      'Study,Random sequence generation,Allocation concealment,Blinding of participants and personnel,Blinding of outcome assessment,Incomplete outcome data,Selective reporting,Other bias,Overall',
    )
    expect(row).toBe('Invented 2001,,Unclear,,,,,,')
  })
})

const withMetafor = spawnSync('Rscript', ['-e', 'library(metafor)']).status === 0

describe.skipIf(!withMetafor)(
  `R’s metafor${withMetafor ? '' : ' (Rscript or its package metafor is not installed)'}`,
  () => {
    test('reads the export, and makes the effect sizes of its own data set of it', () => {
      const { status, stdout, stderr } = spawnSync('Rscript', ['analysis.R'], {
        cwd: path.join(folder, 'bcg'),
        encoding: 'utf8',
      })
      expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('Warning') })
      const rows = csv('bcg', 'effects-RR.csv')
      const inOrder = (yi: readonly number[]) => [...yi].sort((one, other) => one - other)
      const expected = inOrder(EFFECTS.yi)
      expect(rows).toHaveLength(expected.length)
      for (const [index, yi] of inOrder(rows.map((row) => Number(row.yi))).entries())
        expect(yi).toBeCloseTo(expected[index] ?? Number.NaN, 10)
      expect(stdout).toContain('Random-Effects Model (k = 13; tau^2 estimator: REML)')
    })
  },
)

describe('an export that is not understood', () => {
  test.each([
    { args: ['nothing'], says: /Allowed choices are metafor, meta, / },
    { args: ['metafor'], says: /An export for metafor is several files: say --out FOLDER\./ },
    {
      args: ['robvis', '--derived', '--out', 'x'],
      says: /The export for robvis knows no choice "derived"\. It knows studies, review\./,
    },
  ])('$args', async ({ args, says }) => {
    expect(await run('export', ...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(says) })
  })

  test.each([
    { args: ['no-study'], says: /The database has no study "no-study"\./ },
    { args: ['--review', "x'; DROP TABLE study; --"], says: /The database has no review "x'; DROP TABLE study; --"\./ },
    { args: ['--outcome', 'Nirvana'], says: /an outcome "Nirvana"\. There is / },
  ])('$args', async ({ args, says }) => {
    expect(await run('export', 'metafor', ...args, '--out', 'bad')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(says),
    })
    expect(existsSync(path.join(folder, 'bad'))).toBe(false)
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
  })
})
