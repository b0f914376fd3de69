import type { PublicationRecord } from '../../model/publication-record.ts'
import { abstractSections } from '../bibliography/abstract-sections.ts'
import { sectionCodes } from '../bibliography/section-codes.ts'
import { children, type XmlElement } from '../stream/xml-element.ts'
import type { RecordSource } from './record-source.ts'

/** What PubMed writes for a paragraph that has no label, among others that have one. */
const NO_LABEL = 'UNLABELLED'

/**
 * An abstract in its labelled sections. One paragraph without a label may have labels in its text, as MEDLINE's format
 * has them.
 */
export function pubmedAbstract(source: RecordSource, abstract: XmlElement | undefined): PublicationRecord['sections'] {
  const sections = children(abstract, 'AbstractText').flatMap((paragraph) => {
    const body = source.words(paragraph)
    if (body === undefined) return []
    const label = source.attribute(paragraph, 'Label')?.trim() ?? ''
    return [{ label: label === '' || label === NO_LABEL ? undefined : label, body }]
  })
  const [first] = sections
  if (sections.length === 1 && first?.label === undefined) return abstractSections(first?.body)
  const labels = sections.map(({ label }) => label ?? 'Abstract')
  const codes = sectionCodes(labels)
  return sections.map(({ body }, index) => ({ code: codes[index] ?? '', label: labels[index] ?? '', body }))
}
