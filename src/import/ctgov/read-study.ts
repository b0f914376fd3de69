import { isUtf8 } from 'node:buffer'
import { EvidenceError } from '../../errors.ts'
import type { RawRecord, StudyReading } from '../../model/reading.ts'
import type { VocabularyRows } from '../../model/study-record.ts'
import { RowBook } from '../rows/row-book.ts'
import { addArms, addConditions } from './arms.ts'
import { addBaseline } from './baseline.ts'
import { addEligibility } from './eligibility.ts'
import { addFlow } from './flow.ts'
import { addHarms } from './harms.ts'
import { addOutcomes, addPlanned } from './outcomes.ts'
import { invalidRecord } from './shape.ts'
import { addIdentifiers, addStudy } from './study-row.ts'
import { type CtgovStudy, type Protocol, studyShape } from './study-shape.ts'
import { addReferences, addTexts } from './study-texts.ts'

/**
 * Reads a record of ClinicalTrials.gov's API, version 2, and needs nothing but it. The study's key is its number there.
 *
 * @returns the study, and the paths that stay in the kept record alone
 * @throws EvidenceError RECORD_INVALID  it is no JSON, or no study; a value is of a wrong type; a number names a group that
 *                                       its list doesn't declare, or two groups of a list have one code; a text holds a
 *                                       NUL. The message begins with the place
 */
export function readCtgovStudy({ bytes }: RawRecord): StudyReading {
  return readStudyObject(jsonOf(bytes))
}

/** The same of a record that has been parsed. */
export function readStudyObject(value: unknown): StudyReading {
  const unmapped: string[] = []
  const tell = (path: string) => void unmapped.push(path)
  const study = studyShape(value, undefined, undefined, tell)
  const protocol = study?.protocolSection
  if (study === undefined || protocol === undefined)
    throw invalidRecord(undefined, 'it has no protocolSection; expected a study of ClinicalTrials.gov')
  const book = new RowBook(nctNumber(protocol), tell)
  const vocabulary: VocabularyRows = {
    meshDescriptor: [],
    meshQualifier: [],
    author: [],
    appraisalTool: [],
    appraisalDomain: [],
    appraisalJudgement: [],
  }
  addProtocol(book, study, protocol, vocabulary)
  return {
    kind: 'study',
    key: book.slug,
    revision: protocol.statusModule?.lastUpdateSubmitDate,
    unmapped,
    record: { slug: book.slug, vocabulary, publications: [], rows: book.rows },
  }
}

function addProtocol(book: RowBook, study: CtgovStudy, protocol: Protocol, vocabulary: VocabularyRows): void {
  const { conditionBrowseModule, interventionBrowseModule } = study.derivedSection ?? {}
  addStudy(book, protocol)
  addIdentifiers(book, protocol)
  addTexts(book, study)
  addReferences(book, protocol)
  addConditions(book, protocol, conditionBrowseModule, vocabulary)
  addEligibility(book, protocol.eligibilityModule?.eligibilityCriteria)
  const arms = addArms(book, protocol, interventionBrowseModule, vocabulary)
  addEnrolled(book, protocol)
  const planned = addPlanned(book, protocol)
  const results = study.resultsSection
  if (results === undefined) return
  addFlow(book, arms, results.participantFlowModule)
  addBaseline(book, arms, results.baselineCharacteristicsModule)
  addOutcomes(book, arms, results.outcomeMeasuresModule, planned)
  addHarms(book, arms, results.adverseEventsModule)
}

/** All participants together, whom the registry counts when the study has them. */
function addEnrolled(book: RowBook, { designModule }: Protocol): void {
  const { count, type } = designModule?.enrollmentInfo ?? {}
  if (count === undefined || type?.toUpperCase() !== 'ACTUAL') return
  const { rows, slug } = book
  const id = book.key('all')
  rows.studyGroup.push({
    id,
    studyId: slug,
    position: rows.studyGroup.length + 1,
    label: 'All participants',
    code: null,
    module: null,
    description: null,
    matchedBy: rows.arm.length === 0 ? null : 'total',
    overlapping: null,
  })
  for (const arm of rows.arm) rows.studyGroupArm.push({ studyGroupId: id, armId: arm.id, studyId: slug })
  book.enrol(id, book.analysisSet('other', 'Enrolled', undefined), count)
}

/** NCT and eight digits: other registries have records of their own, and what else stands there would be a key. */
function nctNumber({ identificationModule, place }: Protocol): string {
  const { nctId } = identificationModule ?? {}
  if (nctId !== undefined && /^NCT\d{8}$/.test(nctId)) return nctId
  const at = { within: { within: place, key: 'identificationModule' }, key: 'nctId' }
  throw invalidRecord(
    at,
    `${nctId === undefined ? 'it is missing' : `"${nctId.slice(0, 40)}" is none`}; expected NCT and eight digits`,
  )
}

/** A record's text. @throws EvidenceError RECORD_INVALID  its bytes are no UTF-8 */
export function textOfRecord(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new EvidenceError('RECORD_INVALID', 'the record: these bytes are not UTF-8')
  // Buffer makes texts of one byte a character where it can, and those are read twice as fast as a decoder's.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
}

function jsonOf(bytes: Uint8Array): unknown {
  const text = textOfRecord(bytes)
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? cause.message.replace(/["'].*$/s, '').trim() : String(cause)
    throw new EvidenceError('RECORD_INVALID', `the record is no JSON: ${reason}`, {}, { cause })
  }
}
