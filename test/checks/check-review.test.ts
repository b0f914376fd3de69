import { describe, expect, test } from 'vitest'
import { checkReview, REVIEW_RULES } from '../../src/checks/check-review.ts'
import type { ReviewFile } from '../../src/model/review-file.ts'
import type { ReviewRecord } from '../../src/model/review-record.ts'
import type { StudyFile } from '../../src/model/study-file.ts'
import { reviewVariant } from '../db/review-variants.ts'
import { coded, entry, SEED_SLUG, variant } from '../db/study-variants.ts'

/** A review with nothing to be found in. */
const sound = (file: ReviewFile) => {
  const [included, excluded] = file.studies
  file.studies = [included, excluded].flatMap((study) => study ?? [])
}

function findings(
  change: (file: ReviewFile) => void = () => undefined,
  ofStudy: (file: StudyFile) => void = () => undefined,
  edit: (review: ReviewRecord) => void = () => undefined,
) {
  const study = variant(ofStudy)
  const review = reviewVariant((file) => {
    sound(file)
    change(file)
  })
  edit(review)
  return checkReview({ review, studies: new Map([[study.slug, study]]) }).map(
    ({ rule, severity, status, row, about, message }) => ({ rule, severity, status, row, about, message }),
  )
}

test('a sound review passes every rule', () => {
  expect(findings()).toEqual([])
})

describe('a review is told', () => {
  test.each<{
    what: string
    change?: (file: ReviewFile) => void
    study?: (file: StudyFile) => void
    edit?: (review: ReviewRecord) => void
    finds: object
  }>([
    {
      what: 'that a study awaits a decision',
      change: (file) => void file.studies.push({ code: 'unread', label: 'Unread', decision: 'awaiting' }),
      finds: { rule: 'review-decided', severity: 'note', status: 'remark', row: 'unread', about: 'Unread' },
    },
    {
      what: 'that an exclusion has no reason',
      edit: ({ rows }) =>
        Object.assign(
          entry(rows.reviewStudy, ({ decision }) => decision === 'excluded'),
          { reason: ' ' },
        ),
      finds: { rule: 'review-exclusions-explained', severity: 'error', status: 'inconsistent', row: 'smith-1950' },
    },
    {
      what: 'that no result of an included study is chosen',
      change: (file) => Object.assign(entry(file.studies), { results: [] }),
      finds: { rule: 'review-results-chosen', severity: 'warning', status: 'inconsistent', about: 'Rosenberg 1993' },
    },
    {
      what: 'that none answers one of its outcomes',
      change: (file) => void entry(file.studies).results?.shift(),
      finds: {
        rule: 'review-results-chosen',
        severity: 'note',
        status: 'remark',
        message: 'No result of it answers "Response".',
      },
    },
    {
      what: 'that a chosen result has neither numbers for both groups nor an analysis',
      change: (file) =>
        Object.assign(entry(file.studies), {
          results: [
            { outcome: 'response', study_outcome: 'continuing-complete-response', comparison: 'overall' },
            { outcome: 'survival', study_outcome: 'survival', comparison: 'overall' },
          ],
        }),
      finds: { rule: 'review-results-clear', severity: 'warning', row: 'r00001', about: 'Rosenberg 1993' },
    },
    {
      what: 'that a result told in words alone gives no number',
      change: (file) =>
        Object.assign(
          entry(entry(file.studies).results, ({ outcome }) => outcome === 'survival'),
          {
            comparison: 'renal-cell',
            timepoint: undefined,
          },
        ),
      finds: { rule: 'review-results-clear', row: 'r00002' },
    },
    {
      what: 'that a chosen result may be either of two',
      change: (file) => {
        delete entry(entry(file.studies).results, ({ outcome }) => outcome === 'survival').timepoint
      },
      finds: {
        rule: 'review-results-clear',
        severity: 'warning',
        row: 'r00002',
        message:
          'The study gives 2 of them, at other times or of other participants; say which with timepoint and analysis_set.',
      },
    },
    {
      what: 'that a covariate is not what the study says',
      study: (file) => {
        file.covariates = [{ code: 'allocation', name: 'allocation', text: 'alternate' }]
      },
      finds: {
        rule: 'review-covariates',
        severity: 'warning',
        message: '"allocation" is random in the review and alternate in the study.',
      },
    },
    {
      what: 'that an included study has no value of a covariate',
      change: (file) => Object.assign(entry(file.studies), { covariates: { latitude: 39, allocation: 'random' } }),
      finds: { rule: 'review-covariates', severity: 'note', message: 'It has no value of "paid by industry".' },
    },
  ])('$what, and nothing else', ({ change, study, edit, finds }) => {
    expect(findings(change, study, edit)).toEqual([expect.objectContaining(finds)])
  })

  test('that an included study is not there', () => {
    const review = reviewVariant(sound)
    const found = checkReview({ review, studies: new Map() })
    expect(found.map(({ rule, about, severity }) => [rule, about, severity])).toEqual([
      ['review-studies-held', SEED_SLUG, 'error'],
    ])
  })
})

test('where the study has the same value of a covariate, nothing is told', () => {
  const same = (file: StudyFile) => {
    file.covariates = [{ code: 'allocation', name: 'allocation', text: 'random' }]
  }
  expect(findings(undefined, same)).toEqual([])
})

test('an analysis will do where no group has a number, and numbers go before analyses', () => {
  const results = [
    { outcome: 'response', study_outcome: 'complete-response', comparison: 'overall' },
    { outcome: 'survival', study_outcome: 'survival', comparison: 'overall' },
  ]
  const onlyAnalysis = (file: StudyFile) => {
    const survival = coded(file.outcomes, 'survival')
    survival.measurements = survival.measurements?.filter(({ group }) => group.startsWith('melanoma'))
  }
  const chosen = (file: ReviewFile) => Object.assign(entry(file.studies), { results })
  expect(findings(chosen, onlyAnalysis)).toEqual([])
  expect(findings(chosen)).toEqual([])
})

test('each rule has a name of its own, and says what it tests', () => {
  expect(new Set(REVIEW_RULES.map(({ id }) => id)).size).toBe(REVIEW_RULES.length)
  for (const { id, tests } of REVIEW_RULES) expect(tests, id).toMatch(/\.$/)
})
