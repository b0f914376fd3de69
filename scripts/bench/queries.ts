import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Driver from 'better-sqlite3'
import { type Database, findStudies, openEvidenceBase, whereFilter } from '../../src/index.ts'
import { EXTRACTIONS } from '../../src/queries/extractions.ts'
import { type BenchRow, benchRow, formatBenchRows } from '../bench-report.ts'
import { HAND_WRITTEN_EXTRACTS } from '../hand-written/extracts.ts'
import { HAND_WRITTEN_FINDS, handWrittenFind } from '../hand-written/finds.ts'
import { peakMemory } from '../peak-memory.ts'
import { syntheticDatabase } from '../synthetic/database.ts'

// Every find and extract over a large evidence base, beside hand-written SQL that gives the same rows through bare
// better-sqlite3: processor time of each, turn by turn, since other programs' turns don't count in it. Then the memory
// of an extract and an export, beside that of a tenth of the studies.

const STUDIES = Number(process.env.BENCH_STUDIES ?? 100_000)
/** Finds are quick, and the first of them pays for what is read and compiled once; extracts are long. */
const ROUNDS = { find: 5, extract: Number(process.env.BENCH_ROUNDS ?? 1) }
const AIM = 1.5
const MEMORY_AIM = 1.2
/** Words of the names that are measured; all where none is given. */
const ONLY = process.argv.slice(2).filter((word) => !word.startsWith('--'))

const progress = (made: number): void => {
  process.stderr.write(`\r${made} of ${STUDIES} studies made`)
}

/** Milliseconds of this process's time, and rows. */
async function timed(work: () => Promise<number>): Promise<{ readonly time: number; readonly rows: number }> {
  const begin = process.cpuUsage()
  const rows = await work()
  const { user, system } = process.cpuUsage(begin)
  return { time: (user + system) / 1_000, rows }
}

async function beside(
  what: keyof typeof ROUNDS,
  about: string,
  ours: () => Promise<number>,
  baseline: () => Promise<number>,
): Promise<readonly BenchRow[]> {
  const name = `${what}: ${about}`
  if (ONLY.length > 0 && !ONLY.some((word) => name.includes(word))) return []
  const [own, base]: [number[], number[]] = [[], []]
  let rows = 0
  for (let round = 0; round < ROUNDS[what]; round++) {
    const [one, other] = [await timed(ours), await timed(baseline)]
    if (one.rows !== other.rows) throw new Error(`${name}: ${one.rows} rows of ours, ${other.rows} written by hand`)
    own.push(one.time)
    base.push(other.time)
    rows = one.rows
  }
  process.stderr.write(`\r${name} `.padEnd(60))
  return [benchRow(`${name}, ${rows} rows`, own, base, AIM)]
}

async function queries(db: Database, driver: Driver.Database): Promise<readonly BenchRow[]> {
  const byHand = (sql: string, values: readonly unknown[] = []) => {
    let rows = 0
    for (const _ of driver.prepare(sql).iterate(...values)) rows++
    return Promise.resolve(rows)
  }
  const rows: BenchRow[] = []
  for (const [name, { where, condition, values }] of Object.entries(HAND_WRITTEN_FINDS)) {
    const filter = whereFilter(where)
    const ours = async () => (await findStudies(db, filter)).rows.length
    rows.push(...(await beside('find', name, ours, () => byHand(handWrittenFind(condition), values))))
  }
  for (const [table, sql] of Object.entries(HAND_WRITTEN_EXTRACTS)) {
    const extraction = await EXTRACTIONS[table as keyof typeof EXTRACTIONS].load()
    const ours = async () => {
      let count = 0
      for await (const page of extraction.pages(db)) count += page.length
      return count
    }
    rows.push(...(await beside('extract', table, ours, () => byHand(sql))))
  }
  return rows
}

function memory(file: string): readonly BenchRow[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'evibase-queries-'))
  const tenth = syntheticDatabase(Math.ceil(STUDIES / 10), progress)
  try {
    return [
      ['extract', 'adverse-events', '--format', 'csv'],
      ['export', 'metafor', '--out', path.join(folder, 'exported')],
    ].flatMap((args) => {
      const name = `memory: ${args[0]} ${args[1]}, MB; baseline a tenth of the studies`
      if (ONLY.length > 0 && !ONLY.some((word) => name.includes(word))) return []
      return [benchRow(name, [peakMemory(file, folder, args)], [peakMemory(tenth, folder, args)], MEMORY_AIM)]
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const file = syntheticDatabase(STUDIES, progress)
const db = await openEvidenceBase(`file:${file}`)
const driver = new Driver(file, { readonly: true })
try {
  const rows = [...(await queries(db, driver)), ...memory(file)]
  process.stdout.write(`\n${formatBenchRows(rows, process.argv.includes('--json'))}`)
} finally {
  driver.close()
  await db.$disconnect()
}
