import { z } from 'zod'
import {
  AnalysisGroupRole,
  EffectMeasure,
  FindingDirection,
  OutcomeDirection,
  OutcomeKind,
  OutcomeRole,
  TimeUnit,
} from '../../generated/prisma/enums.ts'
import { provenance } from './provenance.ts'
import { code, missingReason, note, number, orMissing, ref, text, wholeNumber, zeroToOne } from './values.ts'

const group = code.describe('The code of the group that the numbers are about.')
const analysis_set = code.optional().describe('The code of the analysis set: which of them count.')
const timepoint = code.optional().describe('The code of the timepoint; none where the study states no time.')
const ci_lower = number.optional().describe("The interval's lower end.")
const ci_upper = number.optional().describe("The interval's upper end.")
const ci_level = zeroToOne.optional().describe("The interval's level, 0 to 1: 0.95.")
const notNegative = number.min(0)

const measurement = z.strictObject({
  ref,
  group,
  analysis_set,
  timepoint,
  events: wholeNumber.optional().describe('Participants with the event.'),
  total: wholeNumber.optional().describe('Participants who could have had it.'),
  person_time: notNegative.optional().describe('Participant time at risk, with person_time_unit beside it.'),
  person_time_unit: z.enum(TimeUnit).optional().describe('The unit of person_time.'),
  mean: number.optional().describe('Mean.'),
  sd: notNegative.optional().describe('Standard deviation.'),
  se: notNegative.optional().describe('Standard error of the mean.'),
  median: number.optional().describe('Median.'),
  q1: number.optional().describe('First quartile.'),
  q3: number.optional().describe('Third quartile.'),
  minimum: number.optional().describe('Smallest value.'),
  maximum: number.optional().describe('Largest value.'),
  proportion: zeroToOne
    .optional()
    .describe('A proportion or probability, 0 to 1, that is given as such: never events over total.'),
  ci_lower,
  ci_upper,
  ci_level,
  method: text.optional().describe('How the number was made, as stated: actuarial, Kaplan-Meier …'),
  missing: missingReason,
  note,
  ...provenance,
})

const analysis = z.strictObject({
  ref,
  comparison: code.optional().describe('The code of the comparison that it is about.'),
  groups: z
    .array(
      z.strictObject({
        group: code.describe("The group's code."),
        role: z.enum(AnalysisGroupRole).describe('What part it plays.'),
      }),
    )
    .optional()
    .describe('Where there is no comparison: the groups and what part each plays.'),
  analysis_set,
  timepoint,
  measure: z.enum(EffectMeasure).optional().describe('What the estimate is.'),
  estimate: number.optional().describe("On the measure's own scale, never its logarithm."),
  ci_lower,
  ci_upper,
  ci_level,
  p_operator: z.enum(['=', '<', '<=', '>', '>=']).optional().describe('How p_value stands to p, in quotes: "=".'),
  p_value: zeroToOne.optional().describe('With p_operator beside it: 0.089.'),
  p_text: text.optional().describe('As printed, in quotes: ".089", "P<0.001", "NS".'),
  p_sides: z
    .union([z.literal(1), z.literal(2)])
    .optional()
    .describe('1 or 2.'),
  method: orMissing(text).optional().describe('The test or model, as named; or why it is not known.'),
  finding: text.optional().describe('What the study says in words, with or without numbers: no difference.'),
  finding_direction: z.enum(FindingDirection).optional().describe('Whom the finding favours.'),
  missing: missingReason,
  note,
  ...provenance,
})

export const outcome = z.strictObject({
  code: code.describe("A short name, the last part of the row's key: complete-response."),
  label: text.describe('What was measured: complete response.'),
  within: code
    .optional()
    .describe("The code of the wider outcome whose counts include this one's: complete response within response."),
  kind: z.enum(OutcomeKind).describe('What kind of number it gives.'),
  role: z.enum(OutcomeRole).describe('What it is to the study, as the study says.'),
  direction: z.enum(OutcomeDirection).describe('Whether the event, or a higher value, is good for the participant.'),
  definition: text.optional().describe('How the study defines it.'),
  unit: text.optional().describe("The numbers' unit: dB."),
  measurements: z.array(measurement).optional().describe('The numbers given for each group.'),
  analyses: z.array(analysis).optional().describe('What the study says about groups in their roles.'),
  ...provenance,
})
