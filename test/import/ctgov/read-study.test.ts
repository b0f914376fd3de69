import { describe, expect, test } from 'vitest'
import { readCtgovStudy, readStudyObject } from '../../../src/import/ctgov/read-study.ts'
import type { StudyRows } from '../../../src/model/study-record.ts'
import { describeFixtures, fixtures } from './fixtures.ts'

const group = (id: string, title: string) => ({ id, title })

/** An invented trial of milk, with what the tests below change. */
const trial = () => ({
  protocolSection: {
    identificationModule: { nctId: 'NCT01234567', briefTitle: 'Milk', orgStudyIdInfo: { id: 'M-1' } },
    designModule: {
      studyType: 'INTERVENTIONAL',
      phases: ['PHASE1', 'PHASE2'],
      enrollmentInfo: { count: 40, type: 'ACTUAL' },
    },
    armsInterventionsModule: {
      armGroups: [
        { label: 'Warm milk', type: 'EXPERIMENTAL', interventionNames: ['Drug: Milk', 'Device: Cup'] },
        { label: 'Arm B', type: 'PLACEBO_COMPARATOR', interventionNames: ['Drug: Water'] },
      ],
      interventions: [
        { type: 'DRUG', name: 'Milk' },
        { type: 'DEVICE', name: 'Cup' },
        { type: 'DRUG', name: 'Water' },
      ],
    },
    outcomesModule: { primaryOutcomes: [{ measure: 'Sleep, hours', timeFrame: '12 weeks' }] },
    eligibilityModule: {
      eligibilityCriteria:
        'For all.\n\nInclusion Criteria:\n\n* Adults\n  * of 18 years\n* Awake\n\nExclusion Criteria:\n\n1. Asleep',
    },
  },
  resultsSection: {
    baselineCharacteristicsModule: {
      groups: [group('BG000', 'Warm Milk.'), group('BG001', 'Water'), group('BG002', 'Total')],
      denoms: [
        {
          units: 'Participants',
          counts: [
            { groupId: 'BG000', value: '1,020' },
            { groupId: 'BG001', value: '20' },
          ],
        },
      ],
      measures: [
        {
          title: 'Sex',
          paramType: 'COUNT_OF_PARTICIPANTS',
          unitOfMeasure: 'Participants',
          classes: [{ categories: [{ title: 'Female', measurements: [{ groupId: 'BG000', value: '510' }] }] }],
        },
      ],
    },
    outcomeMeasuresModule: {
      outcomeMeasures: [
        {
          type: 'PRIMARY',
          title: 'Sleep (hours)',
          paramType: 'MEAN',
          dispersionType: 'Standard Deviation',
          timeFrame: 'Baseline, Week 12',
          populationDescription: 'Intention-to-treat population; all who slept',
          groups: [group('OG000', 'Milk and Cup'), group('OG001', 'Those who drank')],
          denoms: [
            {
              units: 'Participants',
              counts: [
                { groupId: 'OG000', value: '20' },
                { groupId: 'OG001', value: '0' },
              ],
            },
          ],
          classes: [
            { title: 'Week 4', categories: [{ measurements: [{ groupId: 'OG000', value: '7.50', spread: '1.2' }] }] },
            {
              title: 'Week 12',
              categories: [
                { measurements: [{ groupId: 'OG000', value: 'NA', spread: 'NA', comment: 'Not estimable.' }] },
              ],
            },
          ],
          analyses: [
            {
              groupIds: ['OG000', 'OG001'],
              pValue: '<0.001',
              paramType: 'Odds Ratio (OR)',
              paramValue: '1.50',
              ciNumSides: 'TWO_SIDED',
              ciPctValue: '97.5',
            },
            { groupIds: ['OG001'], pValue: 'NS', statisticalMethod: 't-test, 1 sided' },
          ],
        },
      ],
    },
    adverseEventsModule: {
      eventGroups: [
        {
          ...group('EG000', 'Water'),
          deathsNumAffected: 1,
          deathsNumAtRisk: 20,
          seriousNumAffected: 2,
          seriousNumAtRisk: 20,
        },
      ],
      seriousEvents: [
        {
          term: 'Choking',
          assessmentType: 'SYSTEMATIC_ASSESSMENT',
          stats: [{ groupId: 'EG000', numAffected: 2, numAtRisk: 20 }],
        },
      ],
    },
  },
})

type Trial = ReturnType<typeof trial>
const read = (change: (record: Trial) => void = () => undefined) => {
  const record = trial()
  change(record)
  return readStudyObject(record)
}
const { rows } = read().record
const pick = <T extends keyof StudyRows>(table: T, ...fields: (keyof StudyRows[T][number])[]) =>
  (rows[table] as StudyRows[T][number][]).map((row) => fields.map((field) => row[field]))

