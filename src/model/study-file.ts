import { z } from 'zod'
import { ExtractionRole } from '../generated/prisma/enums.ts'
import { analysisSet, arm, comparison, group, intervention, subgroup } from './study-file/groups.ts'
import { adverseEvent } from './study-file/harms.ts'
import { baseline, enrolment, flow, followUp, timepoint } from './study-file/participants.ts'
import { quote, waiver } from './study-file/provenance.ts'
import { publication } from './study-file/publication.ts'
import { outcome } from './study-file/results.ts'
import { riskOfBias } from './study-file/risk-of-bias.ts'
import { condition, covariate, criterion, study } from './study-file/study.ts'
import { fullDate, note, text } from './study-file/values.ts'

export type { Missing } from './study-file/values.ts'

/** The format that this Evibase writes. Older ones are converted as they are read. */
export const STUDY_FILE_FORMAT = 1

const extraction = z.strictObject({
  role: z.enum(ExtractionRole).describe('Whose reading it is.'),
  by: text.describe('Who read the sources.'),
  date: fullDate.describe('When, in quotes: "2026-11-23".'),
  note,
})

/**
 * The shape of a study file: what a person writes, one study a file. Keys that aren't listed here are refused. Rows
 * point at each other by code; the loader makes the database's keys out of the study's slug and the codes. What is
 * said of each key here is what an editor shows beside it, by `seeds/study.schema.json`.
 */
export const studyFileSchema = z
  .strictObject({
    format: z.literal(STUDY_FILE_FORMAT).describe("The version of the study file's format."),
    study: study.describe('The investigation itself, and its design.'),
    publications: z.array(publication).min(1).describe('The documents that report the study.'),
    quotes: z.array(quote).optional().describe('The passages that the values were read from.'),
    conditions: z.array(condition).optional().describe("What the study's participants had."),
    eligibility: z.array(criterion).optional().describe('What decided who could take part.'),
    covariates: z.array(covariate).optional().describe('Properties of the whole study that a meta-regression may use.'),
    interventions: z.array(intervention).optional().describe('What the study did to its participants.'),
    arms: z.array(arm).optional().describe('What participants were assigned to.'),
    analysis_sets: z.array(analysisSet).optional().describe('The rules of who counts: randomised, treated, safety …'),
    subgroups: z.array(subgroup).optional().describe('Levels of baseline factors: diagnosis = melanoma.'),
    groups: z
      .array(group)
      .optional()
      .describe('The people that numbers are about: one arm, several together, or part of one.'),
    comparisons: z.array(comparison).optional().describe('Which group is set against which.'),
    enrolment: z.array(enrolment).optional().describe('How many participants each group has.'),
    follow_up: z.array(followUp).optional().describe('How long participants were followed.'),
    flow: z.array(flow).optional().describe("The participants' way through the study."),
    baseline: z.array(baseline).optional().describe('What the participants were like at the start.'),
    timepoints: z.array(timepoint).optional().describe('When results were taken.'),
    outcomes: z.array(outcome).optional().describe('What was measured, with the numbers.'),
    adverse_events: z.array(adverseEvent).optional().describe('The harms, with their counts.'),
    risk_of_bias: z.array(riskOfBias).optional().describe('How far bias may have led the results astray.'),
    extractions: z.array(extraction).min(1).describe('Who read the sources into this file, and when.'),
    waivers: z.array(waiver).optional().describe('What the checks found and a person let stand, with the reason.'),
  })
  .meta({ title: 'Evibase study file', description: 'One clinical study, each number with the words that give it.' })

export type StudyFile = z.infer<typeof studyFileSchema>
