import type { PublicationForExport } from '../../queries/publications.ts'
import { oneLine } from './one-line.ts'

/** An abstract as one text, each section after its label in capitals as MEDLINE has it; undefined where none is stored. */
export function abstractText({ abstract }: PublicationForExport): string | undefined {
  const [only, ...others] = abstract
  if (only === undefined) return undefined
  // A text without labels is stored under this one.
  if (others.length === 0 && only.label.toLowerCase() === 'abstract') return oneLine(only.body)
  return abstract.map(({ label, body }) => `${oneLine(label).toUpperCase()}: ${oneLine(body)}`).join(' ')
}
