import * as enums from '../../src/generated/prisma/enums.ts'
import type { ReviewFile } from '../../src/model/review-file.ts'
import { publication } from './publication.ts'
import { type Codes, codes, entry, type Gen, maybe, oneOf, several, some, text } from './texts.ts'
import { anyOf, decimal, filled, HARD_NUMBERS, missing } from './values.ts'

type StudyEntry = ReviewFile['studies'][number]

/** What a review may choose of a study. */
export interface Choosable {
  readonly study: string
  readonly outcomes: readonly string[]
  readonly comparisons: readonly string[]
  readonly timepoints: readonly string[]
  readonly sets: readonly string[]
}

/**
 * A review file without a mistake, with any kind of row.
 *
 * @param studies  those that it may include
 */
export function anyReviewFile(g: Gen, studies: readonly Choosable[]): ReviewFile {
  const code = codes()
  const slug = code(g, 'slug')
  const outcomes = several(g, { min: 1, max: 3 }, () =>
    entry({
      code: code(g, 'outcome'),
      label: text(g),
      kind: anyOf(g, enums.OutcomeKind),
      role: anyOf(g, enums.OutcomeRole),
      direction: anyOf(g, enums.OutcomeDirection),
      definition: maybe(g, () => text(g)),
      measure: maybe(g, () => anyOf(g, enums.EffectMeasure)),
    }),
  )
  const covariates = several(g, { min: 0, max: 3 }, () =>
    entry({
      code: code(g, 'covariate'),
      name: text(g),
      unit: maybe(g, () => text(g)),
      definition: maybe(g, () => text(g)),
    }),
  )
  const names = { outcomes: outcomes.map((outcome) => outcome.code), covariates: covariates.map((each) => each.code) }
  const held = some(g, studies).map((study) => heldStudy(g, study, names))
  return entry({
    format: 1 as const,
    review: entry({ slug, label: text(g), title: text(g), note: maybe(g, () => text(g)) }),
    question: entry({ population: text(g), intervention: text(g), comparator: maybe(g, () => text(g)) }),
    publications: filled(
      several(g, { min: 0, max: 2 }, (index) => {
        const { role: _, ...rest } = publication(g, code, index)
        return rest
      }),
    ),
    eligibility: filled(
      several(g, { min: 0, max: 3 }, () => ({ kind: anyOf(g, enums.EligibilityKind), text: text(g) })),
    ),
    outcomes,
    covariates: filled(covariates),
    studies: [...held, ...several(g, { min: 1, max: 3 }, () => otherStudy(g, code, names.covariates))],
  })
}

interface Names {
  readonly outcomes: readonly string[]
  readonly covariates: readonly string[]
}

function heldStudy(g: Gen, study: Choosable, { outcomes, covariates }: Names): StudyEntry {
  const decision = anyOf(g, enums.ReviewDecision)
  const chosen = new Map(
    several(g, { min: 0, max: 4 }, () =>
      entry({
        outcome: oneOf(g, outcomes),
        study_outcome: oneOf(g, study.outcomes),
        comparison: oneOf(g, study.comparisons),
        timepoint: maybe(g, () => oneOf(g, study.timepoints)),
        analysis_set: maybe(g, () => oneOf(g, study.sets)),
      }),
    ).map((result) => [JSON.stringify(result), result]),
  )
  return entry({
    study: study.study,
    decision,
    reason: decision === 'excluded' ? text(g) : maybe(g, () => text(g)),
    covariates: valuesOf(g, covariates),
    results: decision === 'included' ? filled([...chosen.values()]) : undefined,
    note: maybe(g, () => text(g)),
  })
}

function otherStudy(g: Gen, code: Codes, covariates: readonly string[]): StudyEntry {
  const decision = oneOf(g, ['excluded', 'awaiting', 'ongoing'] as const)
  return entry({
    code: `x-${code(g, 'study')}`.slice(0, 60).replace(/-$/, ''),
    label: text(g),
    citation: maybe(g, () => text(g)),
    decision,
    reason: decision === 'excluded' ? text(g) : maybe(g, () => text(g)),
    covariates: valuesOf(g, covariates),
    note: maybe(g, () => text(g)),
  })
}

function valuesOf(g: Gen, covariates: readonly string[]): StudyEntry['covariates'] {
  const given = some(g, covariates).map((code) => [code, value(g)] as const)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

const value = (g: Gen) =>
  oneOf(g, [
    () => decimal(g),
    () => -decimal(g),
    () => oneOf(g, HARD_NUMBERS)[0],
    () => text(g),
    () => missing(g),
  ] as const)()
