import { describe, expect, test } from 'vitest'
import { readStudyFile, type StudyRecord } from '../../../src/index.ts'
import { VOCABULARIES } from '../../vocabularies.ts'
import { changed, HERE, INVENTED, mistakesIn, told } from './invented-study.ts'

const END = 'extractions:'
const judged = (...entries: readonly string[]) =>
  changed(END, `risk_of_bias:\n${entries.map((entry) => `  - ${entry}\n`).join('')}\n${END}`)
const read = (text: string, vocabularies = VOCABULARIES): StudyRecord =>
  readStudyFile(Buffer.from(text), 'a.yaml', vocabularies)

describe('what is judged', () => {
  const { rows, vocabulary } = read(
    judged(
      '{ tool: rob-2, domain: randomisation, judgement: some_concerns, support: Not told., assessor: A reader }',
      '{ tool: rob-2, on: lost, domain: overall, judgement: high }',
      '{ tool: rob-2, on: lost-plain, domain: overall, judgement: low }',
      '{ tool: rob-1, domain: other, judgement: unclear, quotes: [{ field: judgement, role: value, quote: by-table }] }',
    ),
  )
  const NOTHING = { outcomeId: null, outcomeMeasurementId: null, outcomeAnalysisId: null }

  test('is the study, an outcome, or one of its numbers', () => {
    expect(rows.riskOfBias).toEqual([
      {
        ...NOTHING,
        id: 'invented-2001-honey/j00001',
        studyId: 'invented-2001-honey',
        toolId: 'rob-2/2019-08-22',
        domainId: 'rob-2/2019-08-22/randomisation',
        judgement: 'rob-2/2019-08-22/some_concerns',
        support: 'Not told.',
        assessor: 'A reader',
      },
      expect.objectContaining({ ...NOTHING, outcomeId: 'invented-2001-honey/lost' }),
      expect.objectContaining({ ...NOTHING, outcomeMeasurementId: 'invented-2001-honey/m00002' }),
      expect.objectContaining({ ...NOTHING, toolId: 'rob-1/2011' }),
    ])
  })

  test('may be quoted like any other fact', () => {
    expect(rows.fact).toContainEqual(
      expect.objectContaining({
        id: 'invented-2001-honey/risk_of_bias/j00004/judgement',
        riskOfBiasId: 'invented-2001-honey/j00004',
        outcomeId: null,
      }),
    )
  })

  test('brings the tools that it was judged by, whole, and no other', () => {
    expect(vocabulary.appraisalTool.map(({ id }) => id)).toEqual(['rob-2/2019-08-22', 'rob-1/2011'])
    expect(vocabulary.appraisalDomain).toHaveLength(6 + 8)
    expect(vocabulary.appraisalJudgement).toHaveLength(3 + 3)
  })

  test('may be an analysis', () => {
    const analysis = changed(
      '    measurements:\n      - ref: lost-honey',
      '    analyses:\n      - { ref: more, comparison: overall, finding: more, finding_direction: favours_experimental }\n    measurements:\n      - ref: lost-honey',
      judged('{ tool: rob-2, on: more, domain: overall, judgement: high }'),
    )
    expect(read(analysis).rows.riskOfBias).toMatchObject([{ outcomeAnalysisId: 'invented-2001-honey/a00001' }])
  })
})

describe('a version', () => {
  const rob2 = VOCABULARIES.find(({ tool }) => tool.code === 'rob-2')
  if (!rob2) throw new Error('no RoB 2')
  const older = { ...rob2, tool: { ...rob2.tool, id: 'rob-2/2016-10-20', version: '2016-10-20' } }
  const ENTRY = 'tool: rob-2, domain: overall, judgement: low'

  test('is the newest where the file names none, whatever the order of the vocabularies', () => {
    for (const vocabularies of [
      [older, rob2],
      [rob2, older],
    ])
      expect(read(judged(`{ ${ENTRY} }`), vocabularies).rows.riskOfBias[0]?.toolId).toBe('rob-2/2019-08-22')
  })

  test('may be an older one', () => {
    const { rows } = read(judged(`{ ${ENTRY}, version: "2016-10-20" }`), [rob2, older])
    expect(rows.riskOfBias[0]?.toolId).toBe('rob-2/2016-10-20')
  })
})

