import { groupedBy } from '../../model/grouped-by.ts'
import type { ReviewFile } from '../../model/review-file.ts'
import type { ReviewRecord } from '../../model/review-record.ts'
import { inNumberOrder, inOrder } from '../study-file/in-order.ts'
import { filled, given, present } from '../study-file/present.ts'
import { publicationDetails, publicationsById } from '../study-file/publication-entries.ts'

/**
 * The canonical review file of a record: loading what it says makes the record again, and two records of the same content
 * have the same file. Its keys stand in the order of the schema.
 */
export function reviewFileOf(record: ReviewRecord): ReviewFile {
  const { slug, rows } = record
  const [review] = rows.review
  if (!review) throw new Error('a review without its row')
  const code = (key: string) => key.slice(slug.length + 1)
  return present({
    format: 1,
    review: present({ slug, label: review.label, title: review.title, note: given(review.note) }),
    question: present({
      population: review.population,
      intervention: review.intervention,
      comparator: given(review.comparator),
    }),
    publications: publicationsOf(record),
    eligibility: filled(inOrder(rows.reviewCriterion).map(({ kind, text }) => ({ kind, text }))),
    outcomes: inOrder(rows.reviewOutcome).map(({ id, label, kind, role, direction, definition, measure }) =>
      present({
        code: code(id),
        label,
        kind,
        role,
        direction,
        definition: given(definition),
        measure: given(measure),
      }),
    ),
    covariates: filled(
      inOrder(rows.reviewCovariate).map(({ id, name, unit, definition }) =>
        present({ code: code(id), name, unit: given(unit), definition: given(definition) }),
      ),
    ),
    studies: studiesOf(record, code),
  })
}

function publicationsOf({ vocabulary, publications, rows }: ReviewRecord): ReviewFile['publications'] {
  const byId = publicationsById(publications)
  return filled(
    inOrder(rows.reviewPublication).flatMap(({ publicationId, code }) => {
      const own = byId.get(publicationId)
      return own ? [{ code, ...publicationDetails(vocabulary, own) }] : []
    }),
  )
}

type StudyEntry = ReviewFile['studies'][number]

function studiesOf({ rows }: ReviewRecord, code: (key: string) => string): ReviewFile['studies'] {
  const results = groupedBy(inNumberOrder(rows.reviewResult), ({ reviewStudyId }) => reviewStudyId)
  const values = groupedBy(rows.reviewStudyCovariate, ({ reviewStudyId }) => reviewStudyId)
  const covariates = inOrder(rows.reviewCovariate)
  return inOrder(rows.reviewStudy).map((study): StudyEntry => {
    const own = new Map((values.get(study.id) ?? []).map((value) => [value.covariateId, value]))
    const chosen = covariates.flatMap(({ id }) => {
      const value = own.get(id)
      return value ? [[code(id), valueInFile(value)] as const] : []
    })
    return present({
      study: given(study.studyId),
      code: study.studyId === null ? code(study.id) : undefined,
      label: given(study.label),
      citation: given(study.citation),
      decision: study.decision,
      reason: given(study.reason),
      covariates: chosen.length === 0 ? undefined : Object.fromEntries(chosen),
      results: filled((results.get(study.id) ?? []).map((result) => resultEntry(result, code))),
      note: given(study.note),
    })
  })
}

const valueInFile = ({ number, text, missingReason }: ReviewRecord['rows']['reviewStudyCovariate'][number]) =>
  number ?? text ?? { missing: missingReason ?? ('not_reported' as const) }

function resultEntry(
  result: ReviewRecord['rows']['reviewResult'][number],
  code: (key: string) => string,
): NonNullable<StudyEntry['results']>[number] {
  const ofStudy = (key: string) => key.slice(result.studyId.length + 1)
  const optional = (key: string | null) => (key === null ? undefined : ofStudy(key))
  return present({
    outcome: code(result.reviewOutcomeId),
    study_outcome: ofStudy(result.outcomeId),
    comparison: ofStudy(result.comparisonId),
    timepoint: optional(result.timepointId),
    analysis_set: optional(result.analysisSetId),
  })
}
