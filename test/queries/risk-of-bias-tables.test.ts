import { expect, test } from 'vitest'
import { riskOfBiasTables } from '../../src/queries/risk-of-bias-tables.ts'
import { seeded, withVariants } from './seeded.ts'

test('without any judgement there is no table', async () => {
  expect(await riskOfBiasTables(await seeded(), {})).toEqual([])
})

test('each tool has a table, with its domains in its order, and a row for each study, result and assessor', async () => {
  const db = await withVariants((file) => {
    file.risk_of_bias = [
      { tool: 'rob-2', domain: 'missing-data', judgement: 'high', assessor: 'B' },
      { tool: 'rob-2', domain: 'randomisation', judgement: 'low', assessor: 'A' },
      { tool: 'rob-2', on: 'survival', domain: 'randomisation', judgement: 'some_concerns' },
      { tool: 'robins-i', domain: 'confounding', judgement: 'no_information' },
      { tool: 'robins-i', domain: 'overall', judgement: 'serious' },
    ]
  })
  const tables = await riskOfBiasTables(db, {})
  expect(tables.map(({ tool, version }) => `${tool} ${version}`)).toEqual(['rob-2 2019-08-22', 'robins-i 2016-08-01'])
  // RoB 2 was not asked about all domains together, which then has no column.
  expect(tables.map(({ domains }) => domains.length)).toEqual([5, 8])
  const cells = tables.map(({ rows }) =>
    rows.map(({ name, judgements }) => [name, ...judgements.map((judgement) => judgement?.words ?? '')]),
  )
  expect(cells[0]).toEqual([
    ['Rosenberg 1993, A', 'Low risk of bias', '', '', '', ''],
    ['Rosenberg 1993, B', '', '', 'High risk of bias', '', ''],
    ['Rosenberg 1993, Survival', 'Some concerns', '', '', '', ''],
  ])
  expect(cells[1]).toEqual([['Rosenberg 1993', 'No information', '', '', '', '', '', '', 'Serious risk of bias']])
})
