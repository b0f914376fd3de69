import { beforeAll, describe, expect, test } from 'vitest'
import {
  type Database,
  extractAdverseEvents,
  extractAnalyses,
  extractCharacteristics,
  extractDichotomous,
  extractEvidence,
  extractSurvival,
  type StudyFile,
  traceStudy,
} from '../../src/index.ts'
import { coded, entry } from '../db/study-variants.ts'
import { STUDY, seeded, withVariants } from './seeded.ts'

const ASSUMED = 'Said for the sake of this test.'

/** The first study with a formula of ours beside a reported number, in every table that can have both. */
function withFormulas(file: StudyFile): void {
  const survival = coded(file.outcomes, 'survival')
  const [overall] = survival.analyses ?? []
  Object.assign(overall ?? {}, {
    ref: 'overall-survival',
    measure: 'hazard_ratio',
    // z = 1.7007 and V = 160 · 90 · 91 / 181² = 40.0: exp(−1.7007 / √40.0)
    estimate: 0.764,
    derived: [
      {
        field: 'estimate',
        formula: 'exp(log_hazard_ratio_of_p(p, 2, 160, 90, 91, lower_in_experimental))',
        inputs: { p: 'overall-survival.p_value' },
        assumption: ASSUMED,
      },
    ],
  })
  survival.analyses?.push({
    comparison: 'overall',
    measure: 'other',
    estimate: -0.2689,
    derived: [
      {
        field: 'estimate',
        formula: 'log_hazard_ratio_of_p(p, 2, 160, 90, 91, lower_in_experimental)',
        inputs: { p: 'overall-survival.p_value' },
        assumption: ASSUMED,
      },
    ],
  })
  Object.assign(
    entry(survival.measurements, ({ group, timepoint }) => group === 'il2-lak' && timepoint === '36-months'),
    {
      total: 85,
      derived: [{ field: 'total', formula: 'n', inputs: { n: 'complete-il2-lak.total' }, assumption: ASSUMED }],
    },
  )
  Object.assign(entry(coded(file.outcomes, 'complete-response').measurements), {
    mean: 10.5,
    sd: 4.1,
    derived: [
      { field: 'mean', formula: 'mean_of_median_range_wan(1, 10, 21)', inputs: {}, assumption: ASSUMED },
      { field: 'sd', formula: 'sd_of_range_wan(1, 21, 85)', inputs: {}, assumption: ASSUMED },
    ],
  })
  const deaths = entry(coded(file.adverse_events, 'treatment-related-death').counts, ({ group }) => group === 'all')
  Object.assign(deaths, {
    ref: 'deaths',
    at_risk: 181,
    derived: [{ field: 'at_risk', formula: 'treated', inputs: { treated: 'treated.participants' } }],
  })
  const infarctions = coded(file.adverse_events, 'fatal-myocardial-infarction')
  infarctions.counts = [
    {
      group: 'all',
      affected: 6,
      derived: [
        {
          field: 'affected',
          formula: 'count_of_percent(percent, treated, 1)',
          inputs: { percent: 'deaths.percent', treated: 'treated.participants' },
          assumption: ASSUMED,
        },
      ],
    },
  ]
  file.enrolment = file.enrolment?.filter(({ group, analysis_set }) => group !== 'all' || analysis_set === 'treated')
  file.enrolment?.push({
    group: 'all',
    analysis_set: 'assessable',
    participants: 164,
    derived: [
      {
        field: 'participants',
        formula: 'sum(one, other)',
        inputs: { one: 'assessable-il2-lak.participants', other: 'assessable-il2.participants' },
      },
    ],
  })
}

let db: Database
beforeAll(async () => {
  db = await withVariants(withFormulas)
})

