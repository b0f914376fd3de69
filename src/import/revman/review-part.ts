import { child, children, type XmlElement } from '../stream/xml-element.ts'
import { ownAttributes, withoutGaps } from './study-part.ts'

/** Where a review's own texts, studies and data stand. */
const PLACES = [
  ['MAIN_TEXT', 'BODY', 'METHODS', 'SELECTION_CRITERIA'],
  ['STUDIES_AND_REFERENCES', 'STUDIES'],
  ['CHARACTERISTICS_OF_STUDIES', 'CHARACTERISTICS_OF_EXCLUDED_STUDIES'],
  ['ANALYSES_AND_DATA'],
] as const

/** The part of a review's tree that is about itself: title, criteria, decisions on studies and the rows that it pools. */
export const reviewPart = (root: XmlElement): XmlElement => ({
  ...root,
  attributes: ownAttributes(root),
  content: [
    // It tells a review's record from a study's.
    { ...root, name: 'COVER_SHEET', attributes: {}, content: children(child(root, 'COVER_SHEET'), 'TITLE') },
    ...PLACES.flatMap((place) => within(root, place)),
  ].map(withoutGaps),
})

function within(element: XmlElement, [name, ...rest]: readonly string[]): readonly XmlElement[] {
  const found = name === undefined ? undefined : child(element, name)
  if (found === undefined) return []
  return rest.length === 0 ? [found] : [{ ...found, attributes: {}, content: within(found, rest) }]
}
