import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readCtgovXml } from '../../src/import/ctgov/read-legacy.ts'
import { readCtgovStudy } from '../../src/import/ctgov/read-study.ts'
import { splitCtgovJson } from '../../src/import/ctgov/split-json.ts'
import { splitCtgovXml } from '../../src/import/ctgov/split-legacy.ts'
import type { StudyRecord } from '../../src/model/study-record.ts'
import { BYTE_MUTATIONS } from './byte-mutations.ts'
import type { Failure } from './fuzz-files.ts'
import { JSON_MUTATIONS } from './json-mutations.ts'
import { LINE_MUTATIONS } from './line-mutations.ts'
import type { Original } from './mutation.ts'
import { randomOf } from './random.ts'
import { type RecordResult, readSpoiled, Unacceptable } from './read-spoiled.ts'

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

/** Reads spoiled records of ClinicalTrials.gov; the rows of one that was read fit each other. */
export const fuzzCtgov = (plan: CtgovPlan): Promise<RecordResult> =>
  readSpoiled(
    plan,
    (number) => ({ ...spoiled(plan, number), chunk: 1 + randomOf(plan.seed, number).below(5_000) }),
    async (reading) => {
      if (reading.kind !== 'study') throw new Unacceptable('it is no study')
      requireWhole(reading.record)
      await plan.onRecord?.(reading.record)
    },
  )

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
  const reader = isXml ? { split: splitCtgovXml, read: readCtgovXml } : { split: splitCtgovJson, read: readCtgovStudy }
  return { ...reader, bytes, what: `${original.name}: ${names.join(', ')}` }
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
