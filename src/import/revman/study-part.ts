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
 * The part of a review's tree that concerns one of its included studies: the study with its references, its
 * characteristics, judgements and rows of data, each within what it lies in. It doesn't change with other studies.
 */
export const studyPart = (root: XmlElement, study: XmlElement): XmlElement => {
  const content = root.content.flatMap((part) => (typeof part === 'string' ? [] : (partOf(part, study) ?? [])))
  return { ...root, attributes: ownAttributes(root), content }
}

function partOf(element: XmlElement, study: XmlElement): XmlElement | undefined {
  if (element.name === 'STUDY') return element === study ? withoutGaps(element) : undefined
  const of = studyOf(element)
  if (of !== undefined) return of === study.attributes.ID ? withoutGaps(withoutWeight(element)) : undefined
  if (!isShared(element.name)) return undefined
  const said: XmlElement[] = []
  const own: XmlElement[] = []
  for (const part of element.content) {
    if (typeof part === 'string') continue
    if (SAID.has(part.name)) said.push(withoutGaps(part))
    else own.push(...[partOf(part, study) ?? []].flat())
  }
  if (own.length === 0) return undefined
  return { ...element, attributes: ownAttributes(element), content: [...said, ...own] }
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
