import path from 'node:path'
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import { readSchema } from '../../../scripts/prisma-schema.ts'
import { BOOLEAN_FIELDS } from '../../../src/db/rows-of-studies.ts'
import {
  type ContinuousRow,
  type Database,
  type DichotomousRow,
  EXTRACTIONS,
  evibase,
  extractAnalyses,
  extractContinuous,
  extractCounts,
  extractDichotomous,
  extractEffectsInput,
  extractEvidence,
  extractHazardRatios,
  extractLong,
  extractSurvival,
  readStudyFile,
  saveStudy,
} from '../../../src/index.ts'
import { ORIGIN } from '../../db/study-variants.ts'
import { ROOT } from '../../scratch.ts'
import { empty, STUDY, seeded } from '../seeded.ts'
import { threeArms } from './three-arms.ts'

let db: Database
let first: Database
beforeAll(async () => {
  first = await seeded()
  db = await empty()
  await saveStudy(db, readStudyFile(Buffer.from(JSON.stringify(threeArms())), 'three.json'), ORIGIN)
})

const slept = { outcomes: ['sleep'], analysisSets: ['treated'] } as const
const tables = (rows: readonly DichotomousRow[]) =>
  rows.map(({ experimental, control, ai, n1i, ci, n2i }) => `${experimental} ${ai}/${n1i} v ${control} ${ci}/${n2i}`)

describe('a control that two arms share', () => {
  test('is told in each row', async () => {
    const rows = await extractDichotomous(db, slept)
    expect(tables(rows)).toEqual(['low 10/22 v water 6/42', 'high 12/32 v water 6/42'])
    expect(rows.map((row) => [row.shared_control, row.counted_again])).toEqual([
      [2, true],
      [2, true],
    ])
  })

  test('is split between them, events and people alike', async () => {
    const rows = await extractDichotomous(db, { ...slept, sharedControl: 'split' })
    expect(tables(rows)).toEqual(['low 10/22 v water 3/21', 'high 12/32 v water 3/21'])
    expect(rows.map((row) => [row.counted_again, row.derived])).toEqual([
      [false, true],
      [false, true],
    ])
  })

  test('stands in one row where the arms are merged', async () => {
    expect(tables(await extractDichotomous(db, { ...slept, merge: true }))).toEqual(['low + high 22/54 v water 6/42'])
  })
})

test('all pairs of arms are compared, each in the direction of the study or of the roles', async () => {
  const rows = await extractDichotomous(db, { ...slept, arms: 'all pairs' })
  expect(tables(rows)).toEqual(['low 10/22 v high 12/32', 'low 10/22 v water 6/42', 'high 12/32 v water 6/42'])
})

test('arms are chosen by role, code or label, and one that is not there is told', async () => {
  const arms = { experimental: ['High'], control: ['placebo_comparator'] }
  expect(tables(await extractDichotomous(db, { ...slept, arms }))).toEqual(['high 12/32 v water 6/42'])
  await expect(extractDichotomous(db, { arms: { ...arms, experimental: ['mead'] } })).rejects.toMatchObject({
    code: 'CHOICE_UNKNOWN',
    message: expect.stringContaining('low (Low, experimental); high (High, experimental)'),
  })
})

