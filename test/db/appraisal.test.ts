import { describe, expect, test } from 'vitest'
import { readStudy } from '../../src/db/read-study.ts'
import type { StudyRecord } from '../../src/model/study-record.ts'
import { seededForEach } from './saving.ts'
import { asOtherStudy, variant } from './study-variants.ts'

const at = seededForEach()
const judged = (judgement: string) =>
  variant((file) => {
    file.risk_of_bias = [{ tool: 'rob-2', domain: 'overall', judgement }]
  })
/** The record with something else in the vocabulary that it brings. */
const withTool = (record: StudyRecord, change: (vocabulary: StudyRecord['vocabulary']) => void): StudyRecord => {
  const vocabulary = structuredClone(record.vocabulary)
  change(vocabulary)
  return { ...record, vocabulary }
}

test('a study brings the tool that it was judged by, once and whole', async () => {
  expect(await at.save(judged('low'))).toBe('updated')
  expect(await at.one('SELECT count(*) FROM appraisal_domain')).toBe(6)
  expect(await at.save(judged('low'))).toBe('unchanged')
  const other = variant((file) => {
    asOtherStudy(file, 'other', '7')
    file.risk_of_bias = [{ tool: 'rob-2', domain: 'randomisation', judgement: 'high' }]
  })
  expect(await at.save(other)).toBe('created')
  expect(await at.one('SELECT count(*) FROM appraisal_domain')).toBe(6)
})

test('another judgement changes its row in place; without any, the tool stays', async () => {
  await at.save(judged('low'))
  expect(await at.save(judged('some_concerns'))).toBe('updated')
  expect(await at.scratch.rows('SELECT judgement FROM risk_of_bias')).toEqual([
    { judgement: 'rob-2/2019-08-22/some_concerns' },
  ])
  expect(await at.save(variant())).toBe('updated')
  expect(await at.one('SELECT count(*) FROM risk_of_bias')).toBe(0)
  expect(await at.one('SELECT count(*) FROM appraisal_tool')).toBe(1)
})

test('what was saved is read back with its tool', async () => {
  const record = judged('low')
  await at.save(record)
  const back = await readStudy(at.db, record.slug)
  expect(back?.rows.riskOfBias).toEqual(record.rows.riskOfBias)
  for (const table of ['appraisalTool', 'appraisalDomain', 'appraisalJudgement'] as const)
    expect(back?.vocabulary[table], table).toEqual(record.vocabulary[table])
})

describe('a tool of the same version with another content is refused', () => {
  test.each<{ what: string; change: (vocabulary: StudyRecord['vocabulary']) => void }>([
    { what: 'another name', change: ({ appraisalTool: [tool] }) => Object.assign(tool ?? {}, { name: 'RoB two' }) },
    {
      what: 'a domain under another label',
      change: ({ appraisalDomain: [first] }) => Object.assign(first ?? {}, { label: 'Luck' }),
    },
    { what: 'a domain less', change: ({ appraisalDomain }) => void appraisalDomain.splice(1, 1) },
    {
      what: 'a judgement more',
      change: ({ appraisalJudgement }) =>
        void appraisalJudgement.push({
          id: 'rob-2/2019-08-22/awful',
          toolId: 'rob-2/2019-08-22',
          position: 4,
          code: 'awful',
          label: 'Awful',
          severity: 4,
        }),
    },
    {
      what: 'another severity',
      change: ({ appraisalJudgement: [low] }) => Object.assign(low ?? {}, { severity: null }),
    },
  ])('$what', async ({ change }) => {
    await at.save(judged('low'))
    expect(await at.refused(withTool(judged('high'), change))).toMatchObject({
      code: 'SHARED_ROW_CONFLICT',
      message: expect.stringContaining('rob-2/2019-08-22 has another content than the database'),
    })
    expect(await at.scratch.rows('SELECT judgement FROM risk_of_bias')).toEqual([{ judgement: 'rob-2/2019-08-22/low' }])
  })
})
