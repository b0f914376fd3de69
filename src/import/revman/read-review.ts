import { EvidenceError } from '../../errors.ts'
import type { ReviewReading } from '../../model/reading.ts'
import type { ReviewRows } from '../../model/review-record.ts'
import { child, children, type XmlElement } from '../stream/xml-element.ts'
import { includedStudies, studiesById } from './included-studies.ts'
import { measureOf } from './measures.ts'
import { paragraphs } from './paragraphs.ts'
import { type PairsOfStudy, rowsOfStudy } from './read-study.ts'
import { codeOf, studyCode } from './study-code.ts'
import { studyParts } from './study-part.ts'

type ReviewStudy = ReviewRows['reviewStudy'][number]

const NOT_STATED = 'not stated'

/**
 * Reads what a review of RevMan says of itself: its title and criteria, which studies it includes, excludes and why, or
 * awaits, its outcomes, and which results of its studies answer them. Of a study that can't be read it has no results.
 *
 * @throws EvidenceError RECORD_INVALID  two of its outcomes have one ID: nobody could tell which of them a result answers
 */
export function readReview(root: XmlElement): ReviewReading {
  const id = root.attributes.ID ?? ''
  const slug = `revman-${codeOf(id)}`
  const title = paragraphs(child(root, 'COVER_SHEET', 'TITLE'))?.replaceAll('\n', ' ') ?? slug
  const criteria = child(root, 'MAIN_TEXT', 'BODY', 'METHODS', 'SELECTION_CRITERIA')
  const text = (name: string) => paragraphs(child(criteria, name))
  const criterion = ['CRIT_STUDIES', 'CRIT_PARTICIPANTS', 'CRIT_INTERVENTIONS'].flatMap((name) => text(name) ?? [])
  const outcomes = outcomesOf(root, slug)
  const included = includedIn(root, slug)
  const rows: ReviewRows = {
    review: [
      {
        id: slug,
        label: title,
        title,
        population: text('CRIT_PARTICIPANTS') ?? NOT_STATED,
        intervention: text('CRIT_INTERVENTIONS') ?? NOT_STATED,
        comparator: null,
        note: root.attributes.DOI ? `DOI: ${root.attributes.DOI}` : null,
      },
    ],
    reviewPublication: [],
    reviewCriterion: criterion.map((words, index) => ({
      id: numbered(slug, 'c', index),
      reviewId: slug,
      position: index + 1,
      kind: 'inclusion',
      text: words,
    })),
    reviewOutcome: outcomes,
    reviewCovariate: [],
    reviewStudy: studiesOf(root, slug, included),
    reviewStudyCovariate: [],
    reviewResult: resultsOf(slug, included, outcomes),
  }
  return {
    kind: 'review',
    key: id,
    unmapped: [],
    record: { slug, vocabulary: NO_VOCABULARY, publications: [], rows },
    studies: included.map((study) => ({
      key: `${id}/${study.id}`,
      slug: study.slug,
      isRead: study.pairs !== undefined,
    })),
  }
}

const NO_VOCABULARY = {
  meshDescriptor: [],
  meshQualifier: [],
  author: [],
  appraisalTool: [],
  appraisalDomain: [],
  appraisalJudgement: [],
}

const numbered = (slug: string, letter: string, index: number) =>
  `${slug}/${letter}${String(index + 1).padStart(5, '0')}`

const KINDS = { DICH: 'dichotomous', CONT: 'continuous', IV: 'other', IPD: 'time_to_event' } as const

function outcomesOf(root: XmlElement, slug: string): ReviewRows['reviewOutcome'] {
  const found: ReviewRows['reviewOutcome'] = []
  const keys = new Set<string>()
  for (const comparison of children(child(root, 'ANALYSES_AND_DATA'), 'COMPARISON'))
    for (const outcome of comparison.content) {
      if (typeof outcome === 'string') continue
      const [, prefix = ''] = /^([A-Z]+)_OUTCOME$/.exec(outcome.name) ?? []
      const kind = Object.hasOwn(KINDS, prefix) ? KINDS[prefix as keyof typeof KINDS] : undefined
      const { ID: id } = outcome.attributes
      if (kind === undefined || id === undefined) continue
      const key = `${slug}/${codeOf(id)}`
      if (keys.has(key)) throw new EvidenceError('RECORD_INVALID', `two outcomes of the review have the ID ${id}`)
      keys.add(key)
      const printed = paragraphs(child(outcome, 'EFFECT_MEASURE')) ?? outcome.attributes.EFFECT_MEASURE
      found.push({
        id: key,
        reviewId: slug,
        position: found.length + 1,
        label: paragraphs(child(outcome, 'NAME'))?.replaceAll('\n', ' ') ?? id,
        kind,
        role: 'not_stated',
        direction: 'unclear',
        definition: paragraphs(child(comparison, 'NAME')) ?? null,
        measure: measureOf(printed) ?? null,
      })
    }
  return found
}

