import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { readSchema } from '../../../scripts/prisma-schema.ts'
import { listed, TARGETS, type TargetName } from '../../../src/export/targets.ts'
import {
  ADVERSE_EVENT_COLUMNS,
  ANALYSIS_COLUMNS,
  ARM_COLUMNS,
  BASELINE_COLUMNS,
  CHARACTERISTICS_COLUMNS,
  checkStudies,
  type Database,
  DICHOTOMOUS_COLUMNS,
  EFFECT_INPUT_COLUMNS,
  EVIDENCE_COLUMNS,
  type ExtractionChoices,
  extractAdverseEvents,
  extractAnalyses,
  extractArms,
  extractBaseline,
  extractCharacteristics,
  extractDichotomous,
  extractEffectsInput,
  extractEvidence,
  extractLong,
  extractSurvival,
  type FindOptions,
  FORMATS,
  type Format,
  findStudies,
  LONG_COLUMNS,
  openEvidenceBase,
  readStudy,
  readStudyFile,
  type StudyFile,
  type StudyFilter,
  SURVIVAL_COLUMNS,
  saveStudy,
  studyFileOf,
  type Table,
  TRACE_COLUMNS,
  tableOf,
  traceStudy,
  writeStudyFile,
  writeTable,
} from '../../../src/index.ts'
import { maintenance, type ScratchPostgres, scratchPostgres } from '../../engines.ts'
import {
  evibase,
  ROOT,
  type ScratchFile,
  SEED_FILE,
  scratchDatabase,
  scratchFile,
  scratchPath,
  seededFile,
} from '../../scratch.ts'
import { asOtherStudy, entry, fillEveryTable, ORIGIN, SEED_SLUG, seedFile } from '../study-variants.ts'

/** What a language orders otherwise than its bytes do, what takes two units of UTF-16, and what formats must quote. */
const LABELS = [
  ...['Zebra', 'apple', 'ähnlich', 'Ä', '_under', '9 lives', 'é', 'e\u0301', 'ß', 'ss', 'İ', 'ı'],
  ...['🫀 heart', '𝒜', '=1+1', '-2', 'a|b\\c "d", e', "l'été", 'two\nlines', '<b>&amp;</b>', '中文', 'שלום', '％'],
]
/** A language that passes over punctuation has these in another order. */
const SLUGS = ['b-d', 'bc', 'b-10', 'b9', '0-first', 'zz-9']
const INVENTED = 'invented-2001-honey'
const NOT_FOR_TERMINALS = FORMATS.filter((format) => format !== 'table')
const VIEWS = ['study_overview', 'outcome_table', 'analysis_table', 'adverse_event_table', 'provenance_table']

let sqlite: ScratchFile
let postgresql: ScratchPostgres
let clients: readonly Database[] = []
beforeAll(async () => {
  const files = [SEED_FILE, ...studyFiles(scratchPath('studies'))]
  sqlite = await seededFile()
  postgresql = await scratchPostgres('nothing')
  await maintenance(
    `CREATE DATABASE ${postgresql.name} TEMPLATE template0 LOCALE 'C.UTF-8' ENCODING UTF8
     LOCALE_PROVIDER icu ICU_LOCALE 'en-US-u-ka-shifted'`,
  )
  const done = await evibase(['db', 'migrate'], { db: postgresql.url })
  expect(done).toMatchObject({ code: 0 })
  // In another order, so that nothing may rest on where the rows lie.
  for (const [db, order] of [
    [sqlite.url, files],
    [postgresql.url, files.toReversed()],
  ] as const)
    expect(await evibase(['load', ...order], { db })).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^(\S+: (created|unchanged)\n){8}8 files: .*\n$/),
    })
  await turnRound(postgresql)
  clients = [await openEvidenceBase(sqlite.url), await openEvidenceBase(postgresql.url)]
})
afterAll(async () => {
  for (const db of clients) await db.$disconnect()
})

/** Lets the rows of each table lie in the opposite order: each goes to the end, the last first. */
async function turnRound(db: { readonly rows: (sql: string) => Promise<unknown> }): Promise<void> {
  for (const { table, key } of readSchema(path.join(ROOT, 'prisma/schema')).models)
    await db.rows(
      `DO $$ DECLARE place tid; BEGIN
         FOR place IN SELECT ctid FROM "${table}" ORDER BY ctid DESC LOOP
           UPDATE "${table}" SET "${key[0]}" = "${key[0]}" WHERE ctid = place;
         END LOOP;
       END $$`,
    )
}

