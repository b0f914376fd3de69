import { STUDY_FILE_FORMAT } from '../../model/study-file.ts'
import type { Issue } from './yaml-document.ts'

type Fields = Readonly<Record<string, unknown>>

/** One step from a format to the next: it may change values, but leaves each where it stands, so that mistakes keep their places. */
interface Converter {
  readonly from: string | number
  readonly to: string | number
  readonly convert: (file: Fields) => Fields
}

/** Every format that there was, in order. A test keeps a file of each. */
const CONVERTERS: readonly Converter[] = [
  // The first release named the format by a word; nothing else differs.
  { from: 'evibase-study/1', to: 1, convert: (file) => file },
]

/**
 * A file's plain values in today's format, whatever format they were written in.
 *
 * @returns the values, unchanged where the format is today's or none that ever was; an issue where it is a later one
 */
export function inTodaysFormat(value: unknown): { readonly value: unknown } | { readonly issue: Issue } {
  if (!isFields(value)) return { value }
  const { format } = value
  if (typeof format === 'number' && Number.isInteger(format) && format > STUDY_FILE_FORMAT)
    return {
      issue: { path: ['format'], message: `format: ${format} is newer than this Evibase knows; update Evibase` },
    }
  let file = value
  for (const { from, to, convert } of CONVERTERS) if (file.format === from) file = { ...convert(file), format: to }
  return { value: file }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