/** A study that is in, with what of it has results; undefined where it can't be read. */
interface Included {
  readonly id: string
  readonly slug: string
  readonly pairs: PairsOfStudy['pairs'] | undefined
}

function includedIn(root: XmlElement, review: string): readonly Included[] {
  // Of two that make one key the first is the one that was read.
  const studies = studiesById(includedStudies(root))
  return [...studyParts(root, studies)].map(([id, part]) => ({
    id,
    slug: `${review}-${studyCode(id)}`,
    pairs: pairsOf(part),
  }))
}

function pairsOf(part: XmlElement): Included['pairs'] {
  try {
    return rowsOfStudy(part).pairs
  } catch (error) {
    // The study's own record tells what is wrong.
    if (error instanceof EvidenceError && error.code === 'RECORD_INVALID') return undefined
    throw error
  }
}

const OTHERS = [
  ['EXCLUDED_STUDIES', 'excluded'],
  ['AWAITING_STUDIES', 'awaiting'],
  ['ONGOING_STUDIES', 'ongoing'],
] as const

function studiesOf(root: XmlElement, slug: string, included: readonly Included[]): ReviewStudy[] {
  const found: ReviewStudy[] = []
  const nothing = { studyId: null, label: null, citation: null, reason: null, note: null }
  const add = (study: Pick<ReviewStudy, 'id' | 'decision'> & Partial<ReviewStudy>) =>
    found.push({ ...nothing, ...study, reviewId: slug, position: found.length + 1 })
  for (const { slug: studyId } of included) add({ id: `${slug}/${studyId}`, studyId, decision: 'included' })
  const reasons = reasonsOf(root)
  const codes = new Set<string>()
  for (const [list, decision] of OTHERS)
    for (const study of children(child(root, 'STUDIES_AND_REFERENCES', 'STUDIES', list), 'STUDY')) {
      const { ID: id = '', NAME: name } = study.attributes
      const code = studyCode(id)
      if (id === '' || codes.has(code)) continue
      codes.add(code)
      const reason = reasons.get(id) ?? (decision === 'excluded' ? 'The review gives no reason.' : null)
      const citation =
        children(study, 'REFERENCE')
          .flatMap((one) => citationOf(one) ?? [])
          .join('\n') || null
      add({ id: `${slug}/${code}`, label: name || code, citation, decision, reason })
    }
  return found
}

function reasonsOf(root: XmlElement): ReadonlyMap<string, string> {
  const list = child(root, 'CHARACTERISTICS_OF_STUDIES', 'CHARACTERISTICS_OF_EXCLUDED_STUDIES')
  return new Map(
    children(list, 'EXCLUDED_CHAR').flatMap((element) => {
      const reason = paragraphs(child(element, 'CHAR_REASON_FOR_EXCLUSION'))
      return reason === undefined ? [] : [[element.attributes.STUDY_ID ?? '', reason] as const]
    }),
  )
}

/** Authors. Title. Journal year;volume(issue):pages, as far as they are there. */
function citationOf(reference: XmlElement): string | undefined {
  const text = (name: string) => paragraphs(child(reference, name))?.replaceAll('\n', ' ')
  const [volume, issue, pages] = [text('VL'), text('NO'), text('PG')]
  const place = `${volume ?? ''}${issue === undefined ? '' : `(${issue})`}${pages === undefined ? '' : `:${pages}`}`
  const where = [[text('SO'), text('YR')].filter(Boolean).join(' '), place].filter(Boolean).join(';')
  const parts = [text('AU'), text('TI'), where].filter(Boolean)
  return parts.length === 0 ? undefined : `${parts.map((part) => part?.replace(/\.$/, '')).join('. ')}.`
}

/** Which rows of its studies answer the review's outcomes: those that it pools, of subgroups too. */
function resultsOf(
  slug: string,
  included: readonly Included[],
  outcomes: ReviewRows['reviewOutcome'],
): ReviewRows['reviewResult'] {
  const asked = new Set(outcomes.map(({ id }) => id))
  const results: ReviewRows['reviewResult'] = []
  for (const { slug: studyId, pairs = [] } of included)
    for (const { outcomeId, partOf, comparisonId } of pairs) {
      const reviewOutcomeId = `${slug}/${(partOf ?? outcomeId).slice(studyId.length + 1)}`
      if (!asked.has(reviewOutcomeId)) continue
      results.push({
        id: numbered(slug, 'r', results.length),
        reviewId: slug,
        reviewStudyId: `${slug}/${studyId}`,
        reviewOutcomeId,
        studyId,
        outcomeId,
        comparisonId,
        timepointId: null,
        analysisSetId: null,
      })
    }
  return results
}
