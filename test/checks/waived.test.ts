import { expect, test } from 'vitest'
import type { Finding } from '../../src/checks/rule.ts'
import { waiverOf } from '../../src/checks/waived.ts'
import type { StudyRows } from '../../src/model/study-record.ts'

const STUDY = 'a-study'
const finding = (change: Partial<Finding> = {}): Finding => ({
  rule: 'arms-sum-to-whole',
  severity: 'error',
  status: 'inconsistent',
  table: 'enrolment',
  row: 'all+treated',
  field: 'participants',
  factId: `${STUDY}/enrolment/all+treated/participants`,
  about: '',
  message: '',
  values: {},
  ...change,
})
const waiver = (change: Partial<StudyRows['waiver'][number]> = {}): StudyRows['waiver'][number] => ({
  id: `${STUDY}/w`,
  studyId: STUDY,
  factId: `${STUDY}/enrolment/all+treated/participants`,
  rule: 'arms-sum-to-whole',
  reason: 'The report says so.',
  waivedBy: 'Someone',
  waivedOn: '2026-11-23',
  ...change,
})

test.each([
  { what: 'the same rule and fact', waives: true },
  { what: 'another field of the same row', of: { field: 'derived', factId: null }, waives: true },
  { what: 'a row of an import, which has no facts', of: { factId: null }, waives: true },
  { what: 'another rule', of: { rule: 'values-possible' }, waives: false },
  { what: 'another row', of: { row: 'all+randomised' }, waives: false },
  { what: 'a row whose key goes on', of: { row: 'all' }, waives: false },
  { what: 'another table', of: { table: 'baseline_measurement' }, waives: false },
  { what: 'the study as a whole', of: { table: 'study', row: STUDY }, waives: false },
])('a waiver about a fact lets a finding about $what stand: $waives', ({ of, waives }) => {
  expect(waiverOf(finding(of), [waiver({ rule: 'other' }), waiver()]) !== undefined).toBe(waives)
})

test.each([
  { table: 'study', row: STUDY, waives: true },
  { table: 'publication', row: 'pmid-1', waives: true },
  { table: 'timepoint', row: '36-months', waives: true },
  { table: 'enrolment', row: 'all+treated', waives: false },
])('a waiver without a fact lets a finding about a row of $table stand: $waives', ({ table, row, waives }) => {
  expect(waiverOf(finding({ table, row, field: null, factId: null }), [waiver({ factId: null })]) !== undefined).toBe(
    waives,
  )
})
