import { type Columns, integer, number, text, truth } from './columns.ts'
import type { PairHead, PairTail } from './pairs.ts'

export const STUDY = text('study.id', "the study's key")
export const YEAR = integer('publication.year', 'year', 'of its first primary publication')
export const WITHIN = text('outcome.parent_id', 'the wider outcome whose counts include this one’s')
export const SUBGROUP = text('subgroup.level', 'the part of the participants that the groups are limited to')
export const SET = text('analysis_set.label', 'which participants count; empty where not stated')
export const TIMEPOINT = text('timepoint.label', 'when; empty where not stated')
export const TIME_MONTHS = number(
  'timepoint.from_time',
  'months',
  'when, in months: a year is 12, a month 30.4375 days; empty for a period and where no number is stated',
)
export const CORRECTION = text(
  'correction.original_printed',
  'what the publication corrected, with the value before or why it is not known',
)
export const DERIVED = truth(
  'derivation.formula',
  'true where a formula made a number of the row, and not the study; also of merged groups and a split control',
)

/** What every table of pairs begins with. */
export const PAIR_HEAD: Columns<PairHead> = {
  study: STUDY,
  year: YEAR,
  outcome: text('outcome.label', 'what is measured'),
  analysis_set: SET,
  subgroup: SUBGROUP,
  timepoint: TIMEPOINT,
  experimental: text('study_group.label', 'group 1, by its role and never by its place; merged groups with + between'),
  control: text('study_group.label', 'group 2, the reference group; merged groups with + between'),
}

/** What every table of pairs ends with. */
export const PAIR_TAIL: Columns<PairTail> = {
  derived: DERIVED,
  within: WITHIN,
  time_months: TIME_MONTHS,
  shared_control: integer(
    'comparison.reference_group_id',
    'rows',
    'in how many rows of this outcome, set and time the control’s people are the control: 1 where it is shared with none; with --shared-control split, what its numbers are divided by',
  ),
  counted_again: truth(
    'study_group_arm.arm_id',
    'true where another row of the study and outcome counts some of the same people: at another time, in another set, in a wider or narrower group, or against another arm',
  ),
  correction: CORRECTION,
  review_outcome: text('review_outcome.label', 'with --review: the outcome of the review that the row answers'),
}

/** The choices that every table of pairs heeds. */
export const PAIR_CHOICES = [
  ...(['studies', 'review', 'outcomes', 'analysisSets', 'time'] as const),
  ...(['arms', 'merge', 'sharedControl', 'derived', 'asPrinted'] as const),
] as const