describe('of several sets and times', () => {
  const picked = async (choices: Parameters<typeof extractDichotomous>[1]) =>
    (await extractDichotomous(db, { outcomes: ['Slept'], ...choices }))
      .filter(({ experimental }) => experimental === 'low')
      .map(({ timepoint, analysis_set }) => `${timepoint} ${analysis_set}`)

  test.each([
    { choices: {}, gives: ['6 months randomised', '12 months randomised', '12 months treated'] },
    {
      choices: { analysisSets: ['safety', 'randomised', 'treated'] as const },
      gives: ['6 months randomised', '12 months randomised'],
    },
    {
      choices: { time: { at: { value: 1, unit: 'years' } } } as const,
      gives: ['12 months randomised', '12 months treated'],
    },
    { choices: { time: { pick: { nearest: { value: 8, unit: 'months' } } } } as const, gives: ['6 months randomised'] },
    { choices: { time: { pick: { nearest: { value: 9, unit: 'months' } } } } as const, gives: ['6 months randomised'] },
    { choices: { time: { pick: 'latest' } } as const, gives: ['12 months randomised', '12 months treated'] },
    { choices: { time: { within: { from: 0, to: 6, unit: 'months' } } } as const, gives: ['6 months randomised'] },
    { choices: { time: { at: { value: 2, unit: 'years' } } } as const, gives: [] },
  ])('$choices gives $gives', async ({ choices, gives }) => {
    expect(await picked(choices)).toEqual(gives)
  })
})

describe('the tables of all numbers leave of several sets and times what those of their own kind leave', () => {
  test.each([
    { choices: {}, slept: 18, others: true },
    { choices: { outcomes: ['sleep'] }, slept: 18, others: false },
    { choices: { outcomes: ['sleep'], analysisSets: ['safety', 'treated'] as const }, slept: 6, others: false },
    { choices: { analysisSets: ['treated'] as const }, slept: 6, others: false },
    { choices: { time: { at: { value: 1, unit: 'years' } } } as const, slept: 12, others: false },
    { choices: { time: { pick: { nearest: { value: 7, unit: 'months' } } } } as const, slept: 6, others: false },
    { choices: { time: { pick: 'latest' } } as const, slept: 12, others: true },
  ])('$choices', async ({ choices, slept, others }) => {
    // Events and total of three groups in each cell; hours, falls and deaths have neither set nor time.
    const long = await extractLong(db, choices)
    expect(long.filter(({ subject }) => subject === 'Slept')).toHaveLength(slept)
    expect(long.some(({ subject }) => subject === 'Hours')).toBe(others)
    const evidence = await extractEvidence(db, choices)
    expect(evidence.filter(({ subject }) => subject === 'Slept')).toHaveLength(slept / 2)
    expect(evidence.some(({ subject }) => subject === 'Death, compared')).toBe(others)
  })

  test('and keep sizes, follow-up and baseline, which have no time, of the set that was asked for', async () => {
    const subjects = async (choices: Parameters<typeof extractLong>[1]) => [
      ...new Set((await extractLong(first, choices)).map(({ table }) => table)),
    ]
    const still = ['enrolment', 'follow_up', 'baseline_measurement']
    expect(await subjects({ time: { at: { value: 36, unit: 'months' } } })).toEqual([...still, 'outcome_measurement'])
    expect(await subjects({ analysisSets: ['safety'] })).toEqual(['enrolment', 'follow_up'])
  })
})

test('means are merged as table 6.5.a says, and an SD is made of an interval only where that is wanted', async () => {
  expect(await extractContinuous(db)).toEqual([])
  const rows = await extractContinuous(db, { derived: true })
  expect(rows.map(({ sd1_from, sd2_from, derived }) => [sd1_from, sd2_from, derived])).toEqual(
    Array(2).fill(['reported', 'interval', true]),
  )
  expect(rows[0]?.sd2i).toBeCloseTo(5.09, 2)
  const [split] = await extractContinuous(db, { derived: true, sharedControl: 'split' })
  expect(split).toMatchObject({ n2i: 12.5, m2i: 32.1, sd2i: rows[0]?.sd2i })
  const [merged] = await extractContinuous(db, { derived: true, merge: true })
  // (118 + 306) / 30, from the sums of the three groups' reference in test/stats/combine-groups.test.ts.
  expect(merged).toMatchObject({ experimental: 'low + high', n1i: 30, sd1_from: 'merged' })
  expect(merged?.m1i).toBeCloseTo(424 / 30, 12)
  expect(merged?.sd1i).toBeCloseTo(Math.sqrt((1444.24 + 4876.36 - 424 ** 2 / 30) / 29), 10)
})

