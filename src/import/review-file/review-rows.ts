import { publicationKey, publicationRows, vocabularyRows } from '../../model/publication-rows.ts'
import type { ReviewFile } from '../../model/review-file.ts'
import type { ReviewRecord, ReviewRows } from '../../model/review-record.ts'
import { isMissing } from '../../model/study-file/values.ts'

/** Makes the database's rows out of a checked review file. Keys are `<review>/<code>`; criteria and results are numbered in the file's order. */
export function reviewRecord(file: ReviewFile): ReviewRecord {
  const { slug } = file.review
  const publications = (file.publications ?? []).map((entry) => ({ entry, id: publicationKey(slug, entry) }))
  return {
    slug,
    vocabulary: {
      ...vocabularyRows({ publications: file.publications }),
      appraisalTool: [],
      appraisalDomain: [],
      appraisalJudgement: [],
    },
    publications: publications.map(({ entry, id }) => publicationRows(id, entry)),
    rows: {
      review: [
        {
          id: slug,
          label: file.review.label,
          title: file.review.title,
          population: file.question.population,
          intervention: file.question.intervention,
          comparator: file.question.comparator ?? null,
          note: file.review.note ?? null,
        },
      ],
      reviewPublication: publications.map(({ entry, id }, index) => ({
        reviewId: slug,
        publicationId: id,
        position: index + 1,
        code: entry.code,
      })),
      ...questionRows(file),
      ...studyRows(file),
    },
  }
}

const numbered = (slug: string, letter: string, index: number) =>
  `${slug}/${letter}${String(index + 1).padStart(5, '0')}`

function questionRows(file: ReviewFile): Pick<ReviewRows, 'reviewCriterion' | 'reviewOutcome' | 'reviewCovariate'> {
  const reviewId = file.review.slug
  return {
    reviewCriterion: (file.eligibility ?? []).map(({ kind, text }, index) => ({
      id: numbered(reviewId, 'c', index),
      reviewId,
      position: index + 1,
      kind,
      text,
    })),
    reviewOutcome: file.outcomes.map((outcome, index) => ({
      id: `${reviewId}/${outcome.code}`,
      reviewId,
      position: index + 1,
      label: outcome.label,
      kind: outcome.kind,
      role: outcome.role,
      direction: outcome.direction,
      definition: outcome.definition ?? null,
      measure: outcome.measure ?? null,
    })),
    reviewCovariate: (file.covariates ?? []).map((covariate, index) => ({
      id: `${reviewId}/${covariate.code}`,
      reviewId,
      position: index + 1,
      name: covariate.name,
      unit: covariate.unit ?? null,
      definition: covariate.definition ?? null,
    })),
  }
}

function studyRows(file: ReviewFile): Pick<ReviewRows, 'reviewStudy' | 'reviewStudyCovariate' | 'reviewResult'> {
  const reviewId = file.review.slug
  const studies = file.studies.map((entry) => ({ entry, id: `${reviewId}/${entry.study ?? entry.code}` }))
  const results = studies.flatMap(({ entry, id }) =>
    (entry.results ?? []).map((result) => ({ result, reviewStudyId: id, studyId: entry.study ?? '' })),
  )
  return {
    reviewStudy: studies.map(({ entry, id }, index) => ({
      id,
      reviewId,
      position: index + 1,
      studyId: entry.study ?? null,
      label: entry.label ?? null,
      citation: entry.citation ?? null,
      decision: entry.decision,
      reason: entry.reason ?? null,
      note: entry.note ?? null,
    })),
    reviewStudyCovariate: studies.flatMap(({ entry, id }) =>
      Object.entries(entry.covariates ?? {}).map(([code, value]) => ({
        reviewStudyId: id,
        covariateId: `${reviewId}/${code}`,
        reviewId,
        number: typeof value === 'number' ? value : null,
        text: typeof value === 'string' ? value : null,
        missingReason: isMissing(value) ? value.missing : null,
      })),
    ),
    reviewResult: results.map(({ result, reviewStudyId, studyId }, index) => {
      const key = (code: string | undefined) => (code === undefined ? null : `${studyId}/${code}`)
      return {
        id: numbered(reviewId, 'r', index),
        reviewId,
        reviewStudyId,
        reviewOutcomeId: `${reviewId}/${result.outcome}`,
        studyId,
        outcomeId: `${studyId}/${result.study_outcome}`,
        comparisonId: `${studyId}/${result.comparison}`,
        timepointId: key(result.timepoint),
        analysisSetId: key(result.analysis_set),
      }
    }),
  }
}
