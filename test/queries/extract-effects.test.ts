import { describe, expect, test } from 'vitest'
import {
  EFFECT_COLUMNS,
  type EffectRow,
  effectMeasures,
  effectsOf,
  extractContinuous,
  extractCounts,
  extractDichotomous,
  extractEffects,
  MEASURES,
  readStudyFile,
  saveStudy,
} from '../../src/index.ts'
import { ORIGIN } from '../db/study-variants.ts'
import { near } from '../stats/near.ts'
import { threeArms } from './extraction/three-arms.ts'
import { empty, seeded } from './seeded.ts'

const Z = 1.959963984540054
const close = (value: number) => expect.toSatisfy(near(value, 1e-10))

const three = async () => {
  const db = await empty()
  await saveStudy(db, readStudyFile(Buffer.from(JSON.stringify(threeArms())), 'three.json'), ORIGIN)
  return db
}

test('its columns are those that the reviewers know, in their order', () => {
  expect(Object.keys(EFFECT_COLUMNS)).toEqual([
    ...['study', 'outcome', 'subgroup', 'timepoint', 'experimental', 'control', 'measure', 'yi', 'vi', 'sei'],
    ...['estimate', 'ci_lower', 'ci_upper', 'correction', 'status'],
  ])
})

describe('the first study', () => {
  test("its risk ratios are metafor's, with ½ added where a cell is zero, and told", async () => {
    const rows = await extractEffects(await seeded(), { measure: 'RR' })
    // metafor 3.8-1: 10/85 v 4/79, 14/85 v 12/79, 5/28 v 0/26.
    expect(rows).toEqual([
      expect.objectContaining({
        outcome: 'Complete response',
        yi: close(0.8430873278508599),
        vi: close(0.3255770662695458),
        correction: 0,
      }),
      expect.objectContaining({ outcome: 'Partial response', yi: close(0.08094727580396333), correction: 0 }),
      {
        study: 'rosenberg-1993-il2-lak',
        outcome: 'Alive',
        subgroup: 'diagnosis = melanoma',
        timepoint: 'at the time of the report',
        experimental: 'Melanoma, IL-2 plus LAK cells',
        control: 'Melanoma, IL-2 alone',
        measure: 'RR',
        yi: close(2.3264363088162257),
        vi: close(2.110298386160455),
        sei: close(1.4526866097546487),
        estimate: close(10.241379310344827),
        ci_lower: close(0.5940587094020011),
        ci_upper: close(176.558054815728),
        correction: 0.5,
        status: 'estimated',
      },
    ])
    expect(rows.metadata).toMatchObject({
      table: 'effects',
      settings: { measure: 'RR', add: 0.5, to: 'only0', drop00: true, vtype: 'LS', level: 0.95 },
    })
  })

  test('a risk difference has nothing added, unless it is to be like metafor', async () => {
    const db = await seeded()
    const alive = { outcomes: ['Alive'] }
    const [mine] = await extractEffects(db, { measure: 'RD' }, alive)
    expect(mine).toMatchObject({ yi: close(0.17857142857142858), vi: close(0.005238702623906706), correction: 0 })
    const [theirs] = await extractEffects(db, { measure: 'RD', like: 'metafor' }, alive)
    expect(theirs).toMatchObject({
      yi: close(0.17113665389527458),
      ci_lower: close(0.01966440315302026),
      correction: 0.5,
    })
  })

  test('another level has another interval of the same estimate', async () => {
    const db = await seeded()
    const [usual] = await extractEffects(db, { measure: 'RD' })
    const [wide] = await extractEffects(db, { measure: 'RD', level: 0.99 })
    expect(wide?.yi).toBe(usual?.yi)
    // z of 99 %: 2.5758293035489.
    expect(wide?.ci_upper).toSatisfy(near((usual?.yi ?? 0) + 2.5758293035489 * (usual?.sei ?? 0), 1e-10))
  })

  test('a table that can only be a printing error says so, and the others go on', async () => {
    const db = await seeded("UPDATE outcome_measurement SET events = 86 WHERE id LIKE '%/m00001'")
    const rows = await extractEffects(db, { measure: 'OR' })
    expect(rows.map(({ status, yi }) => [status, yi === null])).toEqual([
      [
        expect.stringMatching(/^not-estimable: \w+\.events is 86\. Expected a number from 0 to the total of \d+\.$/),
        true,
      ],
      ['estimated', false],
      ['estimated', false],
    ])
  })

  test('a pair without events is not estimable, or is where it is asked for', async () => {
    const db = await seeded("UPDATE outcome_measurement SET events = 0 WHERE outcome_id LIKE '%alive%'")
    const alive = { outcomes: ['Alive'] }
    expect(await extractEffects(db, { measure: 'RR' }, alive)).toEqual([
      expect.objectContaining({
        ...{ yi: null, vi: null, sei: null, estimate: null, ci_lower: null, ci_upper: null, correction: null },
        status: 'not-estimable: no events in either group',
      }),
    ])
    expect(await extractEffects(db, { measure: 'RR', drop00: false }, alive)).toMatchObject([{ correction: 0.5 }])
  })
})