test('events come over years, a hazard ratio with its logarithm and, where wanted, its standard error', async () => {
  expect(await extractCounts(db)).toMatchObject([{ x1i: 5, t1i: 2, x2i: 9, t2i: 3 }])
  expect((await extractHazardRatios(db))[0]).toMatchObject({ log_hr: Math.log(0.5), se_log_hr: null, derived: false })
  const [derived] = await extractHazardRatios(db, { derived: true })
  expect(derived?.se_log_hr).toBeCloseTo(Math.log(4) / 3.92, 3)
  expect(derived?.derived).toBe(true)
})

test('hazard ratios share people and controls with one another alone, and not with other measures of the outcome', async () => {
  const file = threeArms()
  const deaths = file.outcomes?.find(({ code }) => code === 'death')
  const [hazard] = deaths?.analyses ?? []
  if (hazard === undefined) throw new Error('the trial gives no hazard ratio')
  deaths?.analyses?.push({ ...hazard, measure: 'risk_ratio' })
  const other = await empty()
  await saveStudy(other, readStudyFile(Buffer.from(JSON.stringify(file)), 'three.json'), ORIGIN)
  const [row, ...more] = await extractHazardRatios(other)
  expect(more).toEqual([])
  expect(row).toMatchObject({ shared_control: 1, counted_again: false })
  expect((await extractEffectsInput(other, { outcomes: ['death'] })).map(({ counted_again }) => counted_again)).toEqual(
    [true, true],
  )
})

test('arms’ numbers and the study’s own estimates are taken by preference', async () => {
  const kinds = async (prefer: 'only arm' | 'only contrast' | 'both preferring arm') => [
    ...new Set((await extractEffectsInput(db, { prefer })).map(({ data }) => data)),
  ]
  expect(await kinds('only arm')).toEqual(['dichotomous', 'counts'])
  expect(await kinds('only contrast')).toEqual(['contrast'])
  expect(await kinds('both preferring arm')).toEqual(['dichotomous', 'counts', 'contrast'])
})

describe('counts and an estimate of the same people', () => {
  let both: Database
  beforeAll(async () => {
    both = await empty()
    const file = threeArms()
    const estimate = (timepoint: string, comparison: string) => ({
      ...{ comparison, timepoint, analysis_set: 'itt', measure: 'risk_ratio', estimate: 2.5 },
      quotes: [{ field: 'estimate', role: 'value', quote: 'table', printed: '2.5' }],
    })
    const [slept] = file.outcomes ?? []
    // Counts of 12 months go, so that the study has counts at 6 months and its own estimates at 6 and 12.
    Object.assign(slept ?? {}, {
      measurements: slept?.measurements?.filter(({ timepoint, group }) => timepoint === 'm6' && group !== 'high'),
      analyses: [estimate('m12', 'low'), estimate('m6', 'high')],
    })
    file.outcomes = file.outcomes?.slice(0, 1)
    await saveStudy(both, readStudyFile(Buffer.from(JSON.stringify(file)), 'both.json'), ORIGIN)
  })

  test('at different times count them again, and a control is shared by both at the same time', async () => {
    const rows = await extractEffectsInput(both)
    expect(
      rows.map((row) => [row.data, row.timepoint, row.experimental, row.shared_control, row.counted_again]),
    ).toEqual([
      ['dichotomous', '6 months', 'low', 2, true],
      ['contrast', '12 months', 'low', 1, true],
      ['contrast', '6 months', 'high', 2, true],
    ])
  })

  test('alone do not', async () => {
    const choices = { time: { at: { value: 6, unit: 'months' } }, prefer: 'only arm' } as const
    expect(await extractEffectsInput(both, choices)).toMatchObject([{ shared_control: 1, counted_again: false }])
  })
})

