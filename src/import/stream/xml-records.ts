import { SaxesParser } from 'saxes'
import { type FilePlace, invalidImport } from './invalid-import.ts'

/** An element of a record: its children in order, and its own text. */
export interface XmlElement {
  readonly name: string
  readonly place: FilePlace
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  /** All text directly in it, joined. */
  text: string
}

export interface XmlRoot {
  readonly name: string
  /** What stands in the file's document type declaration; empty without one. */
  readonly doctype: string
}

/** A record is some kilobytes. One that never ends would fill the memory. */
const LONGEST_RECORD = 16_000_000
const DEEPEST_ELEMENT = 100

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
  const open: XmlElement[] = []
  let root: XmlRoot | undefined
  let rootGiven = false
  let doctype = ''
  let records: XmlElement[] = []
  let recordBegan = 0
  const here = (): FilePlace => ({ line: parser.line, column: parser.column + 1 })
  const refuse = (message: string) => {
    throw invalidImport(file, here(), message)
  }
  parser.on('error', (error) =>
    refuse(`the XML is not well-formed: ${error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}`),
  )
  parser.on('doctype', (text) => {
    doctype = text
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (root === undefined) {
      root = { name, doctype }
      return
    }
    if (open.length >= DEEPEST_ELEMENT) refuse(`elements lie more than ${DEEPEST_ELEMENT} deep`)
    const element = { name, place: here(), attributes: attributes as Record<string, string>, children: [], text: '' }
    open.at(-1)?.children.push(element)
    if (open.length === 0) recordBegan = parser.position
    open.push(element)
  })
  parser.on('text', (text) => {
    const inner = open.at(-1)
    if (inner !== undefined) inner.text += text
  })
  parser.on('cdata', (text) => {
    const inner = open.at(-1)
    if (inner !== undefined) inner.text += text
  })
  parser.on('closetag', () => {
    const element = open.pop()
    if (element !== undefined && open.length === 0) {
      records.push(element)
      recordBegan = parser.position
    }
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

/** The first child of a name, at the end of a path of names. */
export function child(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let found = element
  for (const name of path) found = found?.children.find((candidate) => candidate.name === name)
  return found
}

/** All children of a name. */
export const children = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((candidate) => candidate.name === name) ?? []

/** An element's text without the space around it; undefined where there is none. */
export const textOf = (element: XmlElement | undefined): string | undefined => {
  const text = element?.text.trim()
  return text === '' ? undefined : text
}
