import { z } from 'zod'
import {
  Allocation,
  AnalysisGroupRole,
  AnalysisSetKind,
  ArmRole,
  EffectMeasure,
  EligibilityKind,
  ExtractionRole,
  FindingDirection,
  FollowUpBasis,
  FollowUpStatistic,
  InterventionKind,
  InterventionModel,
  Masking,
  MissingReason,
  OutcomeDirection,
  OutcomeKind,
  OutcomeRole,
  Phase,
  Purpose,
  QuoteRole,
  SourceKind,
  StudyPublicationRole,
  StudyType,
  TimepointKind,
  TimeUnit,
} from '../generated/prisma/enums.ts'
import { isPartialDate } from './partial-date.ts'

/**
 * The shape of a study file: what a person writes, one study a file. Keys that aren't listed here are refused. Rows
 * point at each other by code; the loader makes the database's keys out of the study's slug and the codes.
 */
const STUDY_FILE_FORMAT = 1

export const code = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a code: lower-case letters and digits in words joined by hyphens')
  .max(60)
export const text = z.string().trim().min(1, 'some text')
const exactText = z.string().min(1, 'some text')
export const partialDate = z
  .string()
  .refine(isPartialDate, 'a date such as "1993", "1993-04" or "1993-04-21", in quotes')
const fullDate = z
  .string()
  .refine((value) => value.length === 10 && isPartialDate(value), 'a whole date such as "1993-04-21"')
/** As large as both engines' integers. */
const wholeNumber = z.int().min(0).max(2_147_483_647)
export const number = z.number()
const zeroToOne = z.number().min(0).max(1)

const missing = z.strictObject({ missing: z.enum(MissingReason) })
/** A value, or `{ missing: reason }` in its place. */
export const orMissing = <T extends z.ZodType>(value: T) => z.union([value, missing])

const mesh = z.strictObject({
  ui: z.string().regex(/^D\d{6,9}$/, 'a MeSH identifier such as D008545'),
  name: text,
})

/** That words of a quote support a field: which field, as what, and which words of the quote say it. */
const quoteLink = z.strictObject({
  field: z.union([text, z.array(text).min(1)]),
  role: z.enum(QuoteRole),
  quote: code,
  span: exactText.optional(),
  occurrence: z.int().min(1).optional(),
  /** The number as printed, where the quote's words aren't ours to hold. */
  printed: exactText.optional(),
})

/** That a field was made by our formula: over names, each of which stands for a field of another row. */
const derivation = z.strictObject({
  field: text,
  formula: text,
  // Every object has a "constructor" of its own accord.
  inputs: z.record(
    z.string().regex(/^(?!constructor$)[a-z][a-z0-9_]*$/, 'a name for the formula: lower-case letters, digits and _'),
    text,
  ),
  assumption: text.optional(),
})

/** That a publication corrected a field: what stood there before, how the correction says so, and where. */
const correction = z.strictObject({
  field: text,
  original: orMissing(text),
  notice: text,
  publication: code.optional(),
})

/** That a person looked at what a rule found, and let it stand. `on` is an entry's ref, or one of its fields. */
const waiver = z.strictObject({ code, rule: code, on: text.optional(), reason: text, by: text, date: fullDate })

/** What any row can say about where its values came from. */
const provenance = {
  quotes: z.array(quoteLink).optional(),
  derived: z.array(derivation).optional(),
  corrections: z.array(correction).optional(),
}
/** A name within the file for a row that a derivation reads from. */
const ref = code.optional()
const note = text.optional()

export const publication = z.strictObject({
  code,
  role: z.enum(StudyPublicationRole),
  pmid: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'a PMID in quotes, such as "8468720"')
    .optional(),
  doi: z
    .string()
    .regex(/^10\.\d{4,9}\/[^\sA-Z]+$/, 'a DOI in lower case, such as 10.1093/jnci/85.8.622')
    .optional(),
  pmcid: z
    .string()
    .regex(/^PMC\d+$/, 'a PMCID such as PMC1234567')
    .optional(),
  title: text,
  journal: text.optional(),
  volume: text.optional(),
  issue: text.optional(),
  pages: text.optional(),
  published: partialDate.optional(),
  published_printed: text.optional(),
  language: z
    .string()
    .regex(/^[a-z]{3}$/, 'a language as three letters: eng')
    .optional(),
  note,
  authors: orMissing(
    z
      .array(
        z.union([
          z.strictObject({
            last_name: text,
            fore_name: text.optional(),
            initials: text.optional(),
            orcid: text.optional(),
            affiliation: text.optional(),
          }),
          z.strictObject({ collective_name: text, affiliation: text.optional() }),
        ]),
      )
      .min(1),
  ),
  sources: z
    .array(
      z.strictObject({
        code,
        kind: z.enum(SourceKind),
        label: text,
        rights: text.optional(),
        sections: z.array(z.strictObject({ code, label: text, body: exactText })).optional(),
      }),
    )
    .min(1),
  types: z.array(z.strictObject({ name: text, ui: text.optional() })).optional(),
  mesh: z
    .array(
      z.strictObject({
        descriptor: text,
        ui: z.string().regex(/^D\d{6,9}$/, 'a MeSH identifier such as D008545'),
        major: z.boolean().optional(),
        qualifier: z
          .strictObject({
            name: text,
            ui: z.string().regex(/^Q\d{6,9}$/, 'a MeSH identifier such as Q000628'),
            major: z.boolean().optional(),
          })
          .optional(),
      }),
    )
    .optional(),
  substances: z.array(z.strictObject({ name: text, registry_number: text.optional(), ui: text.optional() })).optional(),
  keywords: z.array(z.strictObject({ keyword: text, major: z.boolean().optional() })).optional(),
  links: z
    .array(
      z.strictObject({
        type: text,
        source: text.optional(),
        pmid: z.string().regex(/^\d+$/, 'a PMID in quotes').optional(),
        note,
      }),
    )
    .optional(),
})

