import type { PublicationRecord } from '../../model/publication-record.ts'
import { sectionCodes } from './section-codes.ts'

/** A label as MEDLINE prints it: at least four capitals, maybe several words, a colon, at a sentence's beginning. */
const LABEL = /(?:^|(?<=[.?!)\]] ))([A-Z][A-Z &/,'()-]{2,58}[A-Z)]): /g

/**
 * An abstract in its labelled sections. MEDLINE has it as one text, in which a structured abstract's labels stand in
 * capitals before a colon; a text that doesn't begin with one is left whole.
 */
export function abstractSections(abstract: string | undefined): PublicationRecord['sections'] {
  if (abstract === undefined || abstract === '') return []
  const labels = [...abstract.matchAll(LABEL)]
  if (labels[0]?.index !== 0) return [{ code: 'abstract', label: 'Abstract', body: abstract }]
  const sections = labels.flatMap((match, index) => {
    const body = abstract.slice(match.index + match[0].length, labels[index + 1]?.index).trim()
    return body === '' ? [] : [{ label: match[1] ?? '', body }]
  })
  const codes = sectionCodes(sections.map(({ label }) => label))
  return sections.map(({ label, body }, index) => ({ code: codes[index] ?? '', label, body }))
}
