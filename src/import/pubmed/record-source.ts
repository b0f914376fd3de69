import type { ReadLeaves } from '../stream/read-leaves.ts'
import { child, children, type XmlElement } from '../stream/xml-element.ts'
import { inlineText } from './inline-text.ts'

/** Reads texts and attributes of a record, and says of each to its leaves that it was read. */
export class RecordSource {
  readonly leaves: ReadLeaves

  constructor(leaves: ReadLeaves) {
    this.leaves = leaves
  }

  /** An element's words; undefined where there are none. */
  words(element: XmlElement | undefined): string | undefined {
    if (element === undefined) return undefined
    const text = inlineText(element)
    if (text === '') return undefined
    this.leaves.mark(element)
    return text
  }

  /** The words at the end of a path. */
  at(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
    return this.words(child(element, ...path))
  }

  /** The words of all children of a name. */
  all(element: XmlElement | undefined, name: string): readonly string[] {
    return children(element, name).flatMap((one) => this.words(one) ?? [])
  }

  /** The first words that have a shape. Others stay unread. */
  shaped(elements: readonly XmlElement[], shape: RegExp): string | undefined {
    for (const element of elements) if (shape.test(inlineText(element))) return this.words(element)
    return undefined
  }

  attribute(element: XmlElement | undefined, name: string): string | undefined {
    return this.leaves.attribute(element, name)
  }

  /** An attribute that says yes with Y; no, and none, are false. */
  isYes(element: XmlElement | undefined, name: string): boolean {
    return this.attribute(element, name) === 'Y'
  }
}
