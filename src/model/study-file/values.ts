import { z } from 'zod'
import { MissingReason } from '../../generated/prisma/enums.ts'
import { isPartialDate } from '../partial-date.ts'

/** What the keys of a study file hold. A field's own file describes it; what a value looks like is said here. */
export const code = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a code: lower-case letters and digits in words joined by hyphens')
  .max(60)
export const text = z.string().trim().min(1, 'some text')
export const exactText = z.string().min(1, 'some text')
// What JSON Schema can say of a date is its shape; whether the day exists is for `load` to tell.
export const partialDate = z
  .string()
  .refine(isPartialDate, 'a date such as "1993", "1993-04" or "1993-04-21", in quotes')
  .meta({ pattern: '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$' })
export const fullDate = z
  .string()
  .refine((value) => value.length === 10 && isPartialDate(value), 'a whole date such as "1993-04-21"')
  .meta({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

/** A zero has no sign: SQLite keeps none, and a file must say what the database holds. */
const unsigned = (value: number) => (value === 0 ? 0 : value)
export const number = z.number().overwrite(unsigned)
/** As large as both engines' integers. */
export const wholeNumber = z.int().min(0).max(2_147_483_647).overwrite(unsigned)
export const zeroToOne = z.number().min(0).max(1).overwrite(unsigned)

const missing = z
  .strictObject({
    missing: z.enum(MissingReason).describe('Why there is no value.'),
  })
  .meta({ id: 'missing', description: 'Stands in the place of a value that is not there, and says why.' })
/** What stands in a value's place where there is none. */
export type Missing = z.infer<typeof missing>
export const isMissing = (value: unknown): value is Missing =>
  typeof value === 'object' && value !== null && 'missing' in value
/** A value, or `{ missing: reason }` in its place. */
export const orMissing = <T extends z.ZodType>(value: T) => z.union([value, missing])

const descriptorUi = z
  .string()
  .regex(/^D\d{6,9}$/, 'a MeSH identifier such as D008545')
  .describe("MeSH's unique identifier: D008545.")

export const mesh = z
  .strictObject({
    ui: descriptorUi,
    name: text.describe('The descriptor as MeSH names it.'),
  })
  .meta({ id: 'mesh', description: 'The MeSH descriptor that fits.' })

/** One MeSH line of a publication. */
export const meshLine = z.strictObject({
  descriptor: text.describe('The descriptor as MeSH names it.'),
  ui: descriptorUi,
  major: z.boolean().optional().describe('True where the descriptor itself is a major topic (Neoplasms*).'),
  qualifier: z
    .strictObject({
      name: text.describe('The qualifier as MeSH names it.'),
      ui: z
        .string()
        .regex(/^Q\d{6,9}$/, 'a MeSH identifier such as Q000628')
        .describe("MeSH's unique identifier: Q000628."),
      major: z.boolean().optional().describe('True where the qualifier is a major topic (Neoplasms / therapy*).'),
    })
    .optional()
    .describe('The one qualifier (subheading) of this line; a descriptor with two qualifiers has two lines.'),
})

export const note = text.optional().describe('What a reader of this entry must know, in your words.')
/** A name within the file for a row that a derivation reads from. */
export const ref = code.optional().describe('A name within this file, for formulas that read from this entry.')
export const missingReason = z
  .enum(MissingReason)
  .optional()
  .describe('Why the entry has no number, where one would expect one.')
