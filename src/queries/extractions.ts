import type { Extraction } from './extraction/extraction.ts'

/** The tables of a review, by name: what one row is, and the table itself, loaded when asked for. */
export const EXTRACTIONS = {
  characteristics: {
    about: 'study: design, size, conditions, arms, follow-up, publication',
    load: async () => (await import('./extract-characteristics.ts')).CHARACTERISTICS,
  },
  arms: { about: 'arm and analysis set', load: async () => (await import('./extract-arms.ts')).ARMS },
  dichotomous: {
    about: '2×2 table, with metafor’s names',
    load: async () => (await import('./extract-dichotomous.ts')).DICHOTOMOUS,
  },
  flow: {
    about: 'group and milestone of the participants’ way through the study',
    load: async () => (await import('./extract-flow.ts')).FLOW,
  },
  baseline: {
    about: 'group, baseline characteristic and category',
    load: async () => (await import('./extract-baseline.ts')).BASELINE,
  },
  continuous: {
    about: 'pair of means, with metafor’s names',
    load: async () => (await import('./extract-continuous.ts')).CONTINUOUS,
  },
  counts: {
    about: 'pair of event counts over person-time, with metafor’s names',
    load: async () => (await import('./extract-counts.ts')).COUNTS_AND_TIME,
  },
  ordinal: {
    about: 'category of an ordinal outcome and group',
    load: async () => (await import('./extract-ordinal.ts')).ORDINAL,
  },
  survival: {
    about: 'probability of a time-to-event outcome',
    load: async () => (await import('./extract-survival.ts')).SURVIVAL,
  },
  medians: {
    about: 'median time to an event',
    load: async () => (await import('./extract-medians.ts')).MEDIANS,
  },
  'hazard-ratios': {
    about: 'hazard ratio that a study gives',
    load: async () => (await import('./extract-hazard-ratios.ts')).HAZARD_RATIOS,
  },
  'effects-input': {
    about: 'pair of groups with what an effect size is made of: arms’ numbers or the study’s own estimate',
    load: async () => (await import('./extract-effects-input.ts')).EFFECTS_INPUT,
  },
  analyses: {
    about: 'estimate, p value or finding in words',
    load: async () => (await import('./extract-analyses.ts')).ANALYSES,
  },
  'adverse-events': {
    about: 'harm and group',
    load: async () => (await import('./extract-adverse-events.ts')).ADVERSE_EVENTS,
  },
  'risk-of-bias': {
    about: 'judgement of a domain of a tool, for a study or one result, by one assessor',
    load: async () => (await import('./extract-risk-of-bias.ts')).RISK_OF_BIAS,
  },
  'review-studies': {
    about: 'study that a review looked at, with the decision, covariates and results',
    load: async () => (await import('./extract-review-studies.ts')).REVIEW_STUDIES,
  },
  corrections: {
    about: 'value that its publication corrected: now, before, and the notice',
    load: async () => (await import('./extract-corrections.ts')).CORRECTIONS,
  },
  evidence: {
    about: 'number or finding, with its source, to be read by people',
    load: async () => (await import('./extract-evidence.ts')).EVIDENCE,
  },
  long: {
    about: 'number, with its source, to be read by programs',
    load: async () => (await import('./extract-long.ts')).LONG,
  },
} as const satisfies Readonly<Record<string, { about: string; load: () => Promise<Extraction> }>>

export type ExtractionName = keyof typeof EXTRACTIONS
