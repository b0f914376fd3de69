import { beforeAll, describe, expect, test } from 'vitest'
import { REVMAN } from '../../../src/export/targets/revman.ts'
import type { Database, ExtractionChoices } from '../../../src/index.ts'
import { threeArms } from '../../queries/extraction/three-arms.ts'
import { empty, saveFile, seeded } from '../../queries/seeded.ts'
import { readCsv } from '../../read-csv.ts'
import { fleiss, REFERENCE, REVIEW, slugOf } from '../revman/fleiss.ts'
import { filesWritten } from './written.ts'

const MARK = '\ufeff'

async function packageOf(db: Database, choices: ExtractionChoices) {
  const { files, told } = await filesWritten(REVMAN, db, choices)
  const id = choices.review ?? 'evibase'
  const text = (name: string) => files.get(name)?.toString('utf8') ?? ''
  const csv = (name: string) => {
    expect(text(name).startsWith(MARK)).toBe(true)
    return readCsv(text(name).slice(MARK.length))
  }
  return {
    ...{ names: [...files.keys()], told, text },
    rows: csv(`${id}-analysis-data/${id}-data-rows.csv`),
    overall: csv(`${id}-analysis-data/${id}-overall-estimates-and-settings.csv`),
    studies: csv(`${id}-study-data/${id}-study-information.csv`),
    references: text(`${id}-study-data/${id}-included.ris`),
  }
}

describe('a data package of what RevMan Web wrote one of', () => {
  let db: Database
  let made: Awaited<ReturnType<typeof packageOf>>
  beforeAll(async () => {
    db = await fleiss()
    made = await packageOf(db, { review: REVIEW })
  })

  test('has its files in its folders', () => {
    expect(made.names).toEqual([
      'fleiss-1993-analysis-data/fleiss-1993-data-rows.csv',
      'fleiss-1993-analysis-data/fleiss-1993-overall-estimates-and-settings.csv',
      'fleiss-1993-analysis-data/fleiss-1993-subgroup-estimates.csv',
      'fleiss-1993-study-data/fleiss-1993-study-information.csv',
      'fleiss-1993-study-data/fleiss-1993-risk-of-bias.csv',
      'fleiss-1993-study-data/fleiss-1993-included.ris',
    ])
    expect(made.told).toEqual([])
  })

  test('has the same rows: numbers, weights and effects, with 0.0 where a column is for other data', () => {
    const { rows, columns } = REFERENCE.revman_web
    expect(Object.keys(made.rows[0] ?? {})).toEqual(columns)
    const aspirin = made.rows.filter((row) => row['Analysis number'] === '1')
    const inOrder = [...rows].sort((one, other) => (slugOf(one.Study ?? '') < slugOf(other.Study ?? '') ? -1 : 1))
    expect(aspirin).toEqual(inOrder.map((row) => ({ ...row, Subgroup: '' })))
    const davis = made.rows.find((row) => row.Study === 'Davis')
    expect(davis).toMatchObject({
      ...{ 'Analysis number': '2', 'GIV Mean': '0.0', 'Experimental mean': '5', 'Experimental SD': '4.7' },
      ...{ 'Experimental cases': '0', 'Experimental N': '13', 'Control mean': '6.5', 'O-E': '0.0' },
      // RevMan 5 has -1.5 (-4.78549833 to 1.78549833) with a weight of 2.79315513.
      ...{ Mean: '-1.5', 'CI start': '-4.785498', 'CI end': '1.785498', Weight: '2.793155' },
    })
  })

  test('has the same settings and totals', () => {
    const { overall, overall_columns } = REFERENCE.revman_web
    const [aspirin, mentalHealth] = made.overall
    expect(Object.keys(aspirin ?? {})).toEqual(overall_columns)
    expect(aspirin).toEqual({
      ...overall,
      'Analysis group name': 'Treatment versus Control',
      'Experimental group label': 'Treatment',
      'Control group label': 'Control',
      ID: 'analysis:1.1',
    })
    // RevMan 5: -0.70938839 (-1.25848502 to -0.16029176), Q 5.66012379, Z 2.53211477.
    expect(mentalHealth).toMatchObject({
      ...{ 'Data type': 'Continuous', 'Log-scale data': 'false', 'Statistical method': 'IV' },
      ...{ 'Experimental cases': '', 'Experimental N': '106', 'Control N': '126', Mean: '-0.709388' },
      ...{ 'CI start': '-1.258485', 'CI end': '-0.160292', 'Heterogeneity Chi²': '5.660124', 'Effect Z': '2.532115' },
    })
  })

  test('has each study with its year, and each reference with its study', () => {
    const years = new Map(made.studies.map(({ Study, Year }) => [Study, Year]))
    expect(years.get('ISIS-2')).toBe('1988')
    expect(years.size).toBe(12)
    expect(made.references.match(/^NS {2}- .*$/gm)).toHaveLength(12)
    expect(made.references).toContain('NS  - MRC-1\r\n')
  })

  test('pools no subgroups', () => {
    expect(made.text('fleiss-1993-analysis-data/fleiss-1993-subgroup-estimates.csv').split('\n')).toEqual([
      `${MARK}Analysis group,Analysis number,Subgroup,Subgroup number,Experimental cases,Experimental N,Control cases,Control N,Weight,Mean,CI start,CI end,Heterogeneity Tau²,Heterogeneity Chi²,Heterogeneity df,Heterogeneity P,Heterogeneity I²,Effect Z,Effect P,ID`,
      '',
    ])
  })
})

