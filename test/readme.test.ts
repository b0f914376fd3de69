import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSchema } from '../scripts/prisma-schema.ts'
import {
  checkRules,
  ERROR_CODES,
  EVIDENCE_COLUMNS,
  effectMeasures,
  extractEvidence,
  openEvidenceBase,
  tableOf,
  writeTable,
} from '../src/index.ts'
import { NAMED_FORMULAS, signatureOf } from '../src/stats/derivations/named-formulas.ts'
import { POOL_METHODS } from '../src/stats/pooling/pool-studies.ts'
import { plotKinds } from './cli/plot-in-process.ts'
import { evibase, type ScratchDatabase, scratchDatabase, seededDatabase } from './scratch.ts'

const root = path.dirname(import.meta.dirname)
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map((match) => match[1] ?? '')
const tableUnder = (heading: string) =>
  [...((readme.split(`\n| ${heading} |`)[1] ?? '').split('\n\n')[0]?.matchAll(/^\| (.*) \|$/gm) ?? [])].map((match) =>
    (match[1] ?? '').split(' | ').map((cell) => cell.replaceAll('`', '')),
  )

let database: ScratchDatabase
let folder: string
beforeAll(async () => {
  database = await seededDatabase()
  folder = mkdtempSync(path.join(tmpdir(), 'evibase-readme-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The files of our own code below a place, which may be a file. */
function sourcesIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place]
  return readdirSync(place).flatMap((name) =>
    name === 'generated'
      ? []
      : /\.(ts|mjs)$/.test(name) || !name.includes('.')
        ? sourcesIn(path.join(place, name))
        : [],
  )
}

describe('the README shows what a reader will see', () => {
  test('its console examples print what they are said to print', async () => {
    writeFileSync(path.join(folder, 'example-2020.yaml'), blocks('yaml')[0] ?? '')
    writeFileSync(path.join(folder, 'rows.csv'), blocks('csv')[0] ?? '')
    const examples = blocks('console').flatMap((block) =>
      [...block.matchAll(/^\$ npx evibase (.*)\n((?:(?!\$ ).*\n)*)/gm)].map(([, command = '', output = '']) => ({
        command,
        output,
      })),
    )
    expect(examples.length).toBeGreaterThanOrEqual(2)
    for (const { command, output } of examples) {
      const run = await evibase(command.split(' '), { db: database.url, cwd: folder })
      expect(run, command).toMatchObject({ code: 0 })
      expect(command.startsWith('load') ? run.stderr : run.stdout, command).toBe(output)
    }
  })

  test('its invented study gives the table that its words give', async () => {
    const run = await evibase(['extract', 'dichotomous', 'example-2020', '--json'], { db: database.url })
    expect(JSON.parse(run.stdout)).toMatchObject([
      { experimental: 'Warm milk', control: 'Water', ai: 30, n1i: 40, ci: 0, n2i: 38 },
    ])
  })

  test('its invented study can be judged, and reviewed, as its examples say', async () => {
    const example = (start: string) => blocks('text').find((block) => block.startsWith(start)) ?? ''
    const judged = `${blocks('yaml')[0]}${example('risk_of_bias:')}`
    writeFileSync(path.join(folder, 'judged.yaml'), judged)
    writeFileSync(path.join(folder, 'review.yaml'), example('format: 1\nreview:'))
    const { url } = await scratchDatabase()
    const load = await evibase(['load', 'review.yaml', 'judged.yaml'], { db: url, cwd: folder })
    expect(load).toMatchObject({ code: 0, stderr: expect.stringContaining('milk-2026: created') })
    const [bias] = JSON.parse((await evibase(['extract', 'risk-of-bias', '--json'], { db: url })).stdout)
    expect(bias).toMatchObject({ on: 'Slept', judgement: 'Some concerns', assessor: 'You' })
    expect(await evibase(['check', 'milk-2026'], { db: url })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('1 review: 0 errors, 0 warnings, 0 notes'),
    })
  })

  test('its rows of the evidence table stand in the table', async () => {
    const db = await openEvidenceBase(database.url)
    const rows = await extractEvidence(db, { studies: ['rosenberg-1993-il2-lak'] })
    await db.$disconnect()
    const excerpt = blocks('text')[0] ?? ''
    expect(excerpt.split('\n').length).toBeGreaterThan(5)
    expect(writeTable(tableOf(EVIDENCE_COLUMNS, rows), 'table', 108)).toContain(excerpt)
  })

  test('its row of the trace stands in the trace', async () => {
    const run = await evibase(['trace', 'rosenberg-1993-il2-lak', '--json'], { db: database.url })
    const [row] = tableUnder('row')
    const columns = ['row', 'field', 'value', 'printed', 'role', 'span', 'section', 'start', 'end', 'verdict']
    const traced = (JSON.parse(run.stdout) as Record<string, unknown>[]).map((entry) =>
      columns.map((column) => String(entry[column])),
    )
    expect(traced).toContainEqual(row)
  })

  test('its program runs', () => {
    const program = path.join(root, `readme-example-${process.pid}.ts`)
    const code = (blocks('ts')[0] ?? '').replace(
      'openEvidenceBase()',
      `openEvidenceBase(${JSON.stringify(database.url)})`,
    )
    expect(code).toContain(database.url)
    writeFileSync(program, code)
    try {
      const output = execFileSync(path.join(root, 'node_modules/.bin/tsx'), [program], { encoding: 'utf8', cwd: root })
      expect(output).toContain('Complete response: 10/85 v 4/79')
    } finally {
      rmSync(program)
    }
  })
})

/** Options that take the studies to pool and their effects, described with extract and effects. */
const OF_STUDIES = [
  ...['review', 'outcome', 'analysis-set', 'at', 'window', 'nearest', 'latest', 'arms', 'merge', 'shared-control'],
  ...['derived', 'as-printed', 'prefer', 'db', 'like', 'add', 'to', 'keep00', 'vtype', 'hedges'],
]

describe('the README lists what there is', () => {
  test('every error code with its meaning, and no other', () => {
    expect(Object.fromEntries(tableUnder('code'))).toEqual(ERROR_CODES)
  })

  test('every formula that a derivation can name', () => {
    expect(tableUnder('formula')).toEqual(
      Object.entries(NAMED_FORMULAS).map(([name, { gives, assumes, source }]) => [
        signatureOf(name),
        gives,
        assumes ?? 'nothing',
        source,
      ]),
    )
  })

  test('every rule of the checks with its weight, what it tests and whose it is, and no other', () => {
    expect(tableUnder('rule')).toEqual(
      checkRules().map(({ rule, severity, tests, source }) => [rule, severity, tests, source]),
    )
  })

  test('every effect measure with what it gives, needs and adds, and whose it is', () => {
    expect(tableUnder('measure')).toEqual(
      effectMeasures().map(({ adds, in_database, ...row }) => [
        ...[row.measure, row.yi, row.estimate, row.made_of, in_database ? 'yes' : 'no'],
        ...[adds === null ? '' : String(adds || 'nothing'), row.vtype, row.source],
      ]),
    )
  })

  test('every method of pooling', () => {
    expect(tableUnder('method').flatMap(([names = '']) => names.split(', '))).toEqual([...POOL_METHODS])
  })

  test('all that can be asked beside a pool', async () => {
    const { stdout } = await evibase(['pool', '--help'])
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?--([a-z0-9-]+)/gm)].map((match) => match[1])
    const listed = tableUnder('beside the pool').map(([option = '']) => option.replace(/^--(\w+).*/, '$1'))
    const others = ['from', 'measure', 'method', 'test', 'level', 'format', 'json', 'out', 'help']
    expect(options.filter((option) => ![...others, ...OF_STUDIES].includes(option ?? ''))).toEqual(listed)
  })

  const headings: Readonly<Record<string, string>> = {
    forest: 'of a forest plot',
    funnel: 'of a funnel plot',
    labbe: "of a L'Abbé plot",
    'traffic-light': 'of a picture of risk of bias',
    'rob-summary': 'of a picture of risk of bias',
  }
  test.each(plotKinds())('all that a $kind can be asked for beside what a pool can', ({ kind, options }) => {
    const heading = headings[kind]
    const listed = ['of every picture', ...(heading === undefined ? [] : [heading])].flatMap((one) =>
      tableUnder(one).flatMap(([names = '']) => [...names.matchAll(/--([a-z0-9-]+)/g)].map((match) => match[1])),
    )
    const others = ['from', 'measure', 'method', 'test', 'level']
    const own = options.filter((option) => ![...others, ...OF_STUDIES].includes(option))
    // A table that two kinds share says of which one an option is.
    expect([...own, ...(kind === 'traffic-light' ? ['weighted'] : [])].sort()).toEqual(listed.sort())
  })

  test('every verb of the command line', async () => {
    const help = async (...verb: string[]) =>
      [
        ...(((await evibase([...verb, '--help'])).stdout.split('Commands:\n')[1] ?? '')
          .split('\n\n')[0]
          ?.matchAll(/^ {2}(\w[\w-]*)/gm) ?? []),
      ].map((match) => match[1])
    const groups = ['db', 'import', 'plot']
    const verbs = (await help()).filter((verb) => !groups.includes(verb ?? ''))
    for (const group of groups) verbs.push(...(await help(group)).map((verb) => `${group} ${verb}`))
    expect(verbs).toContain('db migrate')
    const listed = tableUnder('command').map(([command = '']) =>
      command.replace(/^evibase /, '').replace(/ [A-Z[].*$/, ''),
    )
    expect(listed.sort()).toEqual(verbs.sort())
  })

  test('every table that can be extracted', async () => {
    const choices =
      /choices: ([^)]*)\)/.exec((await evibase(['extract', '--help'])).stdout.replace(/\s+/g, ' '))?.[1] ?? ''
    const tables = [...choices.matchAll(/"([\w-]+)"/g)].map((match) => `extract ${match[1]}`)
    expect(tables).toContain('extract dichotomous')
    expect(tableUnder('table').map(([table]) => table)).toEqual(tables)
  })

  test('only tables that the schema has, and the tables that hold results among them', () => {
    const tables = readSchema(path.join(root, 'prisma/schema')).models.map(({ table }) => table)
    const drawn = [...(blocks('mermaid')[0] ?? '').matchAll(/^ {2}(\w+) \S+ (\w+) :/gm)].flatMap((match) => [
      match[1],
      match[2],
    ])
    expect(drawn.filter((table) => table === undefined || !tables.includes(table))).toEqual([])
    expect(drawn).toEqual(
      expect.arrayContaining(['outcome_measurement', 'outcome_analysis', 'adverse_event_count', 'quote']),
    )
  })

  test('every environment variable that is read, and no other', () => {
    const read = ['src', 'scripts', 'test', 'prisma.config.ts', 'vitest.config.ts'].flatMap((place) =>
      sourcesIn(path.join(root, place)).flatMap((file) => [
        ...readFileSync(file, 'utf8').matchAll(
          /\benv\.((?:[A-Z]+_)*(?:DATABASE|POSTGRES)(?:_[A-Z]+)*_URL|DATABASE_URL)\b/g,
        ),
      ]),
    )
    expect(
      tableUnder('variable')
        .map(([name]) => name)
        .sort(),
    ).toEqual([...new Set(read.map((match) => match[1]))].sort())
  })

  test('only folders that are there', () => {
    const folders = tableUnder('folder').map(([name = '']) => name)
    expect(folders.length).toBeGreaterThan(5)
    expect(folders.filter((name) => !existsSync(path.join(root, name)))).toEqual([])
  })
})
