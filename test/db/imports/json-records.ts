import { createHash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { Database } from '../../../src/db/connect.ts'
import { type ImportOptions, importRecords, type RecordIssue } from '../../../src/db/imports/import-records.ts'
import { EvidenceError } from '../../../src/errors.ts'
import type { RecordFormat } from '../../../src/generated/prisma/enums.ts'
import { readRecords } from '../../../src/import/read-records.ts'
import type { PublicationRecord } from '../../../src/model/publication-record.ts'
import type { RawRecord, Reading } from '../../../src/model/reading.ts'

/** A record as these tests write it: its format's key, and what it says. */
export interface Hit {
  readonly key: string
  readonly publication: Omit<Partial<PublicationRecord['publication']>, 'title'> & { readonly title: string }
  readonly abstract?: string
  readonly revision?: string
  readonly unmapped?: readonly string[]
  readonly identifiers?: PublicationRecord['identifiers']
  readonly registrations?: PublicationRecord['registrations']
}

/** A line of a file: a hit, keys to be deleted, or words that nobody can read. */
export type LineOfFile = Hit | { readonly deletes: readonly string[] } | string

/** What stands for the reader of a format: its records are JSON. What real formats are read as has tests of its own. */
function read({ bytes }: Pick<RawRecord, 'bytes'>): Reading {
  let line: Exclude<LineOfFile, string>
  try {
    line = JSON.parse(Buffer.from(bytes).toString())
  } catch {
    throw new EvidenceError('RECORD_INVALID', 'these words are no record')
  }
  if ('deletes' in line) return { kind: 'deletion', keys: line.deletes }
  const { key, publication, abstract, revision, unmapped = [], identifiers = [], registrations = [] } = line
  return {
    kind: 'publication',
    key,
    revision,
    unmapped,
    record: {
      publication: { authors: { missing: 'not_reported' }, ...publication },
      sections: abstract === undefined ? [] : [{ code: 'abstract', label: 'Abstract', body: abstract }],
      headings: [],
      registrations,
      identifiers,
    },
  }
}

/** Reads a kept record of these tests again. */
export const readAgain: ImportOptions['readAgain'] = (_, content) =>
  read({ bytes: inflateRawSync(Buffer.from(content, 'base64')) })

const FAMILY: Readonly<Partial<Record<RecordFormat, string>>> = { pubmed_xml: 'pubmed', medline: 'medline', ris: 'ris' }

/** Imports lines as a file, each a batch of its own. */
export async function importLines(
  db: Database,
  format: RecordFormat,
  lines: readonly LineOfFile[],
  { fault, ...options }: Partial<ImportOptions> & { fault?: EvidenceError; readBy?: number } = {},
) {
  const issues: RecordIssue[] = []
  async function* batches(): AsyncGenerator<readonly RawRecord[]> {
    for (const [index, line] of lines.entries())
      yield [
        {
          number: index + 1,
          line: index + 1,
          bytes: Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)),
        },
      ]
    if (fault) throw fault
  }
  const result = await importRecords(
    db,
    {
      fileName: `a.${format}`,
      format,
      family: FAMILY[format] ?? format,
      readBy: options.readBy ?? 1,
      read: async (records) => readRecords(read, records),
      batches: batches(),
      sha256: () => createHash('sha256').update(JSON.stringify(lines)).digest('hex'),
    },
    {
      now: () => new Date('2026-11-27T12:00:00Z'),
      readAgain,
      onIssue: (issue) => void issues.push(issue),
      ...options,
    },
  )
  return { ...result, issues }
}