const quote = z.strictObject({
  code,
  section: code.optional(),
  source: code.optional(),
  locator: text.optional(),
  words: exactText.optional(),
  occurrence: z.int().min(1).optional(),
})

const measurement = z.strictObject({
  ref,
  group: code,
  analysis_set: code.optional(),
  timepoint: code.optional(),
  events: wholeNumber.optional(),
  total: wholeNumber.optional(),
  person_time: number.min(0).optional(),
  person_time_unit: z.enum(TimeUnit).optional(),
  mean: number.optional(),
  sd: number.min(0).optional(),
  se: number.min(0).optional(),
  median: number.optional(),
  q1: number.optional(),
  q3: number.optional(),
  minimum: number.optional(),
  maximum: number.optional(),
  proportion: zeroToOne.optional(),
  ci_lower: number.optional(),
  ci_upper: number.optional(),
  ci_level: zeroToOne.optional(),
  method: text.optional(),
  missing: z.enum(MissingReason).optional(),
  note,
  ...provenance,
})

const analysis = z.strictObject({
  ref,
  comparison: code.optional(),
  /** Where there is no comparison: the groups and what part each plays. */
  groups: z.array(z.strictObject({ group: code, role: z.enum(AnalysisGroupRole) })).optional(),
  analysis_set: code.optional(),
  timepoint: code.optional(),
  measure: z.enum(EffectMeasure).optional(),
  estimate: number.optional(),
  ci_lower: number.optional(),
  ci_upper: number.optional(),
  ci_level: zeroToOne.optional(),
  p_operator: z.enum(['=', '<', '<=', '>', '>=']).optional(),
  p_value: zeroToOne.optional(),
  p_text: text.optional(),
  p_sides: z.union([z.literal(1), z.literal(2)]).optional(),
  method: orMissing(text).optional(),
  finding: text.optional(),
  finding_direction: z.enum(FindingDirection).optional(),
  missing: z.enum(MissingReason).optional(),
  note,
  ...provenance,
})

const time = {
  kind: z.enum(TimepointKind),
  label: text,
  from: number.min(0).optional(),
  to: number.min(0).optional(),
  unit: z.enum(TimeUnit).optional(),
}