describe('a record', () => {
  test('ties groups to arms where title or interventions prove it, and flags a total', () => {
    expect(pick('studyGroup', 'id', 'matchedBy', 'overlapping')).toEqual([
      ['NCT01234567/all', 'total', null],
      ['NCT01234567/bg000', 'title', null],
      ['NCT01234567/bg001', 'interventions', null],
      ['NCT01234567/bg002', 'total', true],
      ['NCT01234567/o1-og000', 'interventions', null],
      ['NCT01234567/o1-og001', null, null],
      ['NCT01234567/eg000', 'interventions', null],
    ])
    expect(
      rows.studyGroupArm.filter(({ studyGroupId }) => studyGroupId.endsWith('bg002')).map(({ armId }) => armId),
    ).toEqual(['NCT01234567/arm1', 'NCT01234567/arm2'])
  })

  test('ties no group to an arm that another group of the list is as well', () => {
    const twice = read((record) => {
      record.resultsSection.baselineCharacteristicsModule.groups[1] = group('BG001', 'warm milk')
    })
    expect(
      twice.record.rows.studyGroup.filter(({ module }) => module === 'baseline').map(({ matchedBy }) => matchedBy),
    ).toEqual([null, null, null])
  })

  test('keeps numbers with their printed text, and says why one is missing', () => {
    expect(pick('enrolment', 'id', 'participants')).toEqual([
      ['NCT01234567/all+set1', 40],
      ['NCT01234567/bg000+set2', 1020],
      ['NCT01234567/bg001+set2', 20],
    ])
    expect(pick('outcomeMeasurement', 'mean', 'sd', 'total', 'missingReason', 'timepointId', 'studyGroupId')).toEqual([
      [7.5, 1.2, 20, null, 'NCT01234567/t2', 'NCT01234567/o1-og000'],
      [null, null, 20, 'not_estimable', 'NCT01234567/t3', 'NCT01234567/o1-og000'],
      [null, null, 0, 'zero_at_risk', 'NCT01234567/t1', 'NCT01234567/o1-og001'],
    ])
    expect(rows.fact.map(({ id, printed }) => [id.slice(12), printed])).toEqual([
      ['enrolment/bg000+set2/participants', '1,020'],
      ['baseline_measurement/b00001/total', '1,020'],
      ['outcome_measurement/m00001/mean', '7.50'],
      ['outcome_measurement/m00002/mean', 'NA'],
      ['outcome_measurement/m00002/sd', 'NA'],
      ['outcome_analysis/a00001/estimate', '1.50'],
    ])
  })

  test('takes classes that are times for times, and a frame of several times as it is stated', () => {
    expect(pick('timepoint', 'label', 'kind', 'fromTime', 'unit')).toEqual([
      ['Baseline, Week 12', 'as_stated', null, null],
      ['Week 4', 'at', 4, 'weeks'],
      ['Week 12', 'at', 12, 'weeks'],
    ])
    expect(pick('outcome', 'id', 'section', 'plannedAsId', 'kind')).toEqual([
      ['NCT01234567/planned1', 'protocol', null, 'other'],
      ['NCT01234567/o1', 'results', 'NCT01234567/planned1', 'continuous'],
    ])
    expect(pick('analysisSet', 'kind', 'label')).toEqual([
      ['other', 'Enrolled'],
      ['other', 'Baseline analysis population'],
      ['intention_to_treat', 'Intention-to-treat population'],
    ])
  })

  test('says of no group of an analysis that it is the experimental one, and compares none', () => {
    expect(
      pick('outcomeAnalysis', 'measure', 'estimate', 'ciLevel', 'ciSides', 'pOperator', 'pValue', 'pText', 'pSides'),
    ).toEqual([
      ['odds_ratio', 1.5, 0.975, 2, '<', 0.001, '<0.001', null],
      [null, null, null, null, null, null, 'NS', 1],
    ])
    expect(pick('analysisGroup', 'role')).toEqual([['unstated'], ['unstated'], ['single']])
    expect(rows.comparison).toEqual([])
  })

  test('counts deaths and totals beside harms', () => {
    expect(pick('adverseEventTerm', 'id', 'fatal', 'serious', 'summary', 'parentId', 'assessment')).toEqual([
      ['NCT01234567/deaths', true, null, false, null, null],
      ['NCT01234567/serious-total', null, true, true, null, null],
      ['NCT01234567/sae1', null, true, null, 'NCT01234567/serious-total', 'systematic'],
    ])
    expect(pick('adverseEventCount', 'affected', 'atRisk')).toEqual([
      [1, 20],
      [2, 20],
      [2, 20],
    ])
  })

  test('has criteria where headings say which they are, and the rest as a text', () => {
    expect(pick('eligibilityCriterion', 'kind', 'text')).toEqual([
      ['inclusion', 'Adults\n  * of 18 years'],
      ['inclusion', 'Awake'],
      ['exclusion', 'Asleep'],
    ])
    expect(rows.studyText.find(({ name }) => name === 'criteria')?.text).toBe('For all.')
  })

  test('keeps a count that is no whole number as it is printed, and rounds none', () => {
    const odd = read(({ resultsSection }) => {
      const [harm] = resultsSection.adverseEventsModule.seriousEvents
      Object.assign(harm?.stats[0] ?? {}, { numAffected: 2.5, numAtRisk: 99_999_999_999 })
    }).record.rows
    expect(odd.adverseEventCount.at(-1)).toMatchObject({ affected: null, atRisk: null, missingReason: 'not_reported' })
    expect(odd.fact.slice(-2).map(({ printed }) => printed)).toEqual(['2.5', '99999999999'])
  })

  test('tells what it does not know, by its path', () => {
    const { unmapped } = read((record) => {
      Object.assign(record, { newSection: { list: [{ a: 1 }, { a: 2, b: null }], 'x y': 'z' } })
      Object.assign(record.resultsSection.outcomeMeasuresModule.outcomeMeasures[0] ?? {}, {
        paramType: 'HARMONIC_MEAN',
      })
      Object.defineProperty(record.protocolSection, '__proto__', { value: { polluted: true }, enumerable: true })
    })
    expect(unmapped).toEqual([
      'protocolSection.__proto__.polluted',
      'newSection.list[].a',
      'newSection.list[].a',
      'newSection.x y',
      'resultsSection.outcomeMeasuresModule.outcomeMeasures[].paramType',
    ])
    expect('polluted' in {}).toBe(false)
  })
})

