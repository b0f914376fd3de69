import type { FactTable } from '../../model/facts.ts'
import { findWords } from '../../model/find-words.ts'
import type { Span } from '../../model/printed-value.ts'
import { givesNumber } from '../../model/printing-link.ts'
import { isMissing } from '../../model/study-file/values.ts'
import type { StudyFile } from '../../model/study-file.ts'
import type { StudyRows } from '../../model/study-record.ts'
import { type FactRow, factFields, factRows } from './fact-rows.ts'
import { fieldsOf, sectionBodies } from './quotes.ts'

type Fact = StudyRows['fact'][number]
type FactKey = Exclude<keyof Fact, 'id' | 'studyId' | 'field' | 'printed'>
type Provenance = Pick<StudyRows, 'fact' | 'quoteLink' | 'derivation' | 'derivationInput' | 'correction' | 'waiver'>
type Link = NonNullable<StudyFile['study']['quotes']>[number]

/** The key of `fact` that names a row of each table. */
const FACT_KEYS: Readonly<Record<FactTable, FactKey>> = {
  study: 'aboutStudyId',
  study_condition: 'studyConditionId',
  eligibility_criterion: 'eligibilityCriterionId',
  covariate: 'covariateId',
  intervention: 'interventionId',
  arm: 'armId',
  arm_intervention: 'armInterventionId',
  analysis_set: 'analysisSetId',
  subgroup: 'subgroupId',
  enrolment: 'enrolmentId',
  follow_up: 'followUpId',
  participant_flow: 'participantFlowId',
  baseline_measurement: 'baselineMeasurementId',
  outcome: 'outcomeId',
  outcome_measurement: 'outcomeMeasurementId',
  outcome_analysis: 'outcomeAnalysisId',
  adverse_event_term: 'adverseEventTermId',
  adverse_event_count: 'adverseEventCountId',
  risk_of_bias: 'riskOfBiasId',
}

const NO_ROW = Object.fromEntries(Object.values(FACT_KEYS).map((key) => [key, null])) as Record<FactKey, null>

/** The keys of the publications that sources and sections belong to, by their codes: a source and a section may share one. */
export type PublicationOf = Readonly<Record<'source' | 'section', ReadonlyMap<string, string>>>

/** The quotes of a file, each found in its section. */
export function quoteRows(file: StudyFile, publicationOf: PublicationOf): StudyRows['quote'] {
  const sections = sectionBodies(file)
  return (file.quotes ?? []).map((quote, index) => {
    const section = quote.section === undefined ? undefined : sections.get(quote.section)
    const place = section && found(findWords(section.body, quote.words ?? '', quote.occurrence))
    const keyOf = (kind: keyof PublicationOf) => {
      const code = quote[kind]
      return code === undefined ? null : `${publicationOf[kind].get(code)}/${code}`
    }
    return {
      id: `${file.study.slug}/${quote.code}`,
      studyId: file.study.slug,
      position: index + 1,
      words: quote.words ?? null,
      publicationTextId: keyOf('section'),
      startOffset: place?.start ?? null,
      endOffset: place?.end ?? null,
      sourceId: keyOf('source'),
      locator: quote.locator ?? null,
    }
  })
}

/**
 * The facts of a file: one per field of a row that has quotes, a derivation, a correction or a waiver, with what belongs
 * to each.
 *
 * @param publicationKeys  the key of each of the file's publications, by its code
 */