export const studyFileSchema = z.strictObject({
  format: z.literal(STUDY_FILE_FORMAT),
  study: z.strictObject({
    slug: code,
    label: text,
    title: text,
    acronym: text.optional(),
    type: z.enum(StudyType),
    allocation: orMissing(z.enum(Allocation)),
    intervention_model: orMissing(z.enum(InterventionModel)),
    masking: orMissing(z.enum(Masking)),
    phase: orMissing(z.enum(Phase)),
    purpose: orMissing(z.enum(Purpose)),
    objective: text.optional(),
    authors_conclusion: exactText.optional(),
    start_date: partialDate.optional(),
    end_date: partialDate.optional(),
    identifiers: z.array(z.strictObject({ registry: text, value: text })).optional(),
    note,
    ...provenance,
  }),
  publications: z.array(publication).min(1),
  quotes: z.array(quote).optional(),
  conditions: z.array(z.strictObject({ code, name: text, mesh: mesh.optional(), ...provenance })).optional(),
  eligibility: z.array(z.strictObject({ kind: z.enum(EligibilityKind), text: exactText, ...provenance })).optional(),
  covariates: z
    .array(
      z.strictObject({
        code,
        name: text,
        number: number.optional(),
        text: text.optional(),
        unit: text.optional(),
        ...provenance,
      }),
    )
    .optional(),
  interventions: z
    .array(
      z.strictObject({
        code,
        name: text,
        kind: z.enum(InterventionKind),
        description: text.optional(),
        mesh: mesh.optional(),
        ...provenance,
      }),
    )
    .optional(),
  arms: z
    .array(
      z.strictObject({
        code,
        label: text,
        role: z.enum(ArmRole),
        description: text.optional(),
        printed_as: z.array(exactText).optional(),
        interventions: z
          .array(
            z.strictObject({
              ref,
              intervention: code,
              dose: orMissing(number).optional(),
              dose_unit: text.optional(),
              route: orMissing(text).optional(),
              schedule: orMissing(text).optional(),
              note,
              ...provenance,
            }),
          )
          .optional(),
        ...provenance,
      }),
    )
    .optional(),
  analysis_sets: z
    .array(
      z.strictObject({
        code,
        kind: z.enum(AnalysisSetKind),
        label: text,
        description: text.optional(),
        ...provenance,
      }),
    )
    .optional(),
  subgroups: z
    .array(z.strictObject({ code, factor: text, level: text, mesh: mesh.optional(), ...provenance }))
    .optional(),
  groups: z
    .array(
      z.strictObject({
        code,
        label: text,
        arms: z.array(code).min(1),
        subgroups: z.array(code).optional(),
      }),
    )
    .optional(),
  comparisons: z.array(z.strictObject({ code, experimental: code, reference: code })).optional(),
  enrolment: z
    .array(
      z.strictObject({
        ref,
        group: code,
        analysis_set: code,
        participants: orMissing(wholeNumber),
        note,
        ...provenance,
      }),
    )
    .optional(),
  follow_up: z
    .array(
      z.strictObject({
        ref,
        group: code,
        statistic: z.enum(FollowUpStatistic),
        basis: z.enum(FollowUpBasis),
        value: number.min(0),
        unit: z.enum(TimeUnit),
        ...provenance,
      }),
    )
    .optional(),
  flow: z
    .array(
      z.strictObject({
        ref,
        group: code,
        period: text.optional(),
        milestone: text,
        reason: text.optional(),
        participants: orMissing(wholeNumber),
        ...provenance,
      }),
    )
    .optional(),
  baseline: z
    .array(
      z.strictObject({
        ref,
        group: code,
        analysis_set: code.optional(),
        characteristic: text,
        category: text.optional(),
        unit: text.optional(),
        count: wholeNumber.optional(),
        total: wholeNumber.optional(),
        mean: number.optional(),
        sd: number.min(0).optional(),
        median: number.optional(),
        q1: number.optional(),
        q3: number.optional(),
        minimum: number.optional(),
        maximum: number.optional(),
        missing: z.enum(MissingReason).optional(),
        note,
        ...provenance,
      }),
    )
    .optional(),
  timepoints: z.array(z.strictObject({ code, ...time })).optional(),
  outcomes: z
    .array(
      z.strictObject({
        code,
        label: text,
        kind: z.enum(OutcomeKind),
        role: z.enum(OutcomeRole),
        direction: z.enum(OutcomeDirection),
        definition: text.optional(),
        unit: text.optional(),
        measurements: z.array(measurement).optional(),
        analyses: z.array(analysis).optional(),
        ...provenance,
      }),
    )
    .optional(),
  adverse_events: z
    .array(
      z.strictObject({
        code,
        term: text,
        within: code.optional(),
        organ_system: text.optional(),
        vocabulary: text.optional(),
        mesh: mesh.optional(),
        serious: z.boolean().optional(),
        related: z.boolean().optional(),
        fatal: z.boolean().optional(),
        narrative: text.optional(),
        counts: z
          .array(
            z.strictObject({
              ref,
              group: code,
              analysis_set: code.optional(),
              timepoint: code.optional(),
              affected: wholeNumber.optional(),
              at_risk: wholeNumber.optional(),
              events: wholeNumber.optional(),
              percent: number.min(0).max(100).optional(),
              missing: z.enum(MissingReason).optional(),
              note,
              ...provenance,
            }),
          )
          .optional(),
        ...provenance,
      }),
    )
    .optional(),
  risk_of_bias: z
    .array(
      z.strictObject({
        tool: code,
        /** Which version of the tool; the newest without it. */
        version: text.optional(),
        /** What is judged: an outcome's code, or the ref of a measurement or an analysis; the study as a whole without it. */
        on: code.optional(),
        domain: code,
        judgement: text,
        support: exactText.optional(),
        assessor: text.optional(),
        quotes: z.array(quoteLink).optional(),
      }),
    )
    .optional(),
  extractions: z
    .array(
      z.strictObject({
        role: z.enum(ExtractionRole),
        by: text,
        date: fullDate,
        note,
      }),
    )
    .min(1),
  waivers: z.array(waiver).optional(),
})

export type StudyFile = z.infer<typeof studyFileSchema>
/** What stands in a value's place where there is none. */
export type Missing = z.infer<typeof missing>
