import { EvidenceError } from '../../src/errors.ts'
import type { PublicationRecord } from '../../src/model/publication-record.ts'
import type { RawRecord, Reading } from '../../src/model/reading.ts'
import { publication } from '../../src/model/study-file/publication.ts'
import { code } from '../../src/model/study-file/values.ts'
import type { Failure } from './fuzz-files.ts'
import type { Original } from './mutation.ts'
import { randomOf } from './random.ts'
import type { RecordFormat } from './record-formats.ts'
import { spoiledFile } from './spoiled-file.ts'

/** Processor time that one record may take. */
const LONGEST_READ_MS = 1_000

export interface RecordPlan {
  readonly seed: number
  /** The number of the first file. */
  readonly first: number
  readonly files: number
  readonly originals: readonly [Original, ...Original[]]
  readonly format: RecordFormat
  readonly onFile?: (done: number, failure: Failure | undefined) => void
}

export interface RecordResult {
  /** Records that were read, and those that were refused. */
  readonly read: number
  readonly refused: number
  /** Files that were refused, with or without records before. */
  readonly broken: number
  readonly failures: readonly Failure[]
}

/**
 * Splits spoiled files into records and reads these. However a file's bytes come, it has the same records; each is read or
 * refused in words, within a second, and what was read is as a study file has it. Everything else is a failure.
 */
export async function fuzzRecords(plan: RecordPlan): Promise<RecordResult> {
  const failures: Failure[] = []
  let [read, refused, broken] = [0, 0, 0]
  for (let number = plan.first; number < plan.first + plan.files; number++) {
    const { bytes, what } = spoiledFile(plan.seed, number, plan.originals, plan.format.kinds)
    let failure: Failure | undefined
    try {
      const result = await outcome(plan.format, bytes, 1 + randomOf(plan.seed, number).below(5_000))
      read += result.read
      refused += result.refused
      broken += result.isBroken ? 1 : 0
    } catch (error) {
      if (!(error instanceof Unacceptable)) throw error
      failure = { number, what, reason: error.message, bytes }
      failures.push(failure)
    }
    plan.onFile?.(number - plan.first + 1, failure)
  }
  return { read, refused, broken, failures }
}

/** What no file may bring about. */
class Unacceptable extends Error {}

async function outcome(format: RecordFormat, bytes: Buffer, size: number) {
  const { records, error } = await splitUp(format, bytes, size)
  const whole = await splitUp(format, bytes, bytes.length)
  if (records.length !== whole.records.length || String(error) !== String(whole.error))
    throw new Unacceptable(
      `${records.length} records and ${String(error)} in chunks of ${size}, ${whole.records.length} and ${String(whole.error)} as a whole`,
    )
  for (const [index, record] of records.entries()) {
    const other = whole.records[index]
    if (record.number !== index + 1) throw new Unacceptable(`record ${index + 1} says that it is ${record.number}`)
    if (other === undefined || record.line !== other.line || Buffer.compare(record.bytes, other.bytes) !== 0)
      throw new Unacceptable(`record ${record.number} differs in chunks of ${size}`)
  }
  if (error !== undefined) requireRefusal(error, 'IMPORT_FILE_INVALID')
  const read = records.filter((record) => isRead(format, record)).length
  return { read, refused: records.length - read, isBroken: error !== undefined }
}

async function splitUp({ split }: RecordFormat, bytes: Buffer, size: number) {
  const records: RawRecord[] = []
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  try {
    for await (const batch of split(chunks(), 'spoiled')) records.push(...batch)
    return { records, error: undefined }
  } catch (error) {
    return { records, error }
  }
}

function isRead({ read }: RecordFormat, record: RawRecord): boolean {
  const begin = process.cpuUsage()
  let reading: Reading | undefined
  try {
    reading = read(record)
  } catch (error) {
    requireRefusal(error, 'RECORD_INVALID')
  }
  const { user, system } = process.cpuUsage(begin)
  if (user + system > LONGEST_READ_MS * 1_000)
    throw new Unacceptable(`reading record ${record.number} took ${Math.round((user + system) / 1_000)} ms`)
  if (reading !== undefined) requireShape(reading)
  return reading !== undefined
}

function requireRefusal(error: unknown, expected: string): void {
  if (!(error instanceof EvidenceError) || error.code !== expected)
    throw new Unacceptable(`it threw ${error instanceof Error ? error.stack?.slice(0, 400) : String(error)}`)
  if (/\bundefined\b(?! entity)|\bNaN\b|\[object /.test(error.message))
    throw new Unacceptable(`a mistake in words for programmers: ${error.message}`)
}

const SHAPE = publication.omit({ code: true, role: true, sources: true })

/** What was read as others expect it: a publication as a study file has it, but that the title may be empty. */
function requireShape(reading: Reading): void {
  if (reading.kind === 'deletion') return
  if (reading.key === '') throw new Unacceptable('no key')
  if (reading.kind === 'publication') requirePublication(reading.record)
  else requireRows(reading.record.rows)
}

/** Rows that a database can hold: each key once in its table, and no number that is none. */
function requireRows(tables: object): void {
  for (const [table, rows] of Object.entries(tables) as [string, Readonly<Record<string, unknown>>[]][]) {
    const ids = rows.flatMap(({ id }) => (id === undefined ? [] : [id]))
    if (new Set(ids).size < ids.length) throw new Unacceptable(`two rows of ${table} have one key`)
    for (const value of rows.flatMap(Object.values))
      if (typeof value === 'number' ? !Number.isFinite(value) : typeof value === 'string' && /\0/.test(value))
        throw new Unacceptable(`no database holds ${JSON.stringify(value)} in ${table}`)
  }
}

function requirePublication(record: PublicationRecord): void {
  const { error } = SHAPE.safeParse({ ...record.publication, title: record.publication.title || 'none' })
  if (error !== undefined) throw new Unacceptable(`no study file has such a publication: ${error.message}`)
  const codes = record.sections.map((section) => section.code)
  if (new Set(codes).size < codes.length || codes.some((one) => !code.safeParse(one).success))
    throw new Unacceptable(`no sections have such codes: ${codes.join(', ')}`)
  if (record.sections.some(({ body, label }) => body === '' || label === '')) throw new Unacceptable('an empty section')
}