test('a review’s own measure is taken where RevMan makes it, and told where it doesn’t', async () => {
  const smd = await packageOf(await fleiss('standardised_mean_difference'), { review: REVIEW })
  expect(smd.overall.map((row) => row['Effect measure'])).toEqual(['Odds Ratio', 'Standardized Mean Difference'])
  expect(smd.told).toEqual([])
  const arms = { experimental: ['treated'], control: ['control'] }
  const ratio = await packageOf(await fleiss('ratio_of_means'), { review: REVIEW, arms })
  expect(ratio.overall.map((row) => [row['Analysis group name'], row['Effect measure']])).toEqual([
    ['Treated versus Control', 'Odds Ratio'],
    ['Treated versus Control', 'Mean Difference'],
  ])
  expect(ratio.told).toMatchObject([
    { note: 'pooled as a Mean Difference: RevMan makes no Ratio of Means of the numbers', count: 5 },
  ])
})

test('numbers that can’t be are left out and told: a registry’s slip stops no export', async () => {
  const db = await seeded(`UPDATE outcome_measurement SET events = 100 WHERE events = 10 AND total = 85`)
  const { rows, told } = await packageOf(db, { outcomes: ['complete-response'] })
  expect(rows).toEqual([])
  expect(told).toEqual([
    {
      note: 'left out: a 2×2 table of nobody, or of more events than people',
      count: 1,
      rows: ['rosenberg-1993-il2-lak: Complete response'],
    },
  ])
})

