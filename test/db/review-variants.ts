import { readReviewFile } from '../../src/import/review-file/read-review-file.ts'
import type { ReviewFile } from '../../src/model/review-file.ts'
import type { ReviewRecord } from '../../src/model/review-record.ts'
import { SEED_SLUG } from './study-variants.ts'

/** An invented review of a study that was made from the first one, with a row of every kind. */
export const reviewFile = (study: string = SEED_SLUG, slug = 'a-review', pmid = '11'): ReviewFile => ({
  format: 1,
  review: { slug, label: 'A review', title: 'An invented review', note: 'Invented.' },
  question: { population: 'Adults', intervention: 'IL-2 with LAK cells', comparator: 'IL-2' },
  publications: [
    {
      code: 'report',
      pmid,
      title: 'An invented review',
      authors: [{ last_name: 'Reviewer', initials: 'A' }],
      sources: [{ code: 'table-1', kind: 'table', label: 'Table 1' }],
      mesh: [{ descriptor: 'Humans', ui: 'D006801' }],
    },
  ],
  eligibility: [
    { kind: 'inclusion', text: 'Randomised trials' },
    { kind: 'exclusion', text: 'Children' },
  ],
  outcomes: [
    {
      code: 'response',
      label: 'Response',
      kind: 'dichotomous',
      role: 'primary',
      direction: 'benefit',
      measure: 'risk_ratio',
    },
    { code: 'survival', label: 'Survival', kind: 'time_to_event', role: 'secondary', direction: 'benefit' },
  ],
  covariates: [
    { code: 'latitude', name: 'latitude', unit: 'degrees', definition: 'Of the hospital' },
    { code: 'allocation', name: 'allocation' },
    { code: 'industry', name: 'paid by industry' },
  ],
  studies: [
    {
      study,
      decision: 'included',
      covariates: { latitude: 39, allocation: 'random', industry: { missing: 'not_reported' } },
      results: [
        { outcome: 'response', study_outcome: 'complete-response', comparison: 'overall', analysis_set: 'assessable' },
        { outcome: 'survival', study_outcome: 'survival', comparison: 'melanoma', timepoint: '24-months' },
      ],
    },
    {
      code: 'smith-1950',
      label: 'Smith 1950',
      citation: 'Invented J 1950;1:1',
      decision: 'excluded',
      reason: 'In children',
      covariates: { latitude: 52 },
    },
    { code: 'later', label: 'Later', decision: 'ongoing', note: 'Ask again.' },
    { code: 'unread', label: 'Unread', decision: 'awaiting' },
  ],
})

/** The record of that review after a change to what its file says. */
export function reviewVariant(change: (file: ReviewFile) => void = () => undefined, file = reviewFile()): ReviewRecord {
  change(file)
  return readReviewFile(Buffer.from(JSON.stringify(file)), 'review.yaml')
}