/** Invented studies in a folder of their own. */
function studyFiles(folder: string): readonly string[] {
  mkdirSync(folder)
  const made = [...SLUGS.map(ofSeed), ofInvented()]
  return made.map((file) => {
    const target = path.join(folder, `${file.study.slug}.yaml`)
    writeFileSync(target, stringify(file, { aliasDuplicateObjects: false }))
    return target
  })
}

function ofSeed(slug: string, index: number): StudyFile {
  const file = seedFile()
  asOtherStudy(file, slug, String(1_000 + index))
  if (index % 2 === 0) fillEveryTable(file)
  let used = index * 5
  const label = () => `${LABELS[used++ % LABELS.length]}`
  for (const item of [
    file.study,
    ...(file.arms ?? []),
    ...(file.analysis_sets ?? []),
    ...(file.groups ?? []),
    ...(file.timepoints ?? []),
    ...(file.outcomes ?? []),
  ])
    item.label = label()
  for (const item of [...(file.conditions ?? []), ...(file.interventions ?? [])]) item.name = label()
  for (const item of file.subgroups ?? []) item.level = `${label()} ${used}`
  for (const item of file.adverse_events ?? []) item.term = label()
  return file
}

/** Words beyond the first plane before and within what is quoted, names that a language orders otherwise, and long numbers. */
function ofInvented(): StudyFile {
  const text = readFileSync(path.join(ROOT, 'test/fixtures/study-files/invented-2001.yaml'), 'utf8')
    .replaceAll('Of 20 drinkers of honey tea', '🫀🍯 Of 20 𝒹rinkers of honey tea')
    .replace('honey + plain', 'h_b + ha')
    .replace(
      '{ honey: lost-honey.events, plain: lost-plain.events }',
      '{ ha: lost-plain.events, h_b: lost-honey.events }',
    )
  const file = parse(text) as StudyFile
  const loudness = entry(file.outcomes, ({ code }) => code === 'loudness')
  const measurement = entry(loudness.measurements)
  Object.assign(measurement, { median: 0.1 + 0.2, q1: 5e-324, q3: Number.MAX_VALUE, se: 1 / 3 })
  const awkward = [measurement.median, measurement.q1, measurement.q3, measurement.se].map(String)
  entry(file.quotes, ({ code }) => code === 'by-table').words = `12 of 39; ${awkward.join('; ')}`
  for (const [index, field] of ['median', 'q1', 'q3', 'se'].entries())
    measurement.quotes?.push({ field, role: 'value', quote: 'by-table', span: awkward[index] ?? '' })
  return file
}

/** The same command on both, which must end in the same way and print the same. */
async function bothPrint(args: readonly string[]): Promise<string> {
  const [one, other] = await Promise.all([sqlite, postgresql].map(({ url }) => evibase(args, { db: url })))
  expect(other, args.join(' ')).toEqual(one)
  expect(one?.code, args.join(' ')).toBe(0)
  return one?.stdout ?? ''
}

/** The same question to both, whose answers must be the same text in each format. */
async function bothGive(ask: (db: Database) => Promise<Table>, formats: readonly Format[]): Promise<readonly string[]> {
  const [one, other] = await Promise.all(
    clients.map(async (db) => {
      const table = await ask(db)
      return formats.map((format) => writeTable(table, format, 120))
    }),
  )
  expect(other).toEqual(one)
  expect(one?.every((text) => text.split('\n').length > 8)).toBe(true)
  return one ?? []
}

const asked = <Row extends object>(
  table: string,
  columns: { readonly [K in keyof Row]: unknown },
  rows: (db: Database, selection: ExtractionChoices) => Promise<readonly Row[]>,
) => ({
  table,
  ask: async (db: Database, selection: ExtractionChoices) => tableOf(columns, await rows(db, selection)),
})

