import { expect, test } from 'vitest'
import { checkStudy } from '../../src/checks/check-study.ts'
import { readCtgovStudy, readStudyObject } from '../../src/import/ctgov/read-study.ts'
import { describeFixtures, fixtures } from '../import/ctgov/fixtures.ts'

const harms = (first: number, second: number) => ({
  protocolSection: { identificationModule: { nctId: 'NCT01234567' }, designModule: { studyType: 'INTERVENTIONAL' } },
  resultsSection: {
    adverseEventsModule: {
      eventGroups: [
        { id: 'EG000', title: 'One', seriousNumAffected: 5, seriousNumAtRisk: 9 },
        { id: 'EG001', title: 'Other', seriousNumAffected: 1, seriousNumAtRisk: 9 },
      ],
      seriousEvents: [
        {
          term: 'Choking',
          stats: [
            { groupId: 'EG000', numAffected: first, numAtRisk: 9 },
            { groupId: 'EG001', numAffected: second, numAtRisk: 9 },
          ],
        },
      ],
    },
  },
})
const nested = (record: object) =>
  checkStudy(readStudyObject(record).record)
    .filter(({ rule, status }) => rule === 'adverse-events-nested' && status === 'inconsistent')
    .map(({ message }) => message)

test('groups of unknown arms are not taken for each other', () => {
  expect(nested(harms(5, 1))).toEqual([])
  expect(nested(harms(5, 2))).toEqual([
    '2 are more than the 1 of Total, serious adverse events, which they are part of.',
  ])
})

test('that no words stand behind a registry’s numbers is said once', () => {
  const found = checkStudy(readStudyObject(harms(1, 1)).record).filter(({ rule }) => rule === 'source-gives-value')
  expect(found).toMatchObject([{ status: 'not_checkable', table: 'study' }])
})

describeFixtures('of real records', () => {
  test('what the registry prints against itself is found, and no rule stumbles', () => {
    const found = new Map<string, string[]>()
    for (const { bytes, name } of fixtures('v2', '.json')) {
      if (/NCT(?:55555555|87654321)/.test(name)) continue
      for (const { rule, status, message } of checkStudy(readCtgovStudy({ number: 1, line: 1, bytes }).record))
        if (status === 'inconsistent') found.set(rule, [...(found.get(rule) ?? []), `${name} ${message}`])
    }
    // A walk over the JSON alone finds no harm that more people had than its total.
    expect(found.get('adverse-events-nested')).toBeUndefined()
    expect(found.get('events-within-total')).toContain('NCT00763412.json 8 of 4 are more than all.')
    expect(found.get('interval-agrees-with-p')?.some((one) => one.startsWith('NCT00301262.json'))).toBe(true)
  }, 60_000)
})
