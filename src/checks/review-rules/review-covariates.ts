import { inconsistent, remark } from '../observe.ts'
import { atStudy, type ReviewRule } from '../review-rule.ts'

export const reviewCovariates: ReviewRule = {
  id: 'review-covariates',
  title: 'Covariates are given, and those of the studies',
  tests:
    "Where a study has a covariate of the same code, the review's value of it is the study's; a note where an included study has none.",
  formula: 'value in the review = value in the study',
  source: 'PRISMA 2020, item 17; a warning, as the two may be defined differently',
  severity: 'warning',
  *check({ review: { slug, rows }, studies }) {
    for (const { id, decision, studyId } of rows.reviewStudy)
      for (const covariate of rows.reviewCovariate) {
        const value = rows.reviewStudyCovariate.find(
          (row) => row.reviewStudyId === id && row.covariateId === covariate.id,
        )
        const code = covariate.id.slice(slug.length + 1)
        if (!value) {
          if (decision === 'included') yield remark(atStudy(id), `It has no value of "${covariate.name}".`, {})
          continue
        }
        const own = studies.get(studyId ?? '')?.rows.covariate.find((row) => row.id === `${studyId}/${code}`)
        const [here, there] = [value.number ?? value.text, own && (own.number ?? own.text)]
        if (own && here !== null && here !== there)
          yield inconsistent(atStudy(id), `"${covariate.name}" is ${here} in the review and ${there} in the study.`, {
            review: here,
            study: there ?? '',
          })
      }
  },
}
