import { EvidenceError } from '../../errors.ts'
import { type Printed, printedCount, printedNumber } from '../rows/printed-text.ts'
import { ReadLeaves } from '../stream/read-leaves.ts'
import { child, type XmlElement } from '../stream/xml-element.ts'
import { paragraphs } from './paragraphs.ts'

/** Elements of which there may be several in one place. */
const REPEATED: ReadonlySet<string> = new Set([
  ...[
    'REFERENCE',
    'IDENTIFIER',
    'QUALITY_ITEM',
    'QUALITY_ITEM_DATA_ENTRY',
    'QUALITY_ITEM_DATA_ENTRY_GROUP',
    'COMPARISON',
  ],
  ...['DICH', 'CONT', 'IV', 'IPD', 'OTHER'].flatMap((kind) => [`${kind}_OUTCOME`, `${kind}_SUBGROUP`, `${kind}_DATA`]),
])

/** Reads texts, attributes and numbers of a study's record, and knows which of its leaves were read. */
export class RevmanSource {
  private readonly leaves = new ReadLeaves(REPEATED)

  /** The words of a child, a line for each paragraph. */
  text(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
    const found = child(element, ...path)
    const words = paragraphs(found)
    if (found !== undefined && words !== undefined) this.leaves.mark(found)
    return words
  }

  /** An attribute's words; an empty one has none. */
  attribute(element: XmlElement | undefined, name: string): string | undefined {
    return this.leaves.attribute(element, name)?.trim() || undefined
  }

  /**
   * A number's text; undefined where the cell is empty.
   *
   * @throws EvidenceError RECORD_INVALID  the attribute isn't there at all, or is no number
   */
  number(element: XmlElement, name: string): string | undefined {
    return this.checked(element, name, printedNumber, 'a number')
  }

  /** The same of a count. */
  count(element: XmlElement, name: string): string | undefined {
    return this.checked(element, name, printedCount, 'a whole number')
  }

  /** The paths of what wasn't read. */
  unread(root: XmlElement): readonly string[] {
    return this.leaves.unread(root, '')
  }

  private checked(
    element: XmlElement,
    name: string,
    read: (text: string) => Printed,
    expected: string,
  ): string | undefined {
    if (element.attributes[name] === undefined) throw invalid(element, `${name} is missing; expected ${expected}`)
    const text = this.attribute(element, name)
    if (text !== undefined && read(text).value === null)
      throw invalid(element, `${name} is "${text.slice(0, 40)}"; expected ${expected}`)
    return text
  }
}

/** What is wrong with an element of a study's record. */
export const invalid = ({ name, attributes }: XmlElement, message: string): EvidenceError =>
  new EvidenceError('RECORD_INVALID', `${name}${attributes.ID === undefined ? '' : ` ${attributes.ID}`}: ${message}`)
