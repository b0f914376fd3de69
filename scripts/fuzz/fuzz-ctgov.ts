import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { EvidenceError } from '../../src/errors.ts'
import { readCtgovXml } from '../../src/import/ctgov/read-legacy.ts'
import { readCtgovStudy } from '../../src/import/ctgov/read-study.ts'
import { splitCtgovJson } from '../../src/import/ctgov/split-json.ts'
import { splitCtgovXml } from '../../src/import/ctgov/split-legacy.ts'
import type { RawRecord, RecordReader, RecordSplitter } from '../../src/model/reading.ts'
import type { StudyRecord } from '../../src/model/study-record.ts'
import { BYTE_MUTATIONS } from './byte-mutations.ts'
import type { Failure } from './fuzz-files.ts'
import { JSON_MUTATIONS } from './json-mutations.ts'
import { LINE_MUTATIONS } from './line-mutations.ts'
import type { Original } from './mutation.ts'
import { randomOf } from './random.ts'

/** Processor time that one record may take. */
const LONGEST_READ_MS = 1_000
const MOST_MUTATIONS = 3

export interface CtgovPlan {
  readonly seed: number
  readonly first: number
  readonly files: number
  /** Records in JSON, and in legacy XML, by the ends of their names. */
  readonly originals: readonly [Original, ...Original[]]
  /** Told each record that was read. */
  readonly onRecord?: (record: StudyRecord) => Promise<void>
  readonly onFile?: (done: number, failure: Failure | undefined) => void
}

export interface CtgovResult {
  readonly read: number
  readonly refused: number
  /** Files that were refused, with or without records before. */
  readonly broken: number
  readonly failures: readonly Failure[]
}

/** Larger records take their time and have no more to spoil. */
const LARGEST = 40_000

/** Records to spoil: the tests' own, and the real ones that EVIBASE_FIXTURES leads to. */
export function ctgovOriginals(root: string): readonly [Original, ...Original[]] {
  const real = process.env.EVIBASE_FIXTURES
  const folders = real === undefined ? [] : ['v2', 'legacy-xml'].map((name) => path.join(real, 'ctgov', name))
  const [first, ...others] = [path.join(root, 'test/fixtures/ctgov'), ...folders]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .map((name) => ({ name, bytes: readFileSync(path.join(folder, name)) })),
    )
    .filter(({ bytes }) => bytes.length <= LARGEST)
  if (first === undefined) throw new Error('no records of ClinicalTrials.gov')
  return [first, ...others]
}

class Unacceptable extends Error {}

/**
 * Splits spoiled records of ClinicalTrials.gov and reads them. However a file's bytes come it has the same records; each is
 * read or refused in words, within a second, and the rows of one that was read fit each other. Everything else is a failure.
 */
export async function fuzzCtgov(plan: CtgovPlan): Promise<CtgovResult> {
  const failures: Failure[] = []
  let [read, refused, broken] = [0, 0, 0]
  for (let number = plan.first; number < plan.first + plan.files; number++) {
    const { bytes, what, isXml } = spoiled(plan, number)
    let failure: Failure | undefined
    try {
      const { records, fault } = await splitTwice(isXml ? splitCtgovXml : splitCtgovJson, bytes, plan.seed, number)
      if (fault !== undefined) broken++
      for (const record of records) {
        const study = readWithin(isXml ? readCtgovXml : readCtgovStudy, record)
        if (study === undefined) refused++
        else {
          read++
          await plan.onRecord?.(study)
        }
      }
    } catch (error) {
      if (!(error instanceof Unacceptable)) throw error
      failure = { number, what, reason: error.message, bytes }
      failures.push(failure)
    }
    plan.onFile?.(number - plan.first + 1, failure)
  }
  return { read, refused, broken, failures }
}

function spoiled({ seed, originals }: CtgovPlan, number: number) {
  const random = randomOf(seed, number)
  const original = random.pick(originals)
  const isXml = original.name.endsWith('.xml')
  const ofFormat = isXml ? [LINE_MUTATIONS, BYTE_MUTATIONS] : [JSON_MUTATIONS, JSON_MUTATIONS, BYTE_MUTATIONS]
  const names: string[] = []
  let { bytes } = original
  do {
    const kind = ofFormat[random.below(ofFormat.length)] ?? []
    const mutation = kind[random.below(kind.length)]
    if (mutation === undefined || bytes.length === 0) break
    bytes = mutation.apply(bytes, random, originals)
    names.push(mutation.name)
  } while (names.length < MOST_MUTATIONS && random.below(3) === 0)
  // Among others, as files have them.
  if (!isXml && random.below(3) === 0) bytes = Buffer.concat([Buffer.from('['), bytes, Buffer.from(',{}]')])
  return { bytes, isXml, what: `${original.name}: ${names.join(', ')}` }
}

