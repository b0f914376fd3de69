import type { XmlElement } from '../stream/xml-element.ts'

/** Elements that many studies share: of these a study's record has what leads to its own. */
const SHARED: ReadonlySet<string> = new Set([
  'COCHRANE_REVIEW',
  'STUDIES_AND_REFERENCES',
  'STUDIES',
  'INCLUDED_STUDIES',
  'CHARACTERISTICS_OF_STUDIES',
  'CHARACTERISTICS_OF_INCLUDED_STUDIES',
  'QUALITY_ITEMS',
  'QUALITY_ITEM',
  'QUALITY_ITEM_DATA',
  'ANALYSES_AND_DATA',
  'COMPARISON',
])
const isShared = (name: string) => SHARED.has(name) || /_(?:OUTCOME|SUBGROUP)$/.test(name)

/** What such an element says of itself. What it says of all studies together changes with any of them. */
const SAID: ReadonlySet<string> = new Set([
  ...['NAME', 'DESCRIPTION', 'GROUP_LABEL_1', 'GROUP_LABEL_2', 'GRAPH_LABEL_1', 'GRAPH_LABEL_2', 'EFFECT_MEASURE'],
  'QUALITY_ITEM_DATA_ENTRY_GROUP',
])
const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['ID', 'NO', 'DOI', 'REVIEW_NO', 'TYPE', 'REVMAN_VERSION', 'CORE_ITEM', 'LEVEL', 'EFFECT_MEASURE', 'UNITS'],
  ...['LOG_DATA', 'SWAP_EVENTS', 'CI_STUDY'],
])

/** Of which study an element is; undefined where it is of none or several. */
export const studyOf = ({ name, attributes }: XmlElement): string | undefined =>
  name === 'STUDY' ? attributes.ID : attributes.STUDY_ID

/**
 * The parts of a review's tree that concern its included studies, by their IDs: the study with its references, its
 * characteristics, judgements and rows of data, each within what it lies in. A part doesn't change with other studies. All
 * are made in one walk.
 *
 * @param studies  the elements of the studies, by their IDs
 */
export function studyParts(
  root: XmlElement,
  studies: ReadonlyMap<string, XmlElement>,
): ReadonlyMap<string, XmlElement> {
  const sections: readonly OwnParts[] = root.content.flatMap((part) =>
    typeof part === 'string' ? [] : [partsIn(part, studies)],
  )
  const contents = joined(sections)
  const attributes = ownAttributes(root)
  return new Map([...studies.keys()].map((id) => [id, { ...root, attributes, content: contents.get(id) ?? [] }]))
}

/** What of an element is of which study. */
type OwnParts = ReadonlyMap<string, readonly XmlElement[]>

function partsIn(element: XmlElement, studies: ReadonlyMap<string, XmlElement>): OwnParts {
  const of = studyOf(element)
  if (element.name === 'STUDY')
    return of !== undefined && studies.get(of) === element ? new Map([[of, [withoutGaps(element)]]]) : new Map()
  if (of !== undefined) return studies.has(of) ? new Map([[of, [withoutGaps(withoutWeight(element))]]]) : new Map()
  if (!isShared(element.name)) return new Map()
  const said: XmlElement[] = []
  const own: OwnParts[] = []
  for (const part of element.content) {
    if (typeof part === 'string') continue
    if (SAID.has(part.name)) said.push(withoutGaps(part))
    else own.push(partsIn(part, studies))
  }
  const attributes = ownAttributes(element)
  return new Map(
    [...joined(own)].map(([id, parts]) => [id, [{ ...element, attributes, content: [...said, ...parts] }]]),
  )
}

function joined(all: readonly OwnParts[]): OwnParts {
  const found = new Map<string, XmlElement[]>()
  for (const parts of all)
    for (const [id, elements] of parts) {
      const before = found.get(id)
      if (before === undefined) found.set(id, [...elements])
      else for (const element of elements) before.push(element)
    }
  return found
}

export const ownAttributes = ({ attributes }: XmlElement) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => ATTRIBUTES.has(name)))

/** A row's weight hangs on all other rows. */
const withoutWeight = (element: XmlElement): XmlElement => {
  const { WEIGHT: _, ...attributes } = element.attributes
  return { ...element, attributes }
}

/** Elements that hold words, between which a blank is one. */
const PROSE: ReadonlySet<string> = new Set(['P', 'LI', 'B', 'I', 'U', 'SUP', 'SUB', 'LINK', 'A', 'TH', 'TD', 'HEADING'])

/** Programs indent a file or don't: that makes no other record. */
export const withoutGaps = (element: XmlElement): XmlElement => ({
  ...element,
  content: element.content.flatMap((part): XmlElement['content'] => {
    if (typeof part !== 'string') return [withoutGaps(part)]
    return PROSE.has(element.name) || part.trim() !== '' ? [part] : []
  }),
})
