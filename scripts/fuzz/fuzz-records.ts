import type { PublicationRecord } from '../../src/model/publication-record.ts'
import type { Reading } from '../../src/model/reading.ts'
import { publication } from '../../src/model/study-file/publication.ts'
import { code } from '../../src/model/study-file/values.ts'
import type { Failure } from './fuzz-files.ts'
import type { Original } from './mutation.ts'
import { randomOf } from './random.ts'
import { type RecordResult, readSpoiled, Unacceptable } from './read-spoiled.ts'
import type { RecordFormat } from './record-formats.ts'
import { spoiledFile } from './spoiled-file.ts'

export interface RecordPlan {
  readonly seed: number
  /** The number of the first file. */
  readonly first: number
  readonly files: number
  readonly originals: readonly [Original, ...Original[]]
  readonly format: RecordFormat
  readonly onFile?: (done: number, failure: Failure | undefined) => void
}

/** Reads spoiled files of a format; what was read is as a study file, or a database, has it. */
export const fuzzRecords = (plan: RecordPlan): Promise<RecordResult> =>
  readSpoiled(
    plan,
    (number) => ({
      ...spoiledFile(plan.seed, number, plan.originals, plan.format.kinds),
      ...plan.format,
      chunk: 1 + randomOf(plan.seed, number).below(5_000),
    }),
    requireShape,
  )

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