describe('what our formulas made stays out unless it is asked for', () => {
  test('a p value that was printed stays when its hazard ratio is ours, and is of no measure', async () => {
    const [overall, ...others] = (await extractAnalyses(db)).filter(({ subgroup }) => subgroup === null)
    expect(overall).toMatchObject({ p_value: 0.089, measure: null, estimate: null, derived: false })
    expect(others).toEqual([])
    const asked = (await extractAnalyses(db, { derived: true })).filter(({ subgroup }) => subgroup === null)
    expect(asked).toMatchObject([
      { p_value: 0.089, measure: 'hazard_ratio', estimate: 0.764, derived: true },
      { p_value: null, measure: 'other', estimate: -0.2689, derived: true },
    ])
  })

  test('a survival that was printed stays without the number of people that we gave it', async () => {
    const at36 = async (derived: boolean) =>
      (await extractSurvival(db, { derived })).find(
        ({ group, time_months }) => group === 'IL-2 plus LAK cells' && time_months === 36,
      )
    expect(await at36(false)).toMatchObject({ probability: 0.31, n: null, derived: false })
    expect(await at36(true)).toMatchObject({ probability: 0.31, n: 85, derived: true })
  })

  test('a 2×2 table that was printed stays when its row also has a mean and an SD of ours', async () => {
    const complete = (rows: readonly { outcome: string }[]) =>
      rows.filter(({ outcome }) => outcome === 'Complete response')
    expect(complete(await extractDichotomous(db))).toMatchObject([{ ai: 10, n1i: 85, derived: false }])
    expect((await extractDichotomous(db)).some(({ outcome }) => outcome === 'Complete or partial response')).toBe(false)
  })

  test('counts of harms that were printed stay without ours', async () => {
    const of = async (term: string, derived: boolean) =>
      (await extractAdverseEvents(db, { derived })).find((row) => row.term === term && row.missing_reason === null)
    expect(await of('Treatment-related death', false)).toMatchObject({ affected: 6, at_risk: null, percent: 3.3 })
    expect(await of('Treatment-related death', true)).toMatchObject({ affected: 6, at_risk: 181, percent: 3.3 })
    expect(await of('Fatal myocardial infarction', false)).toMatchObject({ group: null, affected: null })
    expect(await of('Fatal myocardial infarction', true)).toMatchObject({ affected: 6 })
  })

  test('sizes that we added up are no enrolment of the study', async () => {
    expect((await extractCharacteristics(db))[0]?.enrolled).toBe('181 treated')
    expect((await extractCharacteristics(db, { derived: true }))[0]?.enrolled).toBe(
      '181 treated; 164 assessable for response',
    )
  })

  test('the evidence names the formula of each, beside the words of what was printed', async () => {
    const rows = await extractEvidence(db)
    expect(rows.find(({ result }) => result.includes('SD 4.1'))).toMatchObject({
      result: '10/85, mean 10.5, SD 4.1',
      source: expect.stringMatching(
        /^derived: mean = mean_of_median_range_wan\(1, 10, 21\); sd = sd_of_range_wan\(1, 21, 85\) “There were 10/,
      ),
    })
  })
})

test('the trace of a derived value has its formula, inputs and assumption', async () => {
  const rows = (await traceStudy(db, STUDY)).filter(({ verdict }) => verdict === 'derived')
  expect(rows.find(({ value }) => value === 0.764)).toMatchObject({
    formula: 'exp(log_hazard_ratio_of_p(p, 2, 160, 90, 91, lower_in_experimental)) (p = 0.089)',
    assumption: ASSUMED,
  })
  expect(rows.find(({ table, value }) => table === 'adverse_event_count' && value === 6)).toMatchObject({
    formula: 'count_of_percent(percent, treated, 1) (percent = 3.3, treated = 181)',
    assumption: ASSUMED,
  })
})

test('a row of which nothing says what of it is derived stays out whole', async () => {
  const edited = await seeded(`UPDATE outcome_measurement SET derived = true WHERE id = '${STUDY}/m00001'`)
  expect((await extractDichotomous(edited)).map(({ outcome }) => outcome)).not.toContain('Complete response')
  expect((await extractDichotomous(edited, { derived: true })).map(({ outcome }) => outcome)).toContain(
    'Complete response',
  )
})
