import { leaf } from '../../model/xml.ts'

/** Paragraphs, one for each that says something. */
export const paragraphs = (texts: readonly (string | null)[]): string =>
  texts
    .flatMap((text) => text?.split(/[\r\n]+/) ?? [])
    .filter((line) => line.trim() !== '')
    .map((line) => leaf('P', line))
    .join('')