describe('what the choices take of a study with three arms', () => {
  let db: Database
  beforeAll(async () => {
    db = await empty()
    await saveFile(db, threeArms())
  })
  const slept = { outcomes: ['sleep'], analysisSets: ['treated'] } as const
  const brief = (rows: readonly Readonly<Record<string, string>>[]) =>
    rows.map((row) => [
      `${row['Analysis group']}.${row['Analysis number']}`,
      `${row['Experimental cases']}/${row['Experimental N']}`,
      `${row['Control cases']}/${row['Control N']}`,
    ])

  test('a control that two arms share is never twice in one analysis, and each row says so', async () => {
    const { rows, overall } = await packageOf(db, slept)
    expect(overall.map((row) => row['Analysis group name'])).toEqual(['Low versus Water', 'High versus Water'])
    expect(brief(rows)).toEqual([
      ['1.1', '10/22', '6/42'],
      ['2.1', '12/32', '6/42'],
    ])
    for (const { Footnotes } of rows)
      expect(Footnotes).toBe(
        'Participants: treated. 2 rows of the study have the same control group. Another row of the study counts some of the same people',
      )
  })

  test('a control that is to be divided is', async () => {
    const { rows } = await packageOf(db, { ...slept, sharedControl: 'split' })
    expect(brief(rows)).toEqual([
      ['1.1', '10/22', '3/21'],
      ['2.1', '12/32', '3/21'],
    ])
    expect(rows[0]?.Footnotes).toContain(
      '2 rows of the study have the same control group, which is divided between them',
    )
  })

  test('merged arms are one row', async () => {
    const { rows, overall } = await packageOf(db, { ...slept, merge: true })
    expect(brief(rows)).toEqual([['1.1', '22/54', '6/42']])
    expect(overall[0]?.['Analysis group name']).toBe('low + high versus Water')
  })

  test('a second row of a study for the same outcome and time has an analysis of its own, which is told', async () => {
    const { rows, told } = await packageOf(db, {
      outcomes: ['sleep'],
      arms: { experimental: ['low'], control: ['water'] },
    })
    expect(rows.map((row) => [row['Analysis number'], row['Analysis name'], row['Control N']])).toEqual([
      ['1', 'Slept, 6 months', '40'],
      ['2', 'Slept, 12 months', '41'],
      ['3', 'Slept, 12 months, treated', '42'],
    ])
    expect(told).toEqual([
      {
        note: 'a further row of a study for the same outcome has an analysis of its own',
        count: 1,
        rows: [expect.stringMatching(/: Slept, 12 months$/)],
      },
    ])
  })

  test('a number that is missing leaves its row out, with the reason, and is no 0', async () => {
    const { rows, told } = await packageOf(db, { outcomes: ['hours', 'falls', 'death'] })
    expect(rows).toEqual([])
    expect(told.map(({ note, count }) => `${count} × ${note}`)).toEqual([
      '1 × left out: events over person-time, which RevMan takes as a rate ratio that --derived makes',
      '1 × left out: a study’s own estimate without a standard error, which --derived takes from its interval',
      '1 × a mean without a standard deviation is left out',
    ])
  })

  test('with --derived it is made by a formula, and the row says so', async () => {
    const { rows, overall } = await packageOf(db, { outcomes: ['hours', 'death'], derived: true })
    const [hours, death] = ['Hours', 'Death'].map((name) => rows.find((row) => row['Analysis name'] === name))
    // Cochrane Handbook 6.5.2.2: an SD of 5.09.
    expect(Number(hours?.['Control SD'])).toBeCloseTo(5.09, 2)
    // ln 0.5, and (ln 1 − ln 0.25) / (2 · 1.96).
    expect(Number(death?.['GIV Mean'])).toBeCloseTo(-Math.LN2, 6)
    expect(Number(death?.['GIV SE'])).toBeCloseTo(Math.log(4) / (2 * 1.959964), 6)
    expect(death).toMatchObject({
      'Experimental N': '0',
      Mean: '0.5',
      'CI start': '0.25',
      'CI end': '1',
      Weight: '100',
    })
    expect(death?.Footnotes).toBe('A formula made a number of this row, and not the study')
    expect(overall.find((row) => row['Effect measure'] === 'Hazard Ratio')).toMatchObject({
      ...{ 'Data type': 'Contrast level', 'Log-scale data': 'true', 'Experimental N': '', Mean: '0.5' },
    })
  })
  test('with --derived rates are log rate ratios', async () => {
    const { rows, overall } = await packageOf(db, { outcomes: ['falls'], derived: true })
    // 5 falls in 2 years against 9 in 3: ln (2.5 / 3), and √(1/5 + 1/9).
    expect(Number(rows[0]?.['GIV Mean'])).toBeCloseTo(Math.log(2.5 / 3), 12)
    expect(Number(rows[0]?.['GIV SE'])).toBeCloseTo(Math.sqrt(1 / 5 + 1 / 9), 12)
    expect(rows[0]?.Footnotes).toBe('A formula made a number of this row, and not the study')
    expect(overall[0]).toMatchObject({ 'Effect measure': 'Rate Ratio', 'Log-scale data': 'true', Mean: '0.833333' })
  })
})
