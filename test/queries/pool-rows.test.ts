import { expect, test } from 'vitest'
import { type Database, poolRows, readStudyFile, saveStudy } from '../../src/index.ts'
import { poolStudies } from '../../src/stats/pooling/pool-studies.ts'
import { ORIGIN } from '../db/study-variants.ts'
import { threeArms } from './extraction/three-arms.ts'
import { empty } from './seeded.ts'

/** A trial of two doses against one control, at two times, in two sets. */
async function three(): Promise<Database> {
  const db = await empty()
  await saveStudy(db, readStudyFile(Buffer.from(JSON.stringify(threeArms())), 'three.json'), ORIGIN)
  return db
}
const RR = { measure: 'RR' } as const
const ONE_TIME = { time: { at: { value: 12, unit: 'months' } }, analysisSets: ['treated'] } as const
const refused = (lines: readonly string[]) => ({
  code: 'POOL_AMBIGUOUS',
  message: expect.toSatisfy((message: string) => lines.every((line) => message.includes(line))),
})

test('rows that count people twice are refused, named, with the choices that settle it', async () => {
  const db = await three()
  await expect(poolRows(db, RR, {})).rejects.toMatchObject(
    refused([
      'example-2020 gives 6 rows that count the same people:',
      '\n  Slept, low v water, randomised, 6 months\n',
      '\n  and 1 more',
      'one time by --at',
      'one analysis set by --analysis-set',
      '--shared-control split',
    ]),
  )
  // Of one time and set, the two comparisons still share their control.
  await expect(poolRows(db, RR, ONE_TIME)).rejects.toMatchObject({
    message:
      'example-2020 gives 2 rows that count the same people:\n' +
      '  Slept, low v water, treated, 12 months\n  Slept, high v water, treated, 12 months\n' +
      'Nobody may count twice in a pool. Choose: one comparison by --arms; arms made one by --merge; or a control that is ' +
      'shared by --shared-control split.',
  })
})

test('a control that is split is no such people: both comparisons are pooled, each with half of it', async () => {
  const { rows } = await poolRows(await three(), RR, { ...ONE_TIME, sharedControl: 'split' })
  expect(rows.map(({ study, data }) => [study, data])).toEqual([
    [
      'example-2020: Slept, low v water, treated, 12 months',
      { experimental: { events: 10, total: 22 }, control: { events: 3, total: 21 } },
    ],
    [
      'example-2020: Slept, high v water, treated, 12 months',
      { experimental: { events: 12, total: 32 }, control: { events: 3, total: 21 } },
    ],
  ])
  for (const method of ['REML', 'MH'] as const)
    expect(poolStudies('RR', rows, { method }).pooled).toMatchObject({ status: 'estimated', k: 2 })
})

test('arms that are merged are one row, called by the study alone', async () => {
  const { rows, notes } = await poolRows(await three(), RR, { ...ONE_TIME, merge: true })
  expect(rows).toMatchObject([
    { study: 'example-2020', data: { experimental: { events: 22, total: 54 } }, about: { experimental: 'low + high' } },
  ])
  expect(notes).toEqual([])
})

test('groups by themselves share nobody, at one time', async () => {
  const db = await three()
  const { rows } = await poolRows(db, { measure: 'PLO' }, ONE_TIME)
  expect(rows.map(({ data }) => data)).toEqual([
    { events: 10, total: 22 },
    { events: 12, total: 32 },
    { events: 6, total: 42 },
  ])
  await expect(poolRows(db, { measure: 'PLO' }, {})).rejects.toMatchObject(refused(['one time by --at']))
})

test('several outcomes are no one result', async () => {
  const db = await three()
  await db.outcome.update({ where: { id: 'example-2020/hours' }, data: { label: 'Hours slept' } })
  await db.outcomeMeasurement.updateMany({
    where: { outcomeId: 'example-2020/hours' },
    data: { events: 1, mean: null, sd: null, ciLower: null, ciUpper: null, ciLevel: null },
  })
  const merged = { ...ONE_TIME, time: {}, analysisSets: [], merge: true } as const
  await expect(poolRows(db, RR, merged)).rejects.toMatchObject(refused(['one outcome by --outcome']))
})

test('what cannot be pooled is left out with its reason', async () => {
  const db = await three()
  await db.outcomeAnalysis.updateMany({ data: { ciLevel: null } })
  const { rows } = await poolRows(db, { measure: 'GEN' }, {})
  expect(poolStudies('GEN', rows, { method: 'REML' }).studies).toEqual([
    {
      effect: {
        status: 'not-estimable',
        reason: 'the study gives no interval of its estimate, or not its level',
      },
      weight: undefined,
    },
  ])
  await db.outcomeMeasurement.updateMany({ where: { outcomeId: 'example-2020/sleep' }, data: { events: 99 } })
  const printed = await poolRows(db, RR, { ...ONE_TIME, merge: true })
  expect(printed.rows).toMatchObject([
    { data: undefined, missing: expect.stringContaining('Expected a number from 0 to the total of 54') },
  ])
})

test('studies without such a result are told', async () => {
  const db = await three()
  const { rows, notes } = await poolRows(db, { measure: 'SMD' }, { outcomes: ['Slept'] })
  expect(rows).toEqual([])
  expect(notes).toEqual(['1 of 1 studies give no such result.'])
  const named = await poolRows(db, { measure: 'SMD' }, { outcomes: ['Slept'], studies: ['example-2020'] })
  expect(named.notes).toEqual(['Without such a result: example-2020.'])
})