describe('a record is refused, with the place, for', () => {
  const outcome = ({ resultsSection }: Trial) =>
    resultsSection.outcomeMeasuresModule.outcomeMeasures[0] as unknown as Record<string, unknown>
  const AT = 'resultsSection.outcomeMeasuresModule.outcomeMeasures[0]'
  test.each<{ what: string; change: (record: Trial) => void; message: string }>([
    {
      what: 'a number for a text',
      change: (record) => Object.assign(outcome(record), { title: 5 }),
      message: `${AT}.title: 5 is no text`,
    },
    {
      what: 'a text for a list',
      change: (record) => Object.assign(outcome(record), { groups: 'x' }),
      message: `${AT}.groups: "x" is no list`,
    },
    {
      what: 'a list for an object',
      change: (record) => Object.assign(record, { resultsSection: [] }),
      message: 'resultsSection: a list is no object',
    },
    {
      what: 'a word for a truth value',
      change: (record) => Object.assign(outcome(record), { calculatePct: 'perhaps' }),
      message: `${AT}.calculatePct: "perhaps" is neither true nor false`,
    },
    {
      what: 'a NUL',
      change: (record) => Object.assign(outcome(record), { title: 'a\0b' }),
      message: `${AT}.title: the text holds a NUL`,
    },
    {
      what: 'half a character',
      change: (record) => Object.assign(outcome(record), { title: '\ud83d' }),
      message: `${AT}.title: the text holds a NUL or half a character`,
    },
    {
      what: 'a group declared twice',
      change: (record) => Object.assign(outcome(record), { groups: [group('OG000', 'a'), group('OG000', 'b')] }),
      message: `${AT}.groups[1]: the group OG000 is declared twice`,
    },
    {
      what: 'a group of another list',
      change: (record) => Object.assign(outcome(record), { analyses: [{ groupIds: ['BG000'] }] }),
      message: `${AT}.analyses[0]: no group "BG000"; there are OG000, OG001`,
    },
    {
      what: 'a group without a code',
      change: (record) => Object.assign(outcome(record), { groups: [{ title: 'a' }] }),
      message: `${AT}.groups[0]: a group needs a code`,
    },
    {
      what: 'a code that is none',
      change: (record) => Object.assign(outcome(record), { groups: [group('../x', 'a')] }),
      message: `${AT}.groups[0]: a group needs a code such as OG000, not "../x"`,
    },
    {
      what: "another registry's number",
      change: (record) => Object.assign(record.protocolSection.identificationModule, { nctId: 'ISRCTN12345678' }),
      message: 'protocolSection.identificationModule.nctId: "ISRCTN12345678" is none',
    },
    {
      what: 'a hostile number',
      change: (record) => Object.assign(record.protocolSection.identificationModule, { nctId: '../NCT01234567' }),
      message: 'expected NCT and eight digits',
    },
    {
      what: 'an unknown type of study',
      change: (record) => Object.assign(record.protocolSection.designModule, { studyType: 'FESTIVAL' }),
      message: 'protocolSection.designModule: a study is one of',
    },
    {
      what: 'no protocol',
      change: (record) => Object.assign(record, { protocolSection: null }),
      message: 'the record: it has no protocolSection',
    },
  ])('$what', ({ change, message }) => {
    expect(() => read(change)).toThrow(message)
    expect(() => read(change)).toThrow(expect.objectContaining({ code: 'RECORD_INVALID' }))
  })

  test.each([
    { what: 'no JSON', bytes: Buffer.from('{"a":}'), message: 'the record is no JSON: Unexpected token' },
    { what: 'a bare word', bytes: Buffer.from('null'), message: 'it has no protocolSection' },
    {
      what: 'bytes that are no UTF-8',
      bytes: Buffer.from([0x7b, 0x22, 0xff, 0x22]),
      message: 'these bytes are not UTF-8',
    },
    {
      what: 'brackets without end',
      bytes: Buffer.from(`${'['.repeat(9_000)}${']'.repeat(9_000)}`),
      message: 'is no object',
    },
  ])('$what', ({ bytes, message }) => {
    expect(() => readCtgovStudy({ number: 1, line: 1, bytes })).toThrow(message)
  })
})

