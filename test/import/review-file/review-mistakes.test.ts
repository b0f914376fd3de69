import { describe, expect, test } from 'vitest'
import { EvidenceError, readEvidenceFile, readReviewFile } from '../../../src/index.ts'
import { INVENTED } from '../study-file/invented-study.ts'

const REVIEW = `format: 1
review:
  slug: invented-review
  label: Invented review
  title: Tea for hiccups
question:
  population: Drinkers
  intervention: Honey tea
outcomes:
  - { code: lost, label: Hiccups lost, kind: dichotomous, role: primary, direction: benefit }
covariates:
  - { code: latitude, name: latitude, unit: degrees }
studies:
  - study: invented-2001-honey
    decision: included
    covariates: { latitude: 12.5 }
    results:
      - { outcome: lost, study_outcome: lost, comparison: overall }
  - { code: plain-2002, label: Plain 2002, decision: excluded, reason: No honey }
`

const mistakesIn = (text: string): readonly string[] => {
  try {
    readReviewFile(Buffer.from(text), 'review.yaml')
    return []
  } catch (error) {
    if (!(error instanceof EvidenceError) || error.code !== 'STUDY_FILE_INVALID') throw error
    return (error.details.issues ?? []).map(({ line, column, message }) => `${line}:${column}: ${message}`)
  }
}

test('a review without a mistake is read', () => {
  const { slug, rows, publications } = readReviewFile(Buffer.from(REVIEW), 'review.yaml')
  expect(slug).toBe('invented-review')
  expect(publications).toEqual([])
  expect(rows.review).toMatchObject([{ id: 'invented-review', comparator: null }])
  expect(rows.reviewStudy).toMatchObject([
    { id: 'invented-review/invented-2001-honey', position: 1, studyId: 'invented-2001-honey', label: null },
    { id: 'invented-review/plain-2002', position: 2, studyId: null, label: 'Plain 2002', reason: 'No honey' },
  ])
  expect(rows.reviewStudyCovariate).toMatchObject([{ number: 12.5, text: null, missingReason: null }])
  expect(rows.reviewResult).toEqual([
    {
      id: 'invented-review/r00001',
      reviewId: 'invented-review',
      reviewStudyId: 'invented-review/invented-2001-honey',
      reviewOutcomeId: 'invented-review/lost',
      studyId: 'invented-2001-honey',
      outcomeId: 'invented-2001-honey/lost',
      comparisonId: 'invented-2001-honey/overall',
      timepointId: null,
      analysisSetId: null,
    },
  ])
})

describe('a mistake is told at its place', () => {
  test.each([
    {
      what: 'an exclusion without a reason',
      from: ', reason: No honey',
      to: '',
      says: '19:54: an excluded study has no reason; expected reason: as well',
    },
    {
      what: 'an inclusion of a study that is not held',
      from: 'decision: excluded, reason: No honey',
      to: 'decision: included',
      says: '19:54: an included study must be held; expected study: with its slug, and its study file loaded first',
    },
    {
      what: 'a label for a study that is held',
      from: '    decision: included',
      to: '    label: Honey 2001\n    decision: included',
      says: "15:12: label is for a study that the database doesn't hold; expected study: alone",
    },
    {
      what: 'a study without a name',
      from: 'code: plain-2002, label: Plain 2002, ',
      to: 'label: Plain 2002, ',
      says: "19:5: code is missing; expected study:, or code: and label: of a study that isn't held",
    },
    {
      what: 'a decision that there is not',
      from: 'decision: excluded',
      to: 'decision: refused',
      says: '19:54: decision is "refused"; expected one of: included, excluded, awaiting, ongoing',
    },
    {
      what: 'results of a study that is left out',
      from: '    decision: included',
      to: '    decision: awaiting',
      says: '18:7: results of a study that is awaiting; expected them of included studies only',
    },
    {
      what: 'a covariate that the review does not have',
      from: '{ latitude: 12.5 }',
      to: '{ latitude: 12.5, altitude: 3 }',
      says: '16:35: no covariate of the review has the code "altitude"; expected one of: latitude',
    },
    {
      what: 'an outcome that the review does not have',
      from: '{ outcome: lost,',
      to: '{ outcome: found,',
      says: '18:20: no outcome of the review has the code "found"; expected one of: lost',
    },
    {
      what: 'a result twice',
      from: '  - { code: plain-2002',
      to: '      - { outcome: lost, study_outcome: lost, comparison: overall }\n  - { code: plain-2002',
      says: '19:9: this result is given twice; expected it once',
    },
    {
      what: 'a study twice',
      from: 'code: plain-2002',
      to: 'code: invented-2001-honey',
      says: '19:13: the study "invented-2001-honey" is given twice; expected each only once',
    },
    {
      what: 'an outcome twice',
      from: 'covariates:\n  - {',
      to: '  - { code: lost, label: Lost, kind: count, role: primary, direction: benefit }\ncovariates:\n  - {',
      says: '11:13: the outcome code "lost" is given twice; expected each only once',
    },
    {
      what: 'a covariate without a value',
      from: '{ latitude: 12.5 }',
      to: '{ latitude: }',
      says: '16:29: latitude is empty; expected a number, or text, or { missing: … }',
    },
    {
      what: 'an unknown key',
      from: '  population: Drinkers',
      to: '  people: Drinkers',
      says: '7:3: unknown key "people"; expected one of: population, intervention, comparator',
    },
    {
      what: 'no studies',
      from: REVIEW.slice(REVIEW.indexOf('studies:')),
      to: 'studies: []\n',
      says: '13:10: studies is an empty list; expected at least one entry',
    },
  ])('$what', ({ from, to, says }) => {
    expect(REVIEW.split(from)).toHaveLength(2)
    expect(mistakesIn(REVIEW.replace(from, to))).toContain(says)
  })

  test('all of them in one go', () => {
    const text = REVIEW.replace(', reason: No honey', '').replace('{ outcome: lost,', '{ outcome: found,')
    expect(mistakesIn(text)).toHaveLength(2)
  })
})

describe('a file that may be either', () => {
  test.each([
    { what: 'a review', text: REVIEW, kind: 'review', slug: 'invented-review' },
    { what: 'a study', text: INVENTED, kind: 'study', slug: 'invented-2001-honey' },
  ])('is known by its keys: $what', ({ text, kind, slug }) => {
    expect(readEvidenceFile(Buffer.from(text), 'a.yaml')).toMatchObject({ kind, record: { slug } })
  })

  test('an empty one is refused', () => {
    expect(() => readEvidenceFile(Buffer.from(''), 'a.yaml')).toThrow('the file is empty; expected a study')
  })
})
