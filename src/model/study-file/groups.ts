import { z } from 'zod'
import { AnalysisSetKind, ArmRole, InterventionKind } from '../../generated/prisma/enums.ts'
import { provenance } from './provenance.ts'
import { code, exactText, mesh, note, number, orMissing, ref, text } from './values.ts'

export const intervention = z.strictObject({
  code: code.describe('The name by which arms point at it.'),
  name: text.describe('What was done to participants: High-dose interleukin-2.'),
  kind: z.enum(InterventionKind).describe('What it is.'),
  description: text.optional().describe('More about it, in your words.'),
  mesh: mesh.optional(),
  ...provenance,
})

const armIntervention = z.strictObject({
  ref,
  intervention: code.describe("The intervention's code."),
  dose: orMissing(number).optional().describe('A number, with dose_unit beside it; or why there is none.'),
  dose_unit: text.optional().describe("The dose's unit: IU/kg, mg/m2."),
  route: orMissing(text).optional().describe('How it was given: intravenous; or why that is not known.'),
  schedule: orMissing(text).optional().describe('When it was given: every 8 hours; or why that is not known.'),
  note,
  ...provenance,
})

export const arm = z.strictObject({
  code: code.describe('The name by which groups point at it.'),
  label: text.describe('What participants were assigned to, in short: IL-2 plus LAK cells.'),
  role: z.enum(ArmRole).describe('What the arm is to the trial.'),
  description: text.optional().describe('More about it, in your words.'),
  printed_as: z
    .array(exactText)
    .optional()
    .describe('The names under which the publications print the arm, letter for letter.'),
  interventions: z.array(armIntervention).optional().describe('What the arm was given.'),
  ...provenance,
})

export const analysisSet = z.strictObject({
  code: code.describe('The name by which numbers point at it.'),
  kind: z.enum(AnalysisSetKind).describe('The rule by which participants count.'),
  label: text.describe('The rule in the words of the study: assessable for response.'),
  description: text.optional().describe('More about it, in your words.'),
  ...provenance,
})

export const subgroup = z.strictObject({
  code: code.describe('The name by which groups point at it.'),
  factor: text.describe('The baseline factor: diagnosis.'),
  level: text.describe('Its level: melanoma.'),
  mesh: mesh.optional(),
  ...provenance,
})

export const group = z.strictObject({
  code: code.describe('The name by which numbers point at it.'),
  label: text.describe('Whom a number is about: IL-2 alone; all arms together.'),
  arms: z.array(code).min(1).describe('The codes of the arms that it takes in.'),
  subgroups: z.array(code).optional().describe('The codes of the subgroups that it is limited to.'),
})

export const comparison = z.strictObject({
  code: code.describe('The name by which analyses point at it.'),
  experimental: code.describe('The code of the group that got what is tried.'),
  reference: code.describe('The code of the group that it is held against.'),
})