describe('each kind of data is that of its table', () => {
  const sizes = (rows: readonly EffectRow[]) =>
    rows.map(({ experimental, control, yi }) => ({ experimental, control, yi }))

  test('2×2 tables, with the same choices', async () => {
    const db = await three()
    const choices = { sharedControl: 'split', analysisSets: ['treated'] } as const
    const tables = await extractDichotomous(db, choices)
    expect(tables.length).toBeGreaterThan(1)
    expect(sizes(await extractEffects(db, { measure: 'RD' }, choices))).toEqual(
      tables.map(({ experimental, control, ai, n1i, ci, n2i }) => ({
        experimental,
        control,
        yi: close(ai / n1i - ci / n2i),
      })),
    )
  })

  test('means, and events over person-time', async () => {
    const db = await three()
    const means = await extractContinuous(db, { derived: true })
    expect(means.length).toBeGreaterThan(0)
    expect(sizes(await extractEffects(db, { measure: 'MD' }, { derived: true }))).toEqual(
      means.map(({ experimental, control, m1i, m2i }) => ({ experimental, control, yi: close(m1i - m2i) })),
    )
    const counts = await extractCounts(db)
    expect(counts.length).toBeGreaterThan(0)
    expect(sizes(await extractEffects(db, { measure: 'IRR' }))).toEqual(
      counts.map(({ experimental, control, x1i, t1i, x2i, t2i }) => ({
        experimental,
        control,
        yi: close(Math.log(x1i / t1i / (x2i / t2i))),
      })),
    )
  })

  test('single groups, compared with none', async () => {
    const db = await three()
    const choices = { analysisSets: ['randomised'] } as const
    const risks = await extractEffects(db, { measure: 'PLO' }, choices)
    expect(
      risks.map(({ experimental, control, timepoint, estimate }) => [experimental, control, timepoint, estimate]),
    ).toEqual([
      ['low', null, '6 months', close(10 / 20)],
      ['high', null, '6 months', close(12 / 30)],
      ['water', null, '6 months', close(6 / 40)],
      ['low', null, '12 months', close(10 / 21)],
      ['high', null, '12 months', close(12 / 31)],
      ['water', null, '12 months', close(6 / 41)],
    ])
    // 5 falls in two years of person-time, 9 in three.
    expect((await extractEffects(db, { measure: 'IR' })).map(({ experimental, yi }) => [experimental, yi])).toEqual([
      ['low', 2.5],
      ['water', 3],
    ])
    expect(
      (await extractEffects(db, { measure: 'MN' })).map(({ experimental, yi, vi }) => [experimental, yi, vi]),
    ).toEqual([
      ['low', 11.8, close(2.4 ** 2 / 10)],
      ['high', 15.3, close(3.2 ** 2 / 20)],
    ])
  })

  test("the study's own estimate, by its interval, and of what", async () => {
    const db = await three()
    const [row] = await extractEffects(db, { measure: 'GEN' })
    // A hazard ratio of 0.5 from 0.25 to 1: its log's standard error is ln 4 / (2 z).
    expect(row).toMatchObject({
      measure: 'GEN hazard_ratio',
      yi: close(Math.log(0.5)),
      sei: close(Math.log(4) / 2 / Z),
      estimate: close(0.5),
      ci_lower: close(0.25),
      ci_upper: close(1),
      correction: null,
    })
    await db.outcomeAnalysis.updateMany({ data: { ciLevel: null } })
    expect(await extractEffects(db, { measure: 'GEN' })).toMatchObject([
      { yi: null, status: 'not-estimable: the study gives no interval of its estimate, or not its level' },
    ])
  })

  test('of changes and correlations there is only the function', () => {
    for (const { measure, in_database } of effectMeasures()) {
      const [name] = Object.keys(MEASURES).filter((one) => one === measure)
      expect(name).toBe(measure)
      const ask = () => effectsOf({ measure: measure as keyof typeof MEASURES })
      if (in_database) expect(ask().columns).toBe(EFFECT_COLUMNS)
      else expect(ask).toThrow(expect.objectContaining({ code: 'USAGE' }))
    }
  })

  test('an option without use is refused', () => {
    expect(() => effectsOf({ measure: 'MD', add: 0.5 })).toThrow('The measure MD has no use for "add".')
    expect(() => effectsOf({ measure: 'RR', hedges: 'approximate' })).toThrow('The measure RR has no use for "hedges".')
    expect(() => effectsOf({ measure: 'RR', vtype: 'HO' })).toThrow('vtype is HO.')
  })
})
