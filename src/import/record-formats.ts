import { EvidenceError } from '../errors.ts'
import type { RawRecord, Reading, RecordFormat, RecordReader, RecordSplitter } from '../model/reading.ts'
import { readCtgovXml } from './ctgov/read-legacy.ts'
import { readCtgovStudy } from './ctgov/read-study.ts'
import { splitCtgovJson } from './ctgov/split-json.ts'
import { splitCtgovXml } from './ctgov/split-legacy.ts'
import { bytesOfKept } from './kept-bytes.ts'
import { readMedline } from './medline/read-medline.ts'
import { splitMedline } from './medline/split-medline.ts'
import { readPubmedRecord } from './pubmed/read-pubmed-record.ts'
import { splitPubmedXml } from './pubmed/split-pubmed-xml.ts'
import { readRevman } from './revman/read-revman.ts'
import { splitRevmanParts } from './revman/split-parts.ts'
import { splitRevman } from './revman/split-revman.ts'
import { readRis } from './ris/read-ris.ts'
import { splitRis } from './ris/split-ris.ts'

/** How files of a format are read. */
export interface FormatOfRecords {
  /** What keys of its records begin with. */
  readonly family: string
  /** Raised by whoever changes what a record is read as: records that are held are then read again. */
  readonly readBy: number
  readonly split: RecordSplitter
  /** How the files within a packed one are split where they belong together; else each is by itself. */
  readonly splitParts?: (parts: AsyncIterable<PartOfFile>, file: string) => AsyncGenerator<readonly RawRecord[]>
  readonly read: RecordReader
}

/** A file itself, without a name, or one of those within a packed file. */
interface PartOfFile {
  readonly name: string | undefined
  readonly bytes: AsyncIterable<Uint8Array>
}

const RECORD_FORMATS: { readonly [Format in RecordFormat]?: FormatOfRecords } = {
  pubmed_xml: { family: 'pubmed', readBy: 2, split: splitPubmedXml, read: readPubmedRecord },
  medline: { family: 'medline', readBy: 1, split: splitMedline, read: readMedline },
  ris: { family: 'ris', readBy: 1, split: splitRis, read: readRis },
  ctgov_json: { family: 'ctgov', readBy: 1, split: splitCtgovJson, read: readCtgovStudy },
  ctgov_xml: { family: 'ctgov', readBy: 1, split: splitCtgovXml, read: readCtgovXml },
  revman: { family: 'revman', readBy: 1, split: splitRevman, splitParts: splitRevmanParts, read: readRevman },
}

/** How files of a format are read. */
export function formatOfRecords(format: RecordFormat): FormatOfRecords {
  const found = RECORD_FORMATS[format]
  if (found === undefined) throw new Error(`nobody reads ${format}`)
  return found
}

/** Reads a record that is held, from its deflated bytes in base64. */
export function readAgain(format: RecordFormat, content: string): Reading {
  return formatOfRecords(format).read({ number: 1, line: 1, bytes: bytesOfKept(content) })
}

/** The records of a file that may be packed: each part's records, counted through. */
export async function* recordsOfParts(
  parts: AsyncIterable<PartOfFile>,
  { split, splitParts }: Pick<FormatOfRecords, 'split' | 'splitParts'>,
  file: string,
): AsyncGenerator<readonly RawRecord[]> {
  if (splitParts !== undefined) {
    yield* splitParts(parts, file)
    return
  }
  let number = 0
  for await (const { name, bytes } of parts) {
    if (name === undefined) {
      yield* split(bytes, file)
      return
    }
    try {
      for await (const batch of split(bytes, `${file}/${name}`))
        yield batch.map((record) => ({ ...record, number: ++number, part: name }))
    } catch (error) {
      // A bad file among those of a packed one leaves the others as good as they are.
      if (!(error instanceof EvidenceError) || error.code !== 'IMPORT_FILE_INVALID') throw error
      yield [{ number: ++number, line: 1, part: name, fault: error.message, bytes: new Uint8Array() }]
    }
  }
}
