import { zipSync } from 'fflate'
import type { RawRecord } from '../../model/reading.ts'
import { readSheet, type Sheet } from '../effect-rows/sheet.ts'
import { brokenImport } from '../stream/invalid-import.ts'
import type { XmlElement } from '../stream/xml-element.ts'
import { PACKAGE_TABLES, type PackageFile, type PackageTable } from './package-files.ts'
import { packageReferences } from './package-references.ts'
import { type PackageTables, packageTree } from './package-tree.ts'
import { recordsOf } from './split-revman.ts'

/** Files that were given together, and which data packages they make up. */
export interface GivenFiles {
  /** What they lie in, as messages should give it. */
  readonly shown: string
  readonly bytes: ReadonlyMap<string, Uint8Array>
  readonly packages: ReadonlyMap<string, readonly PackageFile[]>
}

/**
 * The records of a data package among files: its studies, what can't be read, and the review itself, whose whole is a zip of
 * all files of the package, the same however they were given.
 *
 * @param id  what the package's files are called by
 * @throws EvidenceError IMPORT_FILE_INVALID  its rows of data or its settings are missing, or one of its files is there twice;
 *                                            a table is no CSV file or lacks a column; it is of diagnostic tests
 */
export async function packageRecords(id: string, given: GivenFiles): Promise<readonly Omit<RawRecord, 'number'>[]> {
  const files = given.packages.get(id) ?? []
  requireOneOfEach(id, files, given.shown)
  const references = files.find(({ content }) => content === 'included')
  const { root, strays } = packageTree(
    id,
    tablesOf(id, files, given),
    references === undefined
      ? new Map()
      : await packageReferences(bytesOf(given, references.name), `${given.shown}/${references.name}`),
  )
  const nameOf = (table: PackageTable) => files.find(({ content }) => content === table)?.name
  const partOf = ({ name }: XmlElement) =>
    (OF_INFORMATION.test(name)
      ? nameOf('study-information')
      : OF_BIAS.test(name)
        ? nameOf('risk-of-bias')
        : undefined) ??
    nameOf('data-rows') ??
    ''
  const faults = strays.map(({ table, line, message }) => ({
    line,
    part: nameOf(table) ?? '',
    fault: message,
    bytes: new Uint8Array(),
  }))
  return recordsOf(root, { whole: zipOf(files, given), partOf, faults, note: lackOf(files) })
}

/** Which table an element was made of; else it is of the rows of data. */
const OF_INFORMATION = /^(?:STUDY|INCLUDED_CHAR)$/
const OF_BIAS = /^QUALITY_/

const bytesOf = ({ bytes }: GivenFiles, name: string) => bytes.get(name) ?? new Uint8Array()

const baseOf = (name: string) => name.replace(/^.*[/\\]/, '')

/** What only one file of a package can be. */
const roleOf = ({ name, content }: PackageFile) => (content === 'other' ? baseOf(name) : content)

function requireOneOfEach(id: string, files: readonly PackageFile[], shown: string): void {
  const refuse = (message: string) => brokenImport(shown, undefined, message)
  if (id === '')
    throw refuse(
      `${files[0]?.name} doesn't say of which review it is; expected its ID before that, as in CD000001-data-rows.csv`,
    )
  if (files.some(({ name }) => /-parameters\.csv$/i.test(name)))
    throw refuse(`the data package ${id} is of a review of diagnostic tests; expected one of interventions`)
  const seen = new Map<string, string>()
  for (const file of files) {
    const other = seen.get(roleOf(file))
    if (other !== undefined)
      throw refuse(`the data package ${id} has two files of ${roleOf(file)}: ${other} and ${file.name}`)
    seen.set(roleOf(file), file.name)
  }
}

const NEEDED = ['data-rows', 'overall-estimates-and-settings'] as const

function tablesOf(id: string, files: readonly PackageFile[], given: GivenFiles): PackageTables {
  const tables: Partial<Record<PackageTable, Sheet>> = {}
  for (const { name, content } of files) {
    const table = PACKAGE_TABLES.find((known) => known === content)
    if (table !== undefined) tables[table] = readSheet(bytesOf(given, name), `${given.shown}/${name}`)
  }
  const { 'data-rows': data, 'overall-estimates-and-settings': settings } = tables
  if (data !== undefined && settings !== undefined)
    return { ...tables, 'data-rows': data, 'overall-estimates-and-settings': settings }
  const missing = NEEDED.filter((table) => tables[table] === undefined)
  const others = [...given.packages].flatMap(([other, its]) =>
    its.filter(({ content }) => other !== id && NEEDED.some((table) => missing.includes(table) && table === content)),
  )
  const elsewhere = others.map(({ name }) => `; ${name} is of another package`).join('')
  const names = missing.map((table) => `${table}.csv`).join(' and no ')
  throw brokenImport(
    given.shown,
    undefined,
    `the data package ${id} has no ${names}${elsewhere}. All files of a package belong together`,
  )
}

const OPTIONAL = [
  ['included', 'included.ris', 'references'],
  ['study-information', 'study-information.csv', 'characteristics'],
  ['risk-of-bias', 'risk-of-bias.csv', 'judgements of bias'],
] as const

/** What a package may lack, or was given without: what its studies had of it goes. */
function lackOf(files: readonly PackageFile[]): string | undefined {
  const lacking = OPTIONAL.filter(([content]) => files.every((file) => file.content !== content))
  if (lacking.length === 0) return undefined
  const names = lacking.map(([, name]) => name).join(', ')
  return `the data package has no ${names}, and its studies have no ${lacking.map(([, , what]) => what).join(', ')}`
}

/** All files of a package in one, whose bytes hang on nothing but theirs. */
function zipOf(files: readonly PackageFile[], given: GivenFiles): Uint8Array {
  const named = files.map(({ name }) => [baseOf(name), bytesOf(given, name)] as const)
  const sorted = named.sort(([one], [other]) => (one < other ? -1 : 1))
  return zipSync(Object.fromEntries(sorted), { level: 0, mtime: new Date(1980, 0, 1) })
}