export function provenanceRows(file: StudyFile, publicationKeys: ReadonlyMap<string, string>): Provenance {
  const studyId = file.study.slug
  const words = new Map((file.quotes ?? []).map((quote) => [quote.code, quote.words ?? '']))
  const rows = factRows(file)
  const result: Provenance = {
    fact: [],
    quoteLink: [],
    derivation: [],
    derivationInput: [],
    correction: [],
    waiver: [],
  }
  const waived = (file.waivers ?? []).map((entry) => ({
    entry,
    ...(entry.on === undefined ? {} : target(rows, entry.on)),
  }))
  for (const row of rows) {
    const {
      quotes = [],
      derived = [],
      corrections = [],
    } = row.values as Pick<StudyFile['study'], 'quotes' | 'derived' | 'corrections'>
    const fields = new Set([
      ...quotes.flatMap((link) => fieldsOf(link.field)),
      ...derived.map(({ field }) => field),
      ...corrections.map(({ field }) => field),
      ...waived.flatMap((waiver) => (waiver.row === row && waiver.field !== undefined ? [waiver.field] : [])),
    ])
    for (const field of fields) {
      const id = factKey(studyId, row, field)
      const links = quotes
        .filter((link) => fieldsOf(link.field).includes(field))
        .map((link) => ({ link, span: spanOf(link, words) }))
      result.fact.push({
        ...NO_ROW,
        id,
        studyId,
        field,
        printed: printed(links, words),
        [FACT_KEYS[row.table]]: rowKey(studyId, row),
      })
      links.forEach(({ link, span }, index) => {
        result.quoteLink.push({
          factId: id,
          position: index + 1,
          studyId,
          quoteId: `${studyId}/${link.quote}`,
          role: link.role,
          spanStart: span?.start ?? null,
          spanEnd: span?.end ?? null,
        })
      })
    }
    for (const { field, formula, inputs, assumption } of derived) {
      const derivationId = factKey(studyId, row, field)
      result.derivation.push({ factId: derivationId, studyId, formula, assumption: assumption ?? null })
      for (const [name, input] of Object.entries(inputs)) {
        const [ref, inputField = ''] = input.split('.')
        const source = rows.find((candidate) => candidate.values.ref === ref)
        if (source)
          result.derivationInput.push({ derivationId, name, studyId, factId: factKey(studyId, source, inputField) })
      }
    }
    for (const { field, original, notice, publication } of corrections)
      result.correction.push({
        factId: factKey(studyId, row, field),
        studyId,
        originalPrinted: isMissing(original) ? null : original,
        originalMissingReason: isMissing(original) ? original.missing : null,
        notice,
        publicationId: publication === undefined ? null : (publicationKeys.get(publication) ?? null),
      })
  }
  for (const { entry, row, field } of waived)
    result.waiver.push({
      id: `${studyId}/${entry.code}`,
      studyId,
      factId: row === undefined || field === undefined ? null : factKey(studyId, row, field),
      rule: entry.rule,
      reason: entry.reason,
      waivedBy: entry.by,
      waivedOn: entry.date,
    })
  return result
}

/** What a waiver is about: a field of an entry by the entry's ref; where no field is named, the first that has a value. */
export function target(rows: readonly FactRow[], on: string): { readonly row?: FactRow; readonly field?: string } {
  const [ref, named] = on.split('.', 2)
  const row = rows.find(({ values }) => values.ref === ref)
  if (row === undefined) return {}
  const [first] = factFields(row)
  const field = named ?? first
  return field === undefined ? { row } : { row, field }
}

const rowKey = (studyId: string, row: FactRow) => (row.table === 'study' ? studyId : `${studyId}/${row.key}`)
const factKey = (studyId: string, row: FactRow, field: string) => `${studyId}/${row.table}/${row.key}/${field}`

function spanOf(link: Link, words: ReadonlyMap<string, string>): Span | undefined {
  return link.span === undefined ? undefined : found(findWords(words.get(link.quote) ?? '', link.span, link.occurrence))
}

/** What the first quote for the value itself prints. */
function printed(
  links: readonly { link: Link; span: Span | undefined }[],
  words: ReadonlyMap<string, string>,
): string | null {
  const value = links.find(({ link, span }) => givesNumber(link.role) && (span || link.printed !== undefined))
  if (value?.span) return (words.get(value.link.quote) ?? '').slice(value.span.start, value.span.end)
  return value?.link.printed ?? null
}

// The file was checked before its rows are made: words that aren't there have been reported.
function found(place: Span | { readonly problem: string }): Span {
  if ('problem' in place) throw new Error(`unchecked words: ${place.problem}`)
  return place
}
