import { z } from 'zod'
import { FollowUpBasis, FollowUpStatistic, TimepointKind, TimeUnit } from '../../generated/prisma/enums.ts'
import { provenance } from './provenance.ts'
import { code, missingReason, note, number, orMissing, ref, text, wholeNumber } from './values.ts'

const group = code.describe('The code of the group that the number is about.')
const notNegative = number.min(0)

export const enrolment = z.strictObject({
  ref,
  group,
  analysis_set: code.describe('The code of the analysis set: which of them count.'),
  participants: orMissing(wholeNumber).describe('How many, or why that is not known.'),
  note,
  ...provenance,
})

export const followUp = z.strictObject({
  ref,
  group,
  statistic: z.enum(FollowUpStatistic).describe('What the number is.'),
  basis: z
    .enum(FollowUpBasis)
    .describe('To the last contact or event (actual), or to the date of analysis whatever happened (potential).'),
  value: notNegative.describe('How long, in the unit.'),
  unit: z.enum(TimeUnit).describe("The value's unit."),
  ...provenance,
})

export const flow = z.strictObject({
  ref,
  group,
  period: text.optional().describe('The part of the study, where it has several.'),
  milestone: text.describe('As the study names it: started, completed, withdrew, lost to follow-up.'),
  reason: text.optional().describe('Why they left.'),
  participants: orMissing(wholeNumber).describe('How many, or why that is not known.'),
  ...provenance,
})

export const baseline = z.strictObject({
  ref,
  group,
  analysis_set: code.optional().describe('The code of the analysis set: which of them count.'),
  characteristic: text.describe('Diagnosis, age, sex …'),
  category: text.optional().describe('Of a characteristic in categories: renal cell cancer.'),
  unit: text.optional().describe("The numbers' unit: years."),
  count: wholeNumber.optional().describe('Participants in the category.'),
  total: wholeNumber.optional().describe('How many people the count is out of, or the statistics are over.'),
  mean: number.optional().describe('Mean.'),
  sd: notNegative.optional().describe('Standard deviation.'),
  median: number.optional().describe('Median.'),
  q1: number.optional().describe('First quartile.'),
  q3: number.optional().describe('Third quartile.'),
  minimum: number.optional().describe('Smallest value.'),
  maximum: number.optional().describe('Largest value.'),
  missing: missingReason,
  note,
  ...provenance,
})

export const timepoint = z.strictObject({
  code: code.describe('The name by which results point at it.'),
  kind: z
    .enum(TimepointKind)
    .exclude(['as_stated'])
    .describe("At one time, over a stretch of time, at each participant's last follow-up, or at the report."),
  label: text.describe('As the study says it: 36 months.'),
  from: notNegative.optional().describe('The time, or the beginning of the stretch, in the unit.'),
  to: notNegative.optional().describe('The end of the stretch, in the unit.'),
  unit: z.enum(TimeUnit).optional().describe('The unit of from and to.'),
})