describe('both engines print the same bytes', () => {
  // The other tables and formats are below, without the command line's start.
  test.each([{ args: ['arms', '--derived', '--format', 'table'] }, { args: ['evidence', '--format', 'csv'] }])(
    'evibase extract $args',
    async ({ args }) => {
      const printed = await bothPrint(['extract', ...args])
      expect(printed.split('\n').length).toBeGreaterThan(8)
    },
  )

  test('evibase trace b-d --format csv', async () => {
    expect((await bothPrint(['trace', 'b-d', '--format', 'csv'])).split('\n').length).toBeGreaterThan(100)
  })

  // What the command line puts between its question and its output, without its start.
  describe('of every table in every format, with and without what our formulas made:', () => {
    test.each([
      asked('arms', ARM_COLUMNS, extractArms),
      asked('dichotomous', DICHOTOMOUS_COLUMNS, extractDichotomous),
      asked('survival', SURVIVAL_COLUMNS, extractSurvival),
      asked('analyses', ANALYSIS_COLUMNS, extractAnalyses),
      asked('adverse events', ADVERSE_EVENT_COLUMNS, extractAdverseEvents),
    ])('$table', async ({ ask }) => {
      for (const derived of [false, true]) await bothGive((db) => ask(db, { derived }), FORMATS)
    })

    test.each([
      asked('evidence, which has both', EVIDENCE_COLUMNS, extractEvidence),
      asked('baseline', BASELINE_COLUMNS, extractBaseline),
      asked('effects-input', EFFECT_INPUT_COLUMNS, extractEffectsInput),
    ])('$table', async ({ ask }) => {
      await bothGive((db) => ask(db, {}), FORMATS)
    })

    // Laid out for a terminal they take seconds, and they are laid out by what lays out the tables above.
    test.each([
      asked('characteristics', CHARACTERISTICS_COLUMNS, extractCharacteristics),
      asked('long', LONG_COLUMNS, extractLong),
    ])('$table, but for a terminal', async ({ ask }) => {
      for (const derived of [false, true]) await bothGive((db) => ask(db, { derived }), NOT_FOR_TERMINALS)
    })
  })

  test.each([SEED_SLUG, ...SLUGS, INVENTED])('the trace of %s', async (study) => {
    await bothGive(async (db) => tableOf(TRACE_COLUMNS, await traceStudy(db, study)), NOT_FOR_TERMINALS)
  })

  test('what the checks find', async () => {
    const [one, other] = await Promise.all(clients.map((db) => checkStudies(db)))
    expect(other).toEqual(one)
    expect(one?.rows.length).toBeGreaterThan(0)
  })

  test.each([SEED_SLUG, ...SLUGS, INVENTED])('the study file of %s', async (slug) => {
    const files: readonly (string | undefined)[] = await Promise.all(
      clients.map(async (db) => {
        const record = await readStudy(db, slug)
        return record && writeStudyFile(studyFileOf(record), 'yaml')
      }),
    )
    expect(files[0]).toContain(`slug: ${slug}`)
    expect(files[1]).toBe(files[0])
  })

  test('studies come in the order of their bytes, and two that are named come in it, too', async () => {
    const studies = async (...named: readonly string[]) => {
      const [json = ''] = await bothGive(
        async (db) => tableOf(ARM_COLUMNS, await extractArms(db, { studies: named })),
        ['json'],
      )
      return [...new Set((JSON.parse(json) as { study: string }[]).map(({ study }) => study))]
    }
    expect(await studies()).toEqual(['0-first', 'b-10', 'b-d', 'b9', 'bc', INVENTED, SEED_SLUG, 'zz-9'])
    expect(await studies('bc', 'b-d')).toEqual(['b-d', 'bc'])
  })

  test.each([
    { and: [] },
    { text: 'melanoma interleuk*' },
    { or: [{ condition: 'é' }, { enrolment: { from: 1 } }] },
    { not: { hasResultsFor: 'ä' } },
  ] satisfies StudyFilter[])('what is found by %j, page by page', async (filter) => {
    const found = (options: FindOptions) => Promise.all(clients.map((db) => findStudies(db, filter, options)))
    const [one, other] = await found({ limit: 5 })
    expect(other).toEqual(one)
    expect(one?.rows).toHaveLength(5)
    const [rest, otherRest] = await found({ after: one?.next ?? '' })
    expect(otherRest).toEqual(rest)
    expect(rest?.rows.length).toBe((one?.total ?? 0) - 5)
    expect(one?.total).toBeGreaterThan(5)
  })

  test('a study that is not there is told with the same ones that are', async () => {
    for (const db of clients)
      await expect(traceStudy(db, 'nobody')).rejects.toThrow(
        /^The database has no study "nobody"\. It has 0-first, b-10, b-d, b9, bc and others\.$/,
      )
  })

  test('the names within a formula come in the order of their bytes, and words beyond the first plane are found', async () => {
    for (const db of clients) {
      const rows = await traceStudy(db, INVENTED)
      expect(rows.find(({ formula }) => formula !== null)?.formula).toBe('h_b + ha (h_b = 8, ha = 4)')
      expect(rows.find(({ quote }) => quote?.startsWith('🫀'))).toMatchObject({ verdict: 'found', start: 0 })
    }
  })

  test('numbers keep every digit', async () => {
    for (const db of clients)
      expect((await extractEvidence(db, { studies: [INVENTED] })).map(({ result }) => result)).toContain(
        'mean 10.5, SD 2.5, SE 0.3333333333333333, median 0.30000000000000004, quartiles 5e-324 to 1.7976931348623157e+308 dB',
      )
  })
})