// Read by eye in the records.
describeFixtures('real records', () => {
  const rowsOf = (name: string) => {
    const found = fixtures('v2', '.json').find((one) => one.name === name)
    if (found === undefined) throw new Error(`no ${name}`)
    return readCtgovStudy({ number: 1, line: 1, bytes: found.bytes }).record.rows
  }

  test('NCT00301262: least squares means with standard errors, and an analysis of both groups', () => {
    const all = rowsOf('NCT00301262.json')
    expect(all.outcomeMeasurement.slice(0, 2)).toMatchObject([
      { outcomeId: 'NCT00301262/o1', value: 80.27, se: 2.329, mean: null, sd: null, total: 88 },
      { outcomeId: 'NCT00301262/o1', value: 62.15, se: 2.524, mean: null, sd: null, total: 73 },
    ])
    expect(all.outcomeAnalysis[0]).toMatchObject({
      measure: 'mean_difference',
      measurePrinted: 'Mean Difference (Final Values)',
      estimate: 18.13,
      ciLower: 11.4,
      ciUpper: 24.86,
      ciLevel: 0.95,
      pOperator: '<',
      pValue: 0.0001,
      method: 'ANCOVA',
      dispersion: 'standard error of mean',
      dispersionValue: 3.405,
      hypothesis: 'superiority or other legacy',
    })
  })

  test('NCT00763412: ages by category and as a median with its range', () => {
    const ages = rowsOf('NCT00763412.json').baselineMeasurement.filter(({ characteristic }) =>
      characteristic.startsWith('Age'),
    )
    expect(ages.slice(0, 3)).toMatchObject([
      { category: '<=18 years', count: 3, total: 4 },
      { category: '<=18 years', count: 3, total: 4 },
      { category: '<=18 years', count: 6, total: 8 },
    ])
    expect(ages.filter(({ median }) => median !== null)).toMatchObject([
      { median: 16, minimum: 12, maximum: 18 },
      { median: 15, minimum: 12, maximum: 22 },
      { median: 15.5, minimum: 12, maximum: 22 },
    ])
  })

  test('NCT01122264: a median that was not estimable, with the half of its interval that was', () => {
    const all = rowsOf('NCT01122264.json')
    const { id } =
      all.outcome.find(
        ({ label, section }) =>
          section === 'results' && label.startsWith('Time to Discontinuation of Randomized Treatment'),
      ) ?? {}
    expect(all.outcomeMeasurement.filter(({ outcomeId }) => outcomeId === id)).toMatchObject([
      { median: null, ciLower: 187, ciUpper: null, ciLevel: 0.95, missingReason: 'not_estimable' },
      { median: 130, ciLower: 113, ciUpper: null, ciLevel: 0.95, missingReason: null },
      { median: 67, ciLower: 64, ciUpper: 77, ciLevel: 0.95, missingReason: null },
    ])
  })

  test('NCT03830164: nobody had the event, and of one group nobody was there', () => {
    expect(rowsOf('NCT03830164.json').outcomeMeasurement.slice(0, 3)).toMatchObject([
      { events: 0, total: 3 },
      { events: 0, total: 0 },
      { events: 0, total: 1 },
    ])
  })
})
