import { z } from 'zod'
import { QuoteRole } from '../../generated/prisma/enums.ts'
import { code, exactText, fullDate, orMissing, text } from './values.ts'

export const quote = z.strictObject({
  code: code.describe('The name by which entries point at this quote.'),
  section: code.optional().describe('The code of the section whose stored text holds the words.'),
  source: code.optional().describe('In the place of section: the code of a source whose text is not stored here.'),
  locator: text.optional().describe('Where in the source: Table 2, row "Complete response", column "IL-2".'),
  words: exactText
    .optional()
    .describe(
      'The exact words, letter for letter; left out only where they stand in a source and are not yours to hold.',
    ),
  occurrence: z
    .int()
    .min(1)
    .optional()
    .describe('Which one, counted from 1, where the section has the words more than once.'),
})

/** That words of a quote support a field: which field, as what, and which words of the quote say it. */
const quoteLink = z
  .strictObject({
    field: z
      .union([text, z.array(text).min(1)])
      .describe('The key of this entry that the quote speaks of, or a list of keys.'),
    role: z
      .enum(QuoteRole)
      .describe(
        'What the words say: the value itself, its denominator, whose it is (group), of what (outcome), among whom (subgroup), when (time), that it was corrected.',
      ),
    quote: code.describe("The quote's code."),
    span: exactText
      .optional()
      .describe('The part of the quote that says it; for a number exactly the number as printed: "four", ".089".'),
    occurrence: z.int().min(1).optional().describe('Which one, where the quote has the span more than once.'),
    printed: exactText
      .optional()
      .describe('In the place of span, where the quote has no words: the number as the source prints it, in quotes.'),
  })
  .meta({ id: 'quote_link', description: 'One quote that supports a value of this entry.' })

/** That a field was made by our formula: over names, each of which stands for a field of another row. */
const derivation = z
  .strictObject({
    field: text.describe('The key of this entry whose value the formula gives.'),
    formula: text.describe("Over the inputs' names, with + - * / and parentheses: treated - renal - melanoma."),
    inputs: z
      // Every object has a "constructor" of its own accord.
      .record(
        z
          .string()
          .regex(/^(?!constructor$)[a-z][a-z0-9_]*$/, 'a name for the formula: lower-case letters, digits and _'),
        text,
      )
      .describe('Each name of the formula with what it stands for: the ref of an entry, a dot, and a key of it.'),
    assumption: text.optional().describe('What must be true for the formula to hold.'),
  })
  .meta({ id: 'derivation', description: 'A value that the source does not print and a formula of yours gives.' })

const correction = z
  .strictObject({
    field: text.describe('The key of this entry whose value was corrected; the entry holds the corrected value.'),
    original: orMissing(text).describe('The value before, as it was printed, or why it is not known.'),
    notice: text.describe("How the publication says so: [corrected], an erratum's citation."),
    publication: code.optional().describe('The code of the publication that corrects it, where that is another one.'),
  })
  .meta({ id: 'correction', description: 'That the publication corrected a value of this entry.' })

/** That a person looked at what a rule found, and let it stand. */
export const waiver = z.strictObject({
  code: code.describe("The last part of the row's key."),
  rule: code.describe('The name of the rule.'),
  on: text
    .optional()
    .describe('The ref of an entry, or with a dot one of its keys; left out where it is the study as a whole.'),
  reason: text.describe('Why what the rule found may stand.'),
  by: text.describe('Who says so.'),
  date: fullDate.describe('When, in quotes: "2026-11-23".'),
})

export const quotes = z.array(quoteLink).optional().describe('The words that the values of this entry were read from.')

/** What any row can say about where its values came from. */
export const provenance = {
  quotes,
  derived: z.array(derivation).optional().describe('The values of this entry that a formula of yours made.'),
  corrections: z.array(correction).optional().describe('The values of this entry that their publication corrected.'),
}
