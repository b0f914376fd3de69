import { z } from 'zod'
import {
  Allocation,
  EligibilityKind,
  InterventionModel,
  Masking,
  Phase,
  Purpose,
  StudyType,
} from '../../generated/prisma/enums.ts'
import { provenance } from './provenance.ts'
import { code, exactText, mesh, note, number, orMissing, partialDate, text } from './values.ts'

export const study = z.strictObject({
  slug: code.describe("A stable name, the first part of every key of the study's rows: rosenberg-1993-il2-lak."),
  label: text.describe('What a review calls it: Rosenberg 1993.'),
  title: text.describe('What the study is, in your words.'),
  acronym: text.optional().describe('The acronym that the study gives itself.'),
  type: z.enum(StudyType).describe('Whether the study gave treatments or only watched.'),
  allocation: orMissing(z.enum(Allocation)).describe('How participants came to their arms.'),
  intervention_model: orMissing(z.enum(InterventionModel)).describe('How the arms run beside each other.'),
  masking: orMissing(z.enum(Masking)).describe('How many parties did not know the arms.'),
  phase: orMissing(z.enum(Phase)).describe('The phase of a drug trial.'),
  purpose: orMissing(z.enum(Purpose)).describe('What the interventions were for.'),
  objective: text.optional().describe('What the study was to find out, in your words.'),
  authors_conclusion: exactText.optional().describe("The authors' conclusion, in the authors' words and theirs alone."),
  start_date: partialDate.optional().describe('As precise as the source, in quotes: "1985", "1985-06".'),
  end_date: partialDate.optional().describe('As precise as the source, in quotes.'),
  identifiers: z
    .array(
      z.strictObject({
        registry: text.describe('clinicaltrials.gov, isrctn, eudract, sponsor …'),
        value: text.describe('The number there: NCT00067236.'),
      }),
    )
    .optional()
    .describe('Under which numbers registries and sponsors know the study.'),
  note,
  ...provenance,
})

export const condition = z.strictObject({
  code: code.describe("The last part of the row's key."),
  name: text.describe('The condition that the participants had.'),
  mesh: mesh.optional(),
  ...provenance,
})

export const criterion = z.strictObject({
  kind: z.enum(EligibilityKind).describe('Whether it lets in or keeps out.'),
  text: exactText.describe('The criterion.'),
  ...provenance,
})

export const covariate = z.strictObject({
  code: code.describe("The last part of the row's key."),
  name: text.describe('The same in every study that has it: latitude.'),
  number: number.optional().describe('Its value; exactly one of number and text.'),
  text: text.optional().describe('Its value in words; exactly one of number and text.'),
  unit: text.optional().describe("The number's unit: degrees."),
  ...provenance,
})
