import { type FilePlace, invalidImport } from '../stream/invalid-import.ts'

/** Longer than any of MeSH's names; PostgreSQL could keep none beyond some 2,700 bytes in an index. */
const LONGEST_NAME = 2_000

const DESCRIPTOR_UI = /^D\d{6,9}$/
const QUALIFIER_UI = /^Q\d{6,9}$/
const TREE_NUMBER = /^[A-Z]\d{2}(\.\d{3})*$/

/** Where a value stands, so that a mistake in it can be told. */
export interface Source {
  readonly file: string
  readonly place: FilePlace
}

/** @throws EvidenceError IMPORT_FILE_INVALID */
export const descriptorUi = (value: string | undefined, source: Source): string =>
  expected(value, DESCRIPTOR_UI, 'a descriptor’s identifier, such as D009369', source)

/** @throws EvidenceError IMPORT_FILE_INVALID */
export const qualifierUi = (value: string | undefined, source: Source): string =>
  expected(value, QUALIFIER_UI, 'a qualifier’s identifier, such as Q000628', source)

/** @throws EvidenceError IMPORT_FILE_INVALID */
export const treeNumber = (value: string | undefined, source: Source): string =>
  expected(value, TREE_NUMBER, 'a tree number, such as C04.588', source)

/** @throws EvidenceError IMPORT_FILE_INVALID  there is none, or one longer than any name */
export function meshName(value: string | undefined, what: string, { file, place }: Source): string {
  if (value === undefined || value === '') throw invalidImport(file, place, `the record has no ${what}`)
  if (Buffer.byteLength(value) > LONGEST_NAME)
    throw invalidImport(file, place, `the ${what} is longer than ${LONGEST_NAME} bytes, which no name in MeSH is`)
  return value
}

function expected(value: string | undefined, shape: RegExp, what: string, { file, place }: Source): string {
  if (value !== undefined && shape.test(value)) return value
  const found = value === undefined ? 'nothing' : JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  throw invalidImport(file, place, `expected ${what}; found ${found}`)
}

/** Synonyms, each once, without the name itself. */
export const synonymsOf = (name: string, terms: readonly string[]): string[] =>
  [...new Set(terms)].filter((term) => term !== name)
