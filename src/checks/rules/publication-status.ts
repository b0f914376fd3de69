import { inconsistent, remark } from '../observe.ts'
import type { Observation, Rule, Severity } from '../rule.ts'

/** PubMed's names of what happened to a publication, with how much it weighs. Its own notices (…Of, …For, …From) are not. */
const LINKS: Readonly<Record<string, readonly [Severity, string]>> = {
  RetractionIn: ['error', 'was retracted'],
  PartialRetractionIn: ['error', 'was retracted in part'],
  RetractedandRepublishedIn: ['error', 'was retracted and published anew'],
  ExpressionOfConcernIn: ['warning', 'has an expression of concern'],
  ErratumIn: ['note', 'has an erratum'],
  CorrectedandRepublishedIn: ['note', 'was corrected and published anew'],
  UpdateIn: ['note', 'was updated'],
}
const TYPES: Readonly<Record<string, readonly [Severity, string]>> = {
  'Retracted Publication': ['error', 'was retracted'],
}

export const publicationStatus: Rule = {
  id: 'publication-status',
  title: 'Retracted or corrected publications',
  tests:
    'No publication of the study was retracted or has an expression of concern; a note where one has an erratum or was updated.',
  formula:
    'links RetractionIn, PartialRetractionIn, RetractedandRepublishedIn, ExpressionOfConcernIn, ErratumIn, CorrectedandRepublishedIn, UpdateIn; type Retracted Publication',
  source: 'PubMed’s CommentsCorrections and PublicationType',
  severity: 'error',
  *check({ record }): Iterable<Observation> {
    for (const { publication, publicationLink, publicationType } of record.publications) {
      const [{ id } = { id: record.slug }] = publication
      const at = { table: 'publication', id, field: null }
      const linked = publicationLink.flatMap(({ refType, refSource, refPmid }) => {
        const meaning = LINKS[refType]
        const where = [refSource, refPmid && `PMID ${refPmid}`].filter(Boolean).join(', ')
        return meaning ? [{ severity: meaning[0], says: `${meaning[1]}${where && `: ${where}`}` }] : []
      })
      const typed = publicationType.flatMap(({ name }) => {
        const meaning = TYPES[name]
        // The notice itself says more than the type does.
        return meaning && !linked.some(({ severity }) => severity === meaning[0])
          ? [{ severity: meaning[0], says: meaning[1] }]
          : []
      })
      for (const { severity, says } of [...linked, ...typed])
        if (severity === 'note') yield remark(at, `The publication ${says}.`, {})
        else yield inconsistent(at, `The publication ${says}.`, {}, severity)
    }
  },
}
