import { type ErrorCode, EvidenceError, type FileIssue } from '../../src/errors.ts'
import type { EvidenceRecord } from '../../src/import/read-evidence-file.ts'
import type { FuzzDatabase } from './fuzz-database.ts'
import type { Original } from './mutation.ts'
import { spoiledFile } from './spoiled-file.ts'

/** Processor time that reading one file may take. Files of studies take a twentieth. */
const LONGEST_READ_MS = 1_000
/** Of so many files that were loaded one is read back and compared. */
const READ_BACK_EVERY = 5
/** What the database may say of a file that has no mistake by itself. */
const REFUSALS: readonly ErrorCode[] = ['SHARED_ROW_CONFLICT', 'STUDY_IN_USE', 'REVIEW_STUDY_MISSING']
const FILE = 'spoiled.yaml'

export interface Failure {
  readonly number: number
  /** The original, and what was done to it. */
  readonly what: string
  readonly reason: string
  readonly bytes: Buffer
}

export interface FuzzResult {
  readonly loaded: number
  readonly refused: number
  readonly failures: readonly Failure[]
}

export interface FuzzPlan {
  readonly seed: number
  /** The number of the first file. */
  readonly first: number
  readonly files: number
  readonly originals: readonly [Original, ...Original[]]
  readonly read: (bytes: Uint8Array, file: string) => EvidenceRecord
  readonly database: Pick<FuzzDatabase, 'save' | 'givesBack' | 'version'>
  readonly onFile?: (done: number, failure: Failure | undefined) => void
}

/**
 * Reads spoiled files one after the other, and saves those that can still be read. Whatever a file holds, it is either
 * loaded whole or refused with the places of its mistakes: everything else is a failure.
 */
export async function fuzzFiles(plan: FuzzPlan): Promise<FuzzResult> {
  const failures: Failure[] = []
  let [loaded, refused] = [0, 0]
  for (let number = plan.first; number < plan.first + plan.files; number++) {
    const { bytes, what } = spoiledFile(plan.seed, number, plan.originals)
    let failure: Failure | undefined
    try {
      if (await isLoaded(plan, bytes, loaded % READ_BACK_EVERY === 0)) loaded++
      else refused++
    } catch (error) {
      if (!(error instanceof Unacceptable)) throw error
      failure = { number, what, reason: error.message, bytes }
      failures.push(failure)
    }
    plan.onFile?.(number - plan.first + 1, failure)
  }
  return { loaded, refused, failures }
}

/** What no file may bring about. */
class Unacceptable extends Error {}

async function isLoaded({ read, database }: FuzzPlan, bytes: Buffer, readBack: boolean): Promise<boolean> {
  const record = readWithin(() => read(bytes, FILE), bytes)
  if (record === undefined) return false
  const before = database.version()
  try {
    await database.save(record)
  } catch (error) {
    if (database.version() !== before)
      throw new Unacceptable(`refused, and yet something was written: ${inShort(error)}`)
    if (error instanceof EvidenceError && REFUSALS.includes(error.code)) return false
    throw new Unacceptable(`the save failed: ${inShort(error)}`)
  }
  if (readBack && !(await database.givesBack(record))) throw new Unacceptable('the database gives back something else')
  return true
}

/** What was read; nothing where the file was refused as it should be. */
function readWithin(read: () => EvidenceRecord, bytes: Buffer): EvidenceRecord | undefined {
  const begin = process.cpuUsage()
  let record: EvidenceRecord | undefined
  let thrown: unknown
  try {
    record = read()
  } catch (error) {
    thrown = error
  }
  const { user, system } = process.cpuUsage(begin)
  const polluted = pollution()
  if (polluted.length > 0) throw new Unacceptable(`the prototype of all objects got ${polluted.join(', ')}`)
  if (user + system > LONGEST_READ_MS * 1_000)
    throw new Unacceptable(`reading took ${Math.round((user + system) / 1_000)} ms`)
  if (record !== undefined) return record
  if (!(thrown instanceof EvidenceError) || thrown.code !== 'STUDY_FILE_INVALID')
    throw new Unacceptable(`the reader threw ${inShort(thrown)}`)
  const { issues = [] } = thrown.details
  if (issues.length === 0) throw new Unacceptable('refused without a mistake')
  const lines = bytes.reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 1)
  for (const issue of issues) {
    const reason = faultOf(issue, lines)
    if (reason !== undefined) throw new Unacceptable(`${reason}: ${JSON.stringify(issue)}`)
  }
  return undefined
}

function faultOf({ file, line, column, message }: FileIssue, lines: number): string | undefined {
  if (file !== FILE) return 'a mistake in another file'
  if (!Number.isInteger(line) || line < 1 || line > lines) return `a mistake at no line of the ${lines}`
  if (!Number.isInteger(column) || column < 1) return 'a mistake at no column'
  if (message.trim() === '') return 'a mistake without words'
  if (/\bundefined\b|\bNaN\b|\[object |^\s+at .+:\d+:\d+/m.test(message)) return 'a mistake in words for programmers'
  return undefined
}

const OBJECTS = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype]
const OWN = OBJECTS.map((object) => new Set<PropertyKey>(Reflect.ownKeys(object)))

/** What was added to the objects that all others inherit from; it is taken away again. */
const pollution = (): readonly string[] =>
  OBJECTS.flatMap((object, index) =>
    Reflect.ownKeys(object).flatMap((key) => {
      if (OWN[index]?.has(key)) return []
      Reflect.deleteProperty(object, key)
      return [String(key)]
    }),
  )

const inShort = (error: unknown): string =>
  error instanceof EvidenceError
    ? `${error.code}: ${error.message.slice(0, 500)}`
    : error instanceof Error
      ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ')
      : String(error)
