import { z } from 'zod'
import { SourceKind, StudyPublicationRole } from '../../generated/prisma/enums.ts'
import { code, exactText, meshLine, note, orMissing, partialDate, text } from './values.ts'

const affiliation = text.optional().describe('As the publication prints it.')

const author = z.union([
  z.strictObject({
    last_name: text.describe('Family name.'),
    fore_name: text.optional().describe('Given names, as far as they are printed.'),
    initials: text.optional().describe('Without points: SA.'),
    orcid: text.optional().describe('The ORCID identifier: 0000-0002-1825-0097.'),
    affiliation,
  }),
  z.strictObject({ collective_name: text.describe("A group's name, where a group signs."), affiliation }),
])

const source = z.strictObject({
  code: code.describe('The name by which quotes point at this source.'),
  kind: z.enum(SourceKind).describe('What it is.'),
  label: text.describe('What a reader should call it: Abstract, Table 2.'),
  rights: text.optional().describe('Whose text it is, where it is stored here.'),
  sections: z
    .array(
      z.strictObject({
        code: code.describe('The name by which quotes point at this section.'),
        label: text.describe("The section's label as printed, without its colon: Results."),
        body: exactText.describe('The text after the label, letter for letter.'),
      }),
    )
    .optional()
    .describe('The stored text, in its labelled sections; none for a table or text that you only point at.'),
})

export const publication = z.strictObject({
  code: code.describe('A name within this file: report, protocol.'),
  role: z.enum(StudyPublicationRole).describe('What the publication is to the study.'),
  pmid: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'a PMID in quotes, such as "8468720"')
    .optional()
    .describe("PubMed's identifier, digits in quotes."),
  doi: z
    .string()
    .regex(/^10\.\d{4,9}\/[^\sA-Z]+$/, 'a DOI in lower case, such as 10.1093/jnci/85.8.622')
    .optional()
    .describe('Lower case, without a resolver before it: 10.1093/jnci/85.8.622.'),
  pmcid: z
    .string()
    .regex(/^PMC\d+$/, 'a PMCID such as PMC1234567')
    .optional()
    .describe("PubMed Central's identifier, with its letters: PMC1234567."),
  title: text.describe('As printed, without the full stop at its end.'),
  journal: text.optional().describe("The journal's name as the source prints it."),
  volume: text.optional().describe('In quotes: "85".'),
  issue: text.optional().describe('In quotes: "8".'),
  pages: text.optional().describe('As printed: 622-32.'),
  published: partialDate.optional().describe('A date as precise as the source has it, in quotes: "1993-04-21".'),
  published_printed: text.optional().describe("The date's own words where it can't be written so: 1998 Dec-1999 Jan."),
  language: z
    .string()
    .regex(/^[a-z]{3}$/, 'a language as three letters: eng')
    .optional()
    .describe('ISO 639-3: eng.'),
  note,
  authors: orMissing(z.array(author).min(1)).describe('In the order of the by-line, or why none is listed.'),
  sources: z.array(source).min(1).describe('What numbers were read from: stored texts, tables, figures.'),
  types: z
    .array(
      z.strictObject({
        name: text.describe('Randomized Controlled Trial, Clinical Trial …'),
        ui: text.optional().describe("MeSH's identifier of the type: D016449."),
      }),
    )
    .optional()
    .describe('The publication types that it is indexed with.'),
  mesh: z.array(meshLine).optional().describe('The MeSH lines that it is indexed with, in their order.'),
  substances: z
    .array(
      z.strictObject({
        name: text.describe('The substance as the index names it.'),
        registry_number: text.optional().describe('A CAS registry number or UNII; none where the index gives 0.'),
        ui: text.optional().describe("MeSH's identifier of the substance."),
      }),
    )
    .optional()
    .describe('The chemical substances that it is indexed with.'),
  keywords: z
    .array(
      z.strictObject({
        keyword: text.describe('As given.'),
        major: z.boolean().optional().describe('True where it is marked as a major topic.'),
      }),
    )
    .optional()
    .describe('Keywords of its authors or indexers.'),
  links: z
    .array(
      z.strictObject({
        type: text.describe("PubMed's own name for the tie: ErratumIn, RetractionIn, UpdateOf …"),
        source: text.optional().describe('The other publication as printed.'),
        pmid: z
          .string()
          .regex(/^\d+$/, 'a PMID in quotes')
          .optional()
          .describe("The other publication's PMID, in quotes."),
        note,
      }),
    )
    .optional()
    .describe('Notices that tie it to other publications: errata, retractions, updates.'),
})
