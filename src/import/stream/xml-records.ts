import { SaxesParser } from 'saxes'
import { type FilePlace, invalidImport } from './invalid-import.ts'
import { LONGEST_RECORD } from './split-records.ts'
import { DEEPEST_ELEMENT, ElementGatherer, notWellFormed, type XmlElement } from './xml-element.ts'

export interface XmlRoot {
  readonly name: string
  /** What stands in the file's document type declaration; empty without one. */
  readonly doctype: string
}

/**
 * Reads XML as a stream of records, the children of its root: first the root, then the records in batches. Memory is
 * bounded by a chunk and a record.
 *
 * Entities other than XML's own five are refused, and a document type declaration is skipped, so that none is ever
 * expanded or fetched.
 *
 * @param chunks  the text, decoded
 * @param file    its name, as messages should give it
 * @throws EvidenceError IMPORT_FILE_INVALID  the XML is not well-formed, a record is longer than 16 million characters or
 *                                            elements lie more than 100 deep
 * @checked test/import/stream/xml-records.test.ts
 */
export async function* xmlRecords(
  chunks: AsyncIterable<string>,
  file: string,
): AsyncGenerator<XmlRoot | readonly XmlElement[]> {
  const parser = new SaxesParser()
  const gatherer = new ElementGatherer()
  let root: XmlRoot | undefined
  let rootGiven = false
  let doctype = ''
  let records: XmlElement[] = []
  let recordBegan = 0
  const here = (): FilePlace => ({ line: parser.line, column: parser.column + 1 })
  const refuse = (message: string) => {
    throw invalidImport(file, here(), message)
  }
  parser.on('error', (error) => refuse(notWellFormed(error)))
  parser.on('doctype', (text) => {
    doctype = text
  })
  parser.on('opentag', (tag) => {
    if (root === undefined) {
      root = { name: tag.name, doctype }
      return
    }
    if (gatherer.depth >= DEEPEST_ELEMENT) refuse(`elements lie more than ${DEEPEST_ELEMENT} deep`)
    if (gatherer.depth === 0) recordBegan = parser.position
    gatherer.open(tag, here())
  })
  parser.on('text', (text) => gatherer.text(text))
  parser.on('cdata', (text) => gatherer.text(text))
  parser.on('closetag', () => {
    const record = gatherer.close()
    if (record === undefined) return
    records.push(record)
    recordBegan = parser.position
  })
  for await (const chunk of chunks) {
    parser.write(chunk)
    if (parser.position - recordBegan > LONGEST_RECORD) refuse('the record never ends')
    if (root !== undefined && !rootGiven) {
      rootGiven = true
      yield root
    }
    if (records.length > 0) {
      yield records
      records = []
    }
  }
  parser.close()
  if (root !== undefined && !rootGiven) yield root
  if (records.length > 0) yield records
}
