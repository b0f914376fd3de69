import type { ReviewFile } from '../../model/review-file.ts'
import { isHole } from '../study-file/fact-rows.ts'
import type { Draft } from '../study-file/shape.ts'
import type { DocumentPath, Issue } from '../study-file/yaml-document.ts'

type Study = ReviewFile['studies'][number]
type File = Draft<ReviewFile>

/** What a review file can't mean: codes that nothing has, an exclusion without a reason, results of a study that is left out. */
export function reviewIssues(file: File): Issue[] {
  return [
    ...repeatedCodes(file),
    ...(file.studies ?? []).flatMap((study, index) => {
      const path = ['studies', index]
      return study
        ? [
            ...identityIssues(study, path),
            ...decisionIssues(study, path),
            ...covariateIssues(file, study, path),
            ...resultIssues(file, study, path),
          ]
        : []
    }),
  ]
}

/** Codes and identifiers that the database holds once only. */
function repeatedCodes(file: File): Issue[] {
  const issues: Issue[] = []
  const once = (what: string) => {
    const seen = new Set<string>()
    return (value: string | undefined, path: DocumentPath) => {
      if (value === undefined) return
      if (seen.has(value)) issues.push({ path, message: `${what} "${value}" is given twice; expected each only once` })
      seen.add(value)
    }
  }
  const [publication, source, section] = [
    once('the publication code'),
    once('the source code'),
    once('the section code'),
  ]
  const identifiers = { pmid: once('the PMID'), doi: once('the DOI'), pmcid: once('the PMCID') }
  for (const [index, entry] of (file.publications ?? []).entries()) {
    const path = ['publications', index] as const
    publication(entry?.code, [...path, 'code'])
    for (const key of ['pmid', 'doi', 'pmcid'] as const) identifiers[key](entry?.[key], [...path, key])
    for (const [place, part] of (entry?.sources ?? []).entries()) {
      source(part?.code, [...path, 'sources', place, 'code'])
      for (const [number, text] of (part?.sections ?? []).entries())
        section(text?.code, [...path, 'sources', place, 'sections', number, 'code'])
    }
  }
  for (const list of ['outcomes', 'covariates'] as const) {
    const seen = once(list === 'outcomes' ? 'the outcome code' : 'the covariate code')
    for (const [index, entry] of (file[list] ?? []).entries()) seen(entry?.code, [list, index, 'code'])
  }
  const study = once('the study')
  for (const [index, entry] of (file.studies ?? []).entries())
    study(entry?.study ?? entry?.code, ['studies', index, entry?.study === undefined ? 'code' : 'study'])
  return issues
}

/** A study that the database holds is named by its slug, any other by a code and a label of its own. */
function identityIssues(study: Draft<Study>, path: DocumentPath): Issue[] {
  if (isHole(study, 'study')) return []
  if (study.study !== undefined)
    return (['code', 'label', 'citation'] as const)
      .filter((key) => study[key] !== undefined)
      .map((key) => ({
        path: [...path, key],
        message: `${key} is for a study that the database doesn't hold; expected study: alone`,
      }))
  return (['code', 'label'] as const)
    .filter((key) => study[key] === undefined && !isHole(study, key))
    .map((key) => ({
      path,
      message: `${key} is missing; expected study:, or code: and label: of a study that isn't held`,
    }))
}

function decisionIssues(study: Draft<Study>, path: DocumentPath): Issue[] {
  const issues: Issue[] = []
  if (study.decision === 'excluded' && study.reason === undefined && !isHole(study, 'reason'))
    issues.push({ path: [...path, 'decision'], message: 'an excluded study has no reason; expected reason: as well' })
  if (study.decision === 'included' && study.study === undefined && !isHole(study, 'study'))
    issues.push({
      path: [...path, 'decision'],
      message: 'an included study must be held; expected study: with its slug, and its study file loaded first',
    })
  if (study.decision !== undefined && study.decision !== 'included' && (study.results ?? []).length > 0)
    issues.push({
      path: [...path, 'results'],
      message: `results of a study that is ${study.decision}; expected them of included studies only`,
    })
  return issues
}

const unknown = (path: DocumentPath, what: string, code: string, known: readonly string[]): Issue => ({
  path,
  message: `no ${what} of the review has the code "${code}"; ${known.length === 0 ? `the file defines no ${what}` : `expected one of: ${known.join(', ')}`}`,
})

/** The codes of a list; nothing where one couldn't be read, since it may be the one that is meant. */
function codesOf(file: File, list: 'outcomes' | 'covariates'): readonly string[] | undefined {
  const entries = file[list] ?? []
  const codes = entries.flatMap((entry) => entry?.code ?? [])
  return isHole(file, list) || codes.length < entries.length ? undefined : codes
}

function covariateIssues(file: File, study: Draft<Study>, path: DocumentPath): Issue[] {
  const known = codesOf(file, 'covariates')
  if (known === undefined) return []
  return Object.keys(study.covariates ?? {})
    .filter((code) => !known.includes(code))
    .map((code) => ({ ...unknown([...path, 'covariates', code], 'covariate', code, known), onKey: true }))
}

function resultIssues(file: File, study: Draft<Study>, path: DocumentPath): Issue[] {
  const issues: Issue[] = []
  const known = codesOf(file, 'outcomes')
  const seen = new Set<string>()
  for (const [index, result] of (study.results ?? []).entries()) {
    if (!result) continue
    const place = [...path, 'results', index]
    if (result.outcome !== undefined && known !== undefined && !known.includes(result.outcome))
      issues.push(unknown([...place, 'outcome'], 'outcome', result.outcome, known))
    const { outcome, study_outcome, comparison, timepoint, analysis_set } = result
    if ([outcome, study_outcome, comparison].includes(undefined)) continue
    if (isHole(result, 'timepoint') || isHole(result, 'analysis_set')) continue
    const key = JSON.stringify([outcome, study_outcome, comparison, timepoint, analysis_set])
    if (seen.has(key)) issues.push({ path: place, message: 'this result is given twice; expected it once' })
    seen.add(key)
  }
  return issues
}