test('as printed, a value whose original is unknown is missing, and that is said', async () => {
  const rows = await extractAnalyses(first, { asPrinted: true })
  const melanoma = rows.find(({ subgroup }) => subgroup === 'diagnosis = melanoma')
  expect(melanoma).toMatchObject({
    p_value: null,
    p_text: null,
    correction: expect.stringMatching(/^p_value: before its correction \[/),
  })
  expect(rows.metadata.notes).toMatchObject([{ count: 1, note: 'the value before its correction is not known' }])
})

test('melanoma and all patients count some of the same people', async () => {
  const rows = await extractSurvival(first, { time: { at: { value: 2, unit: 'years' } } })
  expect(rows.map(({ probability }) => probability)).toEqual([0.32, 0.15])
  expect((await extractLong(first)).find(({ row, field }) => row === 'm00002' && field === 'events')).toMatchObject({
    ...{ value: 4, printed: 'four', section: 'Results', group: 'IL-2 alone', subject: 'Complete response' },
  })
})

test('the choices come along, and one that a table does not know is refused', async () => {
  const { metadata } = await extractDichotomous(first, { derived: true })
  expect(metadata).toMatchObject({ table: 'dichotomous', studies: 1, rows: 4 })
  expect(metadata.choices).toMatchObject({ derived: true, sharedControl: 'flag', arms: 'comparisons' })
  const { extract } = await EXTRACTIONS.arms.load()
  await expect(extract(first, { merge: true })).rejects.toMatchObject({ code: 'USAGE' })
  await expect(extractDichotomous(first, { outcomes: ["'; DROP TABLE study; --"] })).rejects.toMatchObject({
    code: 'CHOICE_UNKNOWN',
    message: expect.stringMatching(/^None of the 1 study has an outcome .* There is .*Complete response; /),
  })
})

test('an extended client has the same questions', async () => {
  const client = first.$extends(evibase)
  const rows = await client.study.extractDichotomous({ studies: [STUDY] })
  expect(rows).toEqual(await extractDichotomous(first))
  expectTypeOf(rows[0]).toEqualTypeOf<DichotomousRow | undefined>()
})

test('rows have numbers where a table is made of numbers', () => {
  expectTypeOf<DichotomousRow['ai']>().toEqualTypeOf<number>()
  expectTypeOf<ContinuousRow['sd1i']>().toEqualTypeOf<number>()
  expectTypeOf<DichotomousRow['year']>().toEqualTypeOf<number | null>()
})

test('every column has a type, a meaning and tables that there are, and every row its columns in order', async () => {
  const { models } = readSchema(path.join(ROOT, 'prisma/schema'))
  const names = models.map(({ table }) => table)
  for (const { load } of Object.values(EXTRACTIONS)) {
    const { columns, extract } = await load()
    for (const column of Object.values(columns as Record<string, { source: string; meaning: string }>)) {
      expect(column.meaning).not.toBe('')
      for (const source of column.source.split(', ')) expect(names).toContain(source.split('.')[0])
    }
    for (const database of [db, first])
      for (const row of await extract(database)) expect(Object.keys(row)).toEqual(Object.keys(columns))
  }
})

test('truth values are those of the schema', () => {
  const shared = ['study', 'publication', 'author', 'mesh_descriptor', 'mesh_qualifier']
  const appraisal = ['appraisal_tool', 'appraisal_domain', 'appraisal_judgement']
  const owners = ['study_id', 'publication_id']
  const fields = readSchema(path.join(ROOT, 'prisma/schema'))
    .models.filter(
      ({ table, fields }) =>
        [...shared, ...appraisal].includes(table) || fields.some(({ column }) => owners.includes(column)),
    )
    .flatMap(({ fields }) => fields)
  const truths = fields.filter(({ type }) => type === 'Boolean').map(({ name }) => name)
  expect(new Set<string>(BOOLEAN_FIELDS)).toEqual(new Set(truths))
  // A name that is a number elsewhere would lose its numbers.
  expect(fields.filter(({ name, type }) => truths.includes(name) && type !== 'Boolean')).toEqual([])
})
