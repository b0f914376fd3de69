import { EvidenceError } from '../errors.ts'
import type { MeshContent, MeshTreePlace } from '../model/mesh-record.ts'
import type { Database, Transaction } from './database.ts'
import { headingsInUse, type MeshHeading } from './mesh/headings-in-use.ts'
import { inBatches } from './mesh/in-batches.ts'
import { type Seen, saveDescriptors, saveQualifiers } from './mesh/save-terms.ts'
import { saveTrees } from './mesh/save-trees.ts'
import { type ImportCounts, recordBulkImport } from './record-import.ts'
import { TERM_TABLES, VOCABULARY_TABLES } from './tables.ts'
import { deleteRows, writeRows } from './write-rows.ts'
import { inWriteTransaction } from './write-transaction.ts'

/** A file that is read while it is saved: its content, and what its bytes were when all of them have been read. */
export type OpenedMesh = MeshContent & { readonly year: number | null; readonly sha256: () => string }

export interface MeshOrigin {
  readonly fileName: string
  readonly now: () => Date
}

export interface MeshOptions {
  /** Takes a file of an older year than the one that is held. */
  readonly older?: boolean
  /** Takes a file that isn't the whole vocabulary: what it doesn't have stays as it is. */
  readonly part?: boolean
  /** Told how many records have been read. */
  readonly onRecords?: (records: number) => void
}

export interface MeshResult extends ImportCounts {
  readonly content: MeshContent['content']
  readonly year: number
  /** Terms that the MeSH before had and this one hasn't; they stay, without places in the tree. */
  readonly gone: readonly MeshHeading[]
  /** Headings that studies and publications use, and that this MeSH doesn't have. */
  readonly unknownInUse: readonly MeshHeading[]
  /** Of a tree file: places that descriptors had, and have no more. */
  readonly removed: number
  /** Of a tree file: headings of it that no descriptor is called by, whose places had to be left out. */
  readonly unplaced: readonly string[]
}

/** Records of one statement: fewer than the parameters that SQLite takes. */
const RECORDS_AT_ONCE = 400

/**
 * Saves a MeSH file whole or not at all, while it is read, in memory that doesn't grow with it. A term stays the same by
 * its identifier: its name, note, places and synonyms become those of the file, and a name that it had before stays as a
 * synonym. Nothing is removed: terms that a whole file of descriptors or qualifiers doesn't have lose their year and their
 * places in the tree, so that they are found by their own heading alone.
 *
 * @param open  begins the file; called again where another program was in the way
 * @throws EvidenceError VOCABULARY_OLDER     a newer year is held
 * @throws EvidenceError VOCABULARY_MISSING   a tree file comes before any descriptor
 * @throws EvidenceError IMPORT_FILE_INVALID  the file is malformed, says something twice or holds less than half of what is
 *                                            held; nothing of it is kept but a note that it was tried
 * @throws EvidenceError USAGE                nobody said of which year it is
 * @checked test/db/save-mesh.test.ts
 */
export async function saveMesh(
  db: Database,
  origin: MeshOrigin,
  open: () => Promise<OpenedMesh>,
  options: MeshOptions = {},
): Promise<MeshResult> {
  const startedAt = origin.now()
  let begun: OpenedMesh | undefined
  let read = 0
  const note = (tx: Transaction, file: OpenedMesh, status: 'done' | 'failed', counts: ImportCounts) =>
    recordBulkImport(
      tx,
      {
        format: `mesh-${file.content}`,
        fileName: origin.fileName,
        fileSha256: file.sha256(),
        startedAt,
        finishedAt: origin.now(),
      },
      status,
      counts,
    )
  try {
    return await inWriteTransaction(db, `MeSH of ${origin.fileName}`, ['vocabulary'], async (tx) => {
      begun = await open()
      read = 0
      const result = await save(tx, begun, origin.fileName, options, (records) => {
        read += records
        options.onRecords?.(read)
      })
      await note(tx, begun, 'done', counts(result))
      return result
    })
  } catch (error) {
    const file = begun
    if (file !== undefined && error instanceof EvidenceError && error.code === 'IMPORT_FILE_INVALID')
      await inWriteTransaction(db, 'the failed import', [], (tx) =>
        note(tx, file, 'failed', { read, saved: 0, unchanged: 0, failed: read }),
      )
    throw error
  }
}

