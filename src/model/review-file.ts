import { z } from 'zod'
import {
  EffectMeasure,
  EligibilityKind,
  OutcomeDirection,
  OutcomeKind,
  OutcomeRole,
  ReviewDecision,
} from '../generated/prisma/enums.ts'
import { publication } from './study-file/publication.ts'
import { code, number, orMissing, text } from './study-file/values.ts'

const note = text.optional().describe('What a reader must know and no other key says.')

/** Which outcome and comparison of a study answers an outcome of the review. */
const result = z.strictObject({
  outcome: code.describe("The review's outcome."),
  study_outcome: code.describe("The study's outcome that answers it."),
  comparison: code.describe("The study's comparison."),
  timepoint: code.optional().describe('When, where the study measured the outcome at several times.'),
  analysis_set: code.optional().describe('Which participants, where the study counts them in several ways.'),
})

const reviewStudy = z.strictObject({
  study: code.optional().describe('The slug of a study that the database holds.'),
  code: code.optional().describe('A name for a study that the database does not hold.'),
  label: text.optional().describe('What the review calls a study that the database does not hold.'),
  citation: text.optional().describe('Where such a study is reported.'),
  decision: z.enum(ReviewDecision).describe('What the review decided on the study.'),
  reason: text.optional().describe('Why; an excluded study needs one.'),
  covariates: z
    .record(code, orMissing(z.union([number, text])))
    .optional()
    .describe("The study's values of the review's covariates."),
  results: z.array(result).optional().describe("The study's results that answer the review's outcomes."),
  note,
})

/**
 * The shape of a review file: one systematic review, with the studies that it looked at. Keys that aren't listed here are
 * refused. The key `review` tells it from a study file.
 */
export const reviewFileSchema = z
  .strictObject({
    format: z.literal(1).describe("The version of the review file's format."),
    review: z
      .strictObject({
        slug: code.describe("The review's key, and the first part of the keys of its rows."),
        label: text.describe('What it is called in short: Colditz 1994.'),
        title: text.describe('What it is about, in one line.'),
        note,
      })
      .describe('The review itself.'),
    question: z
      .strictObject({
        population: text.describe('Whom it is about.'),
        intervention: text.describe('What was done to them.'),
        comparator: text.optional().describe('What it is set against.'),
      })
      .describe('What the review asks; its outcomes have a list of their own.'),
    publications: z
      .array(publication.omit({ role: true }))
      .optional()
      .describe('The documents that report the review.'),
    eligibility: z
      .array(
        z.strictObject({
          kind: z.enum(EligibilityKind).describe('Whether it takes studies in or leaves them out.'),
          text: text.describe('The criterion.'),
        }),
      )
      .optional()
      .describe('Which studies the review takes in.'),
    outcomes: z
      .array(
        z.strictObject({
          code: code.describe('The name by which results point at it.'),
          label: text.describe('What it is called.'),
          kind: z.enum(OutcomeKind).describe('What kind of number it gives.'),
          role: z.enum(OutcomeRole).describe('What it is to the review.'),
          direction: z.enum(OutcomeDirection).describe('Whether more of it is good for the participants.'),
          definition: text.optional().describe('How the review defines it.'),
          measure: z.enum(EffectMeasure).optional().describe('What the review pools.'),
        }),
      )
      .min(1)
      .describe('What the review asks about.'),
    covariates: z
      .array(
        z.strictObject({
          code: code.describe('The name under which studies give their values.'),
          name: text.describe('What it is called.'),
          unit: text.optional().describe("Its values' unit."),
          definition: text.optional().describe('How the review defines it.'),
        }),
      )
      .optional()
      .describe('Properties of studies that may explain differences between them.'),
    studies: z.array(reviewStudy).min(1).describe('Every study that the review looked at, with its decision.'),
  })
  .meta({
    title: 'Evibase review file',
    description: 'One systematic review, and the studies that answer its question.',
  })

export type ReviewFile = z.infer<typeof reviewFileSchema>
