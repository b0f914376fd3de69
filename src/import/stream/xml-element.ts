import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { EvidenceError } from '../../errors.ts'
import type { FilePlace } from './invalid-import.ts'

/** An element of XML, with what is in it in the order in which it stands there. */
export interface XmlElement {
  readonly name: string
  /** Its place among the elements of its tree, from 0, by their opening tags. */
  readonly index: number
  /** Where its opening tag ends. */
  readonly place: FilePlace
  readonly attributes: Readonly<Record<string, string>>
  /** Child elements, and all text between them, also where it is white space alone. */
  readonly content: readonly (XmlElement | string)[]
}

interface GrowingElement extends XmlElement {
  readonly content: (XmlElement | string)[]
}

/** No format has elements that lie deeper. */
export const DEEPEST_ELEMENT = 100

/** Makes elements of the tags and texts that a parser meets. */
export class ElementGatherer {
  readonly #open: GrowingElement[] = []
  #next = 0

  get depth(): number {
    return this.#open.length
  }

  open({ name, attributes }: SaxesTagPlain, place: FilePlace): void {
    if (this.#open.length === 0) this.#next = 0
    const element: GrowingElement = { name, index: this.#next++, place, attributes, content: [] }
    this.#open.at(-1)?.content.push(element)
    this.#open.push(element)
  }

  /** Texts that a comment or an end of CDATA parts become one. */
  text(text: string): void {
    const content = this.#open.at(-1)?.content
    if (content === undefined) return
    const last = content.at(-1)
    if (typeof last === 'string') content[content.length - 1] = last + text
    else content.push(text)
  }

  /** The element that has come to its end, if it lies in no other. */
  close(): XmlElement | undefined {
    const element = this.#open.pop()
    return this.#open.length === 0 ? element : undefined
  }
}

/** The words of saxes, which names the place and ends in a full stop. */
export const notWellFormed = (error: Error): string =>
  `the XML is not well-formed: ${error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}`

/**
 * The one element that a text is. Entities other than XML's own five are refused, and a document type declaration is
 * skipped, so that none is ever expanded or fetched.
 *
 * @throws EvidenceError RECORD_INVALID  the text is not well-formed, or its elements lie more than 100 deep; the message
 *                                       begins with line and column
 * @checked test/import/stream/xml-element.test.ts
 */
export function parseXmlElement(text: string): XmlElement {
  const parser = new SaxesParser()
  const gatherer = new ElementGatherer()
  let whole: XmlElement | undefined
  const here = (): FilePlace => ({ line: parser.line, column: parser.column + 1 })
  const refuse = (message: string) => {
    const { line, column } = here()
    throw new EvidenceError('RECORD_INVALID', `line ${line}, column ${column}: ${message}`)
  }
  parser.on('error', (error) => refuse(notWellFormed(error)))
  parser.on('opentag', (tag) => {
    if (gatherer.depth >= DEEPEST_ELEMENT) refuse(`elements lie more than ${DEEPEST_ELEMENT} deep`)
    gatherer.open(tag, here())
  })
  parser.on('text', (words) => gatherer.text(words))
  parser.on('cdata', (words) => gatherer.text(words))
  parser.on('closetag', () => {
    whole = gatherer.close() ?? whole
  })
  parser.write(text).close()
  return whole ?? refuse('the XML is not well-formed: it holds no element')
}

/** The first child of a name, at the end of a path of names. */
export function child(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let found = element
  for (const name of path) found = found?.content.find((part) => isNamed(part, name))
  return found
}

/** All children of a name. */
export const children = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.content.filter((part) => isNamed(part, name)) ?? []

const isNamed = (part: XmlElement | string, name: string): part is XmlElement =>
  typeof part !== 'string' && part.name === name

/** The text that stands directly in an element, without the space around it; undefined where there is none. */
export function textOf(element: XmlElement | undefined): string | undefined {
  const text = element?.content
    .filter((part) => typeof part === 'string')
    .join('')
    .trim()
  return text === '' ? undefined : text
}
