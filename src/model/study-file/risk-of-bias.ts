import { z } from 'zod'
import { quotes } from './provenance.ts'
import { code, exactText, text } from './values.ts'

export const riskOfBias = z.strictObject({
  tool: code.describe('The tool by which it is judged: rob-2, rob-1, robins-i.'),
  version: text.optional().describe('Which version of the tool; the newest without it.'),
  on: code
    .optional()
    .describe(
      "What is judged: an outcome's code, or the ref of a measurement or analysis; left out for the study as a whole.",
    ),
  domain: code.describe("The code of one of the tool's domains."),
  judgement: text.describe("One of the tool's judgements."),
  support: exactText.optional().describe('Why it is judged so.'),
  assessor: text.optional().describe('Who judged.'),
  quotes,
})
