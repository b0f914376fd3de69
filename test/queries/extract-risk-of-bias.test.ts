import { expect, test } from 'vitest'
import { extractRiskOfBias, RISK_OF_BIAS_COLUMNS } from '../../src/index.ts'
import { STUDY, seeded, withVariants } from './seeded.ts'

test('the first study was judged by nobody', async () => {
  expect(await extractRiskOfBias(await seeded(), { studies: [STUDY] })).toEqual([])
})

test('judgements come by what they are on, then in the tool’s order, with what they rest on', async () => {
  const db = await withVariants((file) => {
    const survival = file.outcomes?.find(({ code }) => code === 'survival')?.analyses?.[0]
    if (survival) survival.ref = 'p-of-survival'
    file.risk_of_bias = [
      { tool: 'rob-2', on: 'survival', domain: 'overall', judgement: 'high' },
      { tool: 'rob-2', on: 'survival', domain: 'randomisation', judgement: 'low', assessor: 'A reader' },
      { tool: 'rob-2', on: 'p-of-survival', domain: 'measurement', judgement: 'low' },
      {
        tool: 'rob-2',
        domain: 'randomisation',
        judgement: 'some_concerns',
        support: 'How is not told.',
        quotes: [{ field: ['judgement', 'support'], role: 'value', quote: 'purpose', span: 'randomized' }],
      },
      { tool: 'robins-i', domain: 'confounding', judgement: 'no_information' },
      { tool: 'rob-2', on: 'survival', domain: 'deviations', judgement: 'low' },
    ]
  })
  const rows = await extractRiskOfBias(db)
  expect(rows.map(({ tool, on, domain, judgement }) => [tool, on, domain, judgement])).toEqual([
    ['rob-2', null, 'Bias arising from the randomisation process', 'Some concerns'],
    ['rob-2', 'Survival (a00001)', 'Bias in measurement of the outcome', 'Low risk of bias'],
    ['rob-2', 'Survival', 'Bias due to deviations from intended interventions', 'Low risk of bias'],
    ['rob-2', 'Survival', 'Overall risk of bias', 'High risk of bias'],
    ['rob-2', 'Survival', 'Bias arising from the randomisation process', 'Low risk of bias'],
    ['robins-i', null, 'Bias due to confounding', 'No information'],
  ])
  expect(rows[0]).toMatchObject({
    study: STUDY,
    version: '2019-08-22',
    severity: 2,
    overall: false,
    support: 'How is not told.',
    quote: expect.stringMatching(/^“This prospective randomized trial was .* cancer\.”$/),
  })
  expect(rows[3]).toMatchObject({ overall: true, severity: 3, quote: null })
  expect(rows[5]).toMatchObject({ version: '2016-08-01', severity: null })
  expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(RISK_OF_BIAS_COLUMNS))
})

test('a study that is not there is said', async () => {
  await expect(extractRiskOfBias(await seeded(), { studies: ['none'] })).rejects.toMatchObject({
    code: 'STUDY_NOT_FOUND',
  })
})