async function splitTwice(split: RecordSplitter, bytes: Buffer, seed: number, number: number) {
  const size = 1 + randomOf(seed, number).below(5_000)
  const [parts, whole] = [await splitUp(split, bytes, size), await splitUp(split, bytes, bytes.length)]
  const told = ({ records, fault }: typeof parts) =>
    JSON.stringify([records.map((one) => [one.number, one.line, Buffer.from(one.bytes).toString('latin1')]), fault])
  if (told(parts) !== told(whole)) throw new Unacceptable(`other records in chunks of ${size} than as a whole`)
  return parts
}

async function splitUp(split: RecordSplitter, bytes: Buffer, size: number) {
  const records: RawRecord[] = []
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  try {
    for await (const batch of split(chunks(), 'spoiled')) records.push(...batch)
    return { records, fault: undefined }
  } catch (error) {
    requireRefusal(error, 'IMPORT_FILE_INVALID')
    return { records, fault: String(error) }
  }
}

function readWithin(read: RecordReader, record: RawRecord): StudyRecord | undefined {
  const begin = process.cpuUsage()
  let study: StudyRecord | undefined
  try {
    const reading = read(record)
    if (reading.kind !== 'study') throw new Unacceptable('it is no study')
    study = reading.record
  } catch (error) {
    requireRefusal(error, 'RECORD_INVALID')
  }
  const { user, system } = process.cpuUsage(begin)
  if (user + system > LONGEST_READ_MS * 1_000)
    throw new Unacceptable(`reading took ${Math.round((user + system) / 1_000)} ms`)
  if ('polluted' in {}) throw new Unacceptable('the prototype of all objects got polluted')
  if (study !== undefined) requireWhole(study)
  return study
}

function requireRefusal(error: unknown, expected: string): void {
  if (!(error instanceof EvidenceError) || error.code !== expected)
    throw new Unacceptable(`it threw ${error instanceof Error ? error.stack?.slice(0, 400) : String(error)}`)
  if (/\bundefined\b(?! entity)|\bNaN\b|\[object /.test(error.message))
    throw new Unacceptable(`a mistake in words for programmers: ${error.message}`)
}

/** Keys once each and within the study, what rows point at, and numbers that databases hold. */
function requireWhole({ slug, rows }: StudyRecord): void {
  const ids = new Map<string, Set<string>>()
  const tables = Object.entries(rows) as readonly (readonly [string, readonly Readonly<Record<string, unknown>>[]])[]
  for (const [table, list] of tables) {
    const own = new Set<string>()
    for (const row of list) {
      if (typeof row.id === 'string') {
        if (own.has(row.id)) throw new Unacceptable(`${table} has ${row.id} twice`)
        if (table !== 'study' && !row.id.startsWith(`${slug}/`)) throw new Unacceptable(`${row.id} is outside ${slug}`)
        own.add(row.id)
      }
      for (const [name, value] of Object.entries(row)) {
        if (value === undefined) throw new Unacceptable(`${table}.${name} is undefined`)
        if (typeof value === 'number' && !Number.isFinite(value)) throw new Unacceptable(`${table}.${name} is ${value}`)
        if (typeof value === 'string' && /[\0\ud800-\udfff]/u.test(value))
          throw new Unacceptable(`${table}.${name} is no text`)
      }
    }
    ids.set(table, own)
  }
  const points: Readonly<Record<string, string>> = { termId: 'adverseEventTerm', analysisId: 'outcomeAnalysis' }
  for (const [table, list] of tables)
    for (const row of list)
      for (const [name, value] of Object.entries(row)) {
        const target = points[name] ?? (/(?:parent|partOf|plannedAs)Id/.test(name) ? table : name.replace(/Id$/, ''))
        if (name.endsWith('Id') && typeof value === 'string' && ids.has(target) && !ids.get(target)?.has(value))
          throw new Unacceptable(`${table}.${name} points at ${value}, which there isn't`)
      }
}
