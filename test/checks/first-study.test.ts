import { describe, expect, test } from 'vitest'
import { checkStudy } from '../../src/checks/check-study.ts'
import { variant } from '../db/study-variants.ts'
import rosenberg from '../reference/rosenberg-1993.json' with { type: 'json' }

const FINDINGS = checkStudy(variant())

/** Which rule judges each check of the reference, and in which rows. */
const COVERED: Readonly<Record<string, readonly [rule: string, ...rows: readonly string[]]>> = {
  cr_le_n_arm1: ['events-within-total', 'm00001'],
  cr_le_n_arm2: ['events-within-total', 'm00002'],
  cr_plus_pr_le_n_arm1: ['events-within-total', 'm00005'],
  cr_plus_pr_le_n_arm2: ['events-within-total', 'm00006'],
  assessable_equals_randomised: ['analysis-sets-nested', 'all+treated'],
  histology_partition_complete: ['categories-sum-to-total', 'b00001'],
  melanoma_arms_sum: ['subgroup-size', 'b00002'],
  melanoma_arm_le_arm: ['subgroups-sum-to-whole', 'm00017', 'm00018'],
  mi_le_deaths: ['adverse-events-nested', 'e00004'],
  alive_le_n: ['events-within-total', 'm00017', 'm00018'],
  melanoma_survival_monotone_arm1: ['survival-monotone', 'm00013', 'm00015'],
  melanoma_survival_monotone_arm2: ['survival-monotone', 'm00014', 'm00016'],
  followup_supports_cr_duration: ['timepoint-within-follow-up', '50-66-months'],
  median_followup_ge_36: ['timepoint-within-follow-up', '24-months', '36-months', '48-months'],
  p_corrected_flag: ['correction-without-notice', 'a00002'],
  treatment_deaths_by_arm: ['arms-sum-to-whole', 'e00001'],
}

describe('the rules agree with the reference about the first study', () => {
  test.each(
    rosenberg.consistency_checks.flatMap(({ id, expression, verdict }) => {
      const [rule, ...rows] = COVERED[id] ?? []
      return rule === undefined ? [] : [{ id, expression, verdict, rule, rows }]
    }),
  )('$expression: $verdict ($id)', ({ verdict, rule, rows }) => {
    for (const row of rows) {
      const found = FINDINGS.filter((finding) => finding.rule === rule && finding.row === row)
      const statuses = new Set(found.map(({ status }) => status))
      // What fails there is never an error: nobody said that these numbers must be the same.
      const expected = { pass: [], fail: ['remark'], undecidable: ['not_checkable'] }[verdict]
      expect([...statuses].filter((status) => verdict !== 'fail' || status !== 'not_checkable')).toEqual(expected)
    }
  })

  test('every check that is named above is one of the reference', () => {
    const known = rosenberg.consistency_checks.map(({ id }) => id)
    expect(Object.keys(COVERED).filter((id) => !known.includes(id))).toEqual([])
  })

  test('no number of it is an error or a warning', () => {
    expect(FINDINGS.filter(({ status }) => status === 'inconsistent')).toEqual([])
  })

  test('six deaths, 3.3 %, fit 180 to 184, the 181 treated among them and the 164 assessable not', () => {
    const [found] = FINDINGS.filter(({ rule }) => rule === 'percentage-denominator')
    expect(found?.values).toEqual({ count: 6, share: '3.3', from: 180, to: 184 })
    expect(found?.message).toContain('181 treated')
    expect(found?.message).not.toContain('164')
  })

  test('an actuarial probability is no count out of a total, and isn’t checked as one', () => {
    const survival = FINDINGS.filter(({ row, rule }) => row === 'm00012' && rule === 'mean-possible')
    expect(survival).toMatchObject([{ status: 'not_checkable' }])
  })
})

describe('a number that was read wrongly is found', () => {
  const wrong = (change: (rows: ReturnType<typeof variant>['rows']) => unknown) => {
    const record = structuredClone(variant())
    change(record.rows)
    return checkStudy(record)
      .filter(({ status, severity }) => status === 'inconsistent' && severity === 'error')
      .map(({ rule }) => rule)
  }
  const row = <T extends { id: string }>(rows: readonly T[], code: string) =>
    rows.find(({ id }) => id.endsWith(`/${code}`)) as T

  test.each([
    {
      what: 'ten complete responses as 100',
      rule: 'events-within-total',
      change: (rows) => Object.assign(row(rows.outcomeMeasurement, 'm00001'), { events: 100 }),
    },
    {
      what: 'the 85 as 95',
      rule: 'total-within-enrolment',
      change: (rows) => Object.assign(row(rows.outcomeMeasurement, 'm00001'), { total: 95 }),
    },
    {
      what: 'the 28 as 82',
      rule: 'subgroup-size',
      change: (rows) => Object.assign(row(rows.outcomeMeasurement, 'm00018'), { total: 82 }),
    },
    {
      what: 'the 181 as 118',
      rule: 'analysis-sets-nested',
      change: (rows) => Object.assign(row(rows.enrolment, 'all+treated'), { participants: 118 }),
    },
    {
      what: '18 % as 81 %',
      rule: 'survival-monotone',
      change: (rows) => Object.assign(row(rows.outcomeMeasurement, 'm00015'), { proportion: 0.81 }),
    },
    {
      what: 'three infarctions as thirteen',
      rule: 'adverse-events-nested',
      change: (rows) => Object.assign(row(rows.adverseEventCount, 'e00004'), { affected: 13 }),
    },
  ] as readonly { what: string; rule: string; change: (rows: ReturnType<typeof variant>['rows']) => unknown }[])(
    '$what, by $rule',
    ({ rule, change }) => {
      expect(wrong(change)).toContain(rule)
    },
  )
})
