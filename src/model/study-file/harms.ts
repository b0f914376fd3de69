import { z } from 'zod'
import { provenance } from './provenance.ts'
import { code, mesh, missingReason, note, number, ref, text, wholeNumber } from './values.ts'

const count = z.strictObject({
  ref,
  group: code.describe('The code of the group that the numbers are about.'),
  analysis_set: code.optional().describe('The code of the analysis set: which of them count.'),
  timepoint: code.optional().describe('The code of the timepoint; none where the study states no time.'),
  affected: wholeNumber.optional().describe('Participants with at least one such event.'),
  at_risk: wholeNumber.optional().describe('Participants who could have had one.'),
  events: wholeNumber.optional().describe('Events, which may be more than participants.'),
  percent: number.min(0).max(100).optional().describe('As printed, 0 to 100. Never computed.'),
  missing: missingReason,
  note,
  ...provenance,
})

export const adverseEvent = z.strictObject({
  code: code.describe("The last part of the row's key."),
  term: text.describe('The harm, as the study names it.'),
  within: code.optional().describe("The code of the wider harm whose counts include this one's."),
  organ_system: text.optional().describe('As the study groups its harms.'),
  vocabulary: text.optional().describe('Where the term comes from: MedDRA 26.0, CTCAE 5.0.'),
  mesh: mesh.optional(),
  serious: z.boolean().optional().describe('Left out where the study does not say.'),
  related: z
    .boolean()
    .optional()
    .describe("Related to the treatment, in the authors' judgement; left out where they do not say."),
  fatal: z.boolean().optional().describe('Left out where the study does not say.'),
  narrative: text.optional().describe('What the study says of it without a number.'),
  counts: z.array(count).optional().describe('How many in each group.'),
  ...provenance,
})