describe('a judgement is refused at its place', () => {
  const before = 'tool: rob-2'
  test.each([
    {
      what: 'by a tool that there is not',
      entry: `{ tool: ${HERE}rob-3, domain: overall, judgement: low }`,
      says: 'no tool has the code "rob-3"; expected one of: rob-1, rob-2, robins-i',
    },
    {
      what: 'by a version that there is not',
      entry: `{ ${before}, version: ${HERE}"2020", domain: overall, judgement: low }`,
      says: 'rob-2 has no version "2020"; expected one of: 2019-08-22',
    },
    {
      what: 'of a domain of another tool',
      entry: `{ ${before}, domain: ${HERE}confounding, judgement: low }`,
      says: 'rob-2 has no domain "confounding"; expected one of: randomisation, deviations, missing-data, measurement, reported-result, overall',
    },
    {
      what: 'with an answer of another tool',
      entry: `{ ${before}, domain: overall, judgement: ${HERE}unclear }`,
      says: 'rob-2 has no judgement "unclear"; expected one of: low, some_concerns, high',
    },
    {
      what: 'on what the file has not',
      entry: `{ ${before}, on: ${HERE}found, domain: overall, judgement: low }`,
      says: 'no outcome has the code, and no measurement or analysis the ref "found"; expected one of: lost, loudness, lost-honey, lost-plain, lost-all',
    },
    {
      what: 'on what is no result',
      entry: `{ ${before}, on: ${HERE}honey, domain: overall, judgement: low }`,
      says: 'no outcome has the code, and no measurement or analysis the ref "honey"; expected one of: lost, loudness, lost-honey, lost-plain, lost-all',
    },
    {
      what: 'with a quote that there is not',
      entry: `{ ${before}, domain: overall, judgement: low, quotes: [{ field: judgement, role: value, quote: ${HERE}none }] }`,
      says: 'no quote has the code "none"; expected one of: lost, loudness, by-table',
    },
    {
      what: 'with a quote for what the entry does not say',
      entry: `{ ${before}, domain: overall, judgement: low, quotes: [{ field: ${HERE}support, role: value, quote: lost }] }`,
      says: 'the entry has no value in "support" that a quote could speak of; expected one of: judgement',
    },
    {
      what: 'twice for the study',
      entry: `{ ${before}, domain: overall, judgement: low }\n  - { ${before}, domain: ${HERE}overall, judgement: high }`,
      says: 'the domain "overall" is judged twice for the study as a whole; expected it once',
    },
    {
      what: 'twice for a result by one assessor, once by the newest version and once by its name',
      entry: `{ ${before}, on: lost, assessor: A, domain: overall, judgement: low }\n  - { ${before}, version: "2019-08-22", on: lost, assessor: A, domain: ${HERE}overall, judgement: low }`,
      says: 'the domain "overall" is judged twice for "lost" by A; expected it once',
    },
  ])('$what', ({ entry, says }) => {
    told({ what: '', from: END, to: `risk_of_bias:\n  - ${entry}\n${END}`, says })
  })

  test('on a ref that is an outcome’s code as well', () => {
    const text = judged('{ tool: rob-2, on: lost, domain: overall, judgement: low }').replace(
      'ref: lost-all',
      'ref: lost',
    )
    expect(mistakesIn(text)).toEqual([
      '126:24: "lost" is an outcome and also the ref of one of its entries; give the entry another ref',
    ])
  })

  test('where no vocabulary is at hand', () => {
    expect(() => read(judged('{ tool: rob-2, domain: overall, judgement: low }'), [])).toThrow(
      'no tool has the code "rob-2"; no vocabulary is at hand',
    )
  })

  test('and the same domain by two assessors, or on two results, is none', () => {
    const entries = ['assessor: A', 'assessor: B', 'on: lost', 'on: loudness, assessor: A'].map(
      (rest) => `{ tool: rob-2, domain: overall, judgement: low, ${rest} }`,
    )
    expect(mistakesIn(judged(...entries))).toEqual([])
  })

  test('and a file without any needs no vocabulary', () => {
    expect(read(INVENTED, []).rows.riskOfBias).toEqual([])
  })
})
