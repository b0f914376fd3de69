import { EvidenceError } from '../../src/errors.ts'
import type { RawRecord, Reading, RecordReader, RecordSplitter } from '../../src/model/reading.ts'
import type { Failure } from './fuzz-files.ts'

/** What became of many spoiled files of records. */
export interface RecordResult {
  /** Records that were read, and those that were refused. */
  readonly read: number
  readonly refused: number
  /** Files that were refused, with or without records before. */
  readonly broken: number
  readonly failures: readonly Failure[]
}

interface Spoiled {
  readonly bytes: Buffer
  readonly what: string
  readonly split: RecordSplitter
  readonly read: RecordReader
  /** So many bytes come at once. */
  readonly chunk: number
}

/** What no file may bring about. */
export class Unacceptable extends Error {}

/** Processor time that one record may take. */
const LONGEST_READ_MS = 1_000

/**
 * Splits spoiled files into records and reads these. However a file's bytes come it has the same records, and each is read
 * or refused in words, within a second. Everything else is a failure.
 *
 * @param require  throws Unacceptable for what no record may be read as
 */
export async function readSpoiled(
  { first, files, onFile }: { first: number; files: number; onFile?: (done: number, failure?: Failure) => void },
  spoiledOf: (number: number) => Spoiled,
  require: (reading: Reading) => void | Promise<void>,
): Promise<RecordResult> {
  const failures: Failure[] = []
  let [read, refused, broken] = [0, 0, 0]
  for (let number = first; number < first + files; number++) {
    const spoiled = spoiledOf(number)
    let failure: Failure | undefined
    try {
      const { records, error } = await splitTwice(spoiled)
      if (error !== undefined) broken++
      for (const record of records) {
        const reading = readWithin(spoiled.read, record)
        if (reading === undefined) refused++
        else {
          read++
          await require(reading)
        }
      }
    } catch (error) {
      if (!(error instanceof Unacceptable)) throw error
      failure = { number, what: spoiled.what, reason: error.message, bytes: spoiled.bytes }
      failures.push(failure)
    }
    onFile?.(number - first + 1, failure)
  }
  return { read, refused, broken, failures }
}

async function splitTwice({ split, bytes, chunk }: Spoiled) {
  const { records, error } = await splitUp(split, bytes, chunk)
  const whole = await splitUp(split, bytes, bytes.length)
  if (records.length !== whole.records.length || String(error) !== String(whole.error))
    throw new Unacceptable(
      `${records.length} records and ${String(error)} in chunks of ${chunk}, ${whole.records.length} and ${String(whole.error)} as a whole`,
    )
  for (const [index, record] of records.entries()) {
    const other = whole.records[index]
    if (record.number !== index + 1) throw new Unacceptable(`record ${index + 1} says that it is ${record.number}`)
    if (other === undefined || record.line !== other.line || Buffer.compare(record.bytes, other.bytes) !== 0)
      throw new Unacceptable(`record ${record.number} differs in chunks of ${chunk}`)
  }
  if (error !== undefined) requireRefusal(error, 'IMPORT_FILE_INVALID')
  return { records, error }
}

async function splitUp(split: RecordSplitter, bytes: Buffer, chunk: number) {
  const records: RawRecord[] = []
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
  }
  try {
    for await (const batch of split(chunks(), 'spoiled')) records.push(...batch)
    return { records, error: undefined }
  } catch (error) {
    return { records, error }
  }
}

function readWithin(read: RecordReader, record: RawRecord): Reading | undefined {
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
  if ('polluted' in {}) throw new Unacceptable('the prototype of all objects got polluted')
  return reading
}

function requireRefusal(error: unknown, expected: string): void {
  if (!(error instanceof EvidenceError) || error.code !== expected)
    throw new Unacceptable(`it threw ${error instanceof Error ? error.stack?.slice(0, 400) : String(error)}`)
  if (/\bundefined\b(?! entity)|\bNaN\b|\[object /.test(error.message))
    throw new Unacceptable(`a mistake in words for programmers: ${error.message}`)
}
