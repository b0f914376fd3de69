import { beforeAll, describe, expect, test } from 'vitest'
import {
  type Database,
  extractAdverseEvents,
  extractAnalyses,
  extractArms,
  extractCharacteristics,
  extractDichotomous,
  extractEvidence,
  extractSurvival,
  traceStudy,
} from '../../src/index.ts'
import { STUDY, seeded } from './seeded.ts'

let db: Database
beforeAll(async () => {
  db = await seeded()
})

describe('dichotomous outcomes', () => {
  test('10/85 v 4/79, 14/85 v 12/79 and, alive with melanoma, 5/28 v 0/26, IL-2 plus LAK cells first', async () => {
    expect(await extractDichotomous(db)).toMatchObject([
      {
        study: STUDY,
        year: 1993,
        outcome: 'Complete response',
        subgroup: null,
        timepoint: null,
        experimental: 'IL-2 plus LAK cells',
        control: 'IL-2 alone',
        ai: 10,
        bi: 75,
        ci: 4,
        di: 75,
        n1i: 85,
        n2i: 79,
      },
      {
        outcome: 'Partial response',
        experimental: 'IL-2 plus LAK cells',
        control: 'IL-2 alone',
        ai: 14,
        bi: 71,
        ci: 12,
        di: 67,
        n1i: 85,
        n2i: 79,
      },
      {
        outcome: 'Alive',
        subgroup: 'diagnosis = melanoma',
        timepoint: 'at the time of the report',
        experimental: 'Melanoma, IL-2 plus LAK cells',
        ai: 5,
        bi: 23,
        ci: 0,
        di: 26,
        n1i: 28,
        n2i: 26,
      },
    ])
    expect(await extractDichotomous(db)).toHaveLength(3)
  })

  test('sums of ours are left out unless they are asked for, and are marked then', async () => {
    expect((await extractDichotomous(db)).filter(({ derived }) => derived)).toEqual([])
    const rows = await extractDichotomous(db, { derived: true })
    expect(rows).toHaveLength(4)
    expect(rows.filter(({ derived }) => derived)).toMatchObject([
      { outcome: 'Complete or partial response', ai: 24, n1i: 85, ci: 16, n2i: 79 },
    ])
  })

  test('a group without a total makes no table, and a study that is named alone is alone', async () => {
    const other = await seeded(`UPDATE outcome_measurement SET total = NULL WHERE id = '${STUDY}/m00002'`)
    expect((await extractDichotomous(other, { studies: [STUDY] })).map(({ outcome }) => outcome)).toEqual([
      'Partial response',
      'Alive',
    ])
  })

  test('groups that no comparison sets against each other make no table, whatever their numbers', async () => {
    const other = await seeded(`DELETE FROM outcome_analysis; DELETE FROM comparison WHERE id = '${STUDY}/overall'`)
    expect((await extractDichotomous(other)).map(({ outcome }) => outcome)).toEqual(['Alive'])
  })

  test('when the comparison is turned round, so is the table', async () => {
    const other = await seeded(
      `UPDATE comparison SET experimental_group_id = reference_group_id, reference_group_id = experimental_group_id`,
    )
    expect((await extractDichotomous(other))[0]).toMatchObject({
      experimental: 'IL-2 alone',
      ai: 4,
      n1i: 79,
      ci: 10,
      n2i: 85,
    })
  })
})

test('survival gives probabilities at their months, without any count', async () => {
  expect(
    (await extractSurvival(db)).map(({ group, time_months, probability, n }) => [group, time_months, probability, n]),
  ).toEqual([
    ['IL-2 plus LAK cells', 36, 0.31, null],
    ['IL-2 alone', 36, 0.17, null],
    ['Melanoma, IL-2 plus LAK cells', 24, 0.32, null],
    ['Melanoma, IL-2 alone', 24, 0.15, null],
    ['Melanoma, IL-2 plus LAK cells', 48, 0.18, null],
    ['Melanoma, IL-2 alone', 48, 0.04, null],
  ])
})

test('analyses give P = .089, the corrected .064, and no difference in renal cell cancer without a number', async () => {
  const none = { measure: null, estimate: null, ci_lower: null, ci_upper: null, timepoint: null }
  expect(await extractAnalyses(db)).toMatchObject([
    {
      ...none,
      subgroup: null,
      experimental: 'IL-2 plus LAK cells',
      control: 'IL-2 alone',
      p_operator: '=',
      p_value: 0.089,
      p_text: '.089',
      p_sides: 2,
      corrected: false,
      finding: null,
    },
    {
      ...none,
      subgroup: 'diagnosis = melanoma',
      p_operator: '=',
      p_value: 0.064,
      p_text: '.064',
      p_sides: 2,
      corrected: true,
    },
    {
      ...none,
      subgroup: 'diagnosis = renal cell cancer',
      p_operator: null,
      p_value: null,
      p_text: null,
      p_sides: null,
      finding: 'no difference',
      corrected: false,
    },
  ])
})

