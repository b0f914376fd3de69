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
    this.#collect(element, rootOf(path), paths)
    return paths
  }

  #collect(element: XmlElement, at: Place, paths: string[]): void {
    const read = this.#attributes[element.index]
    for (const name in element.attributes) if (!read?.includes(name)) paths.push(attributeAt(at, name))
    if (this.#texts[element.index]) return
    let hasText = false
    for (const part of element.content)
      if (typeof part === 'string') hasText ||= /\S/.test(part)
      else this.#collect(part, this.#childAt(at, part.name), paths)
    if (hasText) paths.push(at.path)
  }

  #childAt(at: Place, name: string): Place {
    const known = at.children.get(name)
    if (known !== undefined) return known
    const path = `${beginning(at)}${name}${this.#repeated.has(name) ? '[]' : ''}`
    const place = placeOf(path)
    at.children.set(name, place)
    return place
  }
}

/** A place in records of a kind. Its path is made once, since records have the same places over and over. */
interface Place {
  readonly path: string
  readonly children: Map<string, Place>
  readonly attributes: Map<string, string>
}

/** So many places are remembered; made-up names may not fill the memory. */
const MOST_PLACES = 10_000
let places = 0
const roots = new Map<string, Place>()

function placeOf(path: string): Place {
  places++
  return { path, children: new Map(), attributes: new Map() }
}

function rootOf(path: string): Place {
  if (places > MOST_PLACES) {
    roots.clear()
    places = 0
  }
  const root = roots.get(path) ?? placeOf(path)
  roots.set(path, root)
  return root
}

const beginning = ({ path }: Place): string => (path === '' ? '' : `${path}/`)

function attributeAt(at: Place, name: string): string {
  const known = at.attributes.get(name)
  if (known !== undefined) return known
  places++
  const path = `${beginning(at)}@${name}`
  at.attributes.set(name, path)
  return path
}
