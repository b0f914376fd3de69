import { beforeAll, describe, expect, test } from 'vitest'
import { STUDY_CENTRIC } from '../../../src/export/targets/study-centric.ts'
import type { Database, ExtractionChoices, StudyFile } from '../../../src/index.ts'
import { threeArms } from '../../queries/extraction/three-arms.ts'
import { empty, saveFile } from '../../queries/seeded.ts'
import { readCsv } from '../../read-csv.ts'
import { filesWritten } from './written.ts'

let db: Database
beforeAll(async () => {
  db = await empty()
  const file = threeArms()
  file.study.label = '=SUM(A1)'
  file.risk_of_bias = [
    { tool: 'rob-1', domain: 'allocation-concealment', judgement: 'low', support: '@home' },
    { tool: 'rob-2', domain: 'randomisation', judgement: 'some_concerns', on: 'sleep' },
    { tool: 'rob-2', domain: 'overall', judgement: 'high', on: 'sleep' },
  ] as NonNullable<StudyFile['risk_of_bias']>
  await saveFile(db, file)
})

const tables = async (choices: ExtractionChoices = {}) => {
  const { files, told } = await filesWritten(STUDY_CENTRIC, db, choices)
  return { told, names: [...files.keys()], csv: (name: string) => readCsv(files.get(name)?.toString('utf8') ?? '') }
}

test('there is a file for studies, arms, results and each tool by which studies were judged', async () => {
  const { names, csv } = await tables()
  expect(names).toEqual([
    ...['study-information.csv', 'study-arms.csv', 'study-results.csv', 'risk-of-bias-1.csv', 'risk-of-bias-2.csv'],
  ])
  expect(csv('study-arms.csv').map(({ Arm }) => Arm)).toEqual(['High', 'Low', 'Water'])
  // A text that a spreadsheet would run is none that it runs.
  expect(new Set(names.flatMap((name) => csv(name).map(({ Study }) => Study)))).toEqual(new Set(["'=SUM(A1)"]))
  expect(csv('risk-of-bias-1.csv')).toEqual([
    {
      Study: "'=SUM(A1)",
      'Domain (judgement): Allocation concealment (selection bias)': 'Low risk',
      'Domain (support): Allocation concealment (selection bias)': "'@home",
    },
  ])
  const [result] = csv('risk-of-bias-2.csv')
  expect(Object.values(result ?? {}).slice(1)).toEqual(['Slept', 'Some concerns', '', 'High risk', ''])
})

describe('results', () => {
  const levels = (rows: readonly Readonly<Record<string, string>>[]) =>
    rows.map((row) => `${row.Outcome}: ${row['Data level']}`)

  test('each arm once, and each estimate of the study: RevMan takes what it prefers', async () => {
    const { csv, told } = await tables({ outcomes: ['sleep', 'death'], analysisSets: ['treated', 'not_stated'] })
    const rows = csv('study-results.csv')
    expect(rows.map((row) => [row['Data level'], row.Arm, row.Cases, row.N])).toEqual([
      ['Arm level', 'low', '10', '22'],
      ['Arm level', 'high', '12', '32'],
      ['Arm level', 'water', '6', '42'],
      ['Contrast level', 'low', '', ''],
    ])
    expect(rows.at(-1)).toMatchObject({
      ...{ 'Control arm': 'water', 'Effect measure': 'Hazard Ratio', 'Log-scale data': 'true', 'GIV SE': '' },
      ...{ 'CI start': '0.25', 'CI end': '1', 'CI level': '0.95' },
    })
    expect(told).toEqual([])
  })

  test('of one kind alone, where that is chosen', async () => {
    const choices = { outcomes: ['sleep', 'death'] }
    const arms = (await tables({ ...choices, prefer: 'only arm' })).csv('study-results.csv')
    expect(new Set(levels(arms))).toEqual(new Set(['Slept: Arm level']))
    const contrasts = (await tables({ ...choices, prefer: 'only contrast' })).csv('study-results.csv')
    expect(levels(contrasts)).toEqual(['Death: Contrast level'])
  })

  test('a mean without a standard deviation is left out with the reason, and made with --derived', async () => {
    const { csv, told } = await tables({ outcomes: ['hours'] })
    expect(csv('study-results.csv').map(({ Arm, SD }) => [Arm, SD])).toEqual([
      ['low', '2.4'],
      ['high', '3.2'],
    ])
    expect(told).toEqual([
      expect.objectContaining({ note: 'a mean without a standard deviation is left out', count: 1 }),
    ])
    const derived = (await tables({ outcomes: ['hours'], derived: true })).csv('study-results.csv')
    expect(derived.map(({ Arm }) => Arm)).toEqual(['low', 'high', 'water'])
    expect(Number(derived.at(-1)?.SD)).toBeCloseTo(5.09, 2)
  })

  test('person-time as years', async () => {
    const { csv } = await tables({ outcomes: ['falls'] })
    expect(csv('study-results.csv').map((row) => [row.Arm, row.Cases, row['Person-years']])).toEqual([
      ['low', '5', '2'],
      ['water', '9', '3'],
    ])
  })
})
