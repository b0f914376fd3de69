import type { MeshDescriptorRecord, MeshQualifierRecord } from '../../model/mesh-record.ts'
import { invalidImport } from '../stream/invalid-import.ts'
import type { Line } from '../stream/lines.ts'
import { descriptorUi, meshName, qualifierUi, synonymsOf, treeNumber } from './mesh-values.ts'

export const NEW_RECORD = '*NEWRECORD'

/** The fields of a record, each with its line. */
export interface AsciiRecord {
  readonly line: number
  readonly fields: { readonly name: string; readonly value: string; readonly line: number }[]
}

/** A record of more lines is none of MeSH's: without a next one it would fill the memory. */
const MOST_FIELDS = 100_000

/**
 * The records of an ASCII MeSH file, as they come: each begins with `*NEWRECORD`, and has fields such as `MH = Neoplasms`.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  a line is none of these
 */
export async function* asciiRecords(
  batches: AsyncIterable<readonly Line[]>,
  file: string,
): AsyncGenerator<readonly AsciiRecord[]> {
  let current: AsciiRecord | undefined
  for await (const lines of batches) {
    const records: AsciiRecord[] = []
    for (const { number, text } of lines) {
      if (text.trim() === '') continue
      if (text.trim() === NEW_RECORD) {
        if (current !== undefined) records.push(current)
        current = { line: number, fields: [] }
        continue
      }
      const equals = text.indexOf('=')
      if (current === undefined || equals < 1)
        throw invalidImport(file, { line: number }, `expected ${NEW_RECORD} or a field such as "MH = Neoplasms"`)
      if (current.fields.length === MOST_FIELDS) throw invalidImport(file, { line: number }, 'the record never ends')
      current.fields.push({ name: text.slice(0, equals).trim(), value: text.slice(equals + 1).trim(), line: number })
    }
    if (records.length > 0) yield records
  }
  if (current !== undefined) yield [current]
}

/** @throws EvidenceError IMPORT_FILE_INVALID  the record is no descriptor's, or lacks its identifier or name */
export function descriptorOfAscii(record: AsciiRecord, file: string): MeshDescriptorRecord {
  requireType(record, 'D', 'a descriptor', file)
  const { value, source } = reader(record, file)
  const name = meshName(value('MH'), 'MH (main heading)', source('MH'))
  // What follows the first bar are codes and dates of the synonym.
  const terms = record.fields
    .filter((field) => field.name === 'ENTRY' || field.name === 'PRINT ENTRY')
    .map((field) => meshName(field.value.split('|')[0]?.trim(), field.name, { file, place: { line: field.line } }))
  const numbers = record.fields
    .filter((field) => field.name === 'MN')
    .map((field) => treeNumber(field.value, { file, place: { line: field.line } }))
  return {
    ui: descriptorUi(value('UI'), source('UI')),
    name,
    scopeNote: value('MS') || null,
    treeNumbers: [...new Set(numbers)],
    entryTerms: synonymsOf(name, terms),
  }
}

/** @throws EvidenceError IMPORT_FILE_INVALID  the record is no qualifier's, or lacks its identifier or name */
export function qualifierOfAscii(record: AsciiRecord, file: string): MeshQualifierRecord {
  requireType(record, 'Q', 'a qualifier', file)
  const { value, source } = reader(record, file)
  return {
    ui: qualifierUi(value('UI'), source('UI')),
    name: meshName(value('SH'), 'SH (subheading)', source('SH')),
  }
}

function reader(record: AsciiRecord, file: string) {
  const field = (name: string) => record.fields.find((candidate) => candidate.name === name)
  return {
    value: (name: string) => field(name)?.value,
    source: (name: string) => ({ file, place: { line: field(name)?.line ?? record.line } }),
  }
}

function requireType(record: AsciiRecord, type: string, what: string, file: string): void {
  const field = record.fields.find(({ name }) => name === 'RECTYPE')
  if (field?.value === type) return
  throw invalidImport(
    file,
    { line: field?.line ?? record.line },
    `expected ${what} (RECTYPE = ${type}); found ${field === undefined ? 'a record without RECTYPE' : `RECTYPE = ${field.value.slice(0, 20)}`}`,
  )
}