test.each(VIEWS)('%s shows the same on both engines', async (view) => {
  const [columns] = await sqlite.rows(`SELECT * FROM ${view} LIMIT 1`)
  const sql = `SELECT ${Object.keys(columns ?? {}).join(', ')} FROM ${view}`
  const inOrder = (rows: readonly unknown[][]) =>
    rows.map((row) => JSON.stringify(row.map((value) => (typeof value === 'boolean' ? Number(value) : value)))).sort()
  const rows = inOrder(await sqlite.lists(sql))
  expect(rows.length).toBeGreaterThan(6)
  expect(inOrder(await postgresql.rows(sql))).toEqual(rows)
})

test('words that two sources have alike are told with both places, wherever the rows lie', async () => {
  const file = parse(readFileSync(path.join(ROOT, 'test/fixtures/study-files/invented-2001.yaml'), 'utf8')) as StudyFile
  const { words } = entry(file.quotes, ({ code }) => code === 'lost')
  file.quotes?.push({ code: 'lost-in-table', source: 'table-1', locator: 'row 9', words })
  for (const { quotes } of entry(file.outcomes, ({ code }) => code === 'lost').measurements ?? [])
    for (const quote of quotes ?? [])
      if (quote.field === 'total' && quote.quote === 'lost') quote.quote = 'lost-in-table'
  const record = readStudyFile(Buffer.from(stringify(file)), 'variant.yaml')
  const sections = await Promise.all(
    [await scratchFile(), await scratchDatabase()].map(async (scratch) => {
      const db = await openEvidenceBase(scratch.url)
      await saveStudy(db, record, ORIGIN)
      if (scratch.location.engine === 'postgresql') await turnRound(scratch)
      const rows = await extractEvidence(db)
      await db.$disconnect()
      return rows.filter(({ result }) => /^[84]\//.test(result)).map(({ section }) => section)
    }),
  )
  expect(sections).toEqual(Array(2).fill(['Results; Table 1, row 9', 'Results; Table 1, row 9']))
})

describe('an export', () => {
  const asked = (name: TargetName, choices: ExtractionChoices = {}) => ({ name, choices })
  test.each([
    ...(Object.keys(TARGETS) as TargetName[]).map((name) => asked(name)),
    ...(['revman', 'revman5', 'study-centric'] as const).map((name) =>
      asked(name, { derived: true, arms: 'all pairs' }),
    ),
  ])('$name with $choices', async ({ name, choices }) => {
    const { load } = listed(name)
    const { files } = await load()
    const [one, two] = await Promise.all(
      clients.map(async (db) => {
        const written: [string, string][] = []
        for await (const file of files(db, choices)) {
          const hash = createHash('sha256')
          let bytes = 0
          for await (const chunk of file.chunks) {
            hash.update(chunk)
            bytes += chunk.length
          }
          written.push([`${file.name} ${bytes}`, hash.digest('hex')])
        }
        return written
      }),
    )
    expect(one?.length).toBeGreaterThan(0)
    expect(two).toEqual(one)
  })
})
