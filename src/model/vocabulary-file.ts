import { z } from 'zod'
import { code, partialDate, text } from './study-file/values.ts'

/** The shape of a vocabulary file: one version of a tool by which people judge studies, with its closed lists. */
export const vocabularyFileSchema = z.strictObject({
  format: z.literal(1),
  vocabulary: z.strictObject({
    code,
    version: partialDate,
    name: text,
    applies_to: text,
    citation: text,
    doi: text.optional(),
  }),
  domains: z.array(z.strictObject({ code, label: text, overall: z.boolean().optional() })).min(1),
  /** From the least bias to the most; one without a severity says nothing of it. */
  judgements: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z]+(_[a-z]+)*$/, 'a code: lower-case words joined by underscores'),
        label: text,
        severity: z.int().min(1).max(100).optional(),
      }),
    )
    .min(1),
})

export type VocabularyFile = z.infer<typeof vocabularyFileSchema>
