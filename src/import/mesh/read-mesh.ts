import { EvidenceError } from '../../errors.ts'
import type { MeshContent } from '../../model/mesh-record.ts'
import { invalidImport } from '../stream/invalid-import.ts'
import { type Line, linesOf } from '../stream/lines.ts'
import { textChunks } from '../stream/text-chunks.ts'
import type { XmlElement } from '../stream/xml-element.ts'
import { type XmlRoot, xmlRecords } from '../stream/xml-records.ts'
import { type AsciiRecord, asciiRecords, descriptorOfAscii, NEW_RECORD, qualifierOfAscii } from './mesh-ascii.ts'
import { treePlaces } from './mesh-trees.ts'
import { descriptorOfXml, qualifierOfXml } from './mesh-xml.ts'

/** A MeSH file that has been begun: what it holds, the year that it names, and its records as they come. */
export type MeshFile = MeshContent & { readonly year: number | null }

/**
 * Reads a file of MeSH: descriptors or qualifiers as XML or ASCII, or the tree file. Which of these it is shows in its
 * beginning. Memory doesn't grow with the file.
 *
 * @param bytes  its content, unpacked
 * @param file   its name, as messages should give it; the year is read from it (desc2024.xml, mtrees2024.bin), and from
 *               the document type declaration of XML
 * @param given  the year, where somebody said it: then the file isn't asked
 * @throws EvidenceError IMPORT_FILE_INVALID  it is none of these or malformed, with the place; while records are read, too
 * @throws EvidenceError USAGE                its name and its declaration give different years
 * @checked test/import/mesh/read-mesh.test.ts
 */
export async function readMesh(bytes: AsyncIterable<Uint8Array>, file: string, given?: number): Promise<MeshFile> {
  const { first, all } = await begun(textChunks(bytes, file)[Symbol.asyncIterator]())
  const start = first.trimStart()
  if (start.startsWith('<')) return xmlFile(all, file, given)
  const year = given ?? yearOfName(file)
  const lines = linesOf(all, file)
  if (start.startsWith(NEW_RECORD)) return asciiFile(lines, file, year)
  return { content: 'trees', year, batches: treePlaces(lines, file) }
}

async function xmlFile(chunks: AsyncIterable<string>, file: string, given: number | undefined): Promise<MeshFile> {
  const parts = xmlRecords(chunks, file)
  const { value } = await parts.next()
  const { name, doctype } = (value ?? { name: '', doctype: '' }) as XmlRoot
  const year = given ?? oneYear(yearOfName(file), yearOfDoctype(doctype), file)
  // After the root come records alone.
  const records = parts as AsyncGenerator<readonly XmlElement[]>
  if (name === 'DescriptorRecordSet')
    return { content: 'descriptors', year, batches: mapped(records, (record) => descriptorOfXml(record, file)) }
  if (name === 'QualifierRecordSet')
    return { content: 'qualifiers', year, batches: mapped(records, (record) => qualifierOfXml(record, file)) }
  await parts.return(undefined)
  throw invalidImport(
    file,
    { line: 1 },
    `expected MeSH's DescriptorRecordSet or QualifierRecordSet; found ${name.slice(0, 60)}${name === 'SupplementalRecordSet' ? ', whose supplementary concepts are not held' : ''}`,
  )
}

async function asciiFile(lines: AsyncIterable<readonly Line[]>, file: string, year: number | null): Promise<MeshFile> {
  const records = asciiRecords(lines, file)
  const first = await records.next()
  const batches = again(first, records)
  const type = (first.value as readonly AsciiRecord[] | undefined)?.[0]?.fields.find(({ name }) => name === 'RECTYPE')
  return type?.value === 'Q'
    ? { content: 'qualifiers', year, batches: mapped(batches, (record) => qualifierOfAscii(record, file)) }
    : { content: 'descriptors', year, batches: mapped(batches, (record) => descriptorOfAscii(record, file)) }
}

/** The first chunk that says something, and all of them. */
async function begun(chunks: AsyncIterator<string>): Promise<{ first: string; all: AsyncIterable<string> }> {
  let first = ''
  // What an XML file is shows once its first letter is there; ten kilobytes of space are nothing.
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    first += next.value
    if (first.trimStart().length > NEW_RECORD.length || first.length > 10_000) break
  }
  return {
    first,
    all: (async function* () {
      yield first
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
    })(),
  }
}

async function* again<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (!first.done) yield first.value
  yield* rest
}

async function* mapped<From, To>(
  batches: AsyncIterable<readonly From[]>,
  map: (record: From) => To,
): AsyncGenerator<readonly To[]> {
  for await (const batch of batches) yield batch.map(map)
}

/** NLM's own names: desc2024.xml, qual2024.xml, d2024.bin, q2024.bin, mtrees2024.bin, and packed ones. */
const yearOfName = (file: string): number | null => {
  const year = /(?:^|[/\\])(?:desc|qual|d|q|mtrees)((?:19|20)\d\d)(?:\.\w+)*$/i.exec(file)?.[1]
  return year === undefined ? null : Number(year)
}

/** Until 2019 the declaration named its year: desc2014.dtd. What is there since is the date of the format. */
const yearOfDoctype = (doctype: string): number | null => {
  const year = /\b(?:desc|qual)((?:19|20)\d\d)\.dtd\b/.exec(doctype)?.[1]
  return year === undefined ? null : Number(year)
}

function oneYear(named: number | null, declared: number | null, file: string): number | null {
  if (named !== null && declared !== null && named !== declared)
    throw new EvidenceError(
      'USAGE',
      `${file} is named for ${named}, but its document type declaration says ${declared}. Say which with --year.`,
    )
  return named ?? declared
}
