import type { XmlElement } from './xml-element.ts'

/**
 * The leaves of a record's tree that were read, so that all others can be told. A leaf is an attribute, or an element's
 * own text; an empty element is none.
 */
export class ReadLeaves {
  /** By the elements' index. */
  readonly #texts: boolean[] = []
  readonly #attributes: string[][] = []
  readonly #repeated: ReadonlySet<string>

  /** @param repeated  the names of elements of which there may be several in one place */
  constructor(repeated: ReadonlySet<string>) {
    this.#repeated = repeated
  }

  /** Says that an element's text was read, with all that is in it. */
  mark(element: XmlElement): void {
    this.#texts[element.index] = true
  }

  /** An attribute's value, which is read by that. */
  attribute(element: XmlElement | undefined, name: string): string | undefined {
    const value = element?.attributes[name]
    if (element === undefined || value === undefined) return undefined
    const names = this.#attributes[element.index]
    if (names === undefined) this.#attributes[element.index] = [name]
    else names.push(name)
    return value
  }

  /**
   * The paths of all other leaves, each as often as it is there: `PubmedData/History/PubMedPubDate[]/@PubStatus`.
   *
   * @param path  of the element itself; empty for a record
   */
  unread(element: XmlElement, path: string): readonly string[] {
    const paths: string[] = []
    this.#collect(element, { path }, paths)
    return paths
  }

  #collect(element: XmlElement, at: PathOfElement, paths: string[]): void {
    const read = this.#attributes[element.index]
    for (const name in element.attributes) if (!read?.includes(name)) paths.push(`${this.#beginning(at)}@${name}`)
    if (this.#texts[element.index]) return
    let hasText = false
    for (const part of element.content)
      if (typeof part === 'string') hasText ||= /\S/.test(part)
      else this.#collect(part, { parent: at, name: part.name }, paths)
    if (hasText) paths.push(this.#pathOf(at))
  }

  #beginning(at: PathOfElement): string {
    const path = this.#pathOf(at)
    return path === '' ? '' : `${path}/`
  }

  /** Made when it is needed, since most leaves are read. */
  #pathOf(at: PathOfElement): string {
    if (at.path !== undefined) return at.path
    const { parent, name = '' } = at
    at.path = `${parent === undefined ? '' : this.#beginning(parent)}${name}${this.#repeated.has(name) ? '[]' : ''}`
    return at.path
  }
}

interface PathOfElement {
  readonly parent?: PathOfElement
  readonly name?: string
  path?: string
}
