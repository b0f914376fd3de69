import { EvidenceError } from '../../errors.ts'
import type { StudyReading } from '../../model/reading.ts'
import { RowBook } from '../rows/row-book.ts'
import { child, children, type XmlElement } from '../stream/xml-element.ts'
import { addBias } from './bias.ts'
import { addData, type Pair } from './data.ts'
import { htmlParagraphs } from './paragraphs.ts'
import { referencesOf } from './references.ts'
import { RevmanSource } from './revman-source.ts'
import { codeOf, studyCode } from './study-code.ts'

const CHARACTERISTICS = [
  ['CHAR_METHODS', 'methods'],
  ['CHAR_PARTICIPANTS', 'participants'],
  ['CHAR_INTERVENTIONS', 'interventions'],
  ['CHAR_OUTCOMES', 'outcomes'],
  ['CHAR_NOTES', 'notes'],
  ...([1, 2, 3] as const).map((number) => [`CHAR_USER_DEF_${number}`, `own column ${number}`] as const),
] as const

/**
 * Reads the record of a study that a review of RevMan includes. The study's key is `revman-<review>-<study>`, so that no
 * study with a file of its own has it.
 *
 * @throws EvidenceError RECORD_INVALID  it has no study; an outcome has no ID, or the ID of another; a row of data lacks a
 *                                       number's attribute, has words there, or stands twice. The message names the element
 */
export function readStudy(root: XmlElement): StudyReading {
  const source = new RevmanSource()
  const { review, id, study, slug } = studyIn(source, root)
  const book = new RowBook(slug, () => undefined)
  const { publications, links, vocabulary } = referencesOf(source, slug, study)
  const methods = addCharacteristics(source, book, root)
  addStudy(source, book, study, methods)
  book.rows.studyPublication.push(...links)
  addBias(source, book, root)
  addData(source, book, root)
  const rest = { meshDescriptor: [], meshQualifier: [], appraisalTool: [], appraisalDomain: [], appraisalJudgement: [] }
  for (const name of ['REVMAN_VERSION', 'TYPE']) source.attribute(root, name)
  return {
    kind: 'study',
    key: `${review}/${id}`,
    review: `revman-${codeOf(review)}`,
    unmapped: source.unread(root),
    record: { slug, vocabulary: { ...rest, ...vocabulary }, publications, rows: book.rows },
  }
}

/** A study's outcomes that have numbers, each with the two groups that it compares. */
export interface PairsOfStudy {
  readonly slug: string
  readonly pairs: readonly Pair[]
}

/** The same of its data alone. @throws EvidenceError RECORD_INVALID  as above */
export function rowsOfStudy(root: XmlElement): PairsOfStudy {
  const source = new RevmanSource()
  const { slug } = studyIn(source, root)
  return { slug, pairs: addData(source, new RowBook(slug, () => undefined), root) }
}

function studyIn(source: RevmanSource, root: XmlElement) {
  const review = source.attribute(root, 'ID')
  const study = child(root, 'STUDIES_AND_REFERENCES', 'STUDIES', 'INCLUDED_STUDIES', 'STUDY')
  const id = source.attribute(study, 'ID')
  if (review === undefined || study === undefined || id === undefined)
    throw new EvidenceError('RECORD_INVALID', 'the record has no included study (STUDY) of a review, each with an ID')
  return { review, study, id, slug: `revman-${codeOf(review)}-${studyCode(id)}` }
}

/** What the reviewers say of a study in words. @returns what they say of its methods */
function addCharacteristics(source: RevmanSource, book: RowBook, root: XmlElement): string | undefined {
  const list = child(root, 'CHARACTERISTICS_OF_STUDIES', 'CHARACTERISTICS_OF_INCLUDED_STUDIES')
  let methods: string | undefined
  for (const element of children(list, 'INCLUDED_CHAR')) {
    source.attribute(element, 'STUDY_ID')
    for (const [name, words] of CHARACTERISTICS) {
      const text = source.text(element, name)
      if (words === 'methods') methods = text
      book.text('characteristics', words, text)
    }
    book.text('characteristics', 'footnotes', source.text(element, 'FOOTNOTES'))
  }
  return methods
}

const DATA_SOURCES: Readonly<Record<string, string>> = {
  PUB: 'published data only',
  MIX: 'published and unpublished data',
  SOU: 'published data only, unpublished sought but not used',
  UNPUB: 'unpublished data only',
}

function addStudy(source: RevmanSource, book: RowBook, study: XmlElement, methods: string | undefined): void {
  const { rows, slug } = book
  const name = source.attribute(study, 'NAME')
  const year = source.attribute(study, 'YEAR')
  const data = source.attribute(study, 'DATA_SOURCE')
  const note = htmlParagraphs(source.attribute(study, 'NOTES'))
  // The words on methods may say it, and nobody has read them for that.
  const missing = methods === undefined ? ('not_reported' as const) : ('unclear' as const)
  rows.study.push({
    id: slug,
    label: name ?? slug,
    title: name ?? slug,
    acronym: null,
    type: 'interventional',
    allocation: null,
    allocationMissingReason: missing,
    interventionModel: null,
    interventionModelMissingReason: missing,
    masking: null,
    maskingMissingReason: missing,
    phase: null,
    phaseMissingReason: missing,
    purpose: null,
    purposeMissingReason: missing,
    objective: null,
    authorsConclusion: null,
    startDate: null,
    endDate: null,
    note: note ?? null,
    registry: 'revman',
    status: null,
    plannedEnrolment: null,
  })
  book.text('study', 'year', year)
  if (data !== undefined) book.text('study', 'data source', DATA_SOURCES[data] ?? data)
  const seen = new Set<string>()
  for (const element of children(child(study, 'IDENTIFIERS'), 'IDENTIFIER')) {
    const value = source.attribute(element, 'VALUE')
    const type = source.attribute(element, 'TYPE')
    const registry = /^NCT\d{8}$/i.test(value ?? '') ? 'clinicaltrials.gov' : (type?.toLowerCase() ?? 'not stated')
    if (value === undefined || seen.has(`${registry}\n${value}`)) continue
    seen.add(`${registry}\n${value}`)
    rows.studyIdentifier.push({ studyId: slug, registry, value })
  }
}
