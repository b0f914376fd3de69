import { EvidenceError } from '../../errors.ts'
import type { RawRecord, RecordSplitter } from '../../model/reading.ts'
import { brokenImport } from '../stream/invalid-import.ts'
import { recordText } from '../stream/record-text.ts'
import { utf8Bytes } from '../stream/utf8-bytes.ts'
import { children, parseXmlElement, type XmlElement } from '../stream/xml-element.ts'
import { declaredEncoding } from '../stream/xml-encoding.ts'
import { xmlText } from '../stream/xml-text.ts'
import { includedStudies, studiesById } from './included-studies.ts'
import { reviewPart } from './review-part.ts'
import { studyOf, studyParts } from './study-part.ts'

/** A review is some hundred kilobytes, and some megabytes with its figures. It is read as a whole. */
export const LONGEST = 64_000_000

/** Reviews whose studies are of other kinds, and have other numbers. */
const OTHER_TYPES: ReadonlySet<string> = new Set(['DIAGNOSTIC', 'OVERVIEW', 'PROGNOSTIC'])

/**
 * Splits a review of RevMan 5 (.rm5) into its included studies, each with what concerns it: references, characteristics,
 * judgements of bias and rows of data, as XML. What of these is of no included study is a record that can't be read. The
 * review itself comes last.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  it is of RevMan 4 or no review, its XML is not well-formed or not in the
 *                                            encoding that it declares, it is a review of another kind than of
 *                                            interventions, has no ID, or is longer than 64 MB; nothing is given then
 * @checked test/import/revman/split-revman.test.ts
 */
export const splitRevman: RecordSplitter = async function* (bytes, file) {
  const whole = await gathered(utf8Bytes(bytes, file, declaredEncoding), file)
  const root = treeOf(whole, file)
  const { ID: id, TYPE: type = '' } = root.attributes
  const refuse = (message: string) => brokenImport(file, root.place, `${message}. Nothing of the file was saved`)
  if (root.name !== 'COCHRANE_REVIEW')
    throw refuse(`the root element is ${root.name.slice(0, 40)}; expected COCHRANE_REVIEW, a review of RevMan 5`)
  if (!id) throw refuse('the review (COCHRANE_REVIEW) has no ID')
  // Records of its studies are known by it, a slash and theirs.
  if (id.includes('/'))
    throw refuse(`the ID of the review (COCHRANE_REVIEW) is ${id.slice(0, 40)}; expected one without a slash`)
  if (OTHER_TYPES.has(type)) throw refuse(`this is a review of the type ${type}; expected INTERVENTION`)
  yield recordsOf(root, { whole }).map((record, index) => ({ ...record, number: index + 1 }))
}

/** All bytes of a stream. @throws EvidenceError IMPORT_FILE_INVALID  they are longer than a review can be */
export async function gathered(bytes: AsyncIterable<Uint8Array>, file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of bytes) {
    chunks.push(chunk)
    length += chunk.length
    if (length > LONGEST)
      throw brokenImport(file, undefined, `it is longer than ${LONGEST / 1e6} MB. Nothing of it was saved`)
  }
  return Buffer.concat(chunks)
}

function treeOf(bytes: Uint8Array, file: string): XmlElement {
  const beginning = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const refuse = (message: string) => brokenImport(file, undefined, message)
  if (/^\s*METAVIEW:/.test(beginning))
    throw refuse('this is a file of RevMan 4 (MetaView). Open it in RevMan 5, save the review and import the .rm5')
  if (/^(?:\xef\xbb\xbf)?(?:Analysis group|Study),/.test(beginning))
    throw refuse(
      'this is a table of a data package, which says little alone; give all its files together, with the names that they had',
    )
  if (!/^\s*</.test(beginning))
    throw refuse('this is no XML; expected a review of RevMan 5 (.rm5), with COCHRANE_REVIEW as its root')
  try {
    return parseXmlElement(recordText(bytes))
  } catch (error) {
    if (!(error instanceof EvidenceError) || error.code !== 'RECORD_INVALID') throw error
    throw refuse(`${error.message}. Nothing of the file was saved`)
  }
}

type Unnumbered = Omit<RawRecord, 'number'>

/** What is known of a review besides its tree. */
export interface FromFile {
  /** What its tree was made of. */
  readonly whole: Uint8Array
  /** The file within a packed one that an element was made of. */
  readonly partOf?: (element: XmlElement) => string
  /** What of it has no place in the tree. */
  readonly faults?: readonly Unnumbered[]
  /** What is worth knowing of it. */
  readonly note?: string | undefined
}

/** The records of a review's tree: its studies, what can't be read, and the review itself. */
export function recordsOf(root: XmlElement, { whole, partOf, faults = [], note }: FromFile): readonly Unnumbered[] {
  const placeOf = (element: XmlElement) => ({
    line: element.place.line,
    ...(partOf === undefined ? {} : { part: partOf(element) }),
  })
  const faulty = ({ element, message }: Fault): Unnumbered => ({
    ...placeOf(element),
    fault: `line ${element.place.line}, column ${element.place.column ?? 1}: ${message}`,
    bytes: new Uint8Array(),
  })
  const written = (element: XmlElement, of: XmlElement) => ({ ...placeOf(of), bytes: Buffer.from(xmlText(element)) })
  const included = includedStudies(root)
  const byId = studiesById(included)
  const parts = studyParts(root, byId)
  const studies = included.map((one) =>
    'fault' in one ? faulty({ element: one.study, message: one.fault }) : written(parts.get(one.id) ?? root, one.study),
  )
  return [
    ...studies,
    ...strays(root, new Set(byId.keys())).map(faulty),
    ...faults,
    { ...written(reviewPart(root), root), whole, ...(note === undefined ? {} : { note }) },
  ]
}

interface Fault {
  readonly element: XmlElement
  readonly message: string
}

/** Rows of data, judgements and characteristics of studies that the review doesn't include. */
function strays(root: XmlElement, studies: ReadonlySet<string>): readonly Fault[] {
  const found: Fault[] = []
  const look = (element: XmlElement) => {
    if (IS_OF_STUDY.test(element.name)) {
      const { name } = element
      const of = studyOf(element)
      if (of === undefined) found.push({ element, message: `${name} names no study (STUDY_ID)` })
      else if (!studies.has(of))
        found.push({
          element,
          message: `${name} is of the study "${of.slice(0, 80)}", which the review doesn't include`,
        })
      return
    }
    for (const part of element.content) if (typeof part !== 'string') look(part)
  }
  for (const name of ['QUALITY_ITEMS', 'ANALYSES_AND_DATA', 'CHARACTERISTICS_OF_STUDIES'])
    for (const section of children(root, name)) look(section)
  return found
}

const IS_OF_STUDY = /^(?:DICH|CONT|IV|IPD|OTHER)_DATA$|^QUALITY_ITEM_DATA_ENTRY$|^INCLUDED_CHAR$/