test('adverse events give six deaths for all arms together, three of them from infarction, and no number for an arm', async () => {
  const rows = await extractAdverseEvents(db)
  expect(rows.filter(({ affected }) => affected !== null)).toMatchObject([
    {
      term: 'Treatment-related death',
      parent: null,
      group: 'All arms together',
      affected: 6,
      at_risk: null,
      percent: 3.3,
      related: true,
      fatal: true,
      serious: null,
    },
    { term: 'Fatal myocardial infarction', parent: 'Treatment-related death', group: 'All arms together', affected: 3 },
  ])
  const ofArms = rows.filter(({ group }) => group === 'IL-2 plus LAK cells' || group === 'IL-2 alone')
  expect(ofArms).toHaveLength(4)
  for (const row of ofArms)
    expect(row).toMatchObject({
      affected: null,
      at_risk: null,
      events: null,
      percent: null,
      missing_reason: 'not_split_by_arm',
    })
  expect(rows.filter(({ group }) => group === null).map(({ narrative }) => narrative)).toEqual([
    'Resolved when IL-2 was stopped.',
    expect.stringContaining('vascular permeability'),
  ])
})

test('arms give 85 and 79 assessable, and the reasons where a size is missing', async () => {
  expect(
    (await extractArms(db)).map(({ arm, role, analysis_set, n, missing_reason }) => [
      arm,
      role,
      analysis_set,
      n,
      missing_reason,
    ]),
  ).toEqual([
    ['il2', 'active_comparator', 'randomised', null, 'not_reported'],
    ['il2', 'active_comparator', 'treated', null, 'not_split_by_arm'],
    ['il2', 'active_comparator', 'assessable for response', 79, null],
    ['il2-lak', 'experimental', 'randomised', null, 'not_reported'],
    ['il2-lak', 'experimental', 'treated', null, 'not_split_by_arm'],
    ['il2-lak', 'experimental', 'assessable for response', 85, null],
  ])
})

test('characteristics never take the treated for the randomised', async () => {
  expect(await extractCharacteristics(db)).toMatchObject([
    {
      study: STUDY,
      year: 1993,
      design: 'interventional',
      allocation: 'randomised',
      enrolled: '[not reported] randomised; 181 treated',
      conditions: 'Metastatic cancer; Renal cell cancer; Melanoma',
      arms: 'IL-2 plus LAK cells; IL-2 alone',
      follow_up: 'median potential 63.2 months',
      publication: 'J Natl Cancer Inst 1993;85(8):622-32. doi:10.1093/jnci/85.8.622. PMID 8468720',
      masking: '[not reported]',
    },
  ])
})

test('the evidence table has a source for every number, or the formula, or the reason why there is none', async () => {
  const rows = await extractEvidence(db)
  expect(rows.length).toBeGreaterThan(35)
  for (const row of rows) expect(row.source !== null, JSON.stringify(row)).toBe(!/^\[/.test(row.result))
  expect(rows.map(({ subject, group, result }) => `${subject}, ${group}: ${result}`)).toEqual(
    expect.arrayContaining([
      'Complete response, IL-2 alone: 4/79',
      'Survival, Melanoma, IL-2 alone: 4%',
      'Alive, Melanoma, IL-2 alone: 0/26',
      'Treatment-related death, All arms together: 6, 3.3%',
      'Participants, treated, IL-2 alone: [not split by arm]',
    ]),
  )
})

describe('the trace', () => {
  test('finds every quote at its place and every formula at its value', async () => {
    const rows = await traceStudy(db, STUDY)
    expect(rows.length).toBeGreaterThan(140)
    expect(rows.filter(({ verdict }) => verdict !== 'found' && verdict !== 'derived')).toEqual([])
    expect(rows.filter(({ verdict }) => verdict === 'derived')).toHaveLength(5)
  })

  test('says so when the words were changed, or the text, or a number under a formula', async () => {
    const other = await seeded(
      `UPDATE quote SET words = replace(words, '63.2', '63.3') WHERE id = '${STUDY}/follow-up';
       UPDATE outcome_measurement SET events = 11 WHERE id = '${STUDY}/m00001'`,
    )
    const failed = (await traceStudy(other, STUDY)).filter(({ verdict }) => verdict.startsWith('not_'))
    expect(new Set(failed.map(({ row, field, verdict }) => `${row} ${field} ${verdict}`))).toEqual(
      new Set([
        'u00001 basis not_found',
        'u00001 statistic not_found',
        'u00001 unit not_found',
        'u00001 value not_found',
        'm00005 events not_derived',
      ]),
    )
  })

  test('says so when what is printed is no longer what the span says', async () => {
    const other = await seeded(
      `UPDATE fact SET printed = '11' WHERE id = '${STUDY}/outcome_measurement/m00001/events';
       UPDATE quote_link SET span_start = span_start - 1
       WHERE fact_id = '${STUDY}/outcome_measurement/m00002/events' AND position = 1`,
    )
    const failed = (await traceStudy(other, STUDY)).filter(({ verdict }) => verdict === 'not_found')
    expect(failed.map(({ row, field, role }) => `${row} ${field} ${role}`)).toEqual([
      'm00001 events value',
      'm00002 events value',
    ])
  })

  test('refuses a study that is not there, and names some that are', async () => {
    await expect(traceStudy(db, 'rosenberg-1994')).rejects.toMatchObject({
      code: 'STUDY_NOT_FOUND',
      message: `The database has no study "rosenberg-1994". It has ${STUDY}.`,
    })
  })
})
