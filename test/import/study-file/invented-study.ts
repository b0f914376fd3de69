import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { EvidenceError } from '../../../src/errors.ts'
import { readStudyFile } from '../../../src/import/study-file/read-study-file.ts'
import { VOCABULARIES } from '../../vocabularies.ts'

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/study-files/${name}`, import.meta.url))

/** A study file without a mistake, whose every word and number is invented. */
export const INVENTED = readFileSync(fixture('invented-2001.yaml'), 'utf8')

/** Stands in a changed file where its mistake is to be reported; the reader never sees it. */
export const HERE = '§'

/** The invented study with one stretch of it put differently. */
export function changed(from: string, to: string, text = INVENTED): string {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} is there ${parts.length - 1} times`)
  return parts.join(to)
}

/** What the reader says of a file: `line:column: message`, each. Nothing for a file without a mistake. */
export function mistakesIn(content: string | Uint8Array): readonly string[] {
  try {
    readStudyFile(typeof content === 'string' ? Buffer.from(content) : content, 'a.yaml', VOCABULARIES)
    return []
  } catch (error) {
    if (!(error instanceof EvidenceError) || error.code !== 'STUDY_FILE_INVALID') throw error
    const { issues = [] } = error.details
    return issues.map(({ line, column, message }) => `${line}:${column}: ${message}`)
  }
}

/** The file without its marks, and what is to be reported at each of them. */
export function marked(text: string, ...messages: readonly string[]): { text: string; mistakes: readonly string[] } {
  const parts = text.split(HERE)
  if (parts.length !== messages.length + 1) throw new Error(`${parts.length - 1} marks for ${messages.length} messages`)
  const mistakes = messages.map((message, index) => {
    const before = parts.slice(0, index + 1).join('')
    const lines = before.split('\n')
    return `${lines.length}:${(lines.at(-1) ?? '').length + 1}: ${message}`
  })
  return { text: parts.join(''), mistakes }
}

export interface Mistake {
  readonly what: string
  readonly from: string
  /** With a mark where the mistake is to be told. */
  readonly to: string
  readonly says: string
}

/** Expects a mistake to be told at its mark, and nothing else; also of the file as another system writes it. */
export const told = ({ from, to, says }: Mistake) => {
  const { text, mistakes } = marked(changed(from, to), says)
  expect(mistakesIn(text)).toEqual(mistakes)
  expect(mistakesIn(text.replaceAll('\n', '\r\n'))).toEqual(mistakes)
}