const counts = ({ read, saved, unchanged, failed }: ImportCounts): ImportCounts => ({ read, saved, unchanged, failed })

async function save(
  tx: Transaction,
  file: OpenedMesh,
  fileName: string,
  options: MeshOptions,
  onRecords: (records: number) => void,
): Promise<MeshResult> {
  const year = await yearOf(tx, file, fileName, options)
  if (file.content === 'trees') return savePlaces(tx, file.batches, year, onRecords)
  const seen: Seen = new Set()
  let saved = 0
  if (file.content === 'descriptors')
    for await (const batch of inBatches(file.batches, RECORDS_AT_ONCE)) {
      saved += await saveDescriptors(tx, batch, year, seen)
      onRecords(batch.length)
    }
  else
    for await (const batch of inBatches(file.batches, RECORDS_AT_ONCE)) {
      saved += await saveQualifiers(tx, batch, year, seen)
      onRecords(batch.length)
    }
  const table = file.content === 'descriptors' ? 'meshDescriptor' : 'meshQualifier'
  return {
    content: file.content,
    year,
    read: seen.size,
    saved,
    unchanged: seen.size - saved,
    failed: 0,
    gone: options.part ? [] : await letGo(tx, table, seen, fileName),
    unknownInUse: await headingsInUse(tx, table),
    removed: 0,
    unplaced: [],
  }
}

async function savePlaces(
  tx: Transaction,
  batches: AsyncIterable<readonly MeshTreePlace[]>,
  year: number,
  onRecords: (records: number) => void,
): Promise<MeshResult> {
  const { read, saved, removed, failed, unplaced } = await saveTrees(tx, batches, RECORDS_AT_ONCE, onRecords)
  const unchanged = read - saved - failed
  return { content: 'trees', year, read, saved, unchanged, failed, removed, gone: [], unknownInUse: [], unplaced }
}

/** The year of a file, after a look that no newer one is held. */
async function yearOf(
  tx: Transaction,
  { content, year }: OpenedMesh,
  fileName: string,
  { older = false }: MeshOptions,
): Promise<number> {
  if (year === null)
    throw new EvidenceError(
      'USAGE',
      `${fileName} doesn't say of which year it is, neither in its name, as desc2024.xml does, nor within. Say it with --year.`,
    )
  const held =
    content === 'qualifiers'
      ? await tx.meshQualifier.aggregate({ _max: { year: true } })
      : await tx.meshDescriptor.aggregate({ _max: { year: true } })
  const newest = held._max.year
  if (newest !== null && year < newest && !older)
    throw new EvidenceError(
      'VOCABULARY_OLDER',
      `${fileName} is of MeSH ${year}, and the database has MeSH ${newest}. Say --older to go back.`,
      { year, held: newest },
    )
  return year
}

/** Takes the year and the places from what a whole file doesn't have. */
async function letGo(
  tx: Transaction,
  table: 'meshDescriptor' | 'meshQualifier',
  seen: Seen,
  fileName: string,
): Promise<readonly MeshHeading[]> {
  const question = { where: { year: { not: null } }, select: { ui: true, name: true }, orderBy: { ui: 'asc' } } as const
  const held = await (table === 'meshDescriptor'
    ? tx.meshDescriptor.findMany(question)
    : tx.meshQualifier.findMany(question))
  const gone = held.filter(({ ui }) => !seen.has(ui))
  if (2 * gone.length > held.length)
    throw new EvidenceError(
      'IMPORT_FILE_INVALID',
      `${fileName} has ${seen.size} terms, and not ${gone.length} of the ${held.length} that the database has of MeSH: it can't be the whole vocabulary. Nothing of it was kept. Say --part to add to what is there.`,
    )
  await writeRows(
    tx,
    table,
    VOCABULARY_TABLES[table],
    gone.map((term) => ({ ...term, year: null })),
  )
  if (table === 'meshDescriptor') {
    const uis = new Set(gone.map(({ ui }) => ui))
    const places = gone.length === 0 ? [] : await tx.meshTreeNumber.findMany()
    await deleteRows(
      tx,
      'meshTreeNumber',
      TERM_TABLES.meshTreeNumber,
      places.filter(({ descriptorUi }) => uis.has(descriptorUi)),
    )
  }
  return gone
}
